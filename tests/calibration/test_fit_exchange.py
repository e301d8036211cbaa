"""Two cables of one side that were exchanged are told by what leaks between muscles."""

from dataclasses import replace

import numpy as np
import pytest

from calibration.accepting import limits
from calibration.findings import Fault
from calibration.fit_exchange import exchange_findings
from calibration.leakage import Leakage, unknown_leakage
from calibration.montage import montages
from calibration.muscles import Side
from calibration.traces import FloatArray

FACE = montages()["face-8"]
LEAKS = {("OOC", "ZYG"): 0.09, ("ZYG", "OOR"): 0.09, ("ZYG", "PLA"): 0.055}
ERROR = 0.005


def shares() -> FloatArray:
    """Return what leaks in a face of which both sides are alike."""
    found = np.full((8, 8), np.nan)
    for row, one in enumerate(FACE.sites):
        for column, other in enumerate(FACE.sites):
            if row != column and one.side is other.side:
                pair = (one.muscle, other.muscle)
                found[row, column] = LEAKS.get(pair, LEAKS.get(pair[::-1], 0.0))
    return found


def leakage(share: FloatArray) -> Leakage:
    low, high = np.maximum(share - 2.0 * ERROR, 0.0), share + 2.0 * ERROR
    return replace(unknown_leakage(8, 250.0), share=share, low=low, high=high)


def exchanged(first: str, second: str, side: Side, share: FloatArray) -> FloatArray:
    columns = [FACE.column(code, side) for code in (first, second)]
    order = list(range(8))
    order[columns[0] or 0], order[columns[1] or 0] = columns[1] or 0, columns[0] or 0
    return share[np.ix_(order, order)]


def named(share: FloatArray) -> set[str]:
    found = exchange_findings(leakage(share), FACE, limits())
    assert all(one.fault is Fault.EXCHANGED for one in found)
    return {one.where for one in found}


def test_a_face_with_all_cables_right_has_no_finding() -> None:
    assert named(shares()) == set()


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("other", ["OOC", "PLA"])
def test_the_cheek_exchanged_with_a_neighbour_is_told_on_its_side(side: Side, other: str) -> None:
    plain = {"OOC": "Eye", "PLA": "Neck"}[other]
    share = exchanged("ZYG", other, side, shares())
    assert named(share) == {f"Cheek, {side.value}", f"{plain}, {side.value}"}


def test_axons_that_serve_two_muscles_make_no_exchange_of_it() -> None:
    # They look like a leak, though in one direction only, however strong they are.
    share, eye, lips = shares(), FACE.column("OOC", Side.LEFT), FACE.column("OOR", Side.LEFT)
    share[eye, lips] = 0.4
    assert named(share) == set()


def test_sides_that_differ_by_half_are_no_exchange() -> None:
    share = shares()
    share[:4, :4] *= 1.5
    assert named(share) == set()


def test_muscles_that_surely_answer_for_themselves_are_no_exchange_whatever_leaks_say() -> None:
    share = exchanged("ZYG", "OOC", Side.LEFT, shares())
    own = [(FACE.column("OOC", Side.LEFT) or 0, FACE.column("ZYG", Side.LEFT) or 0)]
    found = exchange_findings(leakage(share), FACE, limits(), sure=own)
    assert not {one.channel for one in found} >= {*own[0]}


def test_what_is_unknown_says_nothing() -> None:
    assert named(np.full((8, 8), np.nan)) == set()
    assert named(np.where(np.arange(8)[:, np.newaxis] < 4, np.nan, shares())) == set()


def test_with_two_muscles_a_side_an_exchange_changes_nothing() -> None:
    small = montages()["face-4"]
    found = exchange_findings(unknown_leakage(4, 250.0), small, limits())
    assert found == []


def test_the_finding_says_which_two_and_what_to_do() -> None:
    share = exchanged("ZYG", "OOC", Side.LEFT, shares())
    found = exchange_findings(leakage(share), FACE, limits())
    assert [one.channel for one in found] == [
        FACE.column("OOC", Side.LEFT),
        FACE.column("ZYG", Side.LEFT),
    ]
    assert "Cheek, left" in found[0].sentence
    assert "cables" in found[0].advice
