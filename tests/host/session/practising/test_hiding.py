"""Feedback that a therapist hides, and a simulated patient who is asked to rest."""

from calibration.patterns import pattern
from host.acquisition.simulated.demonstration import demonstration
from host.acquisition.simulated.patient import PatientSource
from host.acquisition.simulated.script import WAITING, Attempt, Step
from host.acquisition.simulated.settings import PatientSettings
from host.clinic.plan import FeedbackMode
from host.detection.cues import Phase
from host.recording.bout_events import FeedbackSet
from host.session.practising.following import SimulatedFollower
from tests.host.session.practising.bench import Bench, terms


def told(bench: Bench) -> list[bool]:
    """Return of each attempt whether it began with feedback."""
    return [event.shown for event in bench.events if isinstance(event, FeedbackSet)]


def test_p6_attempts_begin_without_feedback_while_it_is_hidden() -> None:
    bench = Bench(terms())
    bench.until(Phase.RISE)
    bench.bout.hidden = True
    bench.until(Phase.REST)
    bench.until(Phase.RISE)
    bench.bout.hidden = False
    bench.until(Phase.REST)
    bench.until(Phase.RISE)
    assert told(bench) == [True, False, True]
    assert [one.feedback for one in bench.bout.attempts] == [True, False]


def test_p6_showing_feedback_again_does_not_break_a_feel_first_bout() -> None:
    bench = Bench(terms(FeedbackMode.FEEL_FIRST))
    bench.bout.hidden = False
    bench.until(Phase.RISE)
    assert told(bench) == [False]


class Remembering(PatientSource):
    """A simulated patient who remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__(demonstration(PatientSettings(script=WAITING)), chunk_s=0.1)
        self.asked: list[str] = []

    def ask(self, step: Step, start: int | None = None) -> Attempt:
        self.asked.append(step.pattern)
        return super().ask(step, start)


def test_whoever_is_asked_to_rest_goes_on_resting() -> None:
    source = Remembering()
    follower = SimulatedFollower(source)
    follower.begin(pattern("rest and release"), terms(), 250)
    follower.begin(pattern("pucker"), terms(), 2500)
    assert source.asked == ["pucker"]
