"""What stands between the skin and a microcontroller's converter, and how much it amplifies.

A converter counts volts at its pin; bars and thresholds are in microvolts at the skin. The figure
between the two is the front end's gain. Where nobody publishes one, it has to be measured: a
made-up gain would move every threshold without a word.
"""

import math
from dataclasses import dataclass, replace

from calibration.saying import Saying
from host.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontEnd:
    """An amplifier board for one muscle."""

    name: str
    """As it is typed."""
    title: str
    gain: float | None
    """Volts at the converter per volt at the skin; None where it must be told."""
    low_hz: float | None = None
    """-3 dB corner of its high-pass, where known."""
    high_hz: float | None = None
    """-3 dB corner of its low-pass, where known."""
    source: str
    """Who says so."""
    remark: str = ""
    """What a user must know of it; one sentence."""

    def __post_init__(self) -> None:
        """Refuse an amplifier that could not measure."""
        if self.gain is not None and not (
            math.isfinite(self.gain) and 1.0 <= self.gain <= 50_000.0
        ):
            raise SettingsError(
                Saying("a front end's gain is from 1 to 50000, not {:g}", self.gain)
            )
        for corner_hz in (self.low_hz, self.high_hz):
            if corner_hz is not None and not corner_hz > 0.0:
                raise ValueError(f"a corner is above 0 Hz, got {self}")

    def with_gain(self, gain: float | None) -> "FrontEnd":
        """Return it with a measured gain; None leaves the published one."""
        return self if gain is None else replace(self, gain=gain)

    def known_gain(self) -> float:
        """Return the gain; SettingsError where nobody knows it yet."""
        if self.gain is None:
            raise SettingsError(
                Saying(
                    "{}: its gain is not published, so microvolts at the skin cannot be told. "
                    "Measure it with a known voltage (hardware.md) and give --front-end-gain.",
                    self.title,
                )
            )
        return self.gain


FRONT_ENDS = (
    FrontEnd(
        name="myoware-2-raw",
        title="MyoWare 2.0, RAW output",
        gain=200.0,
        low_hz=20.8,
        high_hz=498.4,
        source="Advancer Technologies, MyoWare 2.0 Advanced Guide: RAW, G = 200, first-order "
        "filters at 20.8 and 498.4 Hz",
    ),
    FrontEnd(
        name="bioamp-exg-pill",
        title="BioAmp EXG Pill",
        gain=None,
        source="Upside Down Labs, BioAmp EXG Pill: gain set by R6, band by R12 and C5; no figures "
        "are published",
        remark="Close its band-pass jumper for EMG; as delivered it is set for EEG.",
    ),
    FrontEnd(
        name="ad8232",
        title="AD8232 board with the heart monitor's filters",
        gain=1100.0,
        low_hz=0.5,
        high_hz=40.0,
        source="Analog Devices, AD8232 data sheet, cardiac monitor: 100 in the instrumentation "
        "amplifier times 11 after it, 0.5 to 40 Hz",
        remark="With the heart monitor's filters hardly any facial EMG is left (0.5 to 40 Hz): "
        "change them as hardware.md says, and give --front-end ad8232-emg.",
    ),
    FrontEnd(
        name="ad8232-emg",
        title="AD8232 board with filters for EMG",
        gain=None,
        low_hz=20.0,
        high_hz=450.0,
        source="Analog Devices, AD8232 data sheet: 100 times the gain of the filters after it",
    ),
    FrontEnd(
        name="differential-pair",
        title="instrumentation amplifier on a pair of electrodes",
        gain=None,
        source="1 + 50 kΩ / RG for an INA128 (Texas Instruments), 1 + 49.4 kΩ / RG for an AD620 "
        "(Analog Devices), times any stage after it",
    ),
    FrontEnd(
        name="none",
        title="no front end: volts at the converter's pin",
        gain=1.0,
        source="by definition",
        remark="Levels are those at the converter's pin, not at the skin: good for checks only.",
    ),
)
"""Those that are known by name."""

DEFAULT_FRONT_END = "myoware-2-raw"


def find_front_end(name: str, gain: float | None = None) -> FrontEnd:
    """Return a front end by its name, with a measured gain where one is given."""
    for front_end in FRONT_ENDS:
        if front_end.name == name.strip().lower():
            return front_end.with_gain(gain)
    if name.strip().lower() == "gain" and gain is not None:
        return FrontEnd(name="gain", title="front end as told", gain=gain, source="as told")
    known = ", ".join(front_end.name for front_end in FRONT_ENDS)
    raise SettingsError(
        Saying(
            "There is no front end {!r}; there are {}. "
            "Any other: --front-end gain --front-end-gain N.",
            name,
            known,
        )
    )


def describe_front_ends() -> str:
    """Return one line per front end: what to type, what it is, how much it amplifies."""
    width = max(len(front_end.name) for front_end in FRONT_ENDS)
    lines = [f"{one.name:<{width}}  {one.title}, {_gain_words(one)}" for one in FRONT_ENDS]
    return "\n".join(["Front ends of the Arduino board (--front-end NAME):", *lines])


def _gain_words(front_end: FrontEnd) -> str:
    return "tell its gain" if front_end.gain is None else f"gain {front_end.gain:g}"
