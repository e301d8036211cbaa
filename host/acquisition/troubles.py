"""What is wrong with a board, in words of the person who can put it right."""

from host.acquisition.catalog import Address, Board
from host.acquisition.ports import accessible, describe_ports, identify

_SENTENCES = {
    "PORT_ALREADY_OPEN_ERROR": "{0} is already open in this program; close that session first.",
    "ANOTHER_BOARD_IS_CREATED_ERROR": (
        "{0} is already open in this program; close that session first."
    ),
    "SYNC_TIMEOUT_ERROR": "{0} does not answer. Switch it on, bring it near, and try again.",
    "EMPTY_BUFFER_ERROR": "{0} does not answer. Switch it on, bring it near, and try again.",
    "BOARD_WRITE_ERROR": "{0} takes no commands. Is its cable or dongle still plugged in?",
    "INVALID_ARGUMENTS_ERROR": "{0} needs to be told more: it wants {1}.",
    "UNSUPPORTED_BOARD_ERROR": "{0} is not supported on this system.",
    "GENERAL_ERROR": (
        "{0} could not be found. Is it switched on, and Bluetooth or the network with it?"
    ),
}


def explain(code: str, *, board: Board, port: str) -> str:
    """Explain BrainFlow's exit code as one or two sentences; the code itself where none fits."""
    if code in ("UNABLE_TO_OPEN_PORT_ERROR", "SET_PORT_ERROR", "SER_PORT_ERROR"):
        return _port_trouble(port)
    if code in ("BOARD_NOT_READY_ERROR", "INITIAL_MSG_ERROR"):
        return _silent_trouble(board, port)
    sentence = _SENTENCES.get(code, "{0} refused: " + code + ".")
    return sentence.format(board.title, board.address.value)


def _port_trouble(port: str) -> str:
    if identify(port) is None:
        return f"There is no port {port}. Choose one of these with --port:\n{describe_ports()}"
    if not accessible(port):
        return (
            f"You may not use {port}. On Linux add yourself to its group, with "
            "`sudo usermod -a -G dialout $USER`, then log out and in again."
        )
    return f"{port} cannot be opened: another program has it. Close that one and try again."


def _silent_trouble(board: Board, port: str) -> str:
    where = f" on {port}" if port else ""
    if board.address is not Address.SERIAL:
        return f"{board.title}{where} does not answer. Is it switched on and charged?"
    return (
        f"Nothing that speaks like an {board.title} answers{where}. Is the board switched on "
        "(to PC) and charged, the dongle's switch at GPIO 6, and is this the right port?"
    )
