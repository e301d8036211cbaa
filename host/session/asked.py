"""What a user asked for, and whether it can be had: known before anything is connected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from calibration.montage import Montage
from calibration.muscles import Side
from calibration.patterns import Pattern, pattern
from calibration.saying import Saying, words_of
from host.acquisition.simulated.faults import Faults
from host.errors import SettingsError

if TYPE_CHECKING:
    from host.session.contacting.exclusion import Exclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for, whatever the source."""

    montage: Montage | None = None
    """None for the source's own: the simulated patient's, or plain channels."""
    affected: Side | None = None
    pattern: str | None = None
    own_patterns: tuple[Pattern, ...] = ()
    """Patterns of the therapist's own, beside those of T2 or in place of them."""
    mains_hz: tuple[float, ...] = (50.0, 60.0)
    seconds: float | None = None
    watched: bool = True
    """Somebody watches, so a recording that is read directly runs in real time."""
    through_board: bool = True
    """Go through BrainFlow and the simulated Cyton where that is possible."""
    faults: Faults = Faults()
    seed: int = 1
    speed: float = 1.0
    """Of a recording that somebody watches: how many times faster than it was."""
    recorded: bool = True
    """A session records itself; a replay is never recorded."""
    record_to: Path | None = None
    """Folder of sessions; None for the program's own among the user's data."""
    profile: Path | None = None
    """File of a calibration; None to go without."""
    person: str = ""
    """Whose session it is, by code; the profile must be this person's. Empty: not checked."""
    electrodes: str = ""
    """Id of the electrodes as they lie now; the profile must be for these. Empty: not said."""
    day: str = ""
    """Day of the session where a person sits before the board: electrodes of which nothing else is
    said must have been applied on it. Empty: not checked."""
    exclusions: tuple[Exclusion, ...] = ()
    """Channels that the therapist goes without: unknown throughout, and on record."""
    name: str = "session"
    """Last part of the name of its folder."""

    @property
    def electrodes_count(self) -> int | None:
        """How many channels have electrodes; None where the montage is the source's own."""
        return None if self.montage is None else len(self.montage.sites)

    def refuse_unplaced(self) -> None:
        """Refuse electrodes that a user placed without saying which side is affected."""
        if self.montage is not None and not self.montage.plain and self.affected is None:
            raise SettingsError(
                Saying(
                    "which side of the face is affected? Give --affected left or --affected right, "
                    "the patient's own left and right."
                )
            )

    def movement(self, montage: Montage, default: str) -> Pattern:
        """Return the pattern that was asked for; refuse one that the montage cannot watch (T2)."""
        name, own = self.pattern or default, {one.name: one for one in self.own_patterns}
        try:
            movement = own.get(name) or pattern(name)
        except ValueError as error:
            said = words_of(error)
            raise SettingsError(
                Saying("{}; your own: {}.", said, ", ".join(own)) if own else Saying("{}.", said)
            ) from error
        if not montage.offers(movement):
            raise SettingsError(
                Saying(
                    "the pattern {!r} needs {}, which the montage {!r} has no electrode for.",
                    movement.name,
                    " and ".join(movement.target),
                    montage.name,
                )
            )
        return movement
