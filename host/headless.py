"""Run a session without a screen: a summary, and a picture of its most telling moment."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from host.acquisition.source import Link, LinkState
from host.detection.frame import Frame
from host.errors import HostError, SettingsError
from host.feedback.bar_state import screen_state
from host.report.levels import LevelsTable
from host.report.measured import Measuring
from host.report.measured_pooled import pooled_patterns
from host.report.summary import Summary
from host.report.tally import Tally
from host.session.worker import Build, Stage, View

_READ_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where to write what a session showed; None for nowhere."""

    json: Path | None = None
    levels: Path | None = None
    picture: Path | None = None
    size: tuple[int, int] = (1280, 800)
    scheme: str = "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a session without a screen leaves behind."""

    stage: Stage
    summary: Summary
    moment: Frame | None
    """The most telling frame; None where none came."""


class Moment:
    """Keeps the frame in which most came along; until something does, the newest with signal."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self._most = 0.0
        self._known = False

    def push(self, frame: Frame) -> None:
        """Take one frame."""
        if self._most and not frame.active.any():
            return
        along = np.where(frame.active, frame.activation, 0.0)
        most = float(np.sum(np.sqrt(along), where=~np.isnan(along)))
        known = not np.isnan(frame.activation).all()
        self._known |= known
        if most > self._most or (self._most == 0.0 and (known or not self._known)):
            self._most, self.frame = most, frame


def run_headless(build: Build, outputs: Outputs, measuring: Measuring | None = None) -> Result:
    """Run a session to its end, and measure it (T3); only `outputs.levels` is written yet."""
    refuse_unwritable(outputs)
    moment = Moment()
    with ExitStack() as stack:
        stage = build(stack)
        source = stage.session.source
        tally = Tally(len(source.stream.channels), stage.session.hop)
        watchers = [tally.push, moment.push]
        if measuring is not None:
            watchers.append(measuring.push_frame)
        if outputs.levels is not None:
            table = LevelsTable(outputs.levels, source.stream.channels)
            watchers.append(stack.enter_context(table).push)
        try:
            while not stage.session.over:
                for frame in stage.session.step(_READ_S):
                    for watch in watchers:
                        watch(frame)
        except KeyboardInterrupt:
            pass  # asked to end: what was measured is summed up all the same
        link = source.state
    tally.flush()
    over = stage.session.finish()
    tally.episodes.extend(over.episodes)
    summary = _summary(stage, tally, link)
    if measuring is not None:
        measuring.close(over.attempts)
        summary = replace(summary, measures=pooled_patterns(measuring.attempts))
    return Result(stage=stage, summary=summary, moment=moment.frame)


def refuse_unwritable(outputs: Outputs) -> None:
    """Raise SettingsError before the session, not after it, where a folder does not exist."""
    for path in (outputs.json, outputs.levels, outputs.picture):
        if path is not None and not path.absolute().parent.is_dir():
            raise SettingsError(f"there is no folder {path.absolute().parent} to write into.")


def _summary(stage: Stage, tally: Tally, link: LinkState) -> Summary:
    return Summary(
        source=stage.words,
        stream=stage.session.source.stream,
        montage=stage.scene.montage,
        tally=tally,
        link=link,
        remarks=(*stage.remarks, *link.remarks, *stage.session.warnings),
        affected=None if stage.scene.montage.plain else stage.scene.affected,
    )


def draw_moment(result: Result, outputs: Outputs) -> str:
    """Write the picture and say of what; or say why there is none."""
    if outputs.picture is None:
        return ""
    frame = result.moment
    view = View(scene=result.stage.scene, frame=frame, link=LinkState(link=Link.STREAMING))
    try:
        from host.feedback.screenless import write_picture

        write_picture(screen_state(view), outputs.picture, outputs.size, outputs.scheme)
    except HostError as error:
        return f"No picture: {error}"
    if frame is None:
        return f"Picture of the patient's window, without any signal: {outputs.picture}"
    return f"Picture of the patient's window at {frame.time_s:.1f} s: {outputs.picture}"
