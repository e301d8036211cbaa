"""Simulated calibrations, every other one with a planted fault.

Powers as a chain would give them; no samples. Every number comes from the seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from calibration.findings import Fault
from calibration.levels import Levels
from calibration.montage import Montage, montages
from calibration.muscles import Side
from calibration.segments import Segment, SegmentKind
from calibration.traces import FloatArray

RATE_HZ = 500.0
HOP = 10
FREEDOM = 6.0
"""Degrees of freedom of the power of one hop of 20 ms."""
PLANTED = (
    Fault.SWAPPED,
    Fault.LOOSE,
    Fault.CLIPPED,
    Fault.MAINS,
    Fault.WEAK,
    Fault.WRONG_MUSCLE,
    Fault.UNSTEADY,
    Fault.RESTLESS,
    Fault.TOO_SHORT,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One simulated calibration."""

    levels: Levels
    montage: Montage
    segments: tuple[Segment, ...]
    fault: Fault | None
    channel: int | None
    """Where the fault was planted; None for all of them, or none."""
    reference_uv: FloatArray
    """True gentle amplitude above rest, `(n_channels,)`."""


def cohort(seed: int, count: int) -> Iterator[Case]:
    """Return so many calibrations; every other one has a fault, each kind in turn."""
    for number in range(count):
        fault = PLANTED[number // 2 % len(PLANTED)] if number % 2 else None
        yield _Patient(np.random.default_rng([seed, number]), fault).case()


class _Patient:
    """Draws one face, one protocol and one fault."""

    def __init__(self, random: np.random.Generator, fault: Fault | None) -> None:
        self._random, self._fault = random, fault
        self._montage = montages()["face-8"]
        self._affected = Side.LEFT if random.random() < 0.5 else Side.RIGHT
        channels = len(self._montage.sites)
        self._noise_uv = random.uniform(0.8, 2.5, channels)
        self._tone_uv = random.uniform(0.3, 1.5, channels)
        self._reference_uv = np.clip(np.exp(random.normal(2.4, 0.35, channels)), 6.0, 30.0)
        self._at = None if fault in {None, Fault.SWAPPED} else int(random.integers(channels))
        self._parts: list[FloatArray] = []
        self._segments: list[Segment] = []
        self._hops = 0

    def case(self) -> Case:
        """Go through the protocol."""
        self._protocol()
        amplitude_uv = np.concatenate(self._parts)
        power = amplitude_uv**2 + self._noise_uv**2
        power *= self._random.chisquare(FREEDOM, power.shape) / FREEDOM
        if self._fault is Fault.SWAPPED:
            power = np.roll(power, power.shape[1] // 2, axis=1)
        codes = {name: np.zeros(power.shape, dtype=np.bool_) for name in ("clip", "hum", "off")}
        code = {Fault.CLIPPED: "clip", Fault.MAINS: "hum", Fault.LOOSE: "off"}.get(
            self._fault or Fault.LOST
        )
        if code is not None:
            share = {"clip": 0.1, "hum": 0.8, "off": 0.5}[code]
            codes[code][:, self._at] = self._random.random(len(power)) < share
        levels = Levels(
            power_uv2=power,
            known=~(codes["clip"] | codes["off"]),
            clipped=codes["clip"],
            mains=codes["hum"],
            loose=codes["off"],
            hop=HOP,
            rate_hz=RATE_HZ,
            band_hz=(20.0, 200.0),
        )
        return Case(
            levels=levels,
            montage=self._montage,
            segments=tuple(self._segments),
            fault=self._fault,
            channel=self._at,
            reference_uv=self._reference_uv,
        )

    def _protocol(self) -> None:
        for _ in range(2):
            self._rest(10.0)
        for side in Side:
            self._side_check(side)
        for side in (self._affected.other, self._affected):
            for code in ("OOC", "ZYG", "OOR", "PLA"):
                for _ in range(3):
                    self._hold(code, side)

    def _rest(self, seconds: float) -> None:
        level = np.tile(self._tone_uv, (self._count(seconds), 1))
        for channel, site in enumerate(self._montage.sites):
            if site.muscle == "OOC":
                for begin in self._random.integers(0, len(level) - 12, 3):
                    level[begin : begin + 10, channel] += 8.0  # a blink of 0.2 s
        if self._fault is Fault.RESTLESS:
            level[: len(level) // 2, self._at] += 60.0
        self._add(SegmentKind.REST, level)

    def _side_check(self, side: Side) -> None:
        effort = self._random.uniform(0.8, 1.2)
        share = {side: effort, side.other: effort * self._random.uniform(0.0, 0.5)}
        share[self._affected] *= self._random.uniform(0.7, 1.0)
        activation = np.zeros(len(self._montage.sites))
        for one, amount in share.items():
            activation[self._column("ZYG", one)] = amount
        self._add(SegmentKind.SIDE_CHECK, self._moving(activation, 2.0), "ZYG", side)
        self._gap()

    def _hold(self, code: str, side: Side) -> None:
        effort = float(np.exp(self._random.normal(0.0, 0.12)))
        activation = self._random.uniform(0.0, 0.1, len(self._montage.sites))
        for channel, site in enumerate(self._montage.sites):
            if site.side is self._affected and side is self._affected:
                activation[channel] = self._random.uniform(0.0, 0.6)
        own = self._column(code, side)
        activation[own] = effort
        seconds = 3.0
        if own == self._at:
            if self._fault in {Fault.WEAK, Fault.WRONG_MUSCLE}:
                activation *= 0.05
            if self._fault is Fault.WRONG_MUSCLE:
                activation[self._column("OOR" if code == "ZYG" else "ZYG", side)] = effort
            if self._fault is Fault.TOO_SHORT:
                seconds = 0.6
        level = self._moving(activation, seconds)
        if own == self._at and self._fault is Fault.UNSTEADY:
            phase = np.arange(len(level)) * HOP / RATE_HZ * 2.0 * np.pi * 0.8
            level[:, own] *= 1.0 + 0.9 * np.sin(phase)
        self._add(SegmentKind.REFERENCE, level, code, side)
        self._gap()

    def _moving(self, activation: FloatArray, seconds: float) -> FloatArray:
        """Return amplitudes of a hold with a slow wobble, `(n_hops, n_channels)`."""
        count = self._count(seconds)
        t = np.arange(count)[:, np.newaxis] * HOP / RATE_HZ
        phase = self._random.uniform(0.0, 2.0 * np.pi, len(activation))
        wobble = 1.0 + self._random.uniform(0.02, 0.15) * np.sin(2.0 * np.pi * 0.5 * t + phase)
        moved: FloatArray = self._tone_uv + activation * self._reference_uv * wobble
        # What leaks from the same side's muscles into each other.
        leak = self._random.uniform(0.0, 0.15)
        half = moved.shape[1] // 2
        for part in (moved[:, :half], moved[:, half:]):
            part[:] = np.hypot(part, leak * np.roll(part, 1, axis=1))
        return moved

    def _gap(self) -> None:
        self._parts.append(np.tile(self._tone_uv, (self._count(1.0), 1)))
        self._hops += self._count(1.0)

    def _add(
        self, kind: SegmentKind, level: FloatArray, code: str = "", side: Side | None = None
    ) -> None:
        start, self._hops = self._hops, self._hops + len(level)
        self._parts.append(level)
        self._segments.append(
            Segment(kind=kind, start=start * HOP, stop=self._hops * HOP, muscle=code, side=side)
        )

    def _column(self, code: str, side: Side) -> int:
        column = self._montage.column(code, side)
        if column is None:
            raise ValueError(f"{self._montage.name!r} has no {code}")
        return column

    @staticmethod
    def _count(seconds: float) -> int:
        return round(seconds * RATE_HZ / HOP)
