"""Collect every word that the program says, for translators: `python docs/collect_words.py`.

What `tr("…")`, `mark("…")` and `Saying("…", values)` name in the code, and the words of the tables:
muscles, channels, what patterns ask for, what can be wrong with a calibration (decision 0016). It
writes `quietface.pot` here, which any gettext tool takes.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from calibration.findings import ADVICE, Fault
from calibration.muscles import Side, muscles
from calibration.patterns import Role, patterns
from calibration.segments import SegmentKind
from host.acquisition.catalog import BOARDS, Address
from host.acquisition.front_end import FRONT_ENDS

ROOT = Path(__file__).parents[1]
_COLLECTED = {"tr", "mark", "Saying"}
_CHANNELS = 16
"""So many channels have no better name than their number."""


def words() -> dict[str, list[str]]:
    """Return every word with the places that say it; the tables' have the table's name.

    ValueError where words are put together before they are passed on: nobody could translate them.
    """
    found: dict[str, list[str]] = {}
    for said, place in (*_in_code(), *_in_tables()):
        found.setdefault(said, []).append(place)
    return found


def template(found: dict[str, list[str]]) -> str:
    """Return the words as a template of gettext."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    entries = [
        f'\n#: {" ".join(places)}\nmsgid {_quoted(said)}\nmsgstr ""\n'
        for said, places in found.items()
        if said
    ]
    return head + "".join(entries)


def _in_code() -> Iterator[tuple[str, str]]:
    for path in sorted([*(ROOT / "calibration").rglob("*.py"), *(ROOT / "host").rglob("*.py")]):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in _COLLECTED and node.args:
                yield from ((said, place) for said in _literals(node.args[0], place))


def _called(call: ast.Call) -> str:
    name = call.func
    return name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")


def _literals(given: ast.expr, place: str) -> Iterator[str]:
    """Yield what is said; a name or a look-up was marked where its words stand."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from _literals(given.body, place)
        yield from _literals(given.orelse, place)
    elif isinstance(given, ast.BoolOp):
        for one in given.values:
            yield from _literals(one, place)
    elif isinstance(given, ast.JoinedStr | ast.BinOp):
        raise ValueError(f"{place}, line {given.lineno}: words are put together before `tr`")


def _in_tables() -> Iterator[tuple[str, str]]:
    yield from ((one.plain, "calibration/data/muscles.toml") for one in muscles().values())
    for one in patterns().values():
        yield from ((said, "calibration/data/patterns.toml") for said in (one.name, one.prompt))
    yield from ((side.value, "calibration/muscles.py") for side in Side)
    named = [f"{one.plain}, {side.value}" for one in muscles().values() for side in Side]
    numbered = [f"Channel {number}" for number in range(1, _CHANNELS + 1)]
    yield from ((said, "calibration/montage.py") for said in (*named, *numbered))
    yield from ((kind.value, "calibration/segments.py") for kind in SegmentKind)
    yield from ((role.value, "calibration/patterns.py") for role in Role)
    yield from ((one.title, "host/acquisition/catalog.py") for one in BOARDS)
    yield from ((one.value, "host/acquisition/catalog.py") for one in Address)
    for front_end in FRONT_ENDS:
        said = (front_end.title, front_end.remark)
        yield from ((words, "host/acquisition/front_end.py") for words in said)
    faults = [*(fault.value for fault in Fault), *ADVICE.values()]
    yield from ((said, "calibration/findings.py") for said in faults)


def _quoted(said: str) -> str:
    escaped = said.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    collected = words()
    target = Path(__file__).parent / "quietface.pot"
    target.write_text(template(collected), encoding="utf-8")
    print(f"{len(collected)} words in {target.name}")
