"""What the electrodes page says of each channel, one row for each: decided here. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import isnan, nan
from typing import TYPE_CHECKING

from host.report.face.status import Status
from host.session.contacting.verdicts import Verdict
from host.translation import mark, told, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calibration.muscles import Side
    from host.session.contacting.sides import SideView
    from host.session.contacting.view import ChannelContact, ContactView

SPREAD = 0.1
"""About how much the quietest of ten seconds scatter: no digit is shown that is chance (P11)."""
_UNIT = " kΩ"
NOTHING = "–"
_ANSWERED = {
    "left": mark("Answered when the left side was asked."),
    "right": mark("Answered when the right side was asked."),
}
_ANSWERED_BOTH = mark("Answered when either side was asked.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """One channel."""

    channel: int
    """Column, from 0."""
    cable: str
    name: str
    side: Side | None
    status: Status
    """Its shape and its word; PLAIN while nothing can be said of any channel."""
    word: str
    rest: str
    """Of its resting face, in µV; a dash where it is unknown."""
    impedance: str = ""
    """Of its two electrodes; empty where it cannot be measured, or has not been."""
    advice: str = ""
    """What to do, what was decided, or how it answered: one short sentence, or none."""
    rest_uv: float = nan
    """As it is written; it stays until it is a whole step away."""

    @property
    def named(self) -> str:
        """The channel's name in the reader's language; `name` is as on record."""
        return tr(self.name)

    @property
    def wanting(self) -> bool:
        """Whether something has to be done about it alone."""
        return self.status in (Status.LOOSE, Status.RAILED)

    @property
    def spoken(self) -> str:
        """All of it, for screen readers."""
        which = f"{self.cable}, {self.named}: {self.word or tr('not known yet')}"
        rest = "" if self.rest == NOTHING else tr("rest {}").format(self.rest)
        ohms = tr("impedance {}").format(self.impedance) if self.impedance else ""
        return ". ".join(filter(None, (which, rest, ohms, self.advice)))


def row_states(
    view: ContactView, last: Iterable[RowState], *, plain: bool = False
) -> tuple[RowState, ...]:
    """Return a row for each channel that matters, by column; `last` is what was shown until now.

    With `plain` nothing is said of any yet. What would be said of all of them is said of none: it
    stands above them, once (see `shared_advice`).
    """
    before = {one.channel: one.rest_uv for one in last}
    shared = shared_advice(view)
    return tuple(
        _row(one, before.get(one.channel, nan), view, shared, plain=plain) for one in view.placed
    )


def shared_advice(view: ContactView) -> str:
    """Return the advice that all channels have alike; empty where they differ, or need none."""
    said = {one.advice for one in view.placed if one.excluded is None}
    used = [one for one in view.placed if one.excluded is None]
    return said.pop() if len(said) == 1 and len(used) > 1 else ""


def _row(
    one: ChannelContact, before_uv: float, view: ContactView, shared: str, *, plain: bool
) -> RowState:
    status = _status(one, plain=plain)
    rest_uv = nan if one.rest_uv is None else _told(one.rest_uv, before_uv)
    return RowState(
        channel=one.channel,
        cable=str(one.channel + 1),
        name=one.name,
        side=one.side,
        status=status,
        word=tr(status.value),
        rest=NOTHING if isnan(rest_uv) else f"{rest_uv:g} µV",
        impedance=_impedance(one),
        advice=_advice(one, view.sides, shared),
        rest_uv=rest_uv,
    )


def _status(one: ChannelContact, *, plain: bool) -> Status:
    if one.excluded is not None:
        return Status.EXCLUDED
    if plain and one.verdict is Verdict.UNKNOWN:
        return Status.PLAIN
    return Status(one.verdict.value)


def _told(rest_uv: float, before_uv: float) -> float:
    """Round a level to what it can tell; it does not flicker between two neighbours."""
    # Only here, as there are levels long after the first paint: it brings scipy with it.
    from calibration.freedom import shown

    low, high = (1.0 - 2.0 * SPREAD) * rest_uv, (1.0 + 2.0 * SPREAD) * rest_uv
    return shown(rest_uv, low, high, before_uv)


def _impedance(one: ChannelContact) -> str:
    """Say both, as "12 / 15 ± 3 kΩ"; a dash for one that is not known."""
    if one.positive is None and one.negative is None:
        return ""
    both = (one.positive, one.negative)
    words = [NOTHING if found is None else found.words.removesuffix(_UNIT) for found in both]
    unit = _UNIT if any(found is not None and not found.open for found in both) else ""
    return " / ".join(words) + unit


def _advice(one: ChannelContact, sides: SideView | None, shared: str) -> str:
    if one.excluded is not None:
        out = one.excluded
        at = datetime.fromisoformat(out.utc).astimezone()
        said = tr("By {by}, {at}: {reason}")
        return said.format(by=out.by, at=f"{at:%Y-%m-%d %H:%M}", reason=out.reason)
    if one.advice and one.advice != shared:
        return told(one.advice)
    return "" if sides is None or not sides.done else _answered(one.channel, sides)


def _answered(channel: int, sides: SideView) -> str:
    asked = [answer.side.value for answer in sides.answers if channel in answer.channels]
    if not asked:
        return ""
    return tr(_ANSWERED[asked[0]] if len(asked) == 1 else _ANSWERED_BOTH)
