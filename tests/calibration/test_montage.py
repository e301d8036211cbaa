"""Montages: ready ones (T1), one's own, and what they can offer (T2)."""

import pytest

from calibration.montage import Montage, Site, montage_from_toml, montages, plain_montage
from calibration.muscles import Side, muscle, muscles
from calibration.patterns import Pattern, Role, pattern, patterns

OWN = """
[[site]]
channel = 2
muscle = "ZYG"
side = "left"

[[site]]
channel = 4
muscle = "ZYG"
side = "right"
"""


def test_t1_has_nine_muscles_with_a_plain_name_each() -> None:
    assert set(muscles()) == {"FRO", "COR", "OOC", "LLS", "ZYG", "OOR", "DAO", "MEN", "PLA"}
    assert len({muscle(code).plain for code in muscles()}) == 9


@pytest.mark.parametrize(
    ("name", "per_side"),
    [
        ("face-4", {"OOC", "ZYG"}),
        ("face-8", {"OOC", "ZYG", "OOR", "PLA"}),
        ("face-16", {"FRO", "COR", "OOC", "LLS", "ZYG", "OOR", "MEN", "PLA"}),
        ("face-16-dao", {"FRO", "COR", "OOC", "LLS", "ZYG", "OOR", "DAO", "PLA"}),
    ],
)
def test_t1_ready_montages_have_the_same_muscles_on_both_sides(
    name: str, per_side: set[str]
) -> None:
    montage = montages()[name]
    for side in Side:
        found = [site.muscle for site in montage.sites if site.side is side]
        assert set(found) == per_side
        assert len(found) == len(per_side)


def test_t1_the_brow_and_chin_montages_swap_one_muscle_in() -> None:
    assert montages()["face-8-brow"].column("FRO", Side.LEFT) is not None
    assert montages()["face-8-chin"].column("MEN", Side.LEFT) is not None


def test_left_channels_come_before_right_ones() -> None:
    montage = montages()["face-8"]
    assert montage.column("OOC", Side.LEFT) == 0
    assert montage.column("OOC", Side.RIGHT) == 4
    assert montage.column("FRO", Side.LEFT) is None


def test_t2_a_montage_without_the_target_muscle_cannot_offer_a_pattern() -> None:
    assert montages()["face-8"].offers(pattern("pucker"))
    assert not montages()["face-8"].offers(pattern("brow raise"))
    assert montages()["face-8-brow"].offers(pattern("brow raise"))


def test_t2_roles_of_the_gentle_closed_smile() -> None:
    smile = pattern("gentle closed smile")
    assert smile.role("ZYG") is Role.TARGET
    assert smile.role("PLA") is Role.QUIET
    assert smile.role("LLS") is Role.TOLERATED
    assert smile.touch == ("OOC", "PLA")


def test_t2_every_pattern_names_known_muscles_and_a_prompt_of_few_words() -> None:
    assert len(patterns()) == 11
    for movement in patterns().values():
        assert 1 <= len(movement.prompt.split()) <= 5


def test_t2_in_rest_all_muscles_are_quiet() -> None:
    assert all(pattern("rest and release").role(code) is Role.QUIET for code in muscles())


def test_one_s_own_montage_is_read_by_channel_and_side() -> None:
    montage = montage_from_toml(OWN, "own.toml")
    assert montage.sites == (
        Site(),
        Site(muscle="ZYG", side=Side.LEFT),
        Site(),
        Site(muscle="ZYG", side=Side.RIGHT),
    )
    assert not montage.plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no"),
        ("[[site]", "not valid TOML"),
        ('[[site]]\nchannel = 0\nmuscle = "ZYG"\nside = "left"', "from 1 to 256, got 0"),
        ('[[site]]\nchannel = 1\nmuscle = "XYZ"\nside = "left"', "unknown muscle 'XYZ'"),
        ('[[site]]\nchannel = 1\nmuscle = "ZYG"\nside = "up"', "the patient's"),
        ("[[site]]\nchannel = 1", "'muscle' must be text"),
        (OWN + OWN, "gives one channel twice"),
        (OWN.replace("right", "left"), "share a muscle and side"),
        ("sites = [1]", "list of texts"),
        ("sites = []", "has no sites"),
        ("site = 3", "has no"),
        ("site = [3]", r"\[\[site\]\] 1: it needs channel, muscle and side"),
        (OWN.replace("side", "sied", 1), r"\[\[site\]\] 1: unknown entry 'sied'"),
        ("stes = 3", "unknown entry 'stes'"),
        (f'sites = ["ZYG"]\n{OWN}', "not both"),
    ],
)
def test_a_wrong_montage_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as refused:
        montage_from_toml(text, "own.toml")
    assert "\n" not in str(refused.value)


def test_a_montage_is_padded_to_a_board_with_plain_channels() -> None:
    padded = montages()["face-4"].padded(8)
    assert padded.sites[4:] == (Site(),) * 4
    with pytest.raises(ValueError, match="needs 4 channels, the source has 2"):
        montages()["face-4"].padded(2)


def test_a_plain_montage_assigns_nothing() -> None:
    assert plain_montage(3) == Montage(name="channels", sites=(Site(), Site(), Site()))
    assert plain_montage(3).plain


def test_channels_have_names_that_a_person_knows() -> None:
    face = montages()["face-8"]
    assert [face.named(channel) for channel in (0, 5)] == ["Eye, left", "Cheek, right"]
    assert plain_montage(3).named(2) == "Channel 3"


def test_a_pattern_with_contradicting_roles_is_refused() -> None:
    with pytest.raises(ValueError, match="two roles"):
        Pattern(name="x", prompt="x", target=("ZYG",), quiet=("ZYG",))
    with pytest.raises(ValueError, match="must be quiet"):
        Pattern(name="x", prompt="x", slight=("ZYG",))
    with pytest.raises(ValueError, match="unknown pattern"):
        pattern("grin")


def test_a_site_needs_muscle_and_side() -> None:
    with pytest.raises(ValueError, match="both"):
        Site(muscle="ZYG")
