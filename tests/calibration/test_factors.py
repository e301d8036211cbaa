"""A muscle may have a threshold of its own in a pattern, as so many times that of all."""

from dataclasses import replace
from math import inf, nan

import pytest

from calibration.patterns import pattern

SMILE = pattern("gentle closed smile")


def test_a_factor_takes_the_place_of_the_slight_allowance() -> None:
    own = replace(SMILE, factors=(("OOC", 0.8), ("PLA", 2.0)))
    assert [own.allowance(code) for code in ("OOC", "PLA", "MEN")] == [0.8, 2.0, 1.0]
    assert SMILE.allowance("OOC") == 1.5


@pytest.mark.parametrize("factor", [0.0, -1.0, nan, inf])
def test_a_factor_is_above_nought(factor: float) -> None:
    with pytest.raises(ValueError, match="factor of PLA must be above 0"):
        replace(SMILE, factors=(("PLA", factor),))


def test_a_factor_is_of_a_muscle_that_is_known() -> None:
    with pytest.raises(ValueError, match="NOSE"):
        replace(SMILE, factors=(("NOSE", 1.0),))
