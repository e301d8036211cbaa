"""Load pytest-qt where Qt can start; elsewhere skip the tests of windows, saying why.

Python wheels cannot bring Qt's system libraries. A machine that lacks them still runs every
other test, and the summary names what was left out.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says nothing on a machine that others use too.
hypothesis.settings.register_profile("quietface", deadline=None)
hypothesis.settings.load_profile("quietface")

os.environ.setdefault("PYTEST_QT_API", "pyqt6")

try:
    import PyQt6.QtWidgets  # noqa: F401  only whether it can be imported
except ImportError as error:
    WITHOUT_QT = f"Qt cannot start here: {error}"
    pytest_plugins: list[str] = []
else:
    WITHOUT_QT = ""
    pytest_plugins = ["pytestqt.plugin"]


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let Qt write its messages to the terminal.

    pytest-qt would take them down in Python, test by test. One that the sound's thread sends just
    as a test ends finds nobody to take it, and fails that test.
    """
    config.option.qt_log = False


class WithoutQt(pytest.Module):
    """A test module on a machine without Qt."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Skip the module where it needs Qt."""
        if "qtbot" not in self.path.read_text(encoding="utf-8"):
            try:
                return list(super().collect())
            except self.CollectError as error:
                if "PyQt6" not in str(error):
                    raise
        pytest.skip(WITHOUT_QT, allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Collect test modules so that those of windows can be skipped."""
    if not WITHOUT_QT:
        return None
    module: pytest.Module = WithoutQt.from_parent(parent, path=module_path)
    return module
