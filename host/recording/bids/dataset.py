"""A BIDS data set as a folder that grows: labels, runs, and tables that gain a row."""

import contextlib
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from host.errors import RecordingError, SettingsError
from host.recording.bids.tables import UNKNOWN

DESCRIPTION = "dataset_description.json"
_RUN = re.compile(r"_run-0*(\d+)_")
_ENTITIES = ("sub-", "ses-", "task-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the files of one run are called."""

    subject: str
    session: str
    task: str
    run: int = 1

    @property
    def session_stem(self) -> str:
        """What the names of a session's files begin with."""
        return f"sub-{self.subject}_ses-{self.session}"

    @property
    def task_stem(self) -> str:
        """What the names of all runs of a task begin with."""
        return f"{self.session_stem}_task-{self.task}"

    @property
    def stem(self) -> str:
        """What the names of this run's files begin with."""
        return f"{self.task_stem}_run-{self.run:02}"

    def session_folder(self, root: Path) -> Path:
        """Return the folder of the session."""
        return root / f"sub-{self.subject}" / f"ses-{self.session}"

    def folder(self, root: Path) -> Path:
        """Return the folder of the run's files."""
        return self.session_folder(root) / "emg"


def label(text: str, what: str) -> str:
    """Return text as BIDS allows it in a file's name: letters and digits."""
    given = text.strip()
    for entity in _ENTITIES:
        given = given.removeprefix(entity)
    found = "".join(sign for sign in given if sign.isascii() and sign.isalnum())
    if not found:
        raise SettingsError(f"{what} {text!r} has no letter or digit, which BIDS needs.")
    return found


def refuse_other(root: Path) -> None:
    """Refuse a path that is no folder, and a folder that holds something else."""
    if root.exists() and not root.is_dir():
        raise SettingsError(f"{root} is a file, not a folder for a BIDS data set.")
    with disk_errors(root):
        if (root / DESCRIPTION).is_file() or not root.is_dir():
            return
        if any(not entry.name.startswith(".") for entry in root.iterdir()):
            raise SettingsError(f"{root} holds something else: give a new folder or a BIDS one.")


def next_run(root: Path, names: Names) -> int:
    """Return the number after the highest run of the task in this session."""
    found = names.folder(root).glob(f"{names.task_stem}_run-*")
    numbers = [int(match[1]) for path in found if (match := _RUN.search(path.name))]
    return max(numbers, default=0) + 1


def exported_as(root: Path, subject: str, acquired: str) -> str | None:
    """Return the file of this subject that was recorded at this very moment, if there is one."""
    for path in sorted((root / f"sub-{subject}").glob("ses-*/*_scans.tsv")):
        _, rows = read_tsv(path)
        for row in rows:
            if row.get("acq_time") == acquired:
                return row.get("filename")
    return None


def read_tsv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and rows of a table; nothing where there is no file."""
    if not path.exists():
        return [], []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path} cannot be read: it is not UTF-8 text.") from error
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = rows[0] if rows else []
    return header, [dict(zip(header, row, strict=False)) for row in rows[1:] if row]


def with_row(path: Path, key: str, row: Mapping[str, str]) -> bytes:
    """Return a table with one more row; what is in it stays, also a row with the same key.

    Columns of the table that the row lacks become `n/a`, and so the other way round.
    """
    header, rows = read_tsv(path)
    if not any(old.get(key) == row[key] for old in rows):
        rows.append(dict(row))
        header = [*header, *(name for name in row if name not in header)]
    lines = [header, *([old.get(name) or UNKNOWN for name in header] for old in rows)]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


@contextlib.contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Say in one sentence what the disk refused."""
    try:
        yield
    except OSError as error:
        raise RecordingError(
            f"the BIDS data set {root} cannot be written: {error.strerror or error}."
        ) from error
