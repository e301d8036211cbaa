"""Which attempts of a faded bout have feedback: by rule, so that probes come regularly (P6)."""

from fractions import Fraction

_FINEST = 100
"""A share is taken as a fraction with no larger denominator."""


def has_feedback(index: int, share: float) -> bool:
    """Tell whether attempt `index`, counted from 1, has feedback where a share of them has.

    The probes are spread as evenly as whole attempts allow, the first attempt has feedback unless
    none has, and the same share gives the same answer at every replay.
    """
    if index < 1:
        raise ValueError(f"attempts are counted from 1, got {index}")
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"a share is 0 to 1, got {share}")
    exact = Fraction(share).limit_denominator(_FINEST)
    # So many have feedback up to and with this one, and before it; rounded up, so the first has.
    upto, before = (
        -(-count * exact.numerator // exact.denominator) for count in (index, index - 1)
    )
    return upto > before
