/* What a board answers, and what it keeps, by what goes in and out of its port. */

#include <string.h>

#include "check.h"
#include "desk.h"
#include "hal_fake.h"

static void the_banner_comes_at_boot_and_on_v(void)
{
    hal_fake_reset();
    CHECK(strcmp(boot(), BANNER) == 0);
    CHECK(says("v", BANNER));
    CHECK(sizeof BANNER < 500);
}

static void it_answers_as_a_cyton_does(void)
{
    power_on();
    CHECK(says("d", "updating channel settings to default$$$"));
    CHECK(says("D", "060110$$$"));
    CHECK(says("V", "v3.1.2$$$"));
    CHECK(says("c", ""));
    CHECK(says("C", "no daisy to attach!8$$$"));
    CHECK(says("~~", "Success: Sample rate is 250Hz$$$"));
    CHECK(says("~5", "Success: Sample rate is 250Hz$$$"));
    CHECK(says("~9", "Failure: sample value out of bounds$$$"));
    CHECK(says("/2", "Success: analog$$$"));
    CHECK(says("/9", "Failure: board mode value out of bounds$$$"));
    CHECK(says("x1060110X", "Success: Channel set for 1$$$"));
    CHECK(says("xQ060110X", "Failure: Invalid channel number$$$"));
    CHECK(says("x1070110X", "Failure: Invalid setting$$$"));
    CHECK(says("x1060110Y", "Failure: Err: 9th char not X$$$"));
    CHECK(says("z110Z", "Failure: lead-off detection is not available$$$"));
    CHECK(says("1!", ""));
    CHECK(says("=", "Success: Configured internal test signal.$$$"));
    CHECK(mentions("x4120110X", "gain is fixed"));
    CHECK(says("?", "Board ADS Registers\r\nGains: 24 24 24 0 24 24 24 24\r\n$$$"));
    CHECK(mentions("<", "Failure"));
    CHECK(says("\r\nyG", ""));
}

static void it_describes_itself(void)
{
    power_on();
    CHECK(says("Q?!", "Quietface version=1.0 protocol=1 board=nano link=uart channels=8 adc=10 "
                      "bits=12 oversampling=16 rate=250 packed=0 plain_best=250 packed_best=500 "
                      "frontend=0 gain=20000 vref=5000 reference=0 order=01234567 overruns=0 "
                      "boot=power settings=factory$$$"));
}

static void it_takes_what_its_link_can_carry_and_refuses_the_rest(void)
{
    power_on();
    CHECK(says("Qk1!", "Success: packed=1 rate=500$$$"));
    CHECK(mentions("Qr1000!", "Failure: "));
    CHECK(says("Qn4!", "Success: channels=4$$$"));
    CHECK(says("Qr1000!", "Success: packed=1 rate=1000$$$"));
    CHECK(mentions("Qn5!", "Failure: "));
    CHECK(says("Qk0!", "Success: packed=0 rate=250$$$"));
    CHECK(mentions("Qr500!", "Failure: "));
    hal_fake.board.usb = true;
    CHECK(says("Qr1000!", "Success: packed=0 rate=1000$$$"));
    CHECK(says("~5", "Success: Sample rate is 500Hz$$$"));
    hal_fake.board.inputs = 6;
    CHECK(says("d", "updating channel settings to default$$$"));
    CHECK(mentions("Qn7!", "Failure: "));
    CHECK(mentions("Qo67!", "Failure: "));
    CHECK(says("Qo501!", "Success: order=50123467$$$"));
}

static void bad_numbers_are_refused_and_change_nothing(void)
{
    static const char *const refused[] = {
        "Q!",     "Qg!",       "Qg99!",      "Qg5000001!", "Qg123456789!", "Qg1.5!", "Qm999!", "Qm5501!",
        "Qf10!",  "Qe2!",      "Qk2!",       "Qk!",        "Qr!",          "Qr66036!", "Qn0!", "Qn9!",
        "Qn264!", "Qo!",       "Qo11!",      "Qo8!",       "Qwx!",         "Qz1!",   "Qy!",
        "Qo012345670123456789!"};
    power_on();
    for (unsigned i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        CHECK(mentions(refused[i], "Failure: "));
        CHECK(strcmp(said + strlen(said) - 4, ".$$$") == 0);
    }
    CHECK(mentions("Q?!", "channels=8 adc=10 bits=12 oversampling=16 rate=250 packed=0"));
    CHECK(mentions("Q?!", "frontend=0 gain=20000 vref=5000 reference=0 order=01234567"));
}

static void settings_are_kept_over_a_reset_but_the_board_boots_plain(void)
{
    power_on();
    hal_fake.eeprom_slow = true;
    ask("Qk1!Qg20100!Qf2!Qm4900!Qe1!Qo76543210!");
    CHECK(says("Qw!", "Success: settings=kept$$$"));
    boot();
    CHECK(mentions("Q?!", "rate=250 packed=0"));
    CHECK(mentions("Q?!", "frontend=2 gain=20100 vref=4900 reference=1 order=76543210"));
    CHECK(mentions("Q?!", "settings=kept"));
    ask("Qk1!Qwk!");
    boot();
    CHECK(mentions("Q?!", "rate=500 packed=1"));
    CHECK(says("Qz!", "Success: settings=factory$$$"));
    CHECK(mentions("Q?!", "gain=20000"));
    boot();
    CHECK(mentions("Q?!", "rate=250 packed=0"));
    CHECK(mentions("Q?!", "settings=factory"));
}

static void what_was_not_kept_is_gone_after_v_or_d(void)
{
    power_on();
    ask("Qg1000!Qk1!");
    CHECK(mentions("vQ?!", "rate=250 packed=0"));
    CHECK(mentions("Qg1000!dQ?!", "gain=20000"));
}

static void a_damaged_or_broken_eeprom_is_said_and_survived(void)
{
    power_on();
    ask("Qg20100!Qw!");
    hal_fake.eeprom[7] ^= 0x10;
    boot();
    CHECK(mentions("Q?!", "gain=20000"));
    CHECK(mentions("Q?!", "settings=damaged"));
    hal_fake.eeprom_broken = true;
    CHECK(says("Qw!", "Failure: the EEPROM did not keep it.$$$"));
}

const struct test board_tests[] = {
    TEST(the_banner_comes_at_boot_and_on_v),
    TEST(it_answers_as_a_cyton_does),
    TEST(it_describes_itself),
    TEST(it_takes_what_its_link_can_carry_and_refuses_the_rest),
    TEST(bad_numbers_are_refused_and_change_nothing),
    TEST(settings_are_kept_over_a_reset_but_the_board_boots_plain),
    TEST(what_was_not_kept_is_gone_after_v_or_d),
    TEST(a_damaged_or_broken_eeprom_is_said_and_survived),
    {NULL, NULL},
};
