"""What muscles without a measurement may add to the electrodes beside them."""

from math import nan

import numpy as np
import pytest

from calibration.montage import montages, plain_montage
from calibration.muscles import Side
from calibration.patterns import pattern
from calibration.unmeasured import Unmeasured, beside, beside_from_toml

FACE = montages()["face-8"]
RULES = beside()
EYE, CHEEK, LIPS, NECK = (
    FACE.sites.index(site)
    for code in ("OOC", "ZYG", "OOR", "PLA")
    for site in FACE.sites
    if (site.muscle, site.side) == (code, Side.LEFT)
)


def heard(name: str, powers: dict[int, float], *, unmixed: bool = True) -> np.ndarray:
    """Return what may have leaked, over the power that one neighbour may leak of 1 uV²."""
    above = np.zeros(len(FACE.sites))
    above[list(powers)] = list(powers.values())
    asked = pattern(name)
    rules = Unmeasured(montage=FACE, asked=asked, unmixed=unmixed, rules=RULES)
    return rules.most_uv2(above) / RULES.share**2


def test_t1_neighbours_are_beside_each_other_both_ways() -> None:
    assert "ZYG" in RULES.of("OOC")
    assert "OOC" in RULES.of("ZYG")
    assert "PLA" not in RULES.of("OOC")


def test_a_quiet_neighbour_works_as_the_loudest_quiet_muscle_of_its_side() -> None:
    # Of the lips' neighbours nobody measures the nose (tolerated), mouth corner and chin.
    most = heard("gentle closed smile", {CHEEK: 100.0, EYE: 16.0, NECK: 4.0})
    assert most[LIPS] == pytest.approx(3 * 16.0)
    other = [at for at, site in enumerate(FACE.sites) if site.side is Side.RIGHT]
    assert not most[other].any()


def test_a_tolerated_neighbour_may_work_with_a_part_of_what_leads() -> None:
    most = heard("gentle closed smile", {CHEEK: 100.0})
    assert most[EYE] == pytest.approx(100.0 * RULES.tolerated**2)


def test_one_that_leads_works_as_those_that_lead() -> None:
    most = heard("open smile", {CHEEK: 100.0})
    # The nose leads there, and the brow is in no list, so it is tolerated.
    assert most[EYE] == pytest.approx(100.0 * (1.0 + RULES.tolerated**2))


def test_without_separation_measured_neighbours_may_leak_as_well() -> None:
    powers = {CHEEK: 100.0}
    more = heard("gentle closed smile", powers, unmixed=False) - heard(
        "gentle closed smile", powers
    )
    assert more[EYE] == pytest.approx(100.0)
    assert more[CHEEK] == pytest.approx(0.0)


def test_an_electrode_that_is_off_measures_nothing_so_its_muscle_may_leak() -> None:
    sound = heard("pucker", {LIPS: 100.0, EYE: 9.0})
    off = heard("pucker", {LIPS: 100.0, EYE: 9.0, CHEEK: nan})
    assert off[EYE] == pytest.approx(sound[EYE] + 9.0)


def test_at_rest_nothing_leaks_and_plain_channels_have_no_neighbours() -> None:
    assert not heard("pucker", {}).any()
    plain = Unmeasured(
        montage=plain_montage(4), asked=pattern("pucker"), unmixed=False, rules=RULES
    )
    assert not plain.most_uv2(np.full(4, 100.0)).any()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("share = 0.1\ntolerated = 0.3", "list of pairs"),
        ('beside = [["ZYG"]]\nshare = 0.1\ntolerated = 0.3', "two different muscles"),
        ('beside = [["ZYG", "XXX"]]\nshare = 0.1\ntolerated = 0.3', "unknown muscle 'XXX'"),
        ("beside = []\nshare = 2\ntolerated = 0.3", "from 0 to 1"),
        ("beside = []\nshare = true\ntolerated = 0.3", "must be a number"),
        ("beside = []\nshare = 0.1\ntolerated = 0.3\nmore = 1", "unknown entry 'more'"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_its_name(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        beside_from_toml(text, "mine.toml")
    assert str(told.value).startswith("mine.toml: ")
