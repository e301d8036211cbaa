"""A simulated patient who comes again and again: sessions on, some synkinesis falls, or none.

Electrodes are put on anew each time, so what they hear of a muscle changes; the couplings differ
from day to day and from attempt to attempt. Whoever does not learn varies just as much.
"""

from dataclasses import dataclass, replace

import numpy as np

from calibration.muscles import Side
from host.acquisition.simulated.cohort import Person, settings_for
from host.acquisition.simulated.seeding import Purpose, generator
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.simulated.synkinesis import MODERATE, Coupling

_SEEDS = 1000
"""Seeds of one learner's sessions lie this close; of two learners, farther apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """One person over a course of sessions; spreads are standard deviations of logarithms†."""

    seed: int
    affected: Side = Side.RIGHT
    couplings: tuple[Coupling, ...] = MODERATE
    """In the first session."""
    falls: float = 0.2
    """Share by which the chosen synkinesis falls from one session to the next; 0: learns not."""
    pairs: tuple[tuple[str, str], ...] = ()
    """Leading and quiet muscle of what is learned; () for all of it."""
    day_spread: float = 0.06
    """How much a coupling differs from day to day, without any learning."""
    gain_spread: float = 0.25
    """How much more or less of its muscle a pair of electrodes hears once it is put on anew."""
    unsteadiness: float = 0.2
    """RMS of a coupling's slow change within a session, as a share of it."""

    def __post_init__(self) -> None:
        """Refuse people who unlearn, learn all at once, or learn what they do not have."""
        if self.seed < 0:
            raise ValueError(f"a seed is 0 or more, got {self.seed}")
        if not 0.0 <= self.falls < 1.0:
            raise ValueError(f"falls must be from 0 to below 1, got {self.falls}")
        spreads = (self.day_spread, self.gain_spread, self.unsteadiness)
        if not all(0.0 <= spread <= 0.5 for spread in spreads):
            raise ValueError(f"spreads must be within 0 and 0.5, got {spreads}")
        known = {(one.target, one.quiet) for one in self.couplings}
        if foreign := set(self.pairs) - known:
            raise ValueError(f"nothing couples {sorted(foreign)}")

    def severity(self, session: int, coupling: Coupling) -> float:
        """Return how strong a coupling is in a session (from 0), but for the day's chance."""
        learned = not self.pairs or (coupling.target, coupling.quiet) in self.pairs
        return coupling.severity * (1.0 - self.falls * learned) ** session


def session_settings(
    learner: Learner, session: int, setup: PatientSettings | None = None
) -> PatientSettings:
    """Return the settings of one session, counted from 0; `setup` gives montage, script and board.

    Chance does not depend on what is learned: a learner and a non-learner of one seed have the
    same days, electrodes and attempts.
    """
    if session < 0:
        raise ValueError(f"sessions are counted from 0, got {session}")
    rng = generator(learner.seed, Purpose.LEARNING, session)
    days = np.exp(learner.day_spread * rng.standard_normal(len(learner.couplings)))
    today = tuple(
        replace(one, severity=min(float(learner.severity(session, one) * day), 5.0))
        for one, day in zip(learner.couplings, days, strict=True)
    )
    person = Person(
        seed=_SEEDS * learner.seed + session, affected=learner.affected, couplings=today
    )
    settings = settings_for(person, setup)
    gains = np.exp(learner.gain_spread * rng.standard_normal(len(settings.montage.sites)))
    return replace(
        settings,
        unsteadiness=learner.unsteadiness,
        gains=tuple(float(gain) for gain in np.clip(gains, 0.4, 2.5)),
    )
