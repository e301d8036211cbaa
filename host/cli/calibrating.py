"""The command `calibrate`: from the simulated patient, a board or a recording to a profile."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from host.cli.asking import asked_for, repair_first
from host.cli.boards import board_settings
from host.cli.calibration_identity import identity_of
from host.cli.leaving_out import NOBODY, left_out
from host.cli.showing import headless
from host.errors import SettingsError

if TYPE_CHECKING:
    from contextlib import ExitStack

    from calibration.profile import Profile
    from calibration.segments import Segment
    from host.session.asked import Asked
    from host.session.calibrating.building import CalibrationBuild, CalibrationStage, Ordered
    from host.session.calibrating.fitting import Heard, Identity
    from host.session.contacting.exclusion import Exclusion


def calibrate(options: argparse.Namespace) -> int:
    """Calibrate, or check whether a profile still fits."""
    _refuse_mixtures(options)
    if options.recording is not None:
        return _from_recording(options)
    return _live(options)


def _live(options: argparse.Namespace) -> int:
    """Calibrate on a board, or with the simulated patient."""
    window = not headless(options, instead="what is found is printed")
    in_time = options.live or options.board is not None or window
    asked = replace(asked_for(options, name="calibration"), watched=in_time)
    before = _profile_before(options)
    if before is not None and asked.montage is None:
        asked = replace(asked, montage=before.montage)
    ordered = _ordered(options, before)
    asked = replace(asked, exclusions=_exclusions(asked, options))
    if options.board is None:
        asked = replace(asked, through_board=options.live or window)
        if not in_time:
            print("The simulated patient, read directly and as fast as it goes (--live: in time).")
    for sentence in repair_first(options.record_to) if asked.recorded else ():
        print(sentence, flush=True)
    build = _build(options, asked, ordered)
    if window:
        return _in_window(options, build, ordered, before)
    from host.cli.calibration_words import Telling, tell_end
    from host.session.calibrating.unattended import run_unattended

    stage = run_unattended(build, Telling(prompts=in_time))
    tell_end(stage)
    return _finish(options, stage.session.course.heard, ordered.identity, before)


def _in_window(
    options: argparse.Namespace,
    build: "CalibrationBuild",
    ordered: "Ordered",
    before: "Profile | None",
) -> int:
    """Calibrate in a window, for the two people in the room."""
    from host.feedback.calibrating.app import run_calibration
    from host.feedback.calibrating.concluding import conclusion
    from host.feedback.calibrating.worker import CalibrationWorker

    saved: list[Path] = []

    def save(profile: "Profile") -> Path:
        saved.append(_saved(profile, options.to))
        return saved[-1]

    worker = CalibrationWorker(build, conclusion(ordered.identity, save, before))
    run_calibration(worker, scheme=options.theme)
    if worker.error is not None:
        raise worker.error
    if not saved:
        print("No profile: the calibration was not finished.")
        return 1
    print(f"Saved as {saved[-1]}")
    return 0


def _from_recording(options: argparse.Namespace) -> int:
    """Fit a recorded calibration again."""
    from host.recording.reader import is_session
    from host.session.calibrating.refitting import heard_again, marked_in
    from host.session.contacting.exclusion import columns
    from host.session.opened import open_recording

    path = options.recording
    before = _profile_before(options)
    if options.segments is None and not is_session(path):
        raise SettingsError(
            f"{path.name} does not say what was done when: mark it with --segments FILE."
            if path.exists()
            else f"there is no recording {path}."
        )
    opened = open_recording(path, asked_for(options, name="calibration"), rate_hz=options.rate)
    if opened.watch.montage.plain:
        raise SettingsError(
            "a calibration needs to know where the electrodes lie: give --montage and --affected."
        )
    if options.segments is None:
        known = marked_in(path)
        segments, identity = known.segments, identity_of(options, known.identity)
    else:
        segments = _read_segments(options.segments, opened.recorded.stream.rate_hz, opened.stop)
        identity = identity_of(options, None, created=opened.created)
    print(f"{opened.words}: {opened.duration_s:.0f} s, {len(segments)} stretches")
    for remark in opened.remarks:
        print(f"  {remark}")
    heard = heard_again(opened, segments)
    named = columns(left_out(heard.montage, options.without))
    heard = replace(heard, left_out=tuple(sorted({*heard.left_out, *named})))
    return _finish(options, heard, identity, before)


def _exclusions(asked: "Asked", options: argparse.Namespace) -> "tuple[Exclusion, ...]":
    """Return the channels to go without; nothing is asked of them, and nothing said about them."""
    if not options.without:
        return ()
    from host.acquisition.simulated.settings import PatientSettings

    montage = asked.montage or PatientSettings(seed=asked.seed).montage
    return left_out(montage, options.without, by=options.therapist or NOBODY)


def _finish(
    options: argparse.Namespace, heard: "Heard", identity: "Identity", before: "Profile | None"
) -> int:
    """Fit, say what was found, and save the profile."""
    from host.cli.calibration_words import tell_check, tell_fit
    from host.session.calibrating.finishing import checked_profile, fitted_profile

    if before is None:
        fitted, profile = fitted_profile(heard, identity)
        tell_fit(fitted, heard.montage, heard.left_out)
        return _save(profile, options.to)
    done = checked_profile(heard, before, identity)
    tell_check(done, heard.montage)
    if done.profile is None:
        raise SettingsError(done.refusal)
    return _save(done.profile, options.to)


def _save(profile: "Profile", to: Path | None) -> int:
    print(f"Saved as {_saved(profile, to)}")
    return 0


def _saved(profile: "Profile", to: Path | None) -> Path:
    """Write a profile where it was asked for, or among its person's; return the file."""
    from calibration.profile import ProfileError, write_profile
    from host.clinic.profiles import save

    try:
        if to is None:
            return save(profile)
        write_profile(profile, to)
    except ProfileError as error:
        raise SettingsError(str(error)) from error
    return to


