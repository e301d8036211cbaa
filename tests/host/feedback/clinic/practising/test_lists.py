"""Lists of the practice page: what happened, a line for each."""

from pytestqt.qtbot import QtBot

from host.feedback.clinic.practising.lists import plain_list, show_lines


def test_no_line_is_broken_between_a_number_and_its_unit(qtbot: QtBot) -> None:
    within = plain_list("What happened")
    qtbot.addWidget(within)
    line = "0:26  Eye, right came along for 6.6 s, up to 143 %, bout 2 so far"
    show_lines(within, (line,))
    item = within.item(0)
    assert item is not None
    assert item.text() == line.replace("6.6 s", "6.6\u00a0s").replace("143 %", "143\u00a0%")
