"""What must be understood before anything is done with a person (CLINICAL, Safety)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from host.feedback.clinic.overlay import Answer
from host.feedback.clinic.remembered import remember, remembered
from host.translation import tr

if TYPE_CHECKING:
    from host.feedback.clinic.overlay import Overlay


def notice() -> tuple[str, str]:
    """Return title and text of the notice."""
    title = tr("Research software, not a medical device")
    text = tr(
        "Quietface is research software for supervised use. It measures how quiet facial muscles "
        "stay; it diagnoses nothing and treats nobody. An experienced facial therapist decides "
        "what is practised, and stays in the room.\n\n"
        "Everything that touches the patient runs on batteries. The computer runs on its battery "
        "too, its charger unplugged, or it is isolated as IEC 60601-1 asks.\n\n"
        "Recordings of a person are health data. They stay on this computer, under a code and "
        "never a name."
    )
    return title, text


def show_notice_once(overlay: Overlay) -> None:
    """Show it until somebody has understood it, on this computer."""
    if remembered().understood:
        return
    title, text = notice()
    answer = Answer(words=tr("I understand"), then=_understood)
    overlay.ask(title, (answer,), detail=text)


def _understood() -> None:
    remember(replace(remembered(), understood=True))
