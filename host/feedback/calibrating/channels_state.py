"""What the table of channels shows: a row for each muscle, its sides beside each other. No Qt."""

from dataclasses import dataclass
from math import isnan, log

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from host.feedback.calibrating.moment import Moment
from host.session.calibrating.view import ChannelView
from host.translation import mark, tr

LEAST_UV, MOST_UV = 0.5, 200.0
"""Ends of a bar; between them it grows with the logarithm, so that rest and effort both fit."""
SPREAD = 0.15
"""About how much the RMS of 0.2 s scatters, so that no digit is shown that is chance (P11)."""


_HEADS = {Side.LEFT: mark("patient's left"), Side.RIGHT: mark("patient's right")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCell:
    """One channel at this moment."""

    name: str
    """"Cheek, right"; for screen readers."""
    words: str
    """Its level where it is good; else its quality in plain words."""
    good: bool
    """Whether nothing is the matter with this channel, of all channels."""
    bar: float | None = None
    """Length of its bar, 0 to 1; None, never 0, where its level is unknown."""
    level_uv: float = float("nan")
    """The level as it is written; it stays until it is a whole step away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsState:
    """All channels."""

    sides: tuple[str, ...] = ()
    """Heads of the columns, as in a mirror; empty where no channel has a side."""
    rows: tuple[tuple[str, tuple[ChannelCell | None, ...]], ...] = ()
    """Name of the muscle, or of the plain channel, and a cell for each column."""

    @property
    def flawed(self) -> tuple[ChannelCell, ...]:
        """The channels that cannot be used now."""
        return tuple(one for _, cells in self.rows for one in cells if one and not one.good)


def channels_state(moment: Moment, last: ChannelsState) -> ChannelsState:
    """Lay out the channels; `last` is what was shown until now."""
    if moment.view is None or moment.montage is None:
        return ChannelsState()
    before = {one.name: one.level_uv for _, cells in last.rows for one in cells if one}
    cells = tuple(
        _cell(one, before.get(one.name, float("nan")), heard=moment.heard)
        for one in moment.view.channels
    )
    return _laid_out(moment.montage, cells)


def _laid_out(montage: Montage, cells: tuple[ChannelCell, ...]) -> ChannelsState:
    plain = tuple(
        (tr(montage.named(column)), (cells[column], None)[: 1 if montage.plain else 2])
        for column, site in enumerate(montage.sites)
        if not site.muscle
    )
    codes = dict.fromkeys(site.muscle for site in montage.sites if site.muscle)
    rows = tuple(
        (tr(muscle(code).plain), tuple(_placed(montage, cells, code, side) for side in Side))
        for code in codes
    )
    sides = () if montage.plain else tuple(tr(_HEADS[side]) for side in Side)
    return ChannelsState(sides=sides, rows=rows + plain)


def _placed(
    montage: Montage, cells: tuple[ChannelCell, ...], code: str, side: Side
) -> ChannelCell | None:
    column = montage.column(code, side)
    return None if column is None else cells[column]


def _cell(channel: ChannelView, before_uv: float, *, heard: bool) -> ChannelCell:
    if not heard:
        # Of all channels at once, and told in place of the prompt: none of them stands out.
        return ChannelCell(name=channel.name, words=tr("no samples"), good=True)
    if channel.passes:
        return ChannelCell(name=channel.name, words=channel.quality, good=True)
    if not channel.good:
        return ChannelCell(name=channel.name, words=channel.quality, good=False)
    level_uv = channel.level_uv
    if level_uv is None or isnan(level_uv):
        return ChannelCell(name=channel.name, words=tr("one moment"), good=True)
    told_uv = _told(level_uv, before_uv)
    return ChannelCell(
        name=channel.name,
        words=f"{told_uv:g} µV",
        good=True,
        bar=_bar(level_uv),
        level_uv=told_uv,
    )


def _told(level_uv: float, before_uv: float) -> float:
    """Round a level to what it can tell; it does not flicker between two neighbours."""
    # Only here, as there are levels long after the first paint: it brings scipy with it.
    from calibration.freedom import shown

    return shown(
        level_uv, (1.0 - 2.0 * SPREAD) * level_uv, (1.0 + 2.0 * SPREAD) * level_uv, before_uv
    )


def _bar(level_uv: float) -> float:
    share = log(max(level_uv, LEAST_UV) / LEAST_UV) / log(MOST_UV / LEAST_UV)
    # In steps of a hundredth: less cannot be seen, and need not be painted.
    return round(min(share, 1.0), 2)
