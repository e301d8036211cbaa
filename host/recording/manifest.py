"""`session.json`: what a session was, so that it can be judged again in the very same way."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from calibration.muscles import Side
from calibration.reference import Reference
from calibration.saying import Clause, Saying, words_of
from host.chain.stream import Stream
from host.detection.watch import Watch
from host.errors import RecordingError
from host.recording.arrays import read, written
from host.recording.durable import write_atomically

NAME = "session.json"
_FORMAT = "quietface-session"
_VERSION = 1


class StoredReference(msgspec.Struct, frozen=True, kw_only=True):
    """A `Reference` as numbers, one per channel; None where not known."""

    rest_uv: tuple[float | None, ...]
    noise_uv: tuple[float | None, ...]
    gentle_uv: tuple[float | None, ...]
    calibrated: bool
    spread: tuple[float | None, ...] = ()
    """Of the gentle reference; () where nobody knows, and in old recordings."""

    def __post_init__(self) -> None:
        """Refuse numbers that no `Reference` could have."""
        if not len(self.rest_uv) == len(self.noise_uv) == len(self.gentle_uv):
            raise ValueError("rest, noise and gentle reference must be of the same channels")
        if self.spread and len(self.spread) != len(self.gentle_uv):
            raise ValueError("need one spread for each channel, or none")
        if any(value is not None and value <= 0 for value in self.gentle_uv) or any(
            value is not None and value < 0 for value in (*self.rest_uv, *self.noise_uv)
        ):
            raise ValueError("need gentle > 0, noise >= 0 and rest >= 0")

    @classmethod
    def of(cls, reference: Reference) -> "StoredReference":
        """Return what is to be written of a reference."""
        columns = (reference.rest_uv, reference.noise_uv, reference.gentle_uv)
        rest, noise, gentle = (tuple(_known(value) for value in column) for column in columns)
        spread = () if reference.spread is None else tuple(map(_known, reference.spread))
        return cls(
            rest_uv=rest,
            noise_uv=noise,
            gentle_uv=gentle,
            calibrated=reference.calibrated,
            spread=spread,
        )

    @property
    def reference(self) -> Reference:
        """The reference again, to the last bit."""
        import numpy as np

        rest, noise, gentle = (
            np.array(column, dtype=np.float64)
            for column in (self.rest_uv, self.noise_uv, self.gentle_uv)
        )
        return Reference(
            rest_uv=rest,
            noise_uv=noise,
            gentle_uv=gentle,
            calibrated=self.calibrated,
            spread=np.array(self.spread, dtype=np.float64) if self.spread else None,
        )


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a whole session."""

    format: Literal["quietface-session"] = "quietface-session"
    version: Literal[1] = 1
    program: str
    """Name and version of what wrote it."""
    versions: dict[str, str] = {}
    """Of Python, the system, and the packages that decide a result."""
    created: str
    """When recording began, ISO 8601 in UTC: near sample 0, exactly at the first `HostTime`."""
    person: str = ""
    """Code of whose session it is, never a name; empty where nobody said, and in old recordings."""
    source: str
    """What was read, in plain words."""
    stream: Stream
    watch: Watch
    """Montage, chain (calibrated or not), thresholds, effort and changed patterns at the start."""
    affected: Side
    chain_digest: str
    reference: StoredReference | None = None
    """The profile as used; None where the first rest was searched for."""
    profile: str = ""
    """Name of that profile."""
    plan: str = ""
    """What was to be practised, in words; the cues are events."""
    labels: tuple[str, ...] = ()
    """Names of the channels in a recording of another program."""
    remarks: tuple[str, ...] = ()
    record_samples: int
    """Samples in a record of `emg.bdf`."""
    samples: int | None = None
    """Samples on record, gaps included; None until the session was closed."""
    ended: str = ""
    """When it was closed, ISO 8601 in UTC."""
    recovered: str = ""
    """What was said when it was closed by a repair; empty for an orderly end."""

    def __post_init__(self) -> None:
        """Refuse parts that do not belong together."""
        channels = len(self.stream.channels)
        if len(self.watch.montage.sites) != channels:
            raise ValueError(f"the montage must have {channels} sites, as the stream has channels")
        if self.reference is not None and len(self.reference.rest_uv) != channels:
            raise ValueError(f"the reference must be of {channels} channels")
        if self.samples is not None and self.samples < 0:
            raise ValueError(f"a recording has samples, got {self.samples}")
        datetime.fromisoformat(self.created)


def _known(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124  NaN has no other equal


def utc_now() -> str:
    """Return the time, ISO 8601 with microseconds."""
    return datetime.now(tz=UTC).isoformat(timespec="microseconds")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write `session.json` whole or not at all."""
    text = msgspec.json.format(msgspec.json.encode(manifest, enc_hook=written), indent=1)
    write_atomically(folder / NAME, text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read `session.json`; RecordingError says in one sentence what is wrong with it."""
    path = folder / NAME
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RecordingError(Saying("{} cannot be read: {}.", path, error.strerror)) from error
    try:
        kind = msgspec.json.decode(content, type=_Kind)
    except (ValueError, RecursionError) as error:
        raise RecordingError(Saying("{} is damaged: {}.", path, Clause(words_of(error)))) from error
    if kind.format != _FORMAT:
        raise RecordingError(Saying("{} describes no session of this program.", path))
    if kind.version != _VERSION:
        raise RecordingError(
            Saying(
                "{} is of version {}, and this program reads version {}: open it with a newer one.",
                path,
                kind.version,
                _VERSION,
            )
        )
    try:
        return msgspec.json.decode(content, type=Manifest, dec_hook=read)
    except (ValueError, RecursionError, OverflowError) as error:
        raise RecordingError(Saying("{} is damaged: {}.", path, Clause(words_of(error)))) from error


class _Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What a file is, whatever else is in it."""

    format: str = ""
    version: int = 0
