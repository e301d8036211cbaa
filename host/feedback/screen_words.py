"""What is written on the patient's screen: few words, no hurry. No Qt."""

from calibration.montage import Montage
from calibration.patterns import Pattern
from host.acquisition.source import Link, LinkState
from host.detection.cues import Phase
from host.recording.state import RecordingState

RECORDING = "Recording"
"""What the light says while all is well."""


def prompt_of(montage: Montage, asked: Pattern, phase: Phase) -> str:
    """Say what to do; nothing where no channel has a muscle."""
    if montage.plain:
        return ""
    if phase is Phase.RELEASE:
        return "Let go"
    return "Rest" if phase is Phase.REST and asked.target else asked.prompt


def hint_of(montage: Montage, phase: Phase) -> str:
    """Say how."""
    return "" if montage.plain else {Phase.RISE: "slowly", Phase.HOLD: "hold"}.get(phase, "")


def said_recording(state: RecordingState) -> str:
    """Say what is wrong with the recording; that it runs, and what was marked, where nothing is."""
    if state.message or not state.light:
        return state.message
    marks = f"{state.marks} mark{'s' * (state.marks != 1)}" if state.marks else ""
    return " · ".join(filter(None, [RECORDING, marks, "touch" if state.touched else ""]))


def said_interruption(link: LinkState) -> str:
    """Say why there is no feedback."""
    if link.message:
        return link.message
    return "One moment." if link.link in (Link.CONNECTING, Link.STREAMING) else "No signal."
