"""Going without a channel, by name and with a reason: the form of the electrodes page (P16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from host.feedback.clinic.electrodes_handing import with_exclusion, without_exclusion
from host.feedback.clinic.electrodes_state import reason_for
from host.report.face.status import Status
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from host.feedback.clinic.electrodes_check import ContactCheck
    from host.feedback.clinic.electrodes_parts import ElectrodesParts
    from host.feedback.clinic.electrodes_rows_state import RowState
    from host.feedback.clinic.page import Desk


class Leaving:
    """Asks why a channel is left out, and who decides it; tells check and appointment."""

    def __init__(
        self,
        desk: Desk,
        parts: ElectrodesParts,
        check: Callable[[], ContactCheck],
        done: Callable[[], None],
    ) -> None:
        """`check` is the one that runs; `done` is called when anything was left out, or is back."""
        self._desk, self._parts, self._check, self._done = desk, parts, check, done
        parts.form.accepted.connect(self.leave_out)
        parts.form.left.connect(self.close)

    @property
    def asking(self) -> bool:
        """Whether the form is open."""
        return self._parts.asking

    def ask_or_take_back(self, row: RowState) -> None:
        """Open the form for a channel; one that is left out is taken back at once."""
        if row.status is Status.EXCLUDED:
            self.take_back(row.channel)
            return
        by = self._desk.appointment.therapist
        self._parts.ask(row.channel, row.name, by=by, reason=reason_for(row))

    def leave_out(self) -> None:
        """Go without the channel that was asked about."""
        try:
            out = self._parts.form.value()
        except ValueError:
            self._desk.say(tr("Say why it is left out, and who decides it."))
            return
        self._desk.renew(with_exclusion(self._desk.appointment, out))
        self._check().ask(lambda session: session.exclude(out))
        self.close()
        self._done()

    def take_back(self, channel: int) -> None:
        """Go without a channel no more."""
        self._desk.renew(without_exclusion(self._desk.appointment, channel))
        self._check().ask(lambda session: session.include(channel))
        self._done()

    def close(self) -> None:
        """Close the form, and leave everything as it is."""
        if self._parts.asking:
            self._parts.close_form()
            self._parts.rows.setFocus()
