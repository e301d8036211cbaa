"""Which muscles of a view are listened to, and how active they are. No Qt."""

import numpy as np

from calibration.patterns import pattern
from host.acquisition.source import Link
from host.detection.frame import Frame
from host.feedback.bar_heights import USUAL_THRESHOLD
from host.feedback.bar_state import shown_columns
from host.feedback.sound.tone_state import Listened
from host.session.worker import View


def listened_to(view: View) -> tuple[Listened, ...]:
    """Return the muscles that have a bar, so that ears and eyes are told the same.

    While the link is not streaming all of them are unknown, as their bars are. A plain montage
    has no regions and nothing to be heard.
    """
    scene = view.scene
    if scene is None or scene.montage.plain:
        return ()
    asked = view.frame.asked if view.frame else pattern("rest and release")
    frame = view.frame if view.link.link is Link.STREAMING else None
    sites = scene.montage.sites
    return tuple(
        Listened(
            muscle=sites[column].muscle,
            side=sites[column].side or scene.affected,
            activation=_activation(frame, column),
            line=_line(frame, column),
        )
        for column in shown_columns(scene, asked)
    )


def _activation(frame: Frame | None, column: int) -> float | None:
    if frame is None or not np.isfinite(frame.activation[column]):
        return None
    return max(float(frame.activation[column]), 0.0)


def _line(frame: Frame | None, column: int) -> float:
    line = float("nan") if frame is None else float(frame.threshold[column])
    return line if np.isfinite(line) and line > 0.0 else USUAL_THRESHOLD
