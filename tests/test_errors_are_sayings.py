"""No error that may reach a window says a sentence that nobody can translate (decision 0016)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from calibration import profile
from calibration.codec import CodecError
from host import errors

ROOT = Path(__file__).parents[1]
ERRORS = {CodecError.__name__, profile.ProfileError.__name__} | {
    name for name, one in vars(errors).items() if isinstance(one, type)
}

ENGLISH = {
    "host/cli": "the command line",
    "host/headless.py": "the command line",
    "host/recording/bids": "BIDS is written on the command line only",
    "host/report/levels.py": "a table that is asked for on the command line only",
    "host/report/summary.py": "a summary that is asked for on the command line only",
    "host/report/table_files.py": "tables that are asked for on the command line only",
    "host/report/trends_table.py": "a table that is asked for on the command line only",
    "host/session/calibrating/segments_table.py": "a file that is given on the command line only",
    "host/feedback/calibrating/app.py": "a picture that is asked for on the command line only",
    "host/feedback/clinic/pictures.py": "pictures for the documentation",
    "host/feedback/picture.py": "a picture that is asked for on the command line only",
    "host/feedback/review/app.py": "a picture that is asked for on the command line only",
    "host/feedback/screenless.py": "said on the command line, where no window can be shown",
}
"""Where errors are English, and why they never stand in a window."""

FLATTENED = {
    "calibration/saying.py": "it is the one place that tells a saying from plain text",
    "calibration/unmeasured.py": "a table that ships with the program, and that a test reads",
    "host/chain/compiled/library.py": "nothing starts without it: no window can say so",
    "host/feedback/sound/audio_out.py": "names a library, in the system's own words",
    "host/recording/foreign/content.py": "the system's own words",
    "host/recording/foreign/mapping.py": "a mapping is given on the command line only",
    "host/recording/room.py": "the system's own words",
    "host/report/export.py": "the system's own words",
    "host/session/checking_board.py": "what `quietface check` prints",
}
"""Where an error is made plain text before it is shown."""

SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("calibration", "host")
    for path in (ROOT / folder).rglob("*.py")
)


def trees(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def english(tree: ast.Module) -> Iterator[str]:
    """Yield what is said by errors that remember no template."""
    constants = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ERRORS:
            yield from (said for given in node.args for said in _flat(given, constants))


def _flat(given: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    match given:
        case ast.Constant() | ast.JoinedStr() | ast.BinOp():
            yield ast.unparse(given)
        case ast.IfExp():
            yield from _flat(given.body, constants)
            yield from _flat(given.orelse, constants)
        case ast.Call() if _name(given.func) == "str":
            yield ast.unparse(given)
        case ast.Name(name) if name in constants:
            yield from _flat(constants[name], {})
        case _:
            pass


def flattened(tree: ast.Module) -> Iterator[str]:
    """Yield where an error is made plain text: `told_error` or `words_of` would keep it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and _name(node.value).endswith("error"):
            yield f"{{{ast.unparse(node.value)}}}"
        if isinstance(node, ast.Call) and _name(node.func) in {"str", "format"}:
            for given in node.args:
                if _name(given).endswith(("error", "failure")):
                    yield ast.unparse(node)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def excepted(path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in ENGLISH)


@pytest.mark.parametrize("path", [one for one in SOURCES if not excepted(one)])
def test_an_error_that_may_reach_a_window_is_a_saying(path: str) -> None:
    assert not list(english(trees(path)))


@pytest.mark.parametrize("place", ENGLISH)
def test_no_exception_is_kept_for_what_is_not_there_any_more(place: str) -> None:
    within = [one for one in SOURCES if one == place or one.startswith(f"{place}/")]
    assert any(list(english(trees(path))) for path in within)


@pytest.mark.parametrize(
    "path", [one for one in SOURCES if not excepted(one) and one not in FLATTENED]
)
def test_an_error_stays_what_it_is_until_it_is_shown(path: str) -> None:
    assert not list(flattened(trees(path)))


@pytest.mark.parametrize("path", FLATTENED)
def test_no_flattening_is_excused_that_is_not_there_any_more(path: str) -> None:
    assert list(flattened(trees(path)))


@pytest.mark.parametrize(
    "said",
    [
        'raise DeviceError("It is off.")',
        'raise DeviceError(f"{board} is off.")',
        'raise DeviceError("It is " + what)',
        "raise DeviceError(str(error))",
        'raise DeviceError("off" if off else Saying("on"))',
        '_OFF = "It is off."\nraise DeviceError(_OFF)',
    ],
)
def test_the_test_finds_what_nobody_could_translate(said: str) -> None:
    assert list(english(ast.parse(said)))
    assert not list(english(ast.parse('raise DeviceError(Saying("{} is off.", board))')))
