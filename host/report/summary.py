"""The summary of a session: for the terminal, and as JSON for programs."""

import json
import math
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration.montage import Montage
from calibration.muscles import Side, muscle
from host.acquisition.source import LinkState
from host.chain.quality import Quality
from host.chain.stream import Stream
from host.errors import SettingsError
from host.report.measured_pooled import PooledPattern
from host.report.measured_words import measure_lines, measures_json
from host.report.tally import Tally
from host.version import program_version

_QUANTILES = {"p05": 0.05, "p50": 0.5, "p95": 0.95}

_WORTH_S = 0.5
"""Crosstalk of less time than this is not worth a word."""

WHY = {
    Quality.SETTLING: "settling",
    Quality.ARTEFACT: "movement",
    Quality.GAP: "lost",
    Quality.LOOSE: "loose",
    Quality.FLAT: "flat",
    Quality.RAILED: "railed",
    Quality.LEFT_OUT: "left out",
}
"""Why there was no signal, in one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A finished session, ready to be written down."""

    source: str
    """What was read, in words: "simulated patient, through a simulated Cyton"."""
    stream: Stream
    montage: Montage
    tally: Tally
    link: LinkState
    remarks: tuple[str, ...] = ()
    affected: Side | None = None
    """Whose measures are told; None in a plain montage."""
    measures: tuple[PooledPattern, ...] = ()
    """The rows of T3, pooled by pattern; () where nothing was attempted."""

    @property
    def seconds(self) -> float:
        """Time from the first to the last frame, gaps included."""
        return float(self.tally.samples[:, 0].sum() / self.stream.rate_hz)

    def as_json(self) -> dict[str, Any]:
        """Return plain data; levels in microvolts RMS, times in seconds, null for unknown."""
        link, stream = self.link, self.stream
        return {
            "format": "quietface-summary",
            "version": 1,
            "program": f"quietface {program_version()}",
            "python": platform.python_version(),
            "source": self.source,
            "rate_hz": stream.rate_hz,
            "measured_rate_hz": _number(link.rate_hz),
            "bandwidth_hz": _number(stream.bandwidth_hz),
            "seconds": round(self.seconds, 3),
            "lost_samples": link.lost,
            "overruns": link.overruns,
            "gaps": link.gaps,
            "reconnects": link.reconnects,
            "silent_at_end_s": round(link.silent_s, 3),
            "calibrated": self.tally.calibrated,
            "montage": self.montage.name,
            "channels": [self._channel(column) for column in range(len(stream.channels))],
            "remarks": list(self.remarks),
            "measures": measures_json(self.measures),
        }

    def _channel(self, column: int) -> dict[str, Any]:
        site, rate_hz = self.montage.sites[column], self.stream.rate_hz
        return {
            "channel": self.stream.channels[column],
            "muscle": site.muscle or None,
            "side": site.side.value if site.side else None,
            "signal_s": round(self.signal_s(column), 3),
            "no_signal_s": {
                word: round(float(seconds), 3)
                for code, word in WHY.items()
                if (seconds := self.tally.samples[code, column] / rate_hz) > 0
            },
            "mains_s": round(float(self.tally.samples[Quality.MAINS, column] / rate_hz), 3),
            "lost_samples": int(self.tally.lost[column]),
            "crosstalk_s": round(self.crosstalk_s(column), 3),
            "measured_rate_hz": _number(self.link.rate_hz),
            "envelope_uv": self._levels("rms_uv", column),
            "activation": self._levels("activation", column),
            "episodes": [
                {
                    "start_s": round(episode.start / rate_hz, 3),
                    "stop_s": round(episode.stop / rate_hz, 3),
                    "peak_activation": round(episode.peak, 3),
                    "pattern": episode.pattern,
                    "cut": episode.cut,
                    "with_blink": episode.with_blink,
                }
                for episode in self.tally.episodes
                if episode.channel == column
            ],
        }

    def _levels(self, name: str, column: int) -> dict[str, float | None]:
        quantiles = getattr(self.tally, name)
        found = {word: _number(quantiles.at(share)[column]) for word, share in _QUANTILES.items()}
        return {**found, "max": _number(quantiles.peak[column])}

    def signal_s(self, column: int) -> float:
        """Return how long a channel could be believed."""
        usable = [code for code in Quality if code.usable]
        return float(self.tally.samples[usable, column].sum() / self.stream.rate_hz)

    def crosstalk_s(self, column: int) -> float:
        """Return how long most of what a channel showed came from other muscles, it is suspected.

        It was taken out: neither levels nor episodes have it in them.
        """
        return float(self.tally.crosstalk[column] / self.stream.rate_hz)

    def as_text(self) -> str:
        """Return the summary for a terminal."""
        head = [f"{self.source}: {self.seconds:.1f} s", *_about_link(self.link, self.stream)]
        names = f"{'channel':9}{'muscle':16}{'signal':>8}  {'no signal':24}"
        lines = [", ".join(head), "", names + f"{'µV 50 %':>8}{'95 %':>8}{'max':>8}  came along"]
        lines += [self._line(column) for column in range(len(self.stream.channels))]
        measures = measure_lines(self.measures, self.affected) if self.affected else []
        after = [*measures, ""] if measures else []
        return "\n".join([*lines, "", *after, *self._about_crosstalk(), *self.remarks])

    def _about_crosstalk(self) -> list[str]:
        columns = range(len(self.stream.channels))
        heard = [
            f"{self.montage.named(column)} {seconds:.1f} s"
            for column in columns
            if (seconds := self.crosstalk_s(column)) >= _WORTH_S
        ]
        if not heard:
            return []
        return [f"Crosstalk suspected, and taken out: {'; '.join(heard)}."]

    def _line(self, column: int) -> str:
        site, rate_hz = self.montage.sites[column], self.stream.rate_hz
        name = f"{muscle(site.muscle).plain}, {site.side.value}" if site.side else "–"
        why = ", ".join(
            f"{word} {seconds:.1f} s"
            for code, word in WHY.items()
            if (seconds := self.tally.samples[code, column] / rate_hz) >= 0.05
        )
        levels = self._levels("rms_uv", column)
        numbers = "".join(
            f"{'–':>8}" if levels[word] is None else f"{levels[word]:8.1f}"
            for word in ("p50", "p95", "max")
        )
        times = sum(episode.channel == column for episode in self.tally.episodes)
        channel = self.stream.channels[column]
        return f"{channel:9}{name:16}{self.signal_s(column):6.1f} s  {why:24}{numbers}  {times} ×"

    def write_json(self, path: Path) -> None:
        """Write `as_json` to a file."""
        text = json.dumps(self.as_json(), indent=1, ensure_ascii=False, allow_nan=False)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise SettingsError(
                f"the summary cannot be written to {path}: {error.strerror}"
            ) from error


def _about_link(link: LinkState, stream: Stream) -> list[str]:
    rate = f"{stream.rate_hz:g} Hz"
    if link.rate_hz is not None:
        rate += f" (measured {link.rate_hz:.2f})"
    lost = f"{link.lost} samples lost in {link.gaps} gaps" if link.lost else "no sample lost"
    again = [f"reconnected {link.reconnects} ×"] if link.reconnects else []
    dropped = [f"{link.overruns} packets dropped by the board"] if link.overruns else []
    silent = [f"then nothing came for {link.silent_s:.1f} s"] if link.silent_s else []
    return [rate, lost, *dropped, *again, *silent]


def _number(value: float | None) -> float | None:
    """Return a number that JSON can hold, or None for unknown."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(np.float64(value)), 4)
