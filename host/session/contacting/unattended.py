"""A contact check without a screen: until every verdict is steady, then the impedances."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from calibration.saying import Saying
from host.acquisition.source import Link
from host.errors import DeviceError
from host.session.contacting.building import ContactBuild, ContactStage
from host.session.contacting.running import ContactSession
from host.session.contacting.view import ContactPhase, ContactView

_READ_S = 0.05
PATIENCE_S = 20.0
"""Verdicts that are not steady by then are told as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be found out."""

    impedance: bool = True
    sides: bool = False
    patience_s: float = PATIENCE_S


def run_once(
    build: ContactBuild,
    wanted: Wanted,
    say: Callable[[ContactView], None] = lambda _view: None,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[ContactStage, ContactView]:
    """Check once and return what was found; `say` is told every moment."""
    with ExitStack() as stack:
        stage = build(stack)
        session = stage.session
        _until(session, lambda view: view.steady, wanted.patience_s, say, clock)
        if wanted.impedance and session.view.can_measure:
            session.measure()
            _until(session, _measured, 60.0, say, clock)
        if wanted.sides and session.view.can_check_sides:
            session.check_sides()
            _until(session, _checked, 120.0, say, clock)
        view = session.view
        if view.link.link is Link.CONNECTING:
            raise DeviceError(Saying("Nothing came from {}.", stage.words))
    return stage, view


def _measured(view: ContactView) -> bool:
    return view.phase is not ContactPhase.IMPEDANCE


def _checked(view: ContactView) -> bool:
    return view.sides is None or view.sides.done


def _until(
    session: ContactSession,
    holds: Callable[[ContactView], bool],
    patience_s: float,
    say: Callable[[ContactView], None],
    clock: Callable[[], float],
) -> None:
    """Step until something holds, the source is over, or patience is."""
    until_s = clock() + patience_s
    while not (holds(session.view) or session.over or clock() > until_s):
        say(session.step(_READ_S))
