"""Drawn bouts for the tests of their reports: attempts with levels that are known."""

from collections.abc import Sequence
from dataclasses import replace

from calibration.muscles import Side
from calibration.patterns import pattern
from host.detection.frame import Frames
from host.report.bout_practised import Practised
from host.session.practising.tried import (
    Agreement,
    AttemptResult,
    FeltMuscle,
    MuscleTried,
    Tried,
)
from tests.host.report.frames import HOP, SMILE
from tests.host.report.measured_drawn import CHEEK_RIGHT, EYE_RIGHT, FACE, attempt, measured


def practised(*bouts: Sequence[float], felt: Sequence[Agreement | None] = ()) -> Practised:
    """Return smiles in bouts: of each attempt how far the right eye came along; affected right."""
    made: list[list[Frames]] = []
    tried: list[Tried] = []
    first = 0
    answers = [*felt, *[None] * 99]
    for number, eyes in enumerate(bouts, start=1):
        for index, eye in enumerate(eyes, start=1):
            made.append(attempt((0.04, 0.9, eye, 0.8), first=first))
            start, first = made[-1][1].first * HOP, made[-1][-1].first + len(made[-1][-1])
            one = drawn_try(number, index, start, first * HOP, eye)
            tried.append(replace(one, agreement=answers[len(tried)]))
    return Practised(
        montage=FACE, affected=Side.RIGHT, tried=tuple(tried), measures=measured(*made)
    )


def drawn_try(bout: int, index: int, start: int, stop: int, eye: float) -> Tried:
    """Return an attempt in which the right eye comes along above a quarter."""
    along = 3.0 if eye >= 0.25 else 0.0
    return Tried(
        bout=bout,
        index=index,
        pattern=SMILE,
        start=start,
        stop=stop,
        feedback=True,
        result=AttemptResult.ALONG if along else AttemptResult.QUIET,
        reason="Eye came along." if along else "",
        left_out=0.0,
        muscles=tuple(
            MuscleTried(
                channel=channel,
                muscle=site.muscle,
                role=pattern(SMILE).role(site.muscle),
                judged=channel == EYE_RIGHT,
                known=1.0,
                mean=eye,
                along_s=along if channel == EYE_RIGHT else 0.0,
                moved=channel == CHEEK_RIGHT or (channel == EYE_RIGHT and along > 0.0),
            )
            for channel, site in enumerate(FACE.sites)
        ),
    )


def answered(*, eye_felt: bool, eye_moved: bool | None = True) -> Agreement:
    """Return an answer: the cheek was felt and moved."""
    return Agreement(
        muscles=(
            FeltMuscle(muscle="OOC", felt=eye_felt, measured=eye_moved),
            FeltMuscle(muscle="ZYG", felt=True, measured=True),
        )
    )
