"""What Python says of the library is what `chain.h` says: nobody can change one alone."""

import ctypes
import re
from typing import Any

import numpy as np
import pytest

from host.chain.compiled import structures
from host.chain.compiled.build import HERE
from host.chain.compiled.library import FUNCTIONS
from host.chain.quality import Flaw, Quality

HEADER = re.sub(r"/\*.*?\*/", "", (HERE / "chain.h").read_text(encoding="utf-8"), flags=re.DOTALL)
KINDS: dict[str, Any] = {
    "double": ctypes.c_double,
    "int64_t": ctypes.c_int64,
    "int": ctypes.c_int,
    "void": None,
}
STRUCTURES = {
    name: body for body, name in re.findall(r"typedef struct \{(.*?)\} (\w+);", HEADER, re.DOTALL)
}
DECLARED = re.findall(r"QF_API ([\w *]+?)(\w+)\(([^)]*)\);", HEADER)
QUALITIES = {
    "GOOD": Quality.GOOD,
    "HUM": Quality.MAINS,
    "UNSETTLED": Quality.SETTLING,
    "DISTURBED": Quality.ARTEFACT,
    "GAP": Quality.GAP,
    "LOOSE": Quality.LOOSE,
    "STILL": Quality.FLAT,
    "AT_RAIL": Quality.RAILED,
}
"""Names that one header can hold beside those of the flaws."""


def kind_of(declared: str) -> Any:
    """Return what ctypes calls a declared type; all pointers are alike but that to letters."""
    words = declared.replace("const ", "").strip()
    if words.replace(" ", "") == "char*":
        return ctypes.c_char_p
    return ctypes.c_void_p if words.endswith("*") else KINDS[words]


def named(declaration: str) -> tuple[str, Any]:
    """Take `const double *taps` apart."""
    declared, name = re.fullmatch(r"\s*(.*?)(\w+)\s*", declaration, re.DOTALL).groups()  # type: ignore[union-attr]  # a test that fails here says so
    return name, kind_of(declared)


def test_the_header_was_read() -> None:
    assert len(STRUCTURES) == 6
    assert len(DECLARED) == 15


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_has_the_fields_of_the_header_in_their_order(name: str) -> None:
    fields = [named(one) for one in STRUCTURES[name].split(";") if one.strip()]
    assert list(getattr(structures, name)._fields_) == fields


def test_no_structure_is_missing_in_the_header() -> None:
    made = {
        name
        for name, one in vars(structures).items()
        if isinstance(one, type) and issubclass(one, ctypes.Structure)
    }
    assert made == set(STRUCTURES)


def test_functions_take_and_return_what_the_header_says() -> None:
    declared = {}
    for result, name, arguments in DECLARED:
        kinds = [] if arguments == "void" else [named(one)[1] for one in arguments.split(",")]
        declared[name] = (kind_of(result), tuple(kinds))
    assert declared == FUNCTIONS


def constants(first: str) -> dict[str, int]:
    """Return the enumeration of the header that begins with this name."""
    body = re.search(rf"enum \{{ ({first} = .*?) \}};", HEADER, re.DOTALL)
    assert body is not None
    return {name: int(value) for name, value in re.findall(r"(\w+) = (\d+)", body[1])}


def test_flaws_are_numbered_alike() -> None:
    assert constants("LOST") == {flaw.name: flaw.value for flaw in Flaw}


def test_qualities_are_numbered_alike_but_for_what_only_a_therapist_can_say() -> None:
    assert constants("GOOD") == {name: int(code) for name, code in QUALITIES.items()}
    assert set(Quality) - set(QUALITIES.values()) == {Quality.LEFT_OUT}


def test_a_filled_structure_points_at_its_arrays_and_keeps_them() -> None:
    made = structures.filled(structures.SectionsDesign, step=np.array([1.5, 2.5]), count=3)
    assert made.count == 3
    numbers = ctypes.cast(made.step, ctypes.POINTER(ctypes.c_double))
    assert (numbers[0], numbers[1]) == (1.5, 2.5)


def test_an_array_that_the_library_could_not_read_is_refused() -> None:
    with pytest.raises(ValueError, match="one behind the other"):
        structures.filled(structures.SectionsDesign, step=np.zeros((4, 4))[:, 0], count=2)
