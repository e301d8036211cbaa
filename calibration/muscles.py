"""Muscles of the face and the patient's two sides (T1)."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from calibration.tables import read_table, strings


class Side(enum.Enum):
    """The *patient's* left or right."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """One facial muscle under a pair of electrodes."""

    code: str
    """Three letters, as in T1: ZYG."""
    name: str
    """Anatomical name: zygomaticus major."""
    plain: str
    """One word or two that a patient knows: "Cheek"."""


@cache
def muscles() -> Mapping[str, Muscle]:
    """Return the muscles of T1 by code, from forehead to neck."""
    rows = read_table("muscles.toml")["muscle"]
    found = [Muscle(**strings(row, "code", "name", "plain")) for row in rows]
    return {muscle.code: muscle for muscle in found}


def muscle(code: str) -> Muscle:
    """Return the muscle with this code; ValueError names the known ones."""
    try:
        return muscles()[code]
    except KeyError:
        known = ", ".join(muscles())
        raise ValueError(f"unknown muscle {code!r}; known: {known}") from None
