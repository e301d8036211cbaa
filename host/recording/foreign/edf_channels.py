"""Which signals of an EDF or BDF file are the channels of surface EMG, and their microvolts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from calibration.saying import Saying
from host.chain.stream import DIGITAL_MAX, FloatArray
from host.errors import RecordingError
from host.recording.foreign.edf_header import Header, Signal
from host.recording.foreign.inferring import usable
from host.recording.foreign.reading import KNOWN_RANGES_UV, MICROVOLTS
from host.recording.foreign.remarks import listed

_KINDS = ("emg", "exg", "eeg")
_LARGEST_UV = 1e7
"""Ten volts: no electrode's amplifier reaches further."""
_LARGEST_COUNT = 2.0**23


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Channels:
    """The chosen signals, and how their counts become microvolts."""

    signals: tuple[Signal, ...]
    """All with the same number of samples in a record."""
    gain_uv: FloatArray
    offset_uv: FloatArray
    range_uv: float
    remarks: tuple[str, ...] = ()

    @property
    def samples(self) -> int:
        """Samples of each in a record."""
        return self.signals[0].samples

    @property
    def labels(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(_name(signal) for signal in self.signals)


def choose(header: Header) -> Channels:
    """Choose the channels: by their labels, else by their units; all at the same rate."""
    filled = [signal for signal in header.signals if signal.samples and not signal.annotations]
    scaled = [signal for signal in filled if _scalable(signal)]
    if not scaled:
        raise RecordingError(Saying("no signal of it has limits that give microvolts"))
    kind = _of_one_kind(scaled)
    signals = _at_one_rate(kind, header.record_s)
    gain_uv, offset_uv = _scales(signals)
    range_uv = max(_factor(signal) * abs(limit) for signal in signals for limit in signal.physical)
    if "Quietface" in header.program:
        known_uv = _known_range(range_uv)
        gain_uv, range_uv = gain_uv * (known_uv / range_uv), known_uv
    return Channels(
        signals=signals,
        gain_uv=gain_uv,
        offset_uv=offset_uv,
        range_uv=range_uv,
        remarks=(
            *_about_left_out(filled, scaled, signals, header),
            *_about_units(signals),
            *_about_turned(signals, gain_uv),
            *_about_grid(gain_uv, offset_uv, range_uv),
        ),
    )


def _name(signal: Signal) -> str:
    return signal.label or f"signal {signal.number}"


def _factor(signal: Signal) -> float:
    return MICROVOLTS.get(signal.unit, 1.0)


def _scalable(signal: Signal) -> bool:
    limits = (*signal.physical, *signal.digital)
    return (
        bool(np.isfinite(limits).all())
        and signal.physical[0] != signal.physical[1]
        and signal.digital[0] != signal.digital[1]
        and max(map(abs, signal.digital)) <= _LARGEST_COUNT
        and 1e-3 <= _factor(signal) * max(map(abs, signal.physical)) <= _LARGEST_UV
    )


def _of_one_kind(signals: Sequence[Signal]) -> list[Signal]:
    for kind in _KINDS:
        named = [signal for signal in signals if kind in signal.label.lower()]
        if named:
            return named
    plain = [signal for signal in signals if signal.label.lower() != "status"] or list(signals)
    return [signal for signal in plain if signal.unit in MICROVOLTS] or plain


def _at_one_rate(signals: Sequence[Signal], record_s: float) -> tuple[Signal, ...]:
    """Return those at the most common rate of surface EMG, the highest where two are."""
    fast = [signal for signal in signals if record_s and usable(signal.samples / record_s)]
    counts = Counter(signal.samples for signal in fast or signals)
    wanted = max(counts, key=lambda samples: (counts[samples], samples))
    return tuple(signal for signal in signals if signal.samples == wanted)


def _scales(signals: Sequence[Signal]) -> tuple[FloatArray, FloatArray]:
    """Return gain and offset of each signal: microvolts are counts * gain + offset."""
    physical, digital = (
        np.array([getattr(signal, name) for signal in signals]) for name in ("physical", "digital")
    )
    factor = np.array([_factor(signal) for signal in signals])
    gain = np.diff(physical)[:, 0] / np.diff(digital)[:, 0]
    return factor * gain, factor * (physical[:, 0] - digital[:, 0] * gain)


def _known_range(range_uv: float) -> float:
    """Return a board's exact range where our own header had to shorten it."""
    return next((known for known in KNOWN_RANGES_UV if abs(range_uv / known - 1) < 1e-5), range_uv)


def _about_left_out(
    filled: Sequence[Signal], scaled: Sequence[Signal], chosen: Sequence[Signal], header: Header
) -> tuple[str, ...]:
    said = []
    broken = [_name(signal) for signal in filled if signal not in scaled]
    if broken:
        said.append(f"Left out, because the header has no usable limits for it: {listed(broken)}.")
    others = [
        f"{_name(signal)} ({signal.samples / header.record_s:g} per second)"
        if header.record_s and signal.samples != chosen[0].samples
        else _name(signal)
        for signal in scaled
        if signal not in chosen
    ]
    if others:
        said.append(f"Other signals were left out: {listed(others)}.")
    return tuple(said)


def _about_units(signals: Sequence[Signal]) -> tuple[str, ...]:
    strange = [_name(signal) for signal in signals if signal.unit not in MICROVOLTS]
    if not strange:
        return ()
    return (f"No volts are named as the unit of {listed(strange)}: taken as microvolts.",)


def _about_turned(signals: Sequence[Signal], gain_uv: FloatArray) -> tuple[str, ...]:
    turned = [_name(signal) for signal, gain in zip(signals, gain_uv, strict=True) if gain < 0]
    if not turned:
        return ()
    return (f"The limits in the header turn the sign of {listed(turned)}.",)


def _about_grid(gain_uv: FloatArray, offset_uv: FloatArray, range_uv: float) -> tuple[str, ...]:
    """Say when counts do not fall on steps of the recorder's grid."""
    step_uv = range_uv / DIGITAL_MAX
    gains, offsets = gain_uv / step_uv, offset_uv / step_uv
    off = np.abs(gains - np.rint(gains)) * _LARGEST_COUNT + np.abs(offsets - np.rint(offsets))
    if np.max(off) < 1e-2:
        return ()
    own_uv = np.min(np.abs(gain_uv))
    return (f"Its steps of {own_uv:.3g} µV were rounded to the recorder's of {step_uv:.3g} µV.",)
