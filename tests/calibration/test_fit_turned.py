"""Two muscles that answer for each other may be exchanged; near 1 nobody can tell."""

from dataclasses import replace

import pytest

from calibration.accepting import Limits, Recorded, limits
from calibration.cohort import Case, cohort
from calibration.findings import REMARKS, Fault, Finding
from calibration.fit import fit
from calibration.fit_exchange import cable_findings
from calibration.fit_reference import Hold
from calibration.fit_rest import Rest
from calibration.fit_turned import Answers, alike_findings, answers, turned_findings
from calibration.leakage import unknown_leakage
from calibration.montage import montages
from calibration.muscles import Side
from calibration.segments import SegmentKind

FACE = montages()["face-4"]
EYE, CHEEK = (FACE.column(code, Side.RIGHT) or 0 for code in ("OOC", "ZYG"))
Rises = tuple[float, float]
"""Of the eye and of the cheek, in uV."""


def small(case: Case) -> Case:
    """Return the same face with the electrodes of eye and cheek alone."""
    columns = [case.montage.sites.index(site) for site in FACE.sites]
    levels = case.levels
    return replace(
        case,
        montage=FACE,
        segments=tuple(one for one in case.segments if one.muscle in {"", "OOC", "ZYG"}),
        levels=replace(
            levels,
            power_uv2=levels.power_uv2[:, columns],
            known=levels.known[:, columns],
            clipped=levels.clipped[:, columns],
            mains=levels.mains[:, columns],
            loose=levels.loose[:, columns],
        ),
    )


CASE = small(next(cohort(seed=11, count=1)))


def moving(closing: Rises, smiling: Rises, sides: tuple[Side, ...] = (Side.RIGHT,)) -> Case:
    """Return a face that rises so where the eye is asked and where the cheek is, on these sides."""
    power = CASE.levels.power_uv2.copy()
    for one in CASE.segments:
        rises = {"OOC": closing, "ZYG": smiling}.get(one.muscle)
        for side in sides:
            if one.kind is SegmentKind.REFERENCE and one.side is side and rises is not None:
                for code, rise in zip(("OOC", "ZYG"), rises, strict=True):
                    power[one.rows(10), FACE.column(code, side)] = rise**2
    return replace(CASE, levels=replace(CASE.levels, power_uv2=power))


def found(case: Case) -> set[tuple[Fault, int | None]]:
    """Return what is found in it while calibrating, when only levels are at hand."""
    fitted = fit(case.levels, case.montage, case.segments)
    return {(one.fault, one.channel) for one in fitted.findings}


def pair(turned: float, there: float = 0.01) -> Answers:
    return Answers(
        columns=(EYE, CHEEK),
        codes=("OOC", "ZYG"),
        side=Side.RIGHT,
        turned=turned,
        turned_there=there,
    )


def test_each_louder_when_the_other_is_asked_are_perhaps_exchanged() -> None:
    # A synkinesis of two thirds both ways, with the cables exchanged: no level of its own is odd.
    exchanged = found(moving((12.0, 20.0), (18.0, 12.0)))
    assert exchanged == {(Fault.EXCHANGED, EYE), (Fault.EXCHANGED, CHEEK)}


@pytest.mark.parametrize(
    ("closing", "smiling"),
    [
        ((20.0, 12.0), (12.0, 18.0)),  # the same synkinesis with its cables right
        ((8.0, 5.0), (12.0, 20.0)),  # and with an eye that is much weaker than the cheek
        ((9.0, 14.0), (4.0, 18.0)),  # the cheek comes along louder than the eye, one way only
    ],
)
def test_p15_synkinesis_of_a_weak_or_uneven_side_is_no_exchange(
    closing: Rises, smiling: Rises
) -> None:
    assert found(moving(closing, smiling)) == set()


def test_what_both_sides_do_is_anatomy() -> None:
    assert found(moving((12.0, 20.0), (18.0, 12.0), tuple(Side))) == set()


def test_the_finding_names_both_muscles_and_says_what_to_do() -> None:
    (one, other) = turned_findings([pair(2.56)], FACE, limits())
    assert (one.channel, other.channel) == (EYE, CHEEK)
    assert one.sentence == (
        "Eye, right: cable perhaps exchanged "
        "(here and at Cheek, right the muscle that was not asked rose 1.6 times as much)."
    )
    assert "begin again if they are exchanged" in one.advice


