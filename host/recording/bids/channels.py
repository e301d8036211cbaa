"""Channels and electrodes of a recording as tables of BIDS."""

from collections.abc import Iterable

from calibration.montage import Site
from calibration.muscles import Side, muscle
from calibration.placement import Placement, Point
from host.recording.bids.recording import BidsRecording
from host.recording.bids.tables import Cell, Column, Table

_CHANNELS = (
    Column(name="name", about="Label of the channel, as in the BDF+ file"),
    Column(name="type", about="Type of the channel", levels={"EMG": "Electromyogram"}),
    Column(name="units", about="Unit of the samples", levels={"uV": "Microvolt"}),
    Column(name="sampling_frequency", about="Samples per second", units="Hz"),
    Column(name="signal_electrode", about="Electrode from which the reference is subtracted"),
    Column(name="reference", about="The other electrode of the bipolar pair"),
    Column(name="group", about="Electrodes on one side of the face"),
    Column(name="target_muscle", about="Muscle and the patient's side"),
    Column(name="placement_scheme", about="How the place was found"),
    Column(name="placement_description", about="Where the pair of electrodes is put"),
    Column(name="interelectrode_distance", about="Distance of the pair", units="mm"),
    Column(name="description", about="Name of the channel in the program that recorded it"),
    Column(name="muscle", about="Code of the muscle"),
    Column(
        name="side",
        about="The patient's own side",
        levels={"left": "The patient's left", "right": "The patient's right"},
    ),
    Column(
        name="affected",
        about="Whether it lies on the side with synkinesis",
        levels={"true": "On the affected side", "false": "On the other side"},
    ),
    Column(
        name="status",
        about="Whether the channel had a signal for more than half of the recording",
        levels={"good": "It had", "bad": "It had not"},
    ),
    Column(name="status_description", about="For how long it had no signal that can be believed"),
)


def channels_table(recording: BidsRecording, placement: Placement) -> Table:
    """Return one row per channel, in the order of the file."""
    silent = recording.silent()
    labels = recording.shape.labels
    names = recording.labels or recording.recorded.stream.channels
    rows = []
    for column, site in enumerate(recording.montage.sites):
        lost = None if silent is None else int(silent[column])
        placed = _placed(site, placement)
        rows.append(
            (
                labels[column],
                "EMG",
                "uV",
                recording.rate_hz,
                *placed,
                None,
                names[column],
                site.muscle or None,
                site.side.value if site.side else None,
                site.side is recording.affected if site.side and recording.affected else None,
                *_status(lost, recording.stop, recording.rate_hz),
            )
        )
    return Table(columns=_CHANNELS, rows=tuple(rows))


def _placed(site: Site, placement: Placement) -> tuple[str | None, ...]:
    """Return electrodes, group, muscle, scheme and place of a channel."""
    if site.side is None:
        return (None,) * 6
    target = f"{muscle(site.muscle).name}, {site.side.value}"
    pair = placement.pair(site.muscle, site.side)
    signal, reference = electrode_names(site.muscle, site.side)
    about = None if pair is None else pair.about
    return signal, reference, site.side.value, target, "other", about


def _status(silent: int | None, stop: int, rate_hz: float) -> tuple[str | None, str | None]:
    if silent is None:
        return None, None
    said = f"no signal for {silent / rate_hz:.1f} s of {stop / rate_hz:.1f} s"
    return ("good" if 2 * silent < stop else "bad"), said if silent else None


_ELECTRODES = (
    Column(name="name", about="Muscle, the patient's side, and 1 for signal or 2 for reference"),
    Column(name="x", about="Across the face, see the coordinate system", format="number"),
    Column(name="y", about="Up the face, see the coordinate system", format="number"),
    Column(name="coordinate_system", about="Name of the coordinate system: a schematic face"),
    Column(name="type", about="Type of the electrode"),
    Column(name="material", about="Material of the electrode"),
    Column(name="impedance", about="Impedance of the electrode", units="kOhm"),
    Column(name="group", about="Electrodes on one side of the face"),
)


def electrode_names(code: str, side: Side) -> tuple[str, str]:
    """Return the names of a pair: `ZYG_left_1` minus `ZYG_left_2` is the channel."""
    return f"{code}_{side.value}_1", f"{code}_{side.value}_2"


def electrodes_table(sites: Iterable[Site], placement: Placement) -> Table:
    """Return two rows for each channel on a muscle, at their places on a schematic face."""
    rows: list[tuple[Cell, ...]] = []
    for site in sites:
        if site.side is None:
            continue
        pair = placement.pair(site.muscle, site.side)
        points: tuple[Point | None, Point | None] = (None, None)
        if pair is not None:
            points = pair.signal, pair.reference
        for name, point in zip(electrode_names(site.muscle, site.side), points, strict=True):
            x, y = point or (None, None)
            system = placement.system.name
            rows.append((name, x, y, system, "surface", None, None, site.side.value))
    return Table(columns=_ELECTRODES, rows=tuple(rows))
