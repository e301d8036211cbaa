"""People drawn at random whose synkinesis is as common as in Beurskens 2010 (T2), and their course.

The rates that T2 does not give, and all severities, are clinical judgement: they are arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from calibration.muscles import Side
from host.acquisition.simulated.seeding import Purpose, generator
from host.acquisition.simulated.settings import PatientSettings
from host.acquisition.simulated.synkinesis import Coupling

BEURSKENS = MappingProxyType(
    {
        ("OOR", "OOC"): 0.82,  # eye narrowing on pucker
        ("OOC", "ZYG"): 0.85,  # mouth corner on eye closure
        ("FRO", "ZYG"): 0.89,  # mouth corner on brow raise
        ("OOC", "FRO"): 0.17,  # brow lifting, of which the note does not say when
    }
)
"""How many of 103 people had it (Beurskens 2010), by leading and quiet muscle."""

JUDGED = MappingProxyType(
    {
        ("ZYG", "OOC"): 0.80,
        ("ZYG", "PLA"): 0.55,
        ("OOR", "PLA"): 0.50,
        ("OOC", "PLA"): 0.35,
        ("OOC", "OOR"): 0.40,
        ("OOC", "MEN"): 0.40,
        ("OOR", "ZYG"): 0.40,
        ("FRO", "OOC"): 0.45,
        ("LLS", "OOC"): 0.60,
        ("LLS", "ZYG"): 0.50,
        ("DAO", "OOC"): 0.45,
        ("COR", "ZYG"): 0.40,
    }
)
"""How many people have the others, by clinical judgement."""

PREVALENCE: Mapping[tuple[str, str], float] = MappingProxyType({**BEURSKENS, **JUDGED})
LEAST_SEVERITY = 0.15
"""Whoever has a synkinesis has at least this much of it: enough to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One member of a cohort."""

    seed: int
    affected: Side
    couplings: tuple[Coupling, ...]
    learning_rate: float = 0.022
    """Share by which the severities fall with a session: 18 % in nine (Jena, T4); 0: learns not."""
    sessions: int = 0
    """Behind this person."""

    def __post_init__(self) -> None:
        """Refuse people who unlearn, or learn all at once."""
        if not 0.0 <= self.learning_rate < 1.0:
            raise ValueError(f"learning_rate must be within 0 and 1, got {self.learning_rate}")
        if self.sessions < 0:
            raise ValueError(f"nobody had {self.sessions} sessions")

    def severity(self, target: str, quiet: str) -> float:
        """Return how much of `target`'s activation shows in `quiet`; 0 for none."""
        pairs = {(coupling.target, coupling.quiet): coupling for coupling in self.couplings}
        found = pairs.get((target, quiet))
        return found.severity if found else 0.0


def cohort(
    seed: int,
    count: int,
    *,
    prevalence: Mapping[tuple[str, str], float] = PREVALENCE,
    typical_severity: float = 0.45,
    learning_rate: float = 0.022,
) -> tuple[Person, ...]:
    """Draw people; person `n` is the same however many are drawn."""
    if count < 0:
        raise ValueError(f"cannot draw {count} people")
    if not all(0.0 <= share <= 1.0 for share in prevalence.values()):
        raise ValueError(f"a prevalence is a share within 0 and 1, got {dict(prevalence)}")
    if not LEAST_SEVERITY < typical_severity <= 2.0:
        raise ValueError(f"typical_severity must be within 0.15 and 2, got {typical_severity}")
    return tuple(
        _person(
            generator(seed, Purpose.COHORT, number), prevalence, typical_severity, learning_rate
        )
        for number in range(count)
    )


def after_sessions(person: Person, sessions: int) -> Person:
    """Return the same person, so many sessions on: all synkinesis a little less each time."""
    if sessions < 0:
        raise ValueError(f"a course goes forward, got {sessions} sessions")
    left = (1.0 - person.learning_rate) ** sessions
    return replace(
        person,
        couplings=tuple(replace(c, severity=c.severity * left) for c in person.couplings),
        sessions=person.sessions + sessions,
    )


def settings_for(person: Person, setup: PatientSettings | None = None) -> PatientSettings:
    """Return the settings of a session with this person; `setup` gives montage, script and board.

    Each session has its own electrodes, noise and attempts.
    """
    return replace(
        setup or PatientSettings(),
        seed=person.seed + person.sessions,
        affected=person.affected,
        couplings=person.couplings,
    )


def _person(
    rng: np.random.Generator,
    prevalence: Mapping[tuple[str, str], float],
    typical_severity: float,
    learning_rate: float,
) -> Person:
    # Whoever is badly off is so in most places: one factor for the person, one for each pair.
    general = np.exp(0.35 * rng.standard_normal())
    couplings = []
    for (target, quiet), share in prevalence.items():
        present = rng.random() < share
        local = np.exp(0.4 * rng.standard_normal())
        severity = float(np.clip(typical_severity * general * local, LEAST_SEVERITY, 2.0))
        coupling = Coupling(
            target=target,
            quiet=quiet,
            severity=severity,
            delay_s=float(rng.uniform(0.02, 0.06)),
            relax_s=float(rng.uniform(0.4, 1.4)),
            common=float(rng.uniform(0.0, 0.2)),
        )
        if present:
            couplings.append(coupling)
    return Person(
        seed=int(rng.integers(2**31)),
        affected=Side.LEFT if rng.random() < 0.5 else Side.RIGHT,
        couplings=tuple(couplings),
        learning_rate=learning_rate,
    )
