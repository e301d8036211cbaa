"""Versions of one thing in a folder: a numbered file for each save, none ever changed again."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from calibration.saying import Clause, Saying, words_of
from host.clinic.edition import Edition
from host.clinic.listing import Listing, listed
from host.clinic.patient import Patient
from host.clinic.plan import Plan
from host.errors import ClinicError, ConflictError, DamagedError
from host.recording import durable
from host.recording.places import ELSEWHERE, of_no_use
from host.version import program_version

Kept = TypeVar("Kept", Patient, Plan)

_VERSION = 1
_NUMBERED = re.compile(r"(\d{4,8})\.json")
_LARGEST_BYTES = 1_000_000
_PATIENCE_S = 3.0
"""A save takes milliseconds; who waits longer for another program is told."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    """What a file says of itself, whatever is in it."""

    format: str = ""
    version: int = 0
    program: str = ""
    content: msgspec.Raw = msgspec.Raw()


class Versions(Generic[Kept]):
    """All versions of one patient's entry, or of one patient's plan."""

    def __init__(self, folder: Path, kind: type[Kept], what: str) -> None:
        self._folder = folder
        self._kind: type[Kept] = kind
        self._format = f"quietface-{kind.__name__.lower()}"
        self._what = what
        """For sentences: "the plan of P01"."""

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the versions there are, oldest first."""
        try:
            names = [_NUMBERED.fullmatch(path.name) for path in self._folder.iterdir()]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise ClinicError(
                Saying("{} cannot be read: {}.", self._folder, error.strerror)
            ) from error
        return tuple(sorted(int(name[1]) for name in names if name))

    def newest(self) -> Kept | None:
        """Return the newest version; None where there is none.

        ClinicError where it is damaged: an older one in its place would be taken for it.
        """
        numbers = self.numbers()
        return self.read(numbers[-1]) if numbers else None

    def all(self) -> Listing[Kept]:
        """Return every version, oldest first."""
        return listed(self.numbers(), self.read)

    def read(self, number: int) -> Kept:
        """Return one version; ClinicError says in one sentence why it cannot be read."""
        path = self._path(number)
        content = self._bytes(path)
        try:
            file = msgspec.json.decode(content, type=_File)
            if file.format != self._format:
                raise ValueError(Saying("it is not {}", self._what))  # noqa: TRY301  told as all damage is
            _refuse_newer(path, file.version)
            kept = msgspec.json.decode(file.content, type=self._kind)
            if kept.edition.number != number:
                said = Saying("it says that it is version {}", kept.edition.number)
                raise ValueError(said)  # noqa: TRY301
        except (ValueError, RecursionError, OverflowError) as error:
            raise DamagedError(self._damage(number, error)) from error
        return kept

    def set_aside(self) -> Path | None:
        """Rename the newest version where it is damaged; return by which name it is kept.

        None where it is not damaged, or where there is none. It is overwritten by nothing.
        """
        try:
            self.newest()
        except DamagedError:
            try:
                with self._alone():
                    return self._renamed(self.numbers()[-1])
            except OSError as error:
                raise ClinicError(self._not_saved(error)) from error
        return None

    def _renamed(self, number: int) -> Path:
        names = (self._folder / f"{number:04d}.damaged{at or ''}.json" for at in count())
        kept = next(name for name in names if not name.exists())
        return self._path(number).rename(kept)

    def save(self, kept: Kept, *, by: str, why: str = "") -> Kept:
        """Write the next version; return it with its number, when, who and why.

        ConflictError where somebody else saved a version after the one that `kept` came from.
        """
        try:
            with self._alone():
                self._refuse_conflict(kept.edition.number)
                edition = Edition(
                    number=kept.edition.number + 1,
                    saved=datetime.now(tz=UTC).isoformat(timespec="seconds"),
                    by=by,
                    why=why,
                )
                saved = replace(kept, edition=edition)
                durable.write_atomically(self._path(edition.number), self._encoded(saved))
        except OSError as error:
            raise ClinicError(self._not_saved(error)) from error
        return saved

    def _damage(self, number: int, error: Exception) -> Saying:
        """Say what is wrong with a version, and what can be done."""
        path, said = self._path(number), Clause(words_of(error))
        if self.numbers()[0] < number:
            words = "{} is damaged: {}. Move it away to go on with the version before it."
            return Saying(words, path, said)
        return Saying("{} is damaged: {}. Move it away to begin {} anew.", path, said, self._what)

    def _not_saved(self, error: OSError) -> Saying:
        if of_no_use(error):
            said = self._what, self._folder, error.strerror, ELSEWHERE
            return Saying("{} cannot be saved in {}: {}. {}", *said)
        return Saying("{} cannot be saved: {}.", self._what, error.strerror)

    def _refuse_conflict(self, based_on: int) -> None:
        numbers = self.numbers()
        newest = numbers[-1] if numbers else 0
        if newest == based_on:
            return
        if not based_on:
            self.newest()  # where that is damaged it says so: it cannot be opened
            raise ConflictError(Saying("{} is there already: open that one.", self._what))
        if newest < based_on:
            raise ConflictError(
                Saying("Version {} of {} is not there any more.", based_on, self._what)
            )
        raise ConflictError(
            Saying(
                "Somebody saved version {} of {} meanwhile; nothing was overwritten. "
                "Open it again, and make the change there.",
                newest,
                self._what,
            )
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold off every other program that would save here."""
        with suppress(FileExistsError):
            durable.make_folder(self._folder)
        until_s = time.monotonic() + _PATIENCE_S
        with (self._folder / ".lock").open("ab") as file:
            while not durable.lock(file):
                if time.monotonic() > until_s:
                    raise ConflictError(
                        Saying(
                            "Another program is saving {} just now: try again in a moment.",
                            self._what,
                        )
                    )
                time.sleep(0.01)
            yield

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:04d}.json"

    def _bytes(self, path: Path) -> bytes:
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                raise ClinicError(Saying("{} is too large to be {}.", path, self._what))
            return path.read_bytes()
        except OSError as error:
            raise ClinicError(Saying("{} cannot be read: {}.", path, error.strerror)) from error

    def _encoded(self, kept: Kept) -> bytes:
        file = _File(
            format=self._format,
            version=_VERSION,
            program=f"quietface {program_version()}",
            content=msgspec.Raw(msgspec.json.encode(kept)),
        )
        return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def _refuse_newer(path: Path, version: int) -> None:
    if version != _VERSION:
        raise ClinicError(
            Saying(
                "{} is of version {}, and this program reads version {}: open it with a newer one.",
                path,
                version,
                _VERSION,
            )
        )
