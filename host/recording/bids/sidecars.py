"""What BIDS says of a recording in words: how it was made, with what, and where electrodes lay."""

from calibration.patterns import patterns
from calibration.placement import CoordinateSystem
from host.detection.cues import Phase
from host.recording.bids.recording import BidsRecording
from host.recording.bids.tables import UNKNOWN

VERSION = "1.11.1"
"""Of BIDS; EMG is part of it since 1.11.0."""

_MAKERS = (
    ("daisy", "OpenBCI", "Cyton with Daisy"),
    ("cyton", "OpenBCI", "Cyton"),
    ("ganglion", "OpenBCI", "Ganglion"),
    ("openbci", "OpenBCI", UNKNOWN),
    ("callibri", "NeuroMD", "Callibri"),
    ("gforce", "OYMotion", "gForcePro"),
    ("freeeeg32", "NeuroIDSS", "FreeEEG32"),
    ("knight", "NeuroPawn", "Knight"),
)
"""A word in what was read, and whose board that is."""

_PLACED = (
    "Bipolar surface electrodes, put on the muscles named in channels.tsv by a therapist, after "
    "Fridlund and Cacioppo (1986): 4 mm Ag/AgCl, 8 to 10 mm apart (advised, not measured)."
)
_NAMED = (
    "Muscles as they were named when the recording was opened; it does not say how electrodes "
    "were put on them."
)
_DRAWN = (
    "Positions in electrodes.tsv are those of a schematic drawing; they were not measured on this "
    "person. Sides are the patient's own left and right."
)
_TASK = (
    "Retraining of facial synkinesis with surface-EMG biofeedback: short bouts of slow and gentle "
    "movement patterns, in which unhelpful muscles are to stay quiet. Each attempt is a rise, a "
    "hold and a release, with rest in between."
)
_NOBODY = "Simulated signals: no person was recorded."
_LICENSE = "None: ask those who recorded it"
_README = """\
Facial surface EMG
==================

Recordings of facial surface EMG in BIDS {version}, written by Quietface {program}, a program for
biofeedback in the retraining of facial synkinesis. It is research software for supervised use, not
a medical device.

- Samples (`*_emg.bdf`, BDF+, microvolts) are as they came from the board: no software filter. Where
  samples are missing the last values are held, and the stretch is an event `BAD_gap`. Never take it
  for a muscle at rest.
- Left and right are the patient's own. `affected` in `*_channels.tsv` tells the side with
  synkinesis.
- `*_events.tsv` has what the patient was asked to do (`pattern/phase`), touched muscles, markers,
  and what the therapist changed.
- Positions in `*_electrodes.tsv` are those of a schematic face, not measured on anybody.
- Subjects are codes. EMG of a person is health data: before you share this, see that nothing in
  the `text` of events names anybody, whether dates may be told, and name authors and license in
  `dataset_description.json`.
"""


def description(program: str) -> dict[str, object]:
    """Return `dataset_description.json`; authors and license are for its owners to add."""
    return {
        "Name": "Facial surface EMG in synkinesis retraining",
        "BIDSVersion": VERSION,
        "DatasetType": "raw",
        "License": _LICENSE,
        "GeneratedBy": [
            {
                "Name": "Quietface",
                "Version": program,
                "Description": "Exported from its recordings: quietface export --bids",
            }
        ],
    }


def readme(program: str) -> str:
    """Return the data set's README."""
    return _README.format(version=VERSION, program=program)


def participants_sidecar() -> dict[str, object]:
    """Return what the columns of `participants.tsv` mean."""
    return {
        "participant_id": {"Description": "A code for the person, never a name"},
        "age": {"Description": "Age of the person, not told by the program", "Units": "year"},
        "sex": {"Description": "Sex of the person, not told by the program"},
    }


def emg_sidecar(recording: BidsRecording, task: str) -> dict[str, object]:
    """Return `*_emg.json`: all that EMG-BIDS requires and recommends, `n/a` where unknown."""
    placed = not recording.montage.plain
    maker, model = _maker(recording)
    mains_hz = recording.heard_mains_hz()
    return {
        "TaskName": task,
        "TaskDescription": _task(recording),
        "Instructions": _instructions(recording),
        "EMGPlacementScheme": "Other",
        "EMGPlacementSchemeDescription": _placement(recording),
        "EMGReference": "ChannelSpecific" if placed else UNKNOWN,
        "EMGGround": _ground(recording),
        "SamplingFrequency": recording.rate_hz,
        "PowerLineFrequency": UNKNOWN if mains_hz is None else mains_hz,
        "SoftwareFilters": UNKNOWN,
        "HardwareFilters": _hardware_filters(recording),
        "RecordingDuration": round(recording.stop / recording.rate_hz, 6),
        "RecordingType": "continuous",
        "EMGChannelCount": len(recording.montage.sites),
        "ElectrodeType": "surface",
        "Manufacturer": maker,
        "ManufacturersModelName": model,
        "SoftwareVersions": recording.program or UNKNOWN,
        "DeviceSerialNumber": UNKNOWN,
        "ElectrodeManufacturer": UNKNOWN,
        "ElectrodeManufacturersModelName": UNKNOWN,
        "InstitutionName": UNKNOWN,
        "InstitutionAddress": UNKNOWN,
        "InstitutionalDepartmentName": UNKNOWN,
        "RecordedFrom": recording.source,
    }


def coordinate_sidecar(system: CoordinateSystem) -> dict[str, object]:
    """Return `*_coordsystem.json`."""
    return {
        "EMGCoordinateSystem": "Other",
        "EMGCoordinateUnits": system.units,
        "EMGCoordinateSystemDescription": system.about,
    }


def _placement(recording: BidsRecording) -> str:
    if recording.montage.plain:
        return "Nobody said where the electrodes lay."
    if recording.simulated:
        return f"{_NOBODY} {_DRAWN}"
    return f"{_PLACED if recording.ours else _NAMED} {_DRAWN}"


def _ground(recording: BidsRecording) -> str:
    if recording.montage.plain or recording.simulated or not recording.ours:
        return UNKNOWN
    return "Mastoid or forehead, as advised; which was not noted"


def _maker(recording: BidsRecording) -> tuple[str, str]:
    words = recording.source.lower()
    if recording.simulated:
        return UNKNOWN, "Simulated patient"
    return next(((maker, model) for word, maker, model in _MAKERS if word in words), (UNKNOWN,) * 2)


def _task(recording: BidsRecording) -> str:
    paced = any(cue.phase is not Phase.FREE for cue in recording.cues)
    said = _TASK if paced else "Not known: nothing in this recording was paced."
    return f"{_NOBODY} {said}" if recording.simulated else said


def _instructions(recording: BidsRecording) -> str:
    """Return what the patient read, pattern by pattern."""
    asked = dict.fromkeys(cue.pattern for cue in recording.cues if cue.phase is not Phase.FREE)
    known = patterns()
    said = [f"{name}: {known[name].prompt}." for name in asked if name in known]
    return " ".join(said) or UNKNOWN


def _hardware_filters(recording: BidsRecording) -> object:
    bandwidth_hz = recording.recorded.stream.bandwidth_hz
    if bandwidth_hz is None:
        return UNKNOWN
    return {"Converter's low-pass": {"-3 dB (Hz)": round(bandwidth_hz, 3)}}
