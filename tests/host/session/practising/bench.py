"""A bout on the bench: frames are drawn, so that a test says what each muscle does, and when."""

from collections.abc import Sequence

import numpy as np

from calibration.montage import Montage, Site
from calibration.muscles import Side
from calibration.patterns import pattern
from host.chain.quality import Quality
from host.chain.stream import BoolArray, Stream, channel_names
from host.clinic.plan import FeedbackMode
from host.detection.cues import Cue, Phase
from host.detection.frame import Frame
from host.detection.guards import Effort
from host.detection.states import AttemptNow, Finding, State
from host.recording.events import CueGiven, Event
from host.session.bout import Bout, BoutPhase, BoutTerms, Face
from tests.host.detection.plain import plain

RATE_HZ = 250.0
BEAT = 25
"""One frame a beat, here."""
EYE_LEFT, CHEEK_LEFT, EYE, CHEEK = range(4)
"""The last two are on the affected side."""
SMILE = "gentle closed smile"
MONTAGE = Montage(
    name="eyes and cheeks",
    sites=tuple(
        Site(muscle=code, side=side) for side in (Side.LEFT, Side.RIGHT) for code in ("OOC", "ZYG")
    ),
)
STREAM = Stream(rate_hz=RATE_HZ, channels=channel_names(4))
FACE = Face(montage=MONTAGE, affected=Side.RIGHT)
FIRST = Cue(start=0, pattern=SMILE, phase=Phase.REST)


def terms(mode: FeedbackMode = FeedbackMode.BARS, *, bout_s: float = 60.0) -> BoutTerms:
    """Return a bout of a minute: three attempts of 2 + 5 + 2 s, with 10 s of rest between."""
    return BoutTerms(pattern=SMILE, mode=mode, bout_s=bout_s)


def frame(
    sample: int,
    cue: Cue,
    *,
    active: Sequence[int] = (),
    tense: Sequence[int] = (),
    unknown: Sequence[int] = (),
    touched: Sequence[int] = (),
    nameless: Sequence[int] = (),
    moving: Sequence[int] = (),
    quality: Quality = Quality.GOOD,
    findings: tuple[Finding, ...] = (),
    led: bool = True,
    level: float = 0.0,
) -> Frame:
    """Return a frame in which these channels do so; the others are released, good and quiet.

    Those in `nameless` have a good signal, and no reference.
    """
    rises = cue.phase in (Phase.RISE, Phase.HOLD)
    activation = np.full(4, level)
    activation[[CHEEK_LEFT, CHEEK]] = 1.0 if rises and led else 0.0
    activation[[*unknown, *touched]] = np.nan
    rms_uv = activation * 20.0
    activation[[*nameless]] = np.nan
    released = ~_marked((*tense, *unknown, *touched, *nameless))
    state = State.HOLD if rises and led else State.REST
    own = plain(activation) | {
        "released": released,
        "moving": _marked(moving),
        "touched": _marked(touched),
    }
    return Frame(
        sample=sample,
        time_s=sample / RATE_HZ,
        cue=cue,
        asked=pattern(cue.pattern),
        effort=Effort(),
        rms_uv=rms_uv,
        power_uv2=rms_uv**2,
        activation=activation,
        quality=np.where(_marked(unknown), np.uint8(quality), np.uint8(Quality.GOOD)),
        threshold=np.full(4, 0.25),
        active=_marked(active),
        too_strong=_marked(()),
        lost=np.zeros(4, dtype=np.int64),
        calibrated=True,
        attempt=AttemptNow(number=1, pattern=cue.pattern, state=state, since=0, findings=findings),
        **own,
    )


def _marked(channels: Sequence[int]) -> BoolArray:
    marks = np.zeros(4, dtype=np.bool_)
    marks[list(channels)] = True
    return marks


class Bench:
    """Lets time pass for a bout, beat by beat; the cues are its own."""

    def __init__(self, terms: BoutTerms, face: Face = FACE) -> None:
        self.bout = Bout(1, terms, face, STREAM, hop=BEAT, began=0)
        self.at = 0
        self.cue = FIRST
        self.events: list[Event] = []
        self.do(self.bout.beginning())

    def do(self, events: Sequence[Event]) -> None:
        """Let these happen."""
        for event in events:
            self.bout.take(event)
            self.events.append(event)
            if isinstance(event, CueGiven):
                self.cue = event.cue

    def run(self, seconds: float, **does: object) -> None:
        """Let time pass, while muscles do so; see `frame`."""
        for _ in range(round(seconds * RATE_HZ / BEAT)):
            self.at += BEAT
            self.bout.push(frame(self.at, self.cue, **does))  # type: ignore[arg-type]
            self.bout.beat(self.at, BEAT)
            self.do(self.bout.decide())

    def until(self, phase: Phase, **does: object) -> None:
        """Let time pass until this is asked for, for a minute at most."""
        for _ in range(600):
            if self.cue.phase is phase:
                return
            self.run(0.1, **does)
        raise AssertionError(f"{phase} never came")

    def silence(self, seconds: float) -> None:
        """Let nothing come for so long."""
        self.at += round(seconds * RATE_HZ / BEAT) * BEAT

    def phase(self) -> BoutPhase:
        """Return what goes on."""
        return self.bout.standing.phase

    def asked(self) -> Phase:
        """Return what was asked for last."""
        return self.cue.phase

    @property
    def cues(self) -> list[tuple[float, str]]:
        """When the patient was asked for what."""
        given = [event for event in self.events if isinstance(event, CueGiven)]
        return [(one.sample / RATE_HZ, one.phase.value) for one in given]
