"""The house: imports point one way, and each foreign thing has one door (DESIGN, STYLE 1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = (
    "calibration",
    "host.errors",
    "host.version",
    "host.translation",
    "host.chain",
    "host.detection",
    "host.recording",
    "host.clinic",
    "host.acquisition",
    "host.session",
    "host.report",
    "host.feedback",
    "host.headless",
    "host.cli",
    "host.__main__",
)
"""A module imports from its own layer or those before it."""

DOORS = {
    "brainflow": ("host.acquisition.board",),
    "PyQt6": ("host.feedback",),
    "pyqtgraph": ("host.feedback",),
    "serial": ("host.acquisition.ports",),
    "pty": ("host.acquisition.simulated.pty_port",),
    "termios": ("host.acquisition.simulated.pty_port",),
    "tty": ("host.acquisition.simulated.pty_port",),
    "fcntl": ("host.acquisition.simulated.pty_port", "host.recording.durable"),
    "msvcrt": ("host.recording.durable",),
    # The second only asks whether Qt's library for a screen can be loaded.
    "ctypes": ("host.chain.compiled", "host.feedback.screenless"),
}
"""Who may import a foreign package."""

OPENERS = (
    "host.recording",
    "host.clinic",
    "calibration.profile",
    "calibration.tables",
    "host.report",
    "host.cli",
    "host.chain.compiled.build",
)
"""Who may open files.

`calibration.tables` reads the tables that ship with the program, and `host.chain.compiled.build`
the sources that its library must be built from.
"""

FILE_METHODS = {"read_text", "write_text", "read_bytes", "write_bytes", "loadtxt", "savetxt"}


def module_name(path: Path) -> str:
    """`host/chain/filters.py` is `host.chain.filters`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = sorted(
    path
    for path in [*(ROOT / "host").rglob("*.py"), *(ROOT / "calibration").rglob("*.py")]
    if module_name(path) != "host"
)


def inside(module: str, package: str) -> bool:
    """Tell whether `module` is `package` or lies in it."""
    return module == package or module.startswith(package + ".")


def layer(module: str) -> int:
    """Return the place of a module in the order; an unplaced one fails the test."""
    places = [place for place, package in enumerate(ORDER) if inside(module, package)]
    assert places, f"{module} has no place in ORDER: add its folder there"
    return places[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything a file imports, late imports included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: absolute imports only"
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_imports_point_one_way(path: Path) -> None:
    importer = module_name(path)
    for line, name in imports(path):
        if inside(name, "host") or inside(name, "calibration"):
            assert layer(name) <= layer(importer), f"{path}:{line}: {importer} imports {name}"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_each_foreign_thing_has_one_door(path: Path) -> None:
    importer = module_name(path)
    for line, name in imports(path):
        for package, doors in DOORS.items():
            if inside(name, package):
                assert any(inside(importer, door) for door in doors), f"{path}:{line}: {name}"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_files_are_opened_at_the_edges_only(path: Path) -> None:
    if any(inside(module_name(path), opener) for opener in OPENERS):
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            # `open` itself; of methods only those that nothing but a file has.
            if isinstance(called, ast.Attribute):
                assert called.attr not in FILE_METHODS, f"{path}:{node.lineno}: {called.attr}()"
            else:
                assert getattr(called, "id", "") != "open", f"{path}:{node.lineno}: open()"


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_prints_are_in_the_command_line_only(path: Path) -> None:
    if module_name(path) == "host.cli" or inside(module_name(path), "host.cli"):
        return
    calls = [
        n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)
    ]
    assert not [call for call in calls if getattr(call.func, "id", "") == "print"]


def test_the_calibration_package_knows_numpy_and_scipy_only() -> None:
    allowed = {"numpy", "scipy", "calibration"}
    import sys

    for path in (ROOT / "calibration").rglob("*.py"):
        for line, name in imports(path):
            top = name.partition(".")[0]
            assert top in allowed or top in sys.stdlib_module_names, f"{path}:{line}: {name}"
