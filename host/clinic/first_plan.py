"""The plan that a therapist begins with: everything the electrodes can watch, nothing enabled."""

from collections.abc import Iterable
from functools import cache

import msgspec

from calibration.montage import Montage
from calibration.patterns import Pattern
from calibration.tables import read_table
from host.clinic.patient import Patient
from host.clinic.plan import Plan, PlannedPattern

TABLE = "practice.toml"


class Usual(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is usual in practice: clinical judgement, to be edited (T4, P7)."""

    bout_s: float
    pause_s: float
    rise_s: float
    hold_s: float
    rest_s: float
    line: float
    order: tuple[str, ...]
    """Names of patterns; others come behind them."""
    success: tuple[float, float]
    """Share of attempts that should succeed, least and most, before the line is moved (T4)."""
    botulinum_days: int
    """So long after botulinum toxin a reader of levels is told of it."""
    together_s: float
    """Moments that are nearer to each other are together (P17)."""
    at_rest: float
    """Remaining tone surely below this share of the gentle reference is rest (P4, P12)."""

    def __post_init__(self) -> None:
        """Refuse shares that nobody can wait for."""
        if not 0.0 < self.success[0] < self.success[1] < 1.0 or self.botulinum_days < 0:
            raise ValueError(f"need 0 < least < most success < 1 and days from 0, got {self}")
        if not (self.together_s > 0.0 and 0.0 < self.at_rest < 1.0):
            raise ValueError(f"need a time and a share above 0, got {self}")


@cache
def usual() -> Usual:
    """Return the numbers that ship with the program; ValueError where their table is wrong."""
    return msgspec.convert(read_table(TABLE), Usual)


def offered(montage: Montage, known: Iterable[Pattern]) -> tuple[Pattern, ...]:
    """Return the patterns that can be practised with these electrodes (T2), in a sensible order.

    Probes are observed, not practised.
    """
    order = usual().order
    able = [one for one in known if not one.probe and montage.offers(one)]
    return tuple(sorted(able, key=lambda one: _place(one.name, order)))


def first_plan(patient: Patient, montage: Montage, known: Iterable[Pattern]) -> Plan:
    """Return the plan to begin with; a therapist enables each pattern by name and day (P16)."""
    start = usual()
    return Plan(
        person=patient.code,
        affected=patient.affected,
        montage=montage.name,
        patterns=tuple(
            PlannedPattern(name=one.name, line=start.line) for one in offered(montage, known)
        ),
        bout_s=start.bout_s,
        pause_s=start.pause_s,
        rise_s=start.rise_s,
        hold_s=start.hold_s,
        rest_s=start.rest_s,
    )


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)
