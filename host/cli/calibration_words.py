"""What a calibration says on a terminal."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from calibration.channel import ChannelNumbers
from calibration.channel_model import ChannelModel
from calibration.findings import Finding
from calibration.leakage import findings as leaks
from calibration.montage import Montage
from host.session.calibrating.building import CalibrationStage
from host.session.calibrating.finishing import Checked
from host.session.calibrating.fitting import Fitted
from host.session.calibrating.happenings import Happening, StepBegan, StepJudged

_NOTHING = "-"
_MOST_LEAKS = 10
"""So many are named; the loudest come first."""


class Telling:
    """Prints what happens; `prompts` also what the patient is asked, for somebody in the room."""

    def __init__(self, *, prompts: bool) -> None:
        self._prompts = prompts

    def __call__(self, happened: Happening) -> None:
        """Print one happening, if it is worth a line."""
        if isinstance(happened, StepBegan) and self._prompts:
            step = happened.step
            print(f"{step.prompt}  ({step.holds} x {step.hold_s:g} s)", flush=True)
        elif isinstance(happened, StepJudged):
            word = "good" if not happened.findings else "see below; went on all the same"
            print(f"  {happened.step.title:24} {word}", flush=True)
            tell_findings(happened.findings)


def tell_end(stage: CalibrationStage) -> None:
    """Print how a calibration ended, and where it was recorded."""
    course, recording = stage.session.course, stage.session.recording
    print(f"Heard {course.sample / course.material.stream.rate_hz:.0f} s: {stage.words}.")
    if not (course.done or course.hopeless):
        print("It ended before all steps were done.")
    if recording.message:
        print(recording.message)
    if recording.folder is not None:
        print(f"Recorded in {recording.folder}")


def tell_findings(findings: Iterable[Finding]) -> None:
    """Print findings with what to do about them; one that is there many times, once."""
    found = list(findings)
    times = Counter((one.fault, one.channel) for one in found)
    told = set()
    for one in found:
        key = one.fault, one.channel
        if key in told:
            continue
        told.add(key)
        often = f" {times[key]} times in all." if times[key] > 1 else ""
        print(f"    {one.sentence}{often}")
        print(f"      {one.advice}")


def tell_fit(fitted: Fitted, montage: Montage, left_out: Collection[int] = ()) -> None:
    """Print what was fitted: findings, a row for each channel, and what leaks where.

    `alone` is the selectivity, of which only ramps tell: 1 where nothing comes along. The columns
    in `left_out` were gone without.
    """
    if fitted.findings:
        print("\nFindings")
        tell_findings(fitted.findings)
    print()
    _table(_rows(fitted.channels, fitted.models, montage, left_out))
    print("\nLeakage")
    said = () if fitted.leakage is None else leaks(fitted.leakage, montage)
    for sentence in said[:_MOST_LEAKS] or ("Nothing leaks that is worth a word.",):
        print(f"  {sentence}")
    if len(said) > _MOST_LEAKS:
        print(f"  Less than these: {len(said) - _MOST_LEAKS} more, taken out too.")
    print()


def tell_check(done: Checked, montage: Montage) -> None:
    """Print what a short check found."""
    profile = done.profile
    models: tuple[ChannelModel, ...] = () if profile is None else profile.models
    print()
    left_out = () if profile is None else profile.left_out
    _table(_rows(done.today if profile is None else profile.channels, models, montage, left_out))
    print()
    for sentence in done.check.sentences or ("All is as it was with the profile's electrodes.",):
        print(f"  {sentence}")


def _rows(
    channels: Sequence[ChannelNumbers],
    models: Sequence[ChannelModel],
    montage: Montage,
    left_out: Collection[int],
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        ("channel", "noise", "rest", "gentle reference", "rest/quiet/effort", "alone", "estimator"),
        ("", "uV", "uV", "uV (95 %)", "% of reference", "", ""),
    ]
    for place, numbers in enumerate(channels):
        if not montage.sites[place].muscle:
            continue
        estimator = _NOTHING
        if models:
            model = models[place]
            estimator = "whitened" if model.whitened else f"plain: {model.plain}"
        estimator = "left out" if place in left_out else estimator
        rows.append(
            (
                montage.named(place),
                _number(numbers.noise_uv),
                _number(numbers.rest_uv),
                _reference(numbers),
                _thresholds(numbers),
                _number(numbers.selectivity),
                estimator,
            )
        )
    return rows


def _reference(numbers: ChannelNumbers) -> str:
    if numbers.reference_uv is None:
        return _NOTHING
    low, high = _number(numbers.reference_low_uv), _number(numbers.reference_high_uv)
    return f"{_number(numbers.reference_uv)} ({low}-{high}, {numbers.holds} holds)"


def _thresholds(numbers: ChannelNumbers) -> str:
    found = (numbers.rest_threshold, numbers.quiet_threshold, numbers.effort_threshold)
    return "/".join(_NOTHING if share is None else f"{100.0 * share:.0f}" for share in found)


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}" if value < 10.0 else f"{value:.1f}"


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        print(f"  {'  '.join(cells)}".rstrip())
