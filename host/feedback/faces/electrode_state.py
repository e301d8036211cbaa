"""What the picture of the electrodes shows of a contact check: decided here. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass

from calibration.montage import Montage
from calibration.muscles import Side
from host.report.face.sites import Cables, Row, Shared, Sites, sites_of
from host.report.face.status import Status
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ChannelContact, ContactView
from host.translation import tr

BY_VERDICT: Mapping[Verdict, Status] = {verdict: Status(verdict.value) for verdict in Verdict}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectrodeFaceState:
    """A montage, and how each of its electrode pairs does."""

    sites: Sites
    status: tuple[tuple[int, Status], ...] = ()
    """By column of the montage; columns that are missing are only placed."""

    def __post_init__(self) -> None:
        """Refuse two states of one channel."""
        if len(dict(self.status)) != len(self.status):
            raise ValueError(f"a channel has one state, got {self.status}")

    def told(self, row: Row) -> Status:
        """Return the state of a row of the picture."""
        return dict(self.status).get(-1 if row.channel is None else row.channel, Status.PLAIN)


def electrode_face_state(
    montage: Montage,
    contact: ContactView | None = None,
    *,
    cables: Cables = Cables.NUMBERS,
    shared: tuple[Shared, ...] | None = None,
) -> ElectrodeFaceState:
    """Return what is shown; without a check electrodes are only placed.

    Once a check has begun, a channel of which it says nothing is unknown. Whatever the therapist
    leaves out says so in place of its verdict.
    """
    sites = sites_of(montage, cables) if shared is None else sites_of(montage, cables, shared)
    if contact is None:
        return ElectrodeFaceState(sites=sites)
    known = {one.channel: _status(one) for one in contact.channels}
    placed = sorted(row.channel for row in sites.rows if row.channel is not None)
    status = tuple((channel, known.get(channel, Status.UNKNOWN)) for channel in placed)
    return ElectrodeFaceState(sites=sites, status=status)


def spoken_row(row: Row, status: Status) -> str:
    """Say one electrode pair in words: "5, Eye, right: loose"."""
    place = tr(row.side.value if row.side else row.pins)
    where = f"{row.cable}, {tr(row.title)}, {place}"
    return f"{where}: {tr(status.value)}" if status.value else where


def ordered(rows: tuple[Row, ...]) -> list[Row]:
    """Return rows by side and channel, shared electrodes last: as they are read aloud."""
    sides = [*Side, None]
    return sorted(rows, key=lambda row: (row.channel is None, row.channel or 0,
                                         sides.index(row.side)))  # fmt: skip


def _status(one: ChannelContact) -> Status:
    return BY_VERDICT[one.verdict] if one.excluded is None else Status.EXCLUDED
