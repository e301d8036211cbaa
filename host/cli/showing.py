"""Run a session in a window, or without one and print what it showed."""

import argparse
from typing import TYPE_CHECKING

from host.feedback.screenless import has_screen, require_qt

if TYPE_CHECKING:
    from host.recording.state import RecordingState
    from host.report.measured import Measuring
    from host.session.worker import Build


def headless(
    options: argparse.Namespace, *, instead: str = "a summary and a picture instead"
) -> bool:
    """Tell whether to do without a window, and say so where that was not asked for."""
    if options.headless:
        return True
    if not has_screen():
        print(f"There is no screen here: {instead} (as with --headless).")
        return True
    require_qt()
    return False


def show(
    build: "Build",
    options: argparse.Namespace,
    *,
    without_window: bool,
    measuring: "Measuring | None" = None,
) -> int:
    """Run a session to its end; `measuring` measures one that has no window."""
    if without_window:
        return _without_window(build, options, measuring)
    return _in_window(build, options)


def _without_window(
    build: "Build", options: argparse.Namespace, measuring: "Measuring | None"
) -> int:
    from host.headless import Outputs, draw_moment, run_headless

    outputs = Outputs(
        json=options.json, levels=options.levels, picture=options.picture, scheme=options.theme
    )
    result = run_headless(build, outputs, measuring)
    print(result.summary.as_text(), flush=True)
    if outputs.json is not None:
        result.summary.write_json(outputs.json)
    print(draw_moment(result, outputs))
    _tell_recording(result.stage.session.recording)
    return 0


def _in_window(build: "Build", options: argparse.Namespace) -> int:
    from host.feedback.app import run_window
    from host.session.worker import Worker

    worker = Worker(build)
    run_window(worker, scheme=options.theme, seconds=options.seconds)
    if worker.error is not None:
        raise worker.error
    if worker.stage is not None:
        stage = worker.stage
        link = stage.session.source.state
        said = [stage.words, *stage.remarks, *link.remarks, *stage.session.warnings]
        print("\n".join(said))
        _tell_recording(worker.stage.session.recording)
    return 0


def _tell_recording(state: "RecordingState") -> None:
    """Say where a session was recorded and how to look at it, or why it was not."""
    if state.message:
        print(state.message)
    if state.folder is not None:
        print(f"Recorded in {state.folder}")
        print(f'Look at it again: quietface review "{state.folder}"')
