"""What came of a calibration, in words: with no more digits than each number has. No Qt.

Import it late: it knows intervals, and so scipy.
"""

from dataclasses import dataclass
from math import ceil, floor, isfinite, isnan, log10, sqrt
from pathlib import Path

import numpy as np

from calibration.channel import ChannelNumbers
from calibration.channel_model import ChannelModel
from calibration.freedom import amplitude_interval, plain_freedom_hz, shown, shown_step
from calibration.leakage import findings as leaks
from calibration.muscles import Side, muscle, muscles
from calibration.profile import Profile
from calibration.proposals import Proposals, proposals
from calibration.thresholds import shaping
from host.feedback.calibrating.guide_state import Told, told_once
from host.feedback.calibrating.moment import Concluded
from host.translation import mark, told, tr

REST_S = 10.0
"""A calibration has at least so much rest: from it follows how sure a level at rest is."""
UNKNOWN = "–"
NO_LEAK = mark("No muscle is heard by another's electrode so much that it is worth a word.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelResult:
    """One channel in the table."""

    name: str
    """The muscle, or "Channel 3"."""
    side: Side | None
    noise: str
    """At most so much, uV."""
    rest: str
    reference: str
    """The gentle reference above rest, uV."""
    interval: str
    """Its 95 % interval: "7.5 to 9.5"."""
    estimator: str
    """"whitened" or "plain"."""
    rest_line: str
    quiet_line: str
    effort_line: str
    """Thresholds, in percent of the reference."""
    missing: bool
    """Whether it has no reference, so that no session can judge it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """The proposed line of one quiet muscle, and why it lies there."""

    name: str
    side: Side | None
    share: str
    """Percent of the gentle reference."""
    level: str
    """The same in µV above rest."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultState:
    """Everything on the page at the end."""

    title: str
    sentence: str
    """What became of the profile."""
    good: bool
    """Whether there is a profile, and it is saved."""
    affected: Side | None = None
    channels: tuple[ChannelResult, ...] = ()
    lines: tuple[LineResult, ...] = ()
    findings: tuple[Told, ...] = ()
    plain: tuple[str, ...] = ()
    """Which channels are not whitened, and why."""
    leaks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def result_state(concluded: Concluded, affected: Side | None = None) -> ResultState:
    """Put what came of a calibration into words, the affected side first."""
    profile, path = concluded.profile, concluded.path
    if profile is None:
        return ResultState(
            title=tr("No profile"),
            sentence=concluded.sentence,
            good=False,
            affected=affected,
            remarks=tuple(told(one) for one in concluded.remarks),
        )
    order = ordered(profile, affected)
    leaked = None if profile.leakage is None else leaks(profile.leakage, profile.montage)
    return ResultState(
        title=tr("Profile of {}").format(profile.person),
        sentence=concluded.sentence or tr("Saved as {}").format(short_path(path)),
        good=path is not None,
        affected=affected,
        channels=tuple(_channel(profile, column) for column in order),
        lines=tuple(_line(profile, column) for column in order),
        findings=told_once(profile.findings),
        plain=tuple(why for column in order if (why := _why_plain(profile, column))),
        leaks=(tr("It was not measured."),)
        if leaked is None
        else tuple(told(one) for one in leaked or (NO_LEAK,)),
        remarks=tuple(told(one) for one in concluded.remarks),
    )


def ordered(profile: Profile, affected: Side | None) -> tuple[int, ...]:
    """Return the channels that lie on muscles: affected side first, then from forehead to neck."""
    sites, codes = profile.montage.sites, list(muscles())
    sides: list[Side | None] = [affected, affected.other] if affected else [*Side]
    placed = [column for column, site in enumerate(sites) if site.side is not None]
    return tuple(
        sorted(placed, key=lambda at: (sides.index(sites[at].side), codes.index(sites[at].muscle)))
    )


def written(level: float | None, low: float, high: float) -> str:
    """Write a level with the digits that its 95 % interval allows."""
    if level is None or isnan(step := shown_step(low, high)):
        return UNKNOWN
    return _at_step(shown(level, low, high), step)


def interval_written(low: float, high: float) -> str:
    """Write an interval in the steps of its level, rounded outwards: never too narrow."""
    step = shown_step(low, high)
    if isnan(step):
        return UNKNOWN
    # A hair of grace: what lies on a step must not be moved to the next by rounding of floats.
    ends = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    return tr("{} to {}").format(_at_step(ends[0], step), _at_step(ends[1], step))


def short_path(path: Path | None) -> str:
    """Write a path with ~ for the home folder."""
    if path is None:
        return UNKNOWN
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def _channel(profile: Profile, column: int) -> ChannelResult:
    numbers, site = profile.channels[column], profile.montage.sites[column]
    model = profile.models[column] if profile.models else None
    low, high = numbers.reference_low_uv or 0.0, numbers.reference_high_uv or 0.0
    return ChannelResult(
        name=tr(muscle(site.muscle).plain),
        side=site.side,
        noise=_resting(numbers.noise_uv, 0.0, model, profile.rate_hz),
        rest=_resting(numbers.rest_uv, numbers.noise_uv or 0.0, model, profile.rate_hz),
        reference=written(numbers.reference_uv, low, high),
        interval=interval_written(low, high),
        estimator=_estimator(numbers, model),
        rest_line=_percent(numbers.rest_threshold),
        quiet_line=_percent(numbers.quiet_threshold),
        effort_line=_percent(numbers.effort_threshold),
        missing=numbers.reference_uv is None,
    )


def _resting(
    level_uv: float | None, noise_uv: float, model: ChannelModel | None, rate_hz: float
) -> str:
    """Write a level at rest, of which the profile keeps no interval: it follows from the time."""
    if level_uv is None:
        return UNKNOWN
    freedom_hz = model.rest.long_hz if model else plain_freedom_hz(rate_hz)
    rms_uv = np.array([sqrt(level_uv**2 + noise_uv**2)])
    freedom = np.array([freedom_hz * REST_S])
    low, high = amplitude_interval(rms_uv, np.array([noise_uv]), freedom)
    return written(level_uv, float(low[0]), float(high[0]))


def _line(profile: Profile, column: int) -> LineResult:
    """Return the quiet line of a channel, with the reason for just this one."""
    numbers, site = profile.channels[column], profile.montage.sites[column]
    found = proposals(numbers, shaping())
    return LineResult(
        name=tr(muscle(site.muscle).plain),
        side=site.side,
        share=_percent(numbers.quiet_threshold),
        level=_line_uv(numbers),
        reason=_reason(numbers, found),
    )


def _line_uv(numbers: ChannelNumbers) -> str:
    share, low, high = numbers.quiet_threshold, numbers.reference_low_uv, numbers.reference_high_uv
    if share is None or numbers.reference_uv is None or low is None or high is None:
        return UNKNOWN
    return f"{written(share * numbers.reference_uv, share * low, share * high)} µV"


def _reason(numbers: ChannelNumbers, found: Proposals | None) -> str:
    if numbers.quiet_threshold is None or found is None:
        return tr("It needs rest and a gentle reference: repeat its step.")
    if abs(found.quiet.threshold - numbers.quiet_threshold) > 1e-9:
        return tr("As in the profile that was carried over.")
    return told(found.quiet.reason)


def _estimator(numbers: ChannelNumbers, model: ChannelModel | None) -> str:
    if numbers.reference_uv is None or model is None:
        return UNKNOWN
    return tr("whitened") if model.whitened else tr("plain")


def _why_plain(profile: Profile, column: int) -> str:
    """Say why a channel is not whitened; empty where it is, or nobody tried."""
    model = profile.models[column] if profile.models else None
    if model is None or model.whitened:
        return ""
    return tr("{}: {}.").format(
        tr(profile.montage.named(column)), told(model.plain) or tr("no filter helps")
    )


def _percent(share: float | None) -> str:
    """Write a threshold, which is set and not measured, in whole percent."""
    return UNKNOWN if share is None else f"{100.0 * share:.0f} %"


def _at_step(level: float, step: float) -> str:
    """Write a level with the decimals of its step."""
    if not isfinite(level):
        return UNKNOWN
    return f"{level:.{max(0, -floor(log10(step)))}f}"
