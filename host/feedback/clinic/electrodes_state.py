"""What the electrodes page shows at one moment, and what can be asked of it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from host.feedback.clinic.electrodes_banner import BannerState, banner_state, patient_words
from host.feedback.clinic.electrodes_moment import ContactMoment, trusted
from host.feedback.clinic.electrodes_rows_state import RowState, row_states
from host.feedback.faces.electrode_state import ElectrodeFaceState, electrode_face_state
from host.report.face.status import Status
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ContactPhase, ContactView, Refusal, may_start
from host.translation import mark, told, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calibration.montage import Montage
    from host.feedback.calibrating.patient_state import PatientState

REASONS = {
    Status.LOOSE: mark("the electrode does not hold"),
    Status.RAILED: mark("no signal at this input"),
    Status.UNKNOWN: mark("no signal"),
    Status.NOISY: mark("too noisy"),
    Status.MAINS: mark("too much hum"),
}
"""What is proposed as the reason for leaving a channel out; the therapist may write another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that can be asked for, or why not now."""

    words: str
    possible: bool
    why: str = ""
    """Why it is not possible; empty where it is."""

    def __post_init__(self) -> None:
        """Refuse a closed door without a reason."""
        if not self.possible and not self.why:
            raise ValueError(f"what cannot be asked for says why, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectrodesState:
    """The whole page."""

    banner: BannerState
    rows: tuple[RowState, ...]
    face: ElectrodeFaceState
    chosen: int | None
    """Channel that row and face show as chosen."""
    sides: Offer
    measure: Offer
    leave_out: Offer
    on: Offer
    note: str
    """What is known of the impedances, in one sentence."""
    patient: PatientState
    checking_sides: bool
    spoilt: bool
    """Whether something was found today that practice cannot start with."""

    def row(self, channel: int | None) -> RowState | None:
        """Return a channel's row; None where it has none."""
        return next((one for one in self.rows if one.channel == channel), None)


def electrodes_state(
    moment: ContactMoment, chosen: int | None, last: ElectrodesState | None
) -> ElectrodesState:
    """Decide what is shown; `chosen` is the channel that somebody chose, None for nobody."""
    view = trusted(moment)
    refusals = tuple(may_start(view, moment.exclusions)) if moment.streaming else ()
    waits = not moment.live or view.phase in (ContactPhase.CONNECTING, ContactPhase.IMPEDANCE)
    rows = row_states(view, () if last is None else last.rows, plain=waits)
    chosen = _chosen(chosen, rows, refusals)
    sites = view if moment.live and not waits else None
    return ElectrodesState(
        banner=banner_state(moment, view, refusals),
        rows=rows,
        face=electrode_face_state(moment.montage, sites),
        chosen=chosen,
        sides=_sides(moment, view),
        measure=_measure(moment, view),
        leave_out=_leave_out(rows, chosen),
        on=_on(moment, refusals),
        note=_note(moment, view),
        patient=patient_words(moment),
        checking_sides=moment.live and view.phase is ContactPhase.SIDES,
        spoilt=_spoilt(view, refusals),
    )


def fitting(
    known: Mapping[str, Montage], channels: int | None, now: Montage | None
) -> tuple[Montage, ...]:
    """Return the montages that a board has channels enough for; all while nobody knows how many.

    The one in use is among them, for whoever sees why it does not fit can choose another.
    """
    return tuple(
        one
        for one in known.values()
        if channels is None or len(one.sites) <= channels or one == now
    )


def reason_for(row: RowState) -> str:
    """Return what is proposed as the reason for leaving a channel out."""
    return tr(REASONS.get(row.status, ""))


def _chosen(
    chosen: int | None, rows: tuple[RowState, ...], refusals: tuple[Refusal, ...]
) -> int | None:
    """Return what was chosen; where nobody did, the first of some channels that cannot be used."""
    if any(one.channel == chosen for one in rows):
        return chosen
    about = [one.channel for one in refusals if one.channel is not None]
    return about[0] if 0 < len(about) < len(rows) else None


def _sides(moment: ContactMoment, view: ContactView) -> Offer:
    if view.phase is ContactPhase.SIDES and moment.streaming:
        return Offer(words=tr("Break off"), possible=True)
    words = tr("Check the sides")
    if moment.streaming and not view.can_check_sides:
        why = tr("No muscle has electrodes on both sides, so the sides cannot be checked.")
        return Offer(words=words, possible=False, why=why)
    return _offered(words, moment, view)


def _measure(moment: ContactMoment, view: ContactView) -> Offer:
    words = tr("Impedance of all")
    if moment.streaming and not view.can_measure:
        return Offer(words=words, possible=False, why=told(view.impedance) or _CANNOT)
    return _offered(words, moment, view)


_CANNOT = mark("Impedance cannot be measured on this board.")


def _offered(words: str, moment: ContactMoment, view: ContactView) -> Offer:
    """Offer what needs a board that is not busy."""
    if not moment.streaming:
        return Offer(words=words, possible=False, why=tr("Nothing comes from the board yet."))
    if view.phase is not ContactPhase.LISTENING:
        return Offer(words=words, possible=False, why=tr("One thing at a time: wait a moment."))
    return Offer(words=words, possible=True)


def _leave_out(rows: tuple[RowState, ...], chosen: int | None) -> Offer:
    row = next((one for one in rows if one.channel == chosen), None)
    if row is None:
        why = tr("Choose a channel first: its number, or the arrows.")
        return Offer(words=tr("Leave out"), possible=False, why=why)
    back = row.status is Status.EXCLUDED
    words = tr("Take {name} back") if back else tr("Leave out {name}")
    return Offer(words=words.format(name=row.named), possible=True)


def _on(moment: ContactMoment, refusals: tuple[Refusal, ...]) -> Offer:
    words = tr("Go on")
    if not moment.streaming:
        return Offer(words=words, possible=False, why=tr("The board has to stream first."))
    if refusals:
        return Offer(words=words, possible=False, why=refusals[0].said)
    return Offer(words=words, possible=True)


def _note(moment: ContactMoment, view: ContactView) -> str:
    if not moment.live or view.phase in (ContactPhase.CONNECTING, ContactPhase.IMPEDANCE):
        return ""
    if view.impedance:
        return told(view.impedance)
    if moment.measured:
        # Dated, so it may stand while nothing comes from the board.
        return tr("Impedance as it was at {}.").format(moment.measured)
    return tr("Impedance is not measured yet.")


def _spoilt(view: ContactView, refusals: tuple[Refusal, ...]) -> bool:
    """Tell whether a verdict that stands speaks against going on; a wait does not."""
    about = {one.channel for one in refusals if one.channel is not None}
    swapped = view.sides is not None and view.sides.swapped
    return swapped or any(
        one.channel in about and one.steady and one.verdict is not Verdict.UNKNOWN
        for one in view.placed
    )
