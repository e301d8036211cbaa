"""The two lines above the electrodes: what holds now, and what to do next. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from host.feedback.calibrating.patient_state import PatientState, divided
from host.feedback.clinic.electrodes_rows_state import shared_advice
from host.report.face.status import Status
from host.session.calibrating.finding_words import finding_advice, finding_sentence
from host.session.contacting.verdicts import Verdict
from host.session.contacting.view import ContactPhase
from host.translation import told, tr

if TYPE_CHECKING:
    from host.feedback.clinic.electrodes_moment import ContactMoment
    from host.session.contacting.sides import SideView
    from host.session.contacting.view import ContactView, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerState:
    """What holds of all channels together."""

    status: Status
    """The sign before it."""
    headline: str
    detail: str = ""
    progress: float | None = None
    """Of something that ends by itself, 0 to 1."""

    @property
    def spoken(self) -> str:
        """Both, for screen readers."""
        return f"{self.headline} {self.detail}".strip()


def banner_state(
    moment: ContactMoment, view: ContactView, refusals: tuple[Refusal, ...]
) -> BannerState:
    """Return what is said first; `view` holds only what may be shown."""
    return _broken(moment) or _busy(view) or _found(view, refusals)


def patient_words(moment: ContactMoment) -> PatientState:
    """Return what the patient reads: a calm sentence, or the movement that is asked for."""
    view = moment.view
    if view is None or not moment.streaming:
        return PatientState(prompt=tr("Sit comfortably"), detail=tr("There is nothing to do yet."))
    if view.phase is ContactPhase.SIDES and view.sides is not None and view.sides.prompt:
        ahead, prompt, detail = divided(view.sides.prompt)
        return PatientState(
            prompt=prompt, ahead=ahead, detail=detail, seconds=_seconds(view.sides.seconds_left)
        )
    if view.phase is ContactPhase.IMPEDANCE:
        return PatientState(prompt=tr("Please sit still for a moment."))
    return PatientState(
        prompt=tr("Let your face rest"), detail=tr("The electrodes are being checked.")
    )


def _seconds(left_s: float) -> str:
    return f"{ceil(left_s)} s" if left_s > 0.0 else ""


def _broken(moment: ContactMoment) -> BannerState | None:
    """Say why there is no check; None where there is one."""
    view = moment.view
    if moment.error:
        known = _for_a_page(moment.error)
        if moment.retried:
            then = tr("Plug it in and switch it on; it is tried again by itself.")
            headline = tr("The board cannot be reached.")
        else:
            then, headline = tr("R tries again."), tr("This cannot be checked as it is.")
        return BannerState(status=Status.UNKNOWN, headline=headline, detail=f"{known} {then}")
    if view is None or view.phase is ContactPhase.CONNECTING:
        return BannerState(
            status=Status.UNKNOWN,
            headline=tr("One moment: opening the board …"),
            detail=tr("Meanwhile put the electrodes on as the picture shows, cable by cable."),
        )
    if moment.streaming:
        return None
    said = told(view.link.message) if moment.heard else ""
    then = tr("Check its cable and its switch; the check goes on by itself.")
    return BannerState(
        status=Status.UNKNOWN,
        headline=tr("Nothing comes from the board."),
        detail=f"{said} {then}".strip(),
    )


def _busy(view: ContactView) -> BannerState | None:
    """Say what is being done that ends by itself; None for nothing."""
    if view.phase is ContactPhase.IMPEDANCE:
        return BannerState(
            status=Status.UNKNOWN,
            headline=tr("Measuring the impedance of every electrode …"),
            detail=tr("A tiny test current flows for some seconds; verdicts come back after it."),
            progress=view.progress,
        )
    sides = view.sides
    if view.phase is not ContactPhase.SIDES or sides is None:
        return None
    ahead, prompt, aside = divided(sides.prompt)
    left = _seconds(sides.seconds_left)
    headline = f"{ahead}: {prompt}" if ahead else prompt
    return BannerState(
        status=Status.PLAIN,
        headline=", ".join(filter(None, (headline, aside))),
        detail=" · ".join(filter(None, (left, tr(sides.therapist)))),
        progress=sides.progress,
    )


def _found(view: ContactView, refusals: tuple[Refusal, ...]) -> BannerState:
    if any(one.verdict is Verdict.SWAPPED for one in view.placed) or _swapped(view.sides):
        return BannerState(
            status=Status.SWAPPED,
            headline=tr("The sides look swapped."),
            detail=tr("Exchange the left and right cables, then check the sides again: Space."),
        )
    if refusals:
        return _refused(view, refusals)
    unclear = () if view.sides is None else view.sides.findings
    if unclear:
        return BannerState(
            status=Status.NOISY,
            headline=tr("The sides could not be told apart."),
            detail=f"{finding_sentence(unclear[0])} {finding_advice(unclear[0])}",
        )
    return _usable(view)


def _swapped(sides: SideView | None) -> bool:
    return sides is not None and sides.swapped


def _refused(view: ContactView, refusals: tuple[Refusal, ...]) -> BannerState:
    used = [one for one in view.placed if one.excluded is None]
    if used and all(one.verdict is Verdict.UNKNOWN for one in used):
        return BannerState(
            status=Status.UNKNOWN,
            headline=tr("Listening to the electrodes …"),
            detail=tr("Let the face rest. It takes some seconds; if it stays, check the board."),
        )
    about = [one for one in used if one.channel in {refusal.channel for refusal in refusals}]
    if not about:
        return BannerState(status=Status.UNKNOWN, headline=refusals[0].said)
    first = about[0]
    status = Status(max((one.verdict for one in about), key=lambda one: one.rank).value)
    if len(about) == 1:
        headline = tr("{name}: {verdict}.").format(name=tr(first.name), verdict=tr(status.value))
    else:
        headline = tr("{count} channels cannot be used yet.").format(count=len(about))
    advice = told(first.advice) if len({one.advice for one in about}) == 1 else ""
    leave = tr("Where that does not help, leave it out by name: S.")
    return BannerState(status=status, headline=headline, detail=f"{advice} {leave}".strip())


def _usable(view: ContactView) -> BannerState:
    used = [one for one in view.placed if one.excluded is None]
    better = [one for one in used if one.verdict is not Verdict.GOOD]
    out = view.exclusions
    if better:
        headline = tr("All can be used; {count} could be better.").format(count=len(better))
        status = Status(max((one.verdict for one in better), key=lambda one: one.rank).value)
    else:
        headline = tr("All others are good.") if out else tr("All electrodes are good.")
        status = Status.GOOD
    if out:
        names = tr(out[0].name) if len(out) == 1 else str(len(out))
        headline = f"{headline} {tr('Left out: {names}.').format(names=names)}"
    advice = tr(shared_advice(view))
    return BannerState(status=status, headline=headline, detail=f"{advice} {_next(view)}".strip())


def _next(view: ContactView) -> str:
    if view.sides is not None and view.sides.done:
        return tr("Left and right are as they should be. Enter goes on.")
    if view.can_check_sides:
        return tr("Check once that left is left: Space. Enter goes on.")
    return tr("Enter goes on.")


def _for_a_page(error: str) -> str:
    """Return a sentence for a terminal without what can only be typed there."""
    first, *_ = error.split("\n")
    kept = [one for one in re.split(r"(?<=[.?!])\s+", first) if "--" not in one]
    return " ".join(kept) or first
