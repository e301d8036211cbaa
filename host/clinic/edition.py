"""Which version of something this is, and who saved it when and why."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of a patient's entry or plan; every save makes a new one."""

    number: int = 0
    """From 1 on; 0 while it was never saved."""
    saved: str = ""
    """When, ISO 8601 in UTC."""
    by: str = ""
    """Who, by name or code; never a patient."""
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse a version without its when and who."""
        if self.number < 0:
            raise ValueError(f"versions are counted from 1, got {self.number}")
        if self.number:
            datetime.fromisoformat(self.saved)
            if not self.by.strip():
                raise ValueError(f"version {self.number} needs who saved it")
        elif self.saved or self.by or self.why:
            raise ValueError("what was never saved has no when, who and why")
