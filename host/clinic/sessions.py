"""The recorded sessions of one person, told by what each says of itself.

Only the first page of a recording is read, and of that no more than a list shows: how it was
judged brings in the whole chain, for which a start page does not wait.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from calibration.saying import Clause, Saying, words_of
from host.clinic.listing import Listing, listed
from host.errors import ClinicError

_NAME = "session.json"
_FORMAT, _VERSION = "quietface-session", 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSession:
    """A recorded session, as its first page tells it; no sample was read."""

    folder: Path
    person: str
    """Code; empty where nobody said, and in recordings from before sessions named their person."""
    created: str
    """When recording began, ISO 8601 in UTC."""
    duration_s: float | None
    """Gaps included; None where it was never closed."""
    source: str
    montage: str
    profile: str
    """Name of the calibration that it was judged by; empty for none."""
    plan: str
    """What was to be practised, in words; empty where nothing was planned."""


class _Named(msgspec.Struct, frozen=True):
    name: str


class _Watch(msgspec.Struct, frozen=True):
    montage: _Named


class _Stream(msgspec.Struct, frozen=True):
    rate_hz: Annotated[float, msgspec.Meta(gt=0.0)]


class _Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a list needs of `host.recording.manifest.Manifest`."""

    format: str = ""
    version: int = 0
    person: str = ""
    created: str
    source: str
    profile: str = ""
    plan: str = ""
    samples: Annotated[int, msgspec.Meta(ge=0, lt=2**62)] | None = None
    stream: _Stream
    watch: _Watch


def sessions_of(person: str, root: Path) -> Listing[StoredSession]:
    """Return the sessions of a person in a folder of sessions, oldest first."""
    everybodys = listed(_folders(root), stored_session)
    found = sorted((one for one in everybodys.found if one.person == person), key=_created)
    return Listing(tuple(found), everybodys.damaged)


def stored_session(folder: Path) -> StoredSession:
    """Read the first page of a recording; ClinicError says what is wrong with it."""
    path = folder / _NAME
    try:
        page = msgspec.json.decode(path.read_bytes(), type=_Page)
        if (page.format, page.version) != (_FORMAT, _VERSION):
            raise ValueError(  # noqa: TRY301  told as any other page that cannot be read
                Saying(
                    "it is {}, version {}",
                    page.format or Saying("nothing known"),
                    page.version,
                )
            )
    except OSError as error:
        raise ClinicError(Saying("{} cannot be read: {}.", path, error.strerror)) from error
    except (ValueError, RecursionError, OverflowError) as error:
        said = Clause(words_of(error))
        raise ClinicError(
            Saying("{} is damaged, or of a newer program: {}.", path, said)
        ) from error
    return StoredSession(
        folder=folder,
        person=page.person,
        created=page.created,
        duration_s=None if page.samples is None else page.samples / page.stream.rate_hz,
        source=page.source,
        montage=page.watch.montage.name,
        profile=page.profile,
        plan=page.plan,
    )


def _folders(root: Path) -> tuple[Path, ...]:
    try:
        return tuple(sorted(one for one in root.iterdir() if (one / _NAME).is_file()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ClinicError(Saying("{} cannot be read: {}.", root, error.strerror)) from error


def _created(one: StoredSession) -> str:
    return one.created
