"""What both practice screens show at one moment, from where a bout stands."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from host.clinic.plan import FeedbackMode
from host.session.practising.troubles import of_channels
from host.session.practising.view import BoutPhase, PracticeView
from host.session.practising.whys import why_words
from host.session.uncalibrated import uncalibrated_words
from host.translation import in_a_row, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calibration.montage import Montage
    from calibration.patterns import Pattern
    from host.session.practising.lengths import Lengths
    from host.session.practising.standing import Standing
    from host.session.practising.tried import Tried

_LENGTHS: Final[dict[BoutPhase, Callable[[Lengths], int]]] = {
    BoutPhase.SETTLE: attrgetter("settle"),
    BoutPhase.RISE: attrgetter("rise"),
    BoutPhase.HOLD: attrgetter("hold"),
    BoutPhase.RELEASE: attrgetter("release"),
    BoutPhase.REST: attrgetter("rest"),
    BoutPhase.ASK: attrgetter("question"),
    BoutPhase.REVEAL: attrgetter("reveal"),
}
_HUSHED = frozenset({BoutPhase.PAUSED, BoutPhase.QUIET, BoutPhase.OVER, BoutPhase.READY})
_BLIND = frozenset({BoutPhase.QUIET, BoutPhase.OVER, BoutPhase.READY, BoutPhase.ASK})


def shown(
    standing: Standing | None,
    earlier: tuple[Tried, ...],
    *,
    asked: Pattern | None,
    sample: int,
    rate_hz: float,
) -> PracticeView:
    """Return the view at `sample`, the next that comes."""
    if standing is None:
        return PracticeView(asked=asked, sample=sample)
    now, watch = standing, standing.watch
    phase = now.phase
    passed = max(sample - now.phase_since, 0)
    over = phase is BoutPhase.OVER
    return PracticeView(
        number=now.number,
        pattern=now.terms.pattern,
        asked=asked,
        mode=now.terms.mode,
        phase=phase,
        phase_s=passed / rate_hz,
        left_s=max(_length(now, phase) - passed, 0) / rate_hz,
        bout_left_s=0.0 if over else max(now.until - sample, 0) / rate_hz,
        pace=_pace(now, phase, passed),
        bars=_bars(now, phase),
        sound=now.terms.mode is FeedbackMode.SOUND and phase not in _HUSHED,
        touch=() if asked is None else asked.touch,
        may_go_on=watch.open,
        working=watch.working,
        settling=watch.settling,
        unknown=watch.unknown,
        uncalibrated=watch.uncalibrated,
        waiting=_waiting(now, phase),
        may_overrule=now.may_overrule,
        attempt=now.count,
        attempts=now.attempts,
        earlier=earlier,
        over_why=why_words(now.over_why),
        pause_left_s=max(now.lengths.pause - passed, 0) / rate_hz if over else 0.0,
        troubles=() if over else of_channels(now),
        sample=sample,
    )


def hushed(view: PracticeView) -> PracticeView:
    """Return a view for which quiet was asked just now: it does not wait for the next sample."""
    if view.phase.between:
        return view
    return replace(
        view,
        phase=BoutPhase.QUIET,
        phase_s=0.0,
        left_s=0.0,
        pace=0.0,
        bars=False,
        sound=False,
        waiting="",
        may_overrule=False,
    )


def _length(now: Standing, phase: BoutPhase) -> int:
    """Return after how many samples a phase ends by itself; 0 where it does not."""
    length = _LENGTHS.get(phase)
    return 0 if length is None else length(now.lengths)


def _pace(now: Standing, phase: BoutPhase, passed: int) -> float:
    """Return how far the slow shape has risen; it rises and falls evenly (P10)."""
    if phase is BoutPhase.HOLD:
        return 1.0
    share = min(passed / max(_length(now, phase), 1), 1.0)
    if phase is BoutPhase.RISE:
        return share
    return 1.0 - share if phase is BoutPhase.RELEASE else 0.0


def _bars(now: Standing, phase: BoutPhase) -> bool:
    """Tell whether the patient may see bars."""
    if phase in _BLIND or now.terms.mode is FeedbackMode.SOUND:
        return False
    return now.shown if phase.moving else True


def _waiting(now: Standing, phase: BoutPhase) -> str:
    """Say what the next attempt waits for, without hurry (P12)."""
    if phase is not BoutPhase.WAIT:
        return ""
    montage = now.face.montage
    if now.watch.uncalibrated:
        return uncalibrated_words(now.face.montage, now.watch.uncalibrated)
    if now.watch.unknown:
        return tr("No signal from {} yet.").format(_names(montage, now.watch.unknown))
    if now.watch.working:
        return tr("Still letting go: {}.").format(_names(montage, now.watch.working))
    if now.watch.settling:
        return tr("Not known for long enough yet.")
    return tr("Nothing is known yet.")


def _names(montage: Montage, columns: Iterable[int]) -> str:
    return in_a_row([tr(montage.named(column)) for column in columns])
