"""What is wrong with a board, in words of the person who can put it right."""

from calibration.saying import Saying
from host.acquisition.catalog import Address, Board
from host.acquisition.ports import accessible, describe_ports, identify
from host.translation import mark

_OPEN = mark("{0} is already open in this program; close that session first.")
_MUTE = mark("{0} does not answer. Switch it on, bring it near, and try again.")
_SENTENCES = {
    "PORT_ALREADY_OPEN_ERROR": _OPEN,
    "ANOTHER_BOARD_IS_CREATED_ERROR": _OPEN,
    "SYNC_TIMEOUT_ERROR": _MUTE,
    "EMPTY_BUFFER_ERROR": _MUTE,
    "BOARD_WRITE_ERROR": mark("{0} takes no commands. Is its cable or dongle still plugged in?"),
    "INVALID_ARGUMENTS_ERROR": mark("{0} needs to be told more: it wants {1}."),
    "UNSUPPORTED_BOARD_ERROR": mark("{0} is not supported on this system."),
    "GENERAL_ERROR": mark(
        "{0} could not be found. Is it switched on, and Bluetooth or the network with it?"
    ),
}


def explain(code: str, *, board: Board, port: str) -> Saying:
    """Explain BrainFlow's exit code as one or two sentences; the code itself where none fits."""
    if code in ("UNABLE_TO_OPEN_PORT_ERROR", "SET_PORT_ERROR", "SER_PORT_ERROR"):
        return _port_trouble(port)
    if code in ("BOARD_NOT_READY_ERROR", "INITIAL_MSG_ERROR"):
        return _silent_trouble(board, port)
    if code in _SENTENCES:
        return Saying(_SENTENCES[code], board.title, board.address.value)
    return Saying("{} refused: {}.", board.title, code)


def _port_trouble(port: str) -> Saying:
    if identify(port) is None:
        return Saying(
            "There is no port {}. Choose one of these with --port:\n{}", port, describe_ports()
        )
    if not accessible(port):
        return Saying(
            "You may not use {}. On Linux add yourself to its group, with "
            "`sudo usermod -a -G dialout $USER`, then log out and in again.",
            port,
        )
    return Saying(
        "{} cannot be opened: another program has it. Close that one and try again.", port
    )


def _silent_trouble(board: Board, port: str) -> Saying:
    named = Saying("{} on {}", board.title, port) if port else board.title
    if board.address is not Address.SERIAL:
        return Saying("{} does not answer. Is it switched on and charged?", named)
    if not port:
        return Saying(
            "Nothing that speaks like an {} answers. Is the board switched on (to PC) and charged, "
            "the dongle's switch at GPIO 6, and is this the right port?",
            board.title,
        )
    return Saying(
        "Nothing that speaks like an {} answers on {}. Is the board switched on (to PC) and "
        "charged, the dongle's switch at GPIO 6, and is this the right port?",
        board.title,
        port,
    )
