"""Screens that the tests of the patient's window show."""

from calibration.muscles import Side, muscle
from host.feedback.bar_state import BarState, ScreenState, TargetState


def bar(
    code: str = "OOC", fill: float | None = 0.1, *, over: bool = False, side: Side = Side.RIGHT
) -> BarState:
    """Return the bar of a muscle; without a fill its electrode is loose."""
    return BarState(
        name=muscle(code).plain,
        muscle=code,
        side=side,
        fill=fill,
        threshold=0.4,
        over=over,
        reason="electrode loose?" if fill is None else "",
    )


def plain_bars(count: int) -> tuple[BarState, ...]:
    """Return the bars of channels without muscles."""
    names = (f"Channel {number}" for number in range(1, count + 1))
    return tuple(BarState(name=name, fill=0.2, threshold=0.4) for name in names)


def target(fill: float | None = 0.3, *, softer: bool = False) -> TargetState:
    """Return the smile's target."""
    return TargetState(
        name="Cheek",
        muscle="ZYG",
        side=Side.RIGHT,
        fill=fill,
        low=0.2,
        ceiling=0.5,
        softer=softer,
    )


SMILE = ScreenState(
    bars=(bar("OOC"), bar("OOR"), bar("PLA")),
    target=target(),
    prompt="Smile gently",
    affected=Side.RIGHT,
    notice="Not calibrated",
)
SMILE_WITH_ALL = ScreenState(
    bars=tuple(bar(code) for code in ("FRO", "COR", "OOC", "LLS", "OOR", "DAO", "MEN", "PLA")),
    target=target(),
    prompt="Smile gently",
    affected=Side.RIGHT,
)
