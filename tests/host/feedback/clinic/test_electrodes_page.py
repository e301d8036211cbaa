"""The electrodes page: every key, the handing on, and a real check of the simulated patient."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from calibration.montage import montages
from calibration.muscles import Side
from calibration.profile import Electrodes
from host.acquisition.simulated.faults import Faults
from host.acquisition.simulated.planting import Planted
from host.feedback.clinic.app import Clinical
from host.feedback.clinic.electrodes_face import channel_at
from host.feedback.clinic.electrodes_page import ElectrodesPage
from host.feedback.clinic.reach import Reach
from host.feedback.clinic.steps import Step, StepState
from host.report.face.status import Status
from host.session.asked import Asked
from host.session.contacting.building import (
    Checking,
    ContactBuild,
    ContactStage,
    patient_contact,
)
from host.session.contacting.exclusion import Exclusion
from host.session.contacting.verdicts import ADVICE, Verdict
from tests.host.acquisition.test_board import needs_pty
from tests.host.feedback.clinic.contacts import (
    LOST,
    StillCheck,
    asked,
    asking,
    heard,
    with_channel,
    without,
)
from tests.host.feedback.clinic.rooms import (
    DAY,
    FACE,
    appointment,
    clinic,
    press,
    profile_of,
    shown,
)
from tests.host.feedback.pixels import near, painted

LOOSE = with_channel(heard(), 4, verdict=Verdict.LOOSE, advice=ADVICE[Verdict.LOOSE])


@dataclass(frozen=True, slots=True, kw_only=True)
class Flawed(Reach):
    """The way to a simulated patient with a flaw."""

    plant: str = "loose:5"

    def contact(self, asked: Asked, exclusions: tuple[Exclusion, ...] = ()) -> ContactBuild:
        def build(stack: ExitStack) -> ContactStage:
            checking = Checking(planted=Planted.parse(self.plant), exclusions=exclusions)
            return patient_contact(asked, checking)(stack)

        return build


def opened(qtbot: QtBot, root: Path, reach: Reach) -> ElectrodesPage:
    where = clinic(root)
    window = shown(qtbot, where)
    window.renew(replace(appointment(where), contact_checked=False, reach=reach))
    window.go(Step.ELECTRODES)
    assert isinstance(window.page, ElectrodesPage)
    return window.page


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> ElectrodesPage:
    """Return the page of a check that stands still."""
    made = opened(qtbot, tmp_path, Reach(through_board=False))
    closing = made.check.end()
    assert closing is not None
    closing()
    made.check = StillCheck(heard())
    made.refresh()
    return made


def still(page: ElectrodesPage) -> StillCheck:
    assert isinstance(page.check, StillCheck)
    return page.check


def app(page: ElectrodesPage) -> Clinical:
    assert isinstance(page.desk, Clinical)
    return page.desk


def statuses(page: ElectrodesPage) -> list[Status]:
    return [row.status for row in page.parts.rows.rows]


def form_is_shown(page: ElectrodesPage) -> bool:
    return page.parts.asking and page.parts.form.isVisible()


def test_enter_hands_on_what_was_found(page: ElectrodesPage, qtbot: QtBot) -> None:
    press(app(page), Qt.Key.Key_Return)
    now = app(page).appointment
    assert now.contact_checked
    assert now.montage == FACE
    assert now.electrodes is not None
    assert now.electrodes.date == DAY.isoformat()
    qtbot.waitUntil(app(page).rail.buttons[Step.CALIBRATE].isChecked)


def test_after_a_bout_what_is_calibrated_leads_on_to_practice_and_not_to_the_end(
    page: ElectrodesPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    went: list[Step] = []
    monkeypatch.setattr(app(page), "go", went.append)
    now = replace(app(page).appointment, profile=profile_of("P01"), sessions=(tmp_path / "s1",))
    app(page).renew(now)
    press(app(page), Qt.Key.Key_Return)
    assert went == [Step.PRACTISE]


def test_enter_goes_nowhere_while_a_channel_is_loose_and_says_which(page: ElectrodesPage) -> None:
    still(page).view = LOOSE
    press(app(page), Qt.Key.Key_Return)
    assert app(page).page is page
    assert not app(page).appointment.contact_checked
    assert "Eye, right" in app(page).foot.text()
    assert not page.parts.on.isEnabled()


def test_a_loose_channel_is_left_out_by_name_and_taken_back(page: ElectrodesPage) -> None:
    still(page).view = LOOSE
    page.refresh()
    press(app(page), Qt.Key.Key_S)
    assert form_is_shown(page)
    press(app(page), Qt.Key.Key_A, "skin is sore")
    press(app(page), Qt.Key.Key_Return)
    (out,) = app(page).appointment.exclusions
    assert (out.name, out.by, out.reason) == ("Eye, right", "T07", "skin is sore")
    assert not form_is_shown(page)
    assert statuses(page)[4] is Status.EXCLUDED
    assert page.parts.on.isEnabled()
    assert len(still(page).wishes) == 1
    press(app(page), Qt.Key.Key_S)
    assert app(page).appointment.exclusions == ()
    assert statuses(page)[4] is Status.LOOSE
    assert not page.parts.on.isEnabled()


def test_nothing_is_left_out_for_no_reason(page: ElectrodesPage) -> None:
    page.choose(0)
    press(app(page), Qt.Key.Key_S)
    press(app(page), Qt.Key.Key_Return)
    assert app(page).appointment.exclusions == ()
    assert "why" in app(page).foot.text()
    press(app(page), Qt.Key.Key_Escape)
    assert not form_is_shown(page)


def test_space_checks_the_sides_and_breaks_it_off(page: ElectrodesPage) -> None:
    press(app(page), Qt.Key.Key_Space)
    assert len(still(page).wishes) == 1
    still(page).view = asking(heard())
    page.refresh()
    assert app(page).room.part is page.patient_part
    assert page.patient_part.state.prompt == "Raise your brow"
    assert page.parts.banner.headline.text() == "Raise your brow, right side only"
    press(app(page), Qt.Key.Key_Escape)
    assert len(still(page).wishes) == 2
    assert app(page).room.quiet
    still(page).view = heard()
    page.refresh()
    page.parts.sides.click()
    assert len(still(page).wishes) == 3
    assert not app(page).room.quiet, "the patient is to see what is asked"


def test_one_key_measures_all_electrodes(page: ElectrodesPage) -> None:
    press(app(page), Qt.Key.Key_M)
    assert len(still(page).wishes) == 1
    still(page).view = heard(can_measure=False, impedance="Impedance cannot be measured here.")
    press(app(page), Qt.Key.Key_M)
    assert len(still(page).wishes) == 1
    assert app(page).foot.text() == "Impedance cannot be measured here."
    assert page.parts.head.state.note == "Impedance cannot be measured here."


def test_p17_swapped_sides_stop_the_page(page: ElectrodesPage) -> None:
    app(page).renew(replace(app(page).appointment, contact_checked=True))
    still(page).view = asked(heard(), swapped=True)
    page.refresh()
    assert "swapped" in page.parts.banner.headline.text()
    assert not app(page).appointment.contact_checked
    press(app(page), Qt.Key.Key_Return)
    assert app(page).page is page


def test_a_lost_board_does_not_undo_what_was_checked_before(page: ElectrodesPage) -> None:
    app(page).renew(replace(app(page).appointment, contact_checked=True))
    still(page).view = heard(link=LOST)
    page.refresh()
    assert app(page).appointment.contact_checked
    assert statuses(page) == [Status.UNKNOWN] * 8
    assert not page.parts.on.isEnabled()


def test_arrows_numbers_and_a_click_choose_a_channel_in_rows_and_picture(
    page: ElectrodesPage,
) -> None:
    face, rows = page.parts.face, page.parts.rows
    press(app(page), Qt.Key.Key_3)
    assert (face.chosen, rows.currentRow()) == (2, 2)
    press(app(page), Qt.Key.Key_Down)
    assert (face.chosen, rows.currentRow()) == (3, 3)
    app(page).setFocus()
    press(app(page), Qt.Key.Key_Up)
    assert (face.chosen, rows.currentRow()) == (2, 2)
    row = face.state.sites.row(5)
    assert row is not None
    at = face._place().map(QPointF(*row.badge)).toPoint()
    QTest.mouseClick(face, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]
    assert (face.chosen, rows.currentRow()) == (5, 5)


def test_every_label_and_electrode_can_be_clicked(page: ElectrodesPage) -> None:
    sites = page.parts.face.state.sites
    for channel in range(8):
        row = sites.row(channel)
        assert row is not None
        assert channel_at(sites.rows, row.badge) == channel
        # Its words stand outwards of it: at the left for the patient's right.
        outwards = -0.2 if row.side is Side.RIGHT else 0.2
        assert channel_at(sites.rows, (row.badge[0] + outwards, row.badge[1])) == channel
        assert channel_at(sites.rows, row.dots[0]) == channel
    assert channel_at(sites.rows, (0.5, 0.6)) is None


def test_the_chosen_channel_is_marked_in_the_picture(page: ElectrodesPage) -> None:
    face = page.parts.face
    still(page).view = with_channel(heard(), 0)
    plain = near(painted(face), face.theme.target, 4).sum()
    page.choose(0)
    assert near(painted(face), face.theme.target, 4).sum() > plain + 100


def test_other_electrodes_begin_anew_and_forget_what_was_found(page: ElectrodesPage) -> None:
    before = app(page).appointment
    lying = Electrodes(id="this morning", date=DAY.isoformat())
    found = replace(before, electrodes=lying, exclusions=(without(2),), contact_checked=True)
    app(page).renew(found)
    at = page.parts.montage.findData("face-8-chin")
    page.parts.montage.setCurrentIndex(at)
    page.parts.montage.activated.emit(at)
    now = app(page).appointment
    assert now.montage == montages()["face-8-chin"]
    assert (now.contact_checked, now.exclusions, now.electrodes) == (False, (), None)
    assert still(page).begun == 1


def test_a_click_on_a_button_is_its_key(page: ElectrodesPage) -> None:
    page.parts.sides.click()
    page.parts.measure.click()
    assert len(still(page).wishes) == 2


def test_rows_fill_their_room_at_every_size(page: ElectrodesPage, qtbot: QtBot) -> None:
    rows = page.parts.rows
    for size in ((960, 600), (1280, 800), (1920, 1080)):
        app(page).resize(*size)
        qtbot.wait(1)
        bar = rows.verticalScrollBar()
        assert bar is not None
        assert bar.maximum() == 0


def test_a_real_check_finds_the_loose_electrode_and_goes_on_without_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(qtbot, tmp_path, Flawed(through_board=False))
    assert statuses(page) == [Status.PLAIN] * 8
    expected = [Status.GOOD] * 8
    expected[4] = Status.LOOSE
    qtbot.waitUntil(lambda: statuses(page) == expected, timeout=30_000)
    press(app(page), Qt.Key.Key_S)
    press(app(page), Qt.Key.Key_Return)
    press(app(page), Qt.Key.Key_Return)
    now = app(page).appointment
    assert now.contact_checked
    assert [one.name for one in now.exclusions] == ["Eye, right"]
    qtbot.waitUntil(lambda: app(page).page is not page, timeout=20_000)
    assert app(page).rail.buttons[Step.ELECTRODES].accessibleName().endswith(StepState.DONE.value)


@needs_pty
def test_a_pulled_cable_is_a_calm_wait_and_it_goes_on_by_itself(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(qtbot, tmp_path, Reach(faults=Faults.parse("pull=6+2")))
    qtbot.waitUntil(lambda: statuses(page) == [Status.GOOD] * 8, timeout=30_000)
    qtbot.waitUntil(lambda: statuses(page) == [Status.UNKNOWN] * 8, timeout=30_000)
    assert "Nothing comes from the board" in page.parts.banner.headline.text()
    qtbot.waitUntil(lambda: statuses(page) == [Status.GOOD] * 8, timeout=30_000)
    assert page.parts.on.isEnabled()
