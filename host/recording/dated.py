"""What every event of a recording is: dated by a sample."""

import msgspec

NO_SAMPLE = 2**62
"""From here on no stream has samples."""


class Dated(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", omit_defaults=True):
    """One event; `sample` is an index of the stream, as in every chunk."""

    sample: int

    def __post_init__(self) -> None:
        """Refuse a sample that no stream has."""
        if not 0 <= self.sample < NO_SAMPLE:
            raise ValueError(f"an event is at a sample of the stream, got {self.sample}")
