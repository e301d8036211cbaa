"""What is written on the patient's screen: few words, no hurry. No Qt."""

from calibration.montage import Montage
from calibration.patterns import Pattern
from host.acquisition.source import Link, LinkState
from host.detection.cues import Phase
from host.recording.state import RecordingState
from host.translation import mark, told, tr

RECORDING = mark("Recording")
"""What the light says while all is well."""
_HINTS = {Phase.RISE: mark("slowly"), Phase.HOLD: mark("hold")}


def prompt_of(montage: Montage, asked: Pattern, phase: Phase) -> str:
    """Say what to do; nothing where no channel has a muscle."""
    if montage.plain:
        return ""
    if phase is Phase.RELEASE:
        return tr("Let go")
    return tr("Rest") if phase is Phase.REST and asked.target else tr(asked.prompt)


def hint_of(montage: Montage, phase: Phase) -> str:
    """Say how."""
    return "" if montage.plain else tr(_HINTS.get(phase, ""))


def said_recording(state: RecordingState) -> str:
    """Say what is wrong with the recording; that it runs, and what was marked, where nothing is."""
    if state.message or not state.light:
        return told(state.message)
    marks = marks_words(state.marks)
    return " · ".join(filter(None, [tr(RECORDING), marks, tr("touch") if state.touched else ""]))


def marks_words(marks: int) -> str:
    """Say how many marks were set; "" for none."""
    if not marks:
        return ""
    return tr("1 mark") if marks == 1 else tr("{} marks").format(marks)


def said_interruption(link: LinkState) -> str:
    """Say why there is no feedback."""
    if link.message:
        return told(link.message)
    waits = link.link in (Link.CONNECTING, Link.STREAMING)
    return tr("One moment.") if waits else tr("No signal.")