def _profile_before(options: argparse.Namespace) -> "Profile | None":
    """Return the profile to be checked; None for a whole calibration."""
    if options.recheck is None:
        return None
    from calibration.profile import ProfileError, read_profile

    try:
        return read_profile(options.recheck)
    except ProfileError as error:
        raise SettingsError(str(error)) from error


def _read_segments(path: Path, rate_hz: float, samples: int) -> "tuple[Segment, ...]":
    from host.session.calibrating.segments_table import segments_from_csv

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path.name} is not text.") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    return segments_from_csv(text, path.name, rate_hz, samples)


def _refuse_mixtures(options: argparse.Namespace) -> None:
    """Refuse options that say nothing together."""
    if options.recording is not None and options.board is not None:
        raise SettingsError("calibrate from a board or from a recording: give one of them.")
    real = options.recording is not None or options.board is not None
    if real and (options.plant or options.live):
        raise SettingsError("--plant and --live are for the simulated patient.")
    if options.segments is not None and options.recording is None:
        raise SettingsError("--segments marks a recording: give it with --from.")
    if options.recheck is not None and options.ramps:
        raise SettingsError("a re-check is short: leave --ramps out.")
    if options.to is not None and not options.to.absolute().parent.is_dir():
        raise SettingsError(f"there is no folder {options.to.absolute().parent} to write into.")


def _build(options: argparse.Namespace, asked: "Asked", ordered: "Ordered") -> "CalibrationBuild":
    board = None if options.board is None else board_settings(options)

    def build(stack: "ExitStack") -> "CalibrationStage":
        from host.session.calibrating.building import board_calibration, patient_calibration

        if board is not None:
            return board_calibration(board, asked, ordered)(stack)
        return patient_calibration(asked, ordered)(stack)

    return build


def _ordered(options: argparse.Namespace, before: "Profile | None") -> "Ordered":
    from host.acquisition.simulated.planting import Planted
    from host.session.calibrating.building import Ordered

    try:
        planted = Planted.parse(options.plant) if options.plant else None
    except ValueError as error:
        raise SettingsError(f"--plant: {error}.") from error
    identity = identity_of(options, None, simulated=options.board is None, before=before)
    return Ordered(identity=identity, ramps=options.ramps, profile=before, planted=planted)
