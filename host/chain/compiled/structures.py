"""The structures of `chain.h`, name by name."""

import ctypes
from collections.abc import Sequence
from typing import Any, ClassVar, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from host.chain.compiled.library import place

Fields: TypeAlias = Sequence[tuple[str, Any]]
Made = TypeVar("Made", bound=ctypes.Structure)


def _fields(kind: Any, names: str) -> list[tuple[str, Any]]:
    return [(name, kind) for name in names.split()]


class ConditioningLimits(ctypes.Structure):
    """When samples are not to be believed."""

    _fields_: ClassVar[Fields] = [
        *_fields(
            ctypes.c_double,
            "rail_uv artefact_uv glitch_floor_uv glitch_level_ratio glitch_near_share"
            " glitch_near_ratio glitch_echo hum_rise hum_floor_uv hum_ceiling_uv",
        ),
        *_fields(ctypes.c_int64, "flat_run settle artefact_hold hum_hold per_second"),
    ]


class SectionsDesign(ctypes.Structure):
    """Second-order sections, and their state after a constant 1."""

    _fields_: ClassVar[Fields] = [
        *_fields(ctypes.c_void_p, "sections step"),
        ("count", ctypes.c_int64),
    ]


class ConditionedRows(ctypes.Structure):
    """Where conditioned rows are written."""

    _fields_: ClassVar[Fields] = _fields(ctypes.c_void_p, "data hum flaws")


class MeterLimits(ctypes.Structure):
    """When a window is not to be believed."""

    _fields_: ClassVar[Fields] = [
        *_fields(ctypes.c_double, "valid_share hum_uv apart apart_floor_uv"),
        *_fields(ctypes.c_int64, "hop hops"),
    ]


class AdaptiveDesign(ctypes.Structure):
    """Filters, windows, and what ends them."""

    _fields_: ClassVar[Fields] = [
        ("taps", ctypes.c_void_p),
        *_fields(ctypes.c_int64, "tap_count stride"),
        ("lengths", ctypes.c_void_p),
        ("windows", ctypes.c_int64),
        *_fields(ctypes.c_void_p, "newer whole taken"),
        ("trials", ctypes.c_int64),
        *_fields(ctypes.c_void_p, "bounds rest freedoms"),
    ]


class MeterRows(ctypes.Structure):
    """Where levels are written."""

    _fields_: ClassVar[Fields] = _fields(
        ctypes.c_void_p, "rms_uv freedom hop_power_uv2 quality lost"
    )


def filled(structure: type[Made], **values: NDArray[Any] | float) -> Made:
    """Return a structure of this kind; arrays become pointers, and live as long as it does."""
    made = structure()
    made.kept = [value for value in values.values() if isinstance(value, np.ndarray)]
    for name, value in values.items():
        setattr(made, name, place(value) if isinstance(value, np.ndarray) else value)
    return made


def reference(structure: ctypes.Structure) -> Any:
    """Return what the library takes for a pointer; the structure lives as long as it does."""
    return ctypes.byref(structure)