def test_only_the_two_that_are_most_turned_are_named() -> None:
    first, second = pair(3.0), replace(pair(2.0), side=Side.LEFT, columns=(0, 1))
    assert {one.channel for one in turned_findings([first, second], FACE, limits())} == {EYE, CHEEK}


@pytest.mark.parametrize(("turned", "said"), [(0.5, False), (0.8, True), (1.4, True), (1.6, False)])
def test_near_one_it_is_said_that_levels_cannot_tell(turned: float, said: bool) -> None:  # noqa: FBT001
    remarks = alike_findings([pair(turned)], FACE, limits())
    assert bool(remarks) is said
    assert {one.fault for one in remarks} <= REMARKS


def test_the_remark_is_in_plain_words() -> None:
    (one,) = alike_findings([pair(1.0)], FACE, limits())
    assert one.sentence == (
        "Eye, right: answers like another muscle (Cheek, right, whichever of the two was asked)."
    )
    assert "strong synkinesis" in one.advice


def test_without_the_other_side_an_exchange_is_told_all_the_same() -> None:
    assert turned_findings([pair(2.0, there=float("nan"))], FACE, limits())


def _heard(case: Case) -> tuple[Recorded, list[Rest], list[list[Hold]]]:
    """Return what `answers` takes: rests of 1 uV, and every hold of each channel a good one."""
    recorded = Recorded(levels=case.levels, montage=FACE, segments=case.segments, allowed=limits())
    rests = [Rest(noise_uv=1.0, level_uv=1.0, quantiles_uv=(1.0,), segments=()) for _ in FACE.sites]
    held = recorded.of_kind(SegmentKind.REFERENCE)
    all_holds = [
        [Hold(segment=one, above_uv=1.0) for one in held if (one.muscle, one.side) == place]
        for place in ((site.muscle, site.side) for site in FACE.sites)
    ]
    return recorded, rests, all_holds


def test_the_ratio_is_other_over_own_of_both_together() -> None:
    recorded, rests, all_holds = _heard(moving((20.0, 10.0), (10.0, 20.0)))
    (right,) = [one for one in answers(recorded, rests, all_holds) if one.side is Side.RIGHT]
    assert right.turned == pytest.approx(0.25, rel=0.02)
    assert right.codes == ("OOC", "ZYG")
    assert right.turned_there < 0.2


def test_how_well_an_electrode_hears_does_not_matter() -> None:
    loud, faint = moving((12.0, 20.0), (18.0, 12.0)), moving((7.2, 20.0), (10.8, 12.0))
    (one, other) = (answers(*_heard(case))[0].turned for case in (loud, faint))
    assert other == pytest.approx(one, rel=0.02)


def test_a_muscle_without_a_good_hold_gives_no_evidence() -> None:
    recorded, rests, all_holds = _heard(moving((12.0, 20.0), (18.0, 12.0)))
    all_holds[EYE] = []
    assert {one.side for one in answers(recorded, rests, all_holds)} == {Side.LEFT}


def test_a_channel_that_was_named_already_is_not_named_again() -> None:
    recorded, rests, all_holds = _heard(moving((12.0, 20.0), (18.0, 12.0)))
    named = Finding(fault=Fault.WRONG_MUSCLE, channel=EYE, where="Eye, right", detail="it did")
    assert cable_findings(recorded, rests, all_holds, None, [])
    assert cable_findings(recorded, rests, all_holds, None, [named]) == []


def test_a_remark_waits_until_leaks_were_asked_too() -> None:
    recorded, rests, all_holds = _heard(moving((15.0, 15.0), (15.0, 15.0)))
    leaks = unknown_leakage(4, recorded.levels.rate_hz)
    assert cable_findings(recorded, rests, all_holds, None, []) == []
    (remark,) = cable_findings(recorded, rests, all_holds, leaks, [])
    assert remark.fault is Fault.ALIKE


@pytest.mark.parametrize("name", ["turned_ratio", "own_ratio"])
def test_limits_that_name_everybody_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be above 1"):
        Limits(**{name: 1.0})
