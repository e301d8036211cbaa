"""What-if results that were saved: dated files beside a recording, which stays as it was."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from calibration.patterns import Pattern
from calibration.saying import Saying, words_of
from host.chain.pipeline import ChainSettings
from host.detection.cocontraction import Episode, Thresholds
from host.detection.guards import Effort
from host.errors import RecordingError
from host.recording.arrays import read, written
from host.recording.durable import write_atomically
from host.recording.manifest import StoredReference
from host.report.comparison import Comparison
from host.report.outcomes import AttemptOutcome
from host.session.judging import WhatIf
from host.session.opened import Opened
from host.version import program_version


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One other judgement of a recording, and how it compares to the one of the session."""

    format: Literal["quietface-revision"] = "quietface-revision"
    version: Literal[1] = 1
    program: str
    created: str
    """ISO 8601, UTC."""
    recording: str
    """Name of the recording."""
    chain_digest: str
    note: str = ""
    thresholds: Thresholds | None = None
    effort: Effort | None = None
    patterns: tuple[Pattern, ...] = ()
    reference: StoredReference | None = None
    gentle_uv: float | None = None
    chain: ChainSettings | None = None
    floors: tuple[float, ...] = ()
    sentence: str
    """What came of it."""
    attempts: tuple[AttemptOutcome, ...]
    episodes: tuple[Episode, ...]
    why: tuple[tuple[str, ...], ...]
    """For each attempt what is judged differently than in the session, and why."""

    @property
    def what_if(self) -> WhatIf:
        """The terms, to judge the recording by them again."""
        return WhatIf(
            thresholds=self.thresholds,
            effort=self.effort,
            patterns=self.patterns,
            gentle_uv=self.gentle_uv,
            chain=self.chain,
            floors=self.floors,
            reference=None if self.reference is None else self.reference.reference,
        )


def save_revision(opened: Opened, terms: WhatIf, comparison: Comparison, *, note: str = "") -> Path:
    """Write a revision into the recording's folder of revisions; return its file."""
    now = datetime.now(tz=UTC)
    after = comparison.after
    revision = Revision(
        program=f"quietface {program_version()}",
        created=now.isoformat(timespec="seconds"),
        recording=opened.name,
        chain_digest=opened.watch.chain.digest(opened.recorded.stream),
        note=note,
        thresholds=terms.thresholds,
        effort=terms.effort,
        patterns=terms.patterns,
        gentle_uv=terms.gentle_uv,
        chain=terms.chain,
        floors=terms.floors,
        reference=None if terms.reference is None else StoredReference.of(terms.reference),
        sentence=str(comparison.sentence),
        attempts=after.attempts,
        episodes=after.episodes,
        why=tuple(tuple(map(str, one.why)) for one in comparison.attempts),
    )
    encoded = msgspec.json.encode(revision, enc_hook=written)
    content = msgspec.json.format(encoded, indent=1) + b"\n"
    folder = opened.revisions
    path = folder / f"{now:%Y-%m-%d_%H-%M-%S}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(2, 1000):
            if not path.exists():
                break
            path = folder / f"{now:%Y-%m-%d_%H-%M-%S}_{number}.json"
        write_atomically(path, content)
    except OSError as error:
        raise RecordingError(
            Saying(
                "the revision cannot be saved in {}: {}. "
                "Import the recording into a folder of your own first: quietface import.",
                folder,
                error.strerror,
            )
        ) from error
    return path


def read_revision(path: Path) -> Revision:
    """Read a revision; RecordingError says in one sentence what is wrong with it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Revision, dec_hook=read)
    except OSError as error:
        raise RecordingError(Saying("{} cannot be read: {}.", path, error.strerror)) from error
    except (ValueError, RecursionError, OverflowError) as error:
        raise RecordingError(
            Saying("{} is damaged, or of a newer version: {}.", path, words_of(error))
        ) from error


def revisions_of(opened: Opened) -> tuple[Revision, ...]:
    """Return the readable revisions of a recording, oldest first."""
    if not opened.revisions.is_dir():
        return ()
    found = []
    for path in sorted(opened.revisions.glob("*.json")):
        try:
            found.append(read_revision(path))
        except RecordingError:
            continue
    return tuple(found)
