"""A whole session on the emulated board, with the simulated patient at its inputs, in real time.

`python -m tests.firmware.full_session`: the chip runs the firmware, BrainFlow reads its UART, the
patient obeys the cues of the calibration and of a bout. Prints findings, profile and attempts.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from calibration.findings import Finding
from calibration.montage import Montage, montages
from calibration.muscles import Side
from calibration.profile import Electrodes, write_profile
from host.acquisition.front_end import find_front_end
from host.acquisition.quietface_mode import Wish
from host.acquisition.settings import BoardSettings
from host.acquisition.simulated.patient import PatientSettings, SimulatedPatient
from host.acquisition.simulated.script import WAITING
from host.acquisition.source import LinkState
from host.cli.calibration_words import Telling, tell_end, tell_fit
from host.cli.practice_words import attempt_line, bout_lines
from host.clinic.edition import Edition
from host.clinic.patient import Confirmation, Patient
from host.clinic.plan import Plan, PlannedPattern
from host.session.asked import Asked
from host.session.calibrating import following as calibration_following
from host.session.calibrating.building import CalibrationStage, Ordered, board_calibration
from host.session.calibrating.finishing import fitted_profile
from host.session.calibrating.fitting import Identity
from host.session.calibrating.happenings import Happening, StepJudged
from host.session.calibrating.unattended import run_unattended
from host.session.practising import following as bout_following
from host.session.practising.building import Appointed, practice_session
from host.session.practising.tried import Tried
from host.session.practising.unattended import BoutWish, practise_unattended
from tests.firmware.emulated import CHIPS, missing
from tests.firmware.living_patient import LivingPatient
from tests.firmware.play_patient import FRAMES_HZ, played
from tests.firmware.session_outcome import Outcome

GAIN = 1552.0
"""The differential pair of hardware.md. The emulator's whole millivolts are 0.6 µV at the skin
then, a fifth of the step of the ADC itself: they limit nothing."""
SMILE = "gentle closed smile"
PERSON, THERAPIST, AFFECTED = "P01", "T01", Side.RIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which session."""

    chip: str = "nano"
    montage: str = "face-8"
    seed: int = 1
    rate_hz: int = 500
    channels: int = 8

    def patient(self) -> SimulatedPatient:
        """Return who sits there, waiting to be asked."""
        return SimulatedPatient(
            PatientSettings(
                seed=self.seed,
                rate_hz=float(FRAMES_HZ),
                montage=montages()[self.montage],
                affected=AFFECTED,
                script=WAITING,
            )
        )

    def board(self, port: str) -> BoardSettings:
        """Return how the board is asked, packed."""
        wish = Wish(
            rate_hz=self.rate_hz, channels=self.channels, front_end=find_front_end("gain", GAIN)
        )
        return BoardSettings(board="arduino", port=port, wish=wish)


def full_session(wanted: Wanted, folder: Path) -> Outcome:
    """Calibrate, fit, and practise one bout of half a minute with that profile; record in `folder`.

    Takes as long as it takes a person.
    """
    patient = wanted.patient()
    asked = Asked(
        montage=montages()[wanted.montage], affected=AFFECTED, record_to=folder, person=PERSON
    )
    with ExitStack() as stack:
        board, pipe = stack.enter_context(played(wanted.chip, patient))
        living = stack.enter_context(LivingPatient(patient, board, pipe, gain=GAIN))
        settings = wanted.board(board.port)
        judged, stage = _calibrate(living, settings, asked)
        heard = stage.session.course.heard
        fitted, profile = fitted_profile(heard, _identity())
        tell_fit(fitted, heard.montage)
        written = folder / "profile.json"
        write_profile(profile, written)
        attempts, link = _practise(living, settings, replace(asked, profile=written))
        return Outcome(
            done=stage.session.course.done,
            judged=judged,
            profile=profile,
            attempts=attempts,
            links=(stage.session.source.state, link),
            late_s=board.late_s,
            frozen_s=board.missed / FRAMES_HZ,
        )


def _calibrate(
    living: LivingPatient, board: BoardSettings, asked: Asked
) -> tuple[tuple[Finding, ...], CalibrationStage]:
    """Calibrate; return what was wrong with the steps, and what was heard."""
    findings: list[Finding] = []
    telling = Telling(prompts=True)

    def say(happened: Happening) -> None:
        telling(happened)
        if isinstance(happened, StepJudged):
            findings.extend(happened.findings)

    build = board_calibration(
        board,
        asked,
        Ordered(identity=_identity()),
        followed=lambda source: calibration_following.SimulatedFollower(living.before(source)),
    )
    stage = run_unattended(build, say)
    tell_end(stage)
    return tuple(findings), stage


def _practise(
    living: LivingPatient, board: BoardSettings, asked: Asked
) -> tuple[tuple[Tried, ...], LinkState]:
    """Practise one bout; return its attempts, and the link at its end."""
    build = practice_session(
        asked,
        _appointed(asked.montage or montages()["face-8"]),
        board=board,
        followed=lambda source: bout_following.SimulatedFollower(living.before(source)),
    )
    stage = practise_unattended(
        build, [BoutWish(pattern=SMILE)], say=lambda tried: print(attempt_line(tried), flush=True)
    )
    for line in (*bout_lines(stage.practice.attempts), *stage.remarks):
        print(line, flush=True)
    return stage.practice.attempts, stage.session.source.state


def _appointed(montage: Montage) -> Appointed:
    """Return a patient whose therapist enabled the smile (P16)."""
    today = datetime.now(tz=UTC).date()
    sure = Confirmation(therapist=THERAPIST, day=today)
    plan = Plan(
        person=PERSON,
        affected=AFFECTED,
        montage=montage.name,
        patterns=(PlannedPattern(name=SMILE, enabled=sure),),
        bout_s=30.0,
        hold_s=3.0,
        edition=Edition(number=1, saved=_now(), by=THERAPIST),
    )
    patient = Patient(code=PERSON, affected=AFFECTED, synkinesis=sure)
    return Appointed(patient=patient, plan=plan, today=today)


def _identity() -> Identity:
    placed = Electrodes(id="emulated", date=datetime.now(tz=UTC).date().isoformat())
    return Identity(person=PERSON, therapist=THERAPIST, electrodes=placed, created=_now())


def _now() -> str:
    return datetime.now(tz=UTC).isoformat()


def main() -> int:
    """Run one session and print it; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--board", choices=sorted(CHIPS), default="nano")
    parser.add_argument("--montage", choices=("face-4", "face-8"), default="face-8")
    parser.add_argument("--seed", type=int, default=1, help="of the patient")
    parser.add_argument(
        "--keep", metavar="DIR", type=Path, help="keep recordings and profile there"
    )
    options = parser.parse_args()
    if missing():
        print(f"No emulated board without: {missing()}")
        return 0
    wanted = Wanted(chip=options.board, montage=options.montage, seed=options.seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = full_session(wanted, folder)
    print(
        f"The chip was {outcome.late_s:.2f} s late at worst; the patient's voltages stood still "
        f"for {outcome.frozen_s:.3f} s in all."
    )
    for complaint in outcome.complaints:
        print(f"NOT AS IT MUST BE: {complaint}")
    return 1 if outcome.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
