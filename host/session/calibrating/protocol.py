"""The steps of a calibration as data: which muscle, which side, how long, and in which words.

The order: contact; rest, so that everything after it can be judged at once; the sides, before
anybody takes references from exchanged cables; rest again; then each muscle's gentle reference,
the unaffected side first, so that the patient knows the movement when the affected side's turn
comes.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from calibration.patterns import Pattern, own_pattern, patterns
from calibration.segments import SegmentKind

EFFORT = "2 of 10"
"""How hard, on the patient's own scale (P8)."""
RELEASED_S = 1.0
"""A step that went well is followed by the next after so long."""
_SIDE_CHECK_FIRST = ("FRO", "ZYG")
"""Brow and smile show best which side moves; where both are missing, another muscle must do."""


class StepKind(enum.Enum):
    """What a step is for."""

    CONTACT = "contact check"
    REST = "rest"
    SIDE_CHECK = "side check"
    REFERENCE = "reference"
    RAMP = "ramp"

    @property
    def segment(self) -> SegmentKind | None:
        """As what its holds are marked; None where they are not."""
        return None if self is StepKind.CONTACT else SegmentKind(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One step: `prepare`, then one or more holds with a pause between two of them."""

    kind: StepKind
    title: str
    """Short, for a list: "Cheek, right"."""
    prompt: str
    """For the patient, in large letters."""
    therapist: str
    """For the therapist, a sentence or two."""
    movement: Pattern | None = None
    """The pattern that is moved; None at rest."""
    muscle: str = ""
    """The muscle that it is for; empty at rest."""
    side: Side | None = None
    """The patient's side that is asked alone; None for both."""
    prepare_s: float = 1.5
    rise_s: float = 1.0
    """The first part of a hold, in which the patient gets there; it is not marked."""
    hold_s: float = 3.0
    """The part that is marked."""
    pause_s: float = 1.5
    holds: int = 1

    def __post_init__(self) -> None:
        """Refuse times that nobody can follow, and a movement for nothing."""
        times = (self.prepare_s, self.hold_s, self.pause_s)
        if not all(0.0 < seconds <= 120.0 for seconds in times) or not 0.0 <= self.rise_s <= 60.0:
            raise ValueError(f"a step's times are above 0, at most 120 s, got {self}")
        if not 1 <= self.holds <= 20:
            raise ValueError(f"a step has 1 to 20 holds, got {self.holds}")
        moves = self.kind not in (StepKind.CONTACT, StepKind.REST)
        if not moves == (self.movement is not None) == bool(self.muscle):
            raise ValueError(f"a {self.kind.value} {'needs' if moves else 'has no'} movement")
        if self.kind is StepKind.SIDE_CHECK and self.side is None:
            raise ValueError("a side check asks for one side")
        if not (self.title and self.prompt and self.therapist):
            raise ValueError("a step says what it is")

    @property
    def seconds(self) -> float:
        """How long it takes, up to where it is judged."""
        between = (self.holds - 1) * self.pause_s
        return self.prepare_s + self.holds * (self.rise_s + self.hold_s) + between


def seconds(steps: tuple[ProtocolStep, ...]) -> float:
    """Return how long a protocol takes where nothing is repeated."""
    return sum(step.seconds + RELEASED_S for step in steps)


def whole_protocol(
    montage: Montage,
    affected: Side,
    *,
    known: Mapping[str, Pattern] | None = None,
    ramps: bool = False,
) -> tuple[ProtocolStep, ...]:
    """Return the steps of a calibration; `known` are the patterns, those of T2 if left out."""
    known = patterns() if known is None else known
    sides = (affected.other, affected)
    pairs = [(code, side) for side in sides for code in _codes(montage, side)]
    return (
        _contact(),
        _rest("Rest, first time"),
        *_side_checks(montage, known),
        _rest("Rest, once more"),
        *(_reference(code, side, known) for code, side in pairs),
        *(_ramp(code, side, known) for code, side in pairs if ramps),
    )


def short_protocol(
    montage: Montage, *, known: Mapping[str, Pattern] | None = None
) -> tuple[ProtocolStep, ...]:
    """Return the steps of the check after electrodes were applied anew: about 20 s."""
    known = patterns() if known is None else known
    codes = dict.fromkeys(code for side in Side for code in _codes(montage, side))
    return (
        replace(_rest("Rest"), hold_s=6.0, prepare_s=1.5),
        *(
            replace(_reference(code, None, known), prepare_s=0.5, hold_s=2.0, holds=1)
            for code in codes
        ),
    )


def leading_pattern(code: str, known: Mapping[str, Pattern]) -> Pattern:
    """Return the pattern that leads with a muscle alone, or else with it first (T2).

    A muscle that no pattern leads with is asked for by its plain name.
    """
    first = (one for one in known.values() if one.target[:1] == (code,) and not one.probe)
    found = own_pattern(code, known) or next(first, None)
    if found is not None:
        return found
    plain = muscle(code).plain.lower()
    return Pattern(name=f"gentle {plain}", prompt=f"Tense your {plain} softly", target=(code,))


def movements(steps: tuple[ProtocolStep, ...]) -> tuple[Pattern, ...]:
    """Return the patterns that are not those of T2, for whoever judges the recording later."""
    asked = {one.movement.name: one.movement for one in steps if one.movement is not None}
    return tuple(one for one in asked.values() if patterns().get(one.name) != one)


def _codes(montage: Montage, side: Side) -> Iterator[str]:
    """Yield the muscles of one side, by channel."""
    return (site.muscle for site in montage.sites if site.side is side)


def _contact() -> ProtocolStep:
    return ProtocolStep(
        kind=StepKind.CONTACT,
        title="Contact",
        prompt="Sit comfortably",
        therapist="Every channel should be good before you go on: press on or replace the "
        "electrodes of those that are not.",
        prepare_s=2.0,
        rise_s=0.0,
    )


def _rest(title: str) -> ProtocolStep:
    return ProtocolStep(
        kind=StepKind.REST,
        title=title,
        prompt="Let your face rest",
        therapist="Nobody talks for ten seconds. Blinks do no harm, swallowing does.",
        prepare_s=2.0,
        rise_s=0.0,
        hold_s=10.0,
    )


def _side_checks(montage: Montage, known: Mapping[str, Pattern]) -> Iterator[ProtocolStep]:
    """Yield a check of each side; nothing where no muscle has electrodes on both."""
    both = [code for code in _codes(montage, Side.LEFT) if code in _codes(montage, Side.RIGHT)]
    led = [code for code in both if leading_pattern(code, known).name in known]
    first = [code for code in _SIDE_CHECK_FIRST if code in led]
    for code in (*first, *led, *both)[:1]:
        for side in (Side.RIGHT, Side.LEFT):
            movement = leading_pattern(code, known)
            yield ProtocolStep(
                kind=StepKind.SIDE_CHECK,
                title=f"Which side is {side.value}",
                prompt=f"{movement.prompt}, {side.value} side only",
                therapist="One side alone, as far as the patient can: it tells whether left and "
                "right are plugged in as they should be.",
                movement=movement,
                muscle=code,
                side=side,
                hold_s=2.0,
            )


def _reference(code: str, side: Side | None, known: Mapping[str, Pattern]) -> ProtocolStep:
    movement, place = leading_pattern(code, known), "" if side is None else f", {side.value}"
    return ProtocolStep(
        kind=StepKind.REFERENCE,
        title=f"{muscle(code).plain}{place}",
        prompt=f"{movement.prompt}{place and place + ' side'}, {EFFORT}",
        therapist="Short, even holds, as gentle as in every attempt later; more is not better.",
        movement=movement,
        muscle=code,
        side=side,
        holds=3,
    )


def _ramp(code: str, side: Side, known: Mapping[str, Pattern]) -> ProtocolStep:
    movement = leading_pattern(code, known)
    return ProtocolStep(
        kind=StepKind.RAMP,
        title=f"{muscle(code).plain}, {side.value}, slowly",
        prompt=f"{movement.prompt}, {side.value} side, slowly up to {EFFORT}",
        therapist="One slow, even rise over six seconds: it shows what comes along with it.",
        movement=movement,
        muscle=code,
        side=side,
        rise_s=0.0,
        hold_s=6.0,
    )
