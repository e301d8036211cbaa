"""Loads the compiled inner loops, and says what their arguments are.

Their calls keep Python's lock: a live chunk takes some microseconds, and to let the lock go and
wait for it again would take longer while a window paints.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from host.chain.compiled.build import LIBRARY, digest

_P, _I, _D = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double

FUNCTIONS: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "sources": (ctypes.c_char_p, ()),
    "conditioner_new": (_P, (_I, _P, _P, _P)),
    "conditioner_free": (None, (_P,)),
    "conditioner_memory": (_I, (_P, _P)),
    "conditioner_push": (_I, (_P, _P, _I, _I, _P)),
    "conditioner_close": (_I, (_P, _I, _P)),
    "conditioner_bridge": (_I, (_P, _I, _I, _P)),
    "conditioner_break": (None, (_P,)),
    "meter_new": (_P, (_I, _P, _P, _D)),
    "meter_free": (None, (_P,)),
    "meter_memory": (_I, (_P, _P)),
    "meter_restart": (None, (_P, _I)),
    "meter_push": (_I, (_P, _P, _P, _P, _I, _P)),
    "mix": (None, (_P, _I, _P, _I, _P, _I, _I, _P, _I, ctypes.c_int)),
    "mix_powers": (None, (_P, _I, _P, _I, _P, _I, _I, _P, _I, _I)),
}


def load(path: Path, sources: str) -> ctypes.PyDLL:
    """Load the library that was built from these sources; ImportError says what to do about it."""
    again = "run: python -m pip install -e ."
    try:
        loaded = ctypes.PyDLL(str(path))
    except OSError as error:
        raise ImportError(f"the signal chain is not compiled here ({error}); {again}") from error
    other = ImportError(f"the signal chain was compiled from other sources; {again}")
    try:
        for name, (result, arguments) in FUNCTIONS.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = result, arguments
    except AttributeError as error:
        raise other from error
    if loaded.sources() != sources.encode():
        raise other
    return loaded


library: Final = load(LIBRARY, digest())


class Owned:
    """Something that the library allocated, and frees with this object."""

    def __init__(
        self, address: int | None, memory: Callable[[int, Any], int], free: Callable[[int], None]
    ) -> None:
        if not address:
            raise MemoryError("no memory for the signal chain")
        self.address = address
        self._free = free
        base = ctypes.c_void_p()
        self._size = memory(address, ctypes.byref(base))
        self._base = base.value or 0

    @property
    def remembered(self) -> bytes:
        """All that it remembers: can be given to another that was made of the same."""
        return ctypes.string_at(self._base, self._size)

    @remembered.setter
    def remembered(self, remembered: bytes) -> None:
        if len(remembered) != self._size:
            raise ValueError("what is to be remembered comes from something else")
        ctypes.memmove(self._base, remembered, self._size)

    def __del__(self) -> None:
        # Where it could not be made there is nothing to free.
        if hasattr(self, "_free"):
            self._free(self.address)


def numbers(values: Any) -> NDArray[np.float64]:
    """Return them as the library reads them; keep the array for as long as it does."""
    return np.ascontiguousarray(values, dtype=np.float64)


def whole_numbers(values: Any) -> NDArray[np.int64]:
    """Return them as the library reads them; keep the array for as long as it does."""
    return np.ascontiguousarray(values, dtype=np.int64)


def place(array: NDArray[Any]) -> int:
    """Return where an array lies in memory."""
    if not array.flags.c_contiguous:
        raise ValueError("the library reads rows that lie one behind the other")
    return int(array.ctypes.data)
