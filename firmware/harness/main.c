/* Runs the firmware's ELF in real time on an emulated chip, behind a pseudo-terminal.
 *
 *   emulator [--mcu atmega328p] [--link PATH] [--tones] [--frames PATH --frame-rate HZ] ELF
 *
 * Prints `port PATH`, then obeys lines on its standard input until that ends:
 *
 *   volts INPUT MV                            a constant voltage
 *   tone INPUT HZ AMPLITUDE_MV CENTRE_MV [SWELL_HZ]
 *   starve SECONDS                            the line takes no byte for so long
 *   reset                                     the reset button
 *   hang                                      sampling stops: the watchdog must notice
 *   report                                    one line: seconds of the chip, by how many it was late at worst,
 *                                             the newest packet's counter, frames that came, frames that
 *                                             were due and did not come
 *
 * Each is answered by one line. */

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "chip.h"

#define SLICE_S 0.002
#define OVERSHOOT_S 0.001 /* a slice may end so much later, in the midst of a conversion */
#define LATE_S 0.5 /* further behind than that, the time is lost rather than made up for */

struct emulator {
    struct chip chip;
    struct inputs inputs;
    struct port port;
    double late_s;
};

struct options {
    const char *mcu, *elf, *link, *frames;
    double frame_rate_hz;
    bool tones;
};

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void nap(double seconds)
{
    struct timespec length = {0, (long)(seconds * 1e9)};
    nanosleep(&length, NULL);
}

static bool parse(int count, char **arguments, struct options *options)
{
    *options = (struct options){.mcu = "atmega328p", .frame_rate_hz = 1000.0};
    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? arguments[i + 1] : NULL;
        if (strcmp(arguments[i], "--tones") == 0) {
            options->tones = true;
        } else if (arguments[i][0] != '-') {
            options->elf = arguments[i];
        } else if (value == NULL) {
            return false;
        } else if (strcmp(arguments[i], "--mcu") == 0) {
            options->mcu = value, i++;
        } else if (strcmp(arguments[i], "--link") == 0) {
            options->link = value, i++;
        } else if (strcmp(arguments[i], "--frames") == 0) {
            options->frames = value, i++;
        } else if (strcmp(arguments[i], "--frame-rate") == 0) {
            options->frame_rate_hz = atof(value), i++;
        } else {
            return false;
        }
    }
    return options->elf != NULL;
}

/* For a look by hand: each input has its own tone, which swells at its own pace. */
static void show_tones(struct inputs *inputs)
{
    for (unsigned i = 0; i < INPUTS; i++) {
        inputs->each[i].hz = 40.0 + 5.0 * i;
        inputs->each[i].amplitude_mv = 200.0;
        inputs->each[i].swell_hz = 0.1 + 0.02 * i;
    }
}

static bool set_input(struct emulator *emulator, const char *line)
{
    unsigned index;
    struct input input = {0};
    if (sscanf(line, "volts %u %lf", &index, &input.centre_mv) != 2 &&
        sscanf(line, "tone %u %lf %lf %lf %lf", &index, &input.hz, &input.amplitude_mv,
               &input.centre_mv, &input.swell_hz) < 4) {
        return false;
    }
    if (index >= INPUTS) {
        return false;
    }
    emulator->inputs.each[index] = input;
    return true;
}

static void obey(struct emulator *emulator, const char *line)
{
    double seconds;
    if (sscanf(line, "starve %lf", &seconds) == 1) {
        chip_starve(&emulator->chip, seconds);
    } else if (strcmp(line, "reset") == 0) {
        chip_reset(&emulator->chip);
    } else if (strcmp(line, "hang") == 0) {
        chip_hang(&emulator->chip);
    } else if (strcmp(line, "report") == 0) {
        printf("chip_s=%.3f late_s=%.3f awake=%.3f sent=%llu counter=%lu frames=%llu missed=%llu\n",
               (double)emulator->chip.avr->cycle / CHIP_HZ, emulator->late_s,
               chip_awake(&emulator->chip),
               (unsigned long long)emulator->chip.sent, (unsigned long)emulator->chip.counter,
               (unsigned long long)emulator->inputs.frames_came,
               (unsigned long long)emulator->inputs.frames_missed);
        return;
    } else if (!set_input(emulator, line)) {
        printf("unknown: %s\n", line);
        return;
    }
    printf("ok\n");
}

/* Obey what has come on the standard input; false when that has ended. */
static bool listen(struct emulator *emulator)
{
    static char line[256];
    static unsigned length;
    struct pollfd asked = {.fd = STDIN_FILENO, .events = POLLIN};
    while (poll(&asked, 1, 0) > 0) {
        char character;
        if (read(STDIN_FILENO, &character, 1) != 1) {
            return false;
        }
        if (character != '\n') {
            line[length] = character;
            length += length < sizeof line - 1u;
            continue;
        }
        line[length] = '\0';
        length = 0;
        obey(emulator, line);
    }
    return true;
}

static int run(struct emulator *emulator)
{
    double start_s = now_s();
    double chip_s = 0.0;
    while (listen(emulator)) {
        port_look(&emulator->port);
        if (inputs_ready(&emulator->inputs, chip_s + SLICE_S + OVERSHOOT_S)) {
            chip_s += SLICE_S;
        } else {
            nap(0.1 * SLICE_S); /* whoever plays the voltages is late, so the chip is, too */
        }
        if (!chip_run(&emulator->chip, (avr_cycle_count_t)(chip_s * CHIP_HZ))) {
            fprintf(stderr, "the firmware crashed\n");
            return 1;
        }
        inputs_at(&emulator->inputs, 0u, chip_s); /* voltages pass by also while nobody converts them */
        double ahead_s = start_s + chip_s - now_s();
        emulator->late_s = ahead_s < -emulator->late_s ? -ahead_s : emulator->late_s;
        if (ahead_s > 0.0) {
            nap(ahead_s);
        } else if (ahead_s < -LATE_S) {
            start_s -= ahead_s;
        }
    }
    return 0;
}

int main(int count, char **arguments)
{
    static struct emulator emulator;
    struct options options;
    if (!parse(count, arguments, &options)) {
        fprintf(stderr, "usage: emulator [--mcu MCU] [--link PATH] [--tones] "
                        "[--frames PATH --frame-rate HZ] ELF\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    setpriority(PRIO_PROCESS, 0, -10); /* a chip keeps its time; where not allowed, it may be late */
    inputs_init(&emulator.inputs);
    if (options.tones) {
        show_tones(&emulator.inputs);
    }
    if (options.frames != NULL &&
        !inputs_frames(&emulator.inputs, options.frames, options.frame_rate_hz)) {
        perror(options.frames);
        return 1;
    }
    if (!port_make(&emulator.port, options.link)) {
        perror("no pseudo-terminal");
        return 1;
    }
    if (!chip_load(&emulator.chip, options.mcu, options.elf, &emulator.inputs, &emulator.port)) {
        return 1;
    }
    printf("port %s\n", options.link != NULL ? options.link : emulator.port.path);
    int status = run(&emulator);
    if (options.link != NULL) {
        unlink(options.link);
    }
    return status;
}
