"""What the calibration page is decided from, and whom it asks: no Qt, and no heavy import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from host.acquisition.source import Link, LinkState
from host.recording.state import RecordingState

if TYPE_CHECKING:
    from pathlib import Path

    from calibration.montage import Montage
    from calibration.muscles import Side
    from calibration.profile import Profile
    from host.session.calibrating.protocol import ProtocolStep
    from host.session.calibrating.view import CalibrationView


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What came of a calibration whose steps are over."""

    profile: Profile | None = None
    """None where none could be made; `sentence` says why."""
    path: Path | None = None
    """Where the profile was saved."""
    sentence: str = ""
    """Why there is no profile, or why it is nowhere; empty while all is well."""
    remarks: tuple[str, ...] = ()
    """What a short check says of the profile that it was compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The newest of a running calibration."""

    view: CalibrationView | None = None
    """None until the source is connected."""
    steps: tuple[ProtocolStep, ...] = ()
    """As in `view.steps`, with what each asks for."""
    montage: Montage | None = None
    affected: Side | None = None
    link: LinkState = field(default=LinkState(link=Link.CONNECTING))
    recording: RecordingState = field(default=RecordingState())
    error: str = ""
    """What ended it early."""
    over: bool = False
    """Whether nothing more will come."""
    concluding: bool = False
    """Whether the profile is being worked out now."""
    concluded: Concluded | None = None
    """None while steps are to do."""

    @property
    def step(self) -> ProtocolStep | None:
        """The step that runs, was judged or is paused."""
        if self.view is None or self.view.step is None or not self.steps:
            return None
        return self.steps[self.view.step]

    @property
    def heard(self) -> bool:
        """Whether samples come at this moment: else no level is known."""
        return self.link.link is Link.STREAMING and not self.error and not self.over


class Running(Protocol):
    """A running calibration, as the page knows it: `CalibrationWorker` is one."""

    @property
    def moment(self) -> Moment:
        """What is to be shown now; cheap."""

    def go_on(self) -> None:
        """As `Calibrating.go_on`; the others likewise."""

    def repeat(self, step: int) -> None:
        """Do one step again."""

    def skip(self, step: int) -> None:
        """Leave a step out."""

    def pause(self) -> None:
        """Stop in the middle of a step."""

    def begin_again(self) -> None:
        """Forget everything and begin with the first step."""
