"""The library that is loaded is the one that was built from these sources, or none."""

from pathlib import Path

import numpy as np
import pytest

from host.chain.compiled.build import LIBRARY, digest
from host.chain.compiled.library import Owned, load, numbers, place, whole_numbers

AGAIN = r"run: python -m pip install -e \.$"


def test_a_library_that_is_missing_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match=rf"(?s)is not compiled here \(.*none\.so.*\); {AGAIN}"):
        load(tmp_path / "none.so", digest())


def test_a_file_that_is_no_library_is_said_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / LIBRARY.name
    path.write_bytes(b"nothing that a system could load")
    with pytest.raises(ImportError, match=rf"(?s)is not compiled here \(.*\); {AGAIN}"):
        load(path, digest())


def test_a_library_of_other_sources_is_said_in_a_sentence() -> None:
    with pytest.raises(ImportError, match=rf"^the signal chain .* from other sources; {AGAIN}"):
        load(LIBRARY, "0123456789abcdef")


def test_the_library_of_these_sources_is_taken() -> None:
    assert load(LIBRARY, digest()).sources() == digest().encode()


def nothing(_address: int, _base: object) -> int:
    """Say that nothing is remembered."""
    return 0


def test_what_could_not_be_made_for_want_of_memory_is_not_used_and_not_freed() -> None:
    freed: list[int] = []
    with pytest.raises(MemoryError, match="no memory for the signal chain"):
        Owned(None, nothing, freed.append)
    assert not freed


def test_what_the_library_made_is_freed_once_with_its_owner() -> None:
    freed: list[int] = []
    owned = Owned(4711, nothing, freed.append)
    assert owned.address == 4711
    del owned
    assert freed == [4711]


def test_what_another_thing_remembers_is_not_taken_over() -> None:
    owned = Owned(4711, nothing, lambda _: None)
    with pytest.raises(ValueError, match="comes from something else"):
        owned.remembered = b"of somebody else"


def test_numbers_are_given_as_the_library_reads_them() -> None:
    doubles = numbers(np.arange(6).reshape(2, 3).T)
    wholes = whole_numbers(np.array([3, 2, 1], dtype=np.int32)[::-1])
    assert doubles.dtype == np.dtype(np.float64)
    assert doubles.flags.c_contiguous
    assert doubles.tolist() == [[0.0, 3.0], [1.0, 4.0], [2.0, 5.0]]
    assert wholes.dtype == np.dtype(np.int64)
    assert wholes.flags.c_contiguous
    assert wholes.tolist() == [1, 2, 3]


def test_a_place_is_that_of_the_first_number_of_rows_that_lie_side_by_side() -> None:
    rows = np.zeros((3, 4))
    assert place(rows) == rows.ctypes.data
    with pytest.raises(ValueError, match="one behind the other"):
        place(rows[:, 1:])
