"""The parts of the electrodes page and their places: picture at the left, rows at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedLayout, QWidget

from calibration.montage import plain_montage
from host.feedback.calibrating.patient_part import PatientPart
from host.feedback.clinic.controls import advise, button, column, name_button, narrow, scrolled
from host.feedback.clinic.electrodes_banner_view import Banner
from host.feedback.clinic.electrodes_exclusion import ExclusionForm
from host.feedback.clinic.electrodes_face import ChoosingFace
from host.feedback.clinic.electrodes_rows import ChannelRows
from host.feedback.clinic.electrodes_rows_head import HeadState, RowsHead
from host.feedback.clinic.keys import Act
from host.feedback.clinic.plan_state import montage_words
from host.feedback.faces.electrode_state import electrode_face_state
from host.feedback.lettering import sized
from host.feedback.review.choice import Choice
from host.feedback.theme import LIGHT
from host.translation import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from calibration.montage import Montage
    from host.feedback.clinic.electrodes_state import ElectrodesState, Offer
    from host.feedback.theme import Theme

FACE, ROWS = 11, 10
"""Shares of the width."""
GAP = 24


class ElectrodesParts(QWidget):
    """Shows an `ElectrodesState`; every decision is in it."""

    def __init__(self, obey: Callable[[Act], object], page: QWidget) -> None:
        super().__init__(page)
        self._offered: tuple[Montage, ...] = ()
        self.banner, self.form = Banner(LIGHT), ExclusionForm()
        self.face = ChoosingFace(electrode_face_state(plain_montage(1)), LIGHT)
        self.rows, self.montage = ChannelRows(), Choice()
        self.montage.setAccessibleName(tr("Which electrodes are put on"))
        narrow(self.montage)
        self.head = RowsHead(self.rows, LIGHT)
        self.patient = PatientPart(LIGHT)
        self.measure, self.leave_out, self.sides, self.on = (
            button("", partial(obey, act), act)
            for act in (Act.MARK, Act.SKIP, Act.START_STOP, Act.ACCEPT)
        )
        self._head = QStackedLayout()
        self._arrange()
        page.setLayout(column(self))

    @property
    def asking(self) -> bool:
        """Whether it is asked who leaves a channel out, and why."""
        return self._head.currentWidget() is self.form

    def ask(self, channel: int, name: str, *, by: str, reason: str) -> None:
        """Ask it, in place of the banner."""
        self._head.setCurrentWidget(self.form)
        self.form.ask(channel, name, by=by, reason=reason)

    def close_form(self) -> None:
        """Show the banner again."""
        self._head.setCurrentWidget(self.banner)

    def show_state(self, state: ElectrodesState) -> None:
        """Show the newest."""
        self.banner.show_state(state.banner)
        self.rows.show_rows(state.rows, state.chosen)
        self.face.state, self.face.chosen = state.face, state.chosen
        self.patient.state = state.patient
        look = self.rows.look()
        self.head.state = HeadState(note=state.note, impedance=look.impedance, px=look.px)
        for made, offer, act in (
            (self.measure, state.measure, Act.MARK),
            (self.leave_out, state.leave_out, Act.SKIP),
            (self.sides, state.sides, Act.START_STOP),
            (self.on, state.on, Act.ACCEPT),
        ):
            _offer(made, offer, act)
        advise(self.on, on=state.on.possible)

    def offer_montages(self, offered: tuple[Montage, ...], now: Montage) -> None:
        """Offer these to choose from, the one in use chosen."""
        if offered != self._offered:
            self._offered = offered
            self.montage.clear()
            for one in offered:
                self.montage.addItem(montage_words(one), one.name)
        at = self.montage.findData(now.name)
        if at != self.montage.currentIndex() and not self.montage.hasFocus():
            self.montage.setCurrentIndex(at)

    def dress(self, theme: Theme, px: int) -> None:
        """Take colours and letters."""
        self.banner.dress(theme, px)
        self.rows.dress(theme, px)
        self.face.theme = self.head.theme = theme
        self.head.setFixedHeight(self.montage.sizeHint().height())
        self.face.setFont(sized(self.face.font(), px))
        self.patient.use_theme(theme)

    def _arrange(self) -> None:
        self._head.addWidget(self.banner)
        self._head.addWidget(self.form)
        grows = QSizePolicy.Policy.Expanding
        self.face.setSizePolicy(grows, grows)
        middle, foot = QHBoxLayout(), QHBoxLayout()
        middle.setSpacing(GAP)
        middle.addLayout(column(self.montage, self.face, gap=8), FACE)
        middle.addLayout(column(self.head, self.rows, gap=8), ROWS)
        foot.addStretch(1)
        for made in (self.measure, self.leave_out, self.sides, self.on):
            foot.addWidget(made)
        middle.setContentsMargins(0, 0, 0, 0)
        whole = column(self._head, scrolled(middle), foot, gap=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)


def _offer(made: QPushButton, offer: Offer, act: Act) -> None:
    """Write on a button what it does now; one that cannot is faint, and says why."""
    name_button(made, offer.words, act)
    made.setEnabled(offer.possible)
    made.setToolTip(offer.why)
