"""The steps of a calibration as data: which muscle, which side, how long, and in which words.

The order: contact; rest, so that everything after it can be judged at once; the sides, before
anybody takes references from exchanged cables; rest again; then each muscle's gentle reference.
The unaffected side moves alone once: the patient learns the movement, and a muscle whose left and
right cables are exchanged is found. Then both move together, as in every attempt later (P17), so
that one step measures both: half the time of asking the sides one after the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from calibration.patterns import Pattern, own_pattern, patterns
from host.session.calibrating.step import ProtocolStep, StepKind
from host.translation import mark, tr

__all__ = [
    "EFFORT",
    "RELEASED_S",
    "ProtocolStep",
    "StepKind",
    "leading_pattern",
    "movements",
    "seconds",
    "short_protocol",
    "whole_protocol",
]

EFFORT = mark("2 of 10")
"""How hard, on the patient's own scale (P8)."""
RELEASED_S = 1.0
"""A step that went well is followed by the next after so long."""
_SIDE_CHECK_FIRST = ("FRO", "ZYG")
"""Brow and smile show best which side moves; where both are missing, another muscle must do."""


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
        _rest(tr("Rest, first time")),
        *_side_checks(montage, known),
        _rest(tr("Rest, once more")),
        *_references(montage, affected, known),
        *(_ramp(code, side, known) for code, side in pairs if ramps),
    )


def short_protocol(
    montage: Montage, *, known: Mapping[str, Pattern] | None = None
) -> tuple[ProtocolStep, ...]:
    """Return the steps of the check after electrodes were applied anew: about 20 s."""
    known = patterns() if known is None else known
    codes = dict.fromkeys(code for side in Side for code in _codes(montage, side))
    return (
        replace(_rest(tr("Rest")), hold_s=6.0, prepare_s=1.5),
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
    prompt = tr("Tense your {} softly").format(tr(muscle(code).plain).lower())
    return Pattern(name=f"gentle {plain}", prompt=prompt, target=(code,))


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
        title=tr("Contact"),
        prompt=tr("Sit comfortably"),
        therapist=tr(
            "Every channel should be good before you go on: press on or replace the electrodes of "
            "those that are not."
        ),
        prepare_s=2.0,
        rise_s=0.0,
    )


def _rest(title: str) -> ProtocolStep:
    return ProtocolStep(
        kind=StepKind.REST,
        title=title,
        prompt=tr("Let your face rest"),
        therapist=tr("Nobody talks for ten seconds. Blinks do no harm, swallowing does."),
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
                title=tr("Which side is {}").format(tr(side.value)),
                prompt=tr("{}, {} side only").format(tr(movement.prompt), tr(side.value)),
                therapist=tr(
                    "One side alone, as far as the patient can: it tells whether left and right "
                    "are plugged in as they should be."
                ),
                movement=movement,
                muscle=code,
                side=side,
                hold_s=2.0,
            )


def _references(
    montage: Montage, affected: Side, known: Mapping[str, Pattern]
) -> Iterator[ProtocolStep]:
    """Yield the gentle holds: the other side alone once, then both; a side without its other alone.

    A muscle that has electrodes on one side only is held three times there.
    """
    sides = {side: list(_codes(montage, side)) for side in (affected.other, affected)}
    for code in dict.fromkeys(code for codes in sides.values() for code in codes):
        own = [side for side, codes in sides.items() if code in codes]
        if len(own) == 1:
            yield _reference(code, own[0], known)
            continue
        yield replace(
            _reference(code, own[0], known),
            holds=1,
            therapist=tr(
                "This side alone, once, as far as the patient can: to learn it, and to see that "
                "its cables are its own."
            ),
        )
        yield _reference(code, None, known)


def _reference(code: str, side: Side | None, known: Mapping[str, Pattern]) -> ProtocolStep:
    movement = leading_pattern(code, known)
    if side is None:
        title, prompt = tr("{}, both sides"), tr("{}, {}").format(tr(movement.prompt), tr(EFFORT))
    else:
        title, prompt = tr("{}, {side}"), tr("{}, {side} side, {}")
        prompt = prompt.format(tr(movement.prompt), tr(EFFORT), side=tr(side.value))
    return ProtocolStep(
        kind=StepKind.REFERENCE,
        title=title.format(tr(muscle(code).plain), side="" if side is None else tr(side.value)),
        prompt=prompt,
        therapist=tr("Short, even holds, as gentle as in every attempt later; more is not better."),
        movement=movement,
        muscle=code,
        side=side,
        holds=3,
    )


def _ramp(code: str, side: Side, known: Mapping[str, Pattern]) -> ProtocolStep:
    movement = leading_pattern(code, known)
    return ProtocolStep(
        kind=StepKind.RAMP,
        title=tr("{}, {side}, slowly").format(tr(muscle(code).plain), side=tr(side.value)),
        prompt=tr("{}, {side} side, slowly up to {}").format(
            tr(movement.prompt), tr(EFFORT), side=tr(side.value)
        ),
        therapist=tr("One slow, even rise over six seconds: it shows what comes along with it."),
        movement=movement,
        muscle=code,
        side=side,
        rise_s=0.0,
        hold_s=6.0,
    )
