"""What was found among files, and what of it cannot be read: one damaged file hides no other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from calibration.saying import words_of
from host.errors import HostError

Found = TypeVar("Found")
Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Found]):
    """Everything that could be read, and a sentence for everything that could not."""

    found: tuple[Found, ...]
    damaged: tuple[str, ...] = ()


def listed(sources: Iterable[Source], read: Callable[[Source], Found]) -> Listing[Found]:
    """Read each of them; what cannot be read is told, and the others are there."""
    found: list[Found] = []
    damaged: list[str] = []
    for source in sources:
        try:
            found.append(read(source))
        except HostError as error:
            damaged.append(words_of(error))
    return Listing(tuple(found), tuple(damaged))
