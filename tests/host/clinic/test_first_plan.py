"""What a therapist begins with: everything that the electrodes can watch, and nothing enabled."""

from calibration.montage import montages
from calibration.patterns import Pattern, patterns
from host.clinic.first_plan import first_plan, offered, usual
from tests.host.clinic.people import patient


def names(montage: str) -> list[str]:
    return [one.name for one in offered(montages()[montage], patterns().values())]


def test_t2_a_montage_offers_only_patterns_whose_targets_it_watches() -> None:
    assert names("face-4") == ["rest and release", "gentle closed smile", "gentle eye closure"]
    assert "brow raise" in names("face-8-brow")
    assert "brow raise" not in names("face-8")


def test_rest_comes_first_and_probes_are_not_practised() -> None:
    everything = names("face-16-dao")
    assert everything[:5] == [
        "rest and release",
        "gentle closed smile",
        "gentle eye closure",
        "pucker",
        "brow raise",
    ]
    probes = {one.name for one in patterns().values() if one.probe}
    assert set(everything) == set(patterns()) - probes


def test_a_pattern_of_ones_own_comes_behind_those_with_a_place() -> None:
    own = Pattern(name="half a smile", prompt="Half a smile", target=("ZYG",))
    found = offered(montages()["face-4"], [own, *patterns().values()])
    assert found[-1] is own


def test_every_name_in_the_order_is_a_pattern_of_t2() -> None:
    assert set(usual().order) <= set(patterns())


def test_p16_nothing_is_enabled_in_a_first_plan() -> None:
    first = first_plan(patient(), montages()["face-8"], patterns().values())
    assert first.patterns
    assert not first.enabled
    assert first.version == 0


def test_t4_a_first_plan_has_the_usual_lengths() -> None:
    first = first_plan(patient(), montages()["face-8"], patterns().values())
    assert (first.bout_s, first.hold_s, first.rest_s) == (120.0, 5.0, 10.0)
    assert first.rise_s >= 1.0
    assert {one.line for one in first.patterns} == {usual().line}
    assert usual().success == (0.7, 0.8)
    assert (first.person, first.affected, first.montage) == ("P01", patient().affected, "face-8")
