"""This project's Arduino board, simulated: an ideal converter, and its packets, plain and packed.

The wire format is in `docs/protocol.md`. The feed is taken for the voltage at the skin; a rate
below the feed's is made by taking the mean, as the chip does.
"""

import numpy as np

from calibration.saying import Saying
from host.acquisition.packed import COUNT_UV, HALF_MAX, pack
from host.acquisition.simulated.protocol import (
    CHANNELS_PER_PACKET,
    ByteArray,
    encode_packets,
)
from host.acquisition.simulated.quietface_firmware import QuietfaceFirmware, Setting
from host.acquisition.simulated.test_signal import TestSignal
from host.chain.stream import DIGITAL_MAX, FloatArray, IntArray, Stream
from host.errors import SettingsError

STOP_BYTE = 0xC5
PACKED_BIT, TEST_BIT = 1 << 14, 1 << 13
_PLAIN_BITS, _PACKED_BITS = 16, 12
_RAIL_STEPS = 1024
"""Within one of so many steps of either end the converter is railed."""
_SQUARE_S = {1: 1.024, 2: 0.512}
"""Periods of the square waves, nearest to the ADS1299's that whole samples make."""


class QuietfaceSpeech:
    """What the board says, and how it packs what it measures."""

    name = "Arduino board"
    channels = CHANNELS_PER_PACKET
    packets_per_unit = 1

    def __init__(self, *, feed_hz: int, board: str = "nano", usb: bool = False) -> None:
        """Offer the rates that divide the feed's."""
        if feed_hz not in (250, 500, 1000):
            raise SettingsError(
                Saying("an Arduino board samples at 250, 500 or 1000 Hz, not {}", feed_hz)
            )
        self._board, self._usb, self._feed_hz = board, usb, feed_hz
        self.wake_up()

    @property
    def setting(self) -> Setting:
        """How the board is set now."""
        return self._firmware.setting

    @property
    def packets_per_s(self) -> float:
        """Packets sent per second, as the board is set."""
        return 250.0 if self.setting.packed else float(self.setting.rate_hz)

    @property
    def streaming(self) -> bool:
        """Tell whether the board was started and not stopped."""
        return self._firmware.streaming

    @property
    def starts(self) -> int:
        """How often it was started since it woke up."""
        return self._firmware.starts

    def refuse_misfit(self, feed: Stream) -> None:
        """Refuse a feed at another rate than it was made for, or wider than the board."""
        if round(feed.rate_hz) != self._feed_hz or len(feed.channels) > self.channels:
            raise SettingsError(
                Saying(
                    "an Arduino board sends up to 8 channels at {} samples per second; "
                    "{} at {:g} do not fit it",
                    self._feed_hz,
                    len(feed.channels),
                    feed.rate_hz,
                )
            )

    def wake_up(self) -> None:
        """Begin anew; nothing was kept."""
        self._firmware = QuietfaceFirmware(
            board=self._board, usb=self._usb, highest_hz=self._feed_hz
        )

    def push(self, commands: bytes) -> bytes:
        """Obey commands and return the replies."""
        return self._firmware.push(commands)

    def encode(self, units: IntArray, first: int, data_uv: FloatArray) -> ByteArray:
        """Encode the packets `units`, numbered since the start."""
        if not len(units):
            return encode_packets(units, np.zeros((0, CHANNELS_PER_PACKET), dtype=np.int64))
        setting, signal = self.setting, self._firmware.signal
        per_packet = round(setting.rate_hz / self.packets_per_s)
        samples = np.repeat((units - first) * per_packet, per_packet)
        samples += np.tile(np.arange(per_packet), len(units))
        data_uv = data_uv.reshape(len(samples), -1, data_uv.shape[1]).mean(axis=1)
        if signal is not None:
            data_uv = _square(signal, samples, setting.rate_hz, data_uv.shape[1])
        off = np.flatnonzero(self._firmware.gains[: setting.channels] == 0)
        shown_uv = data_uv[:, : setting.channels]
        if setting.packed:
            counts = pack(_steps(shown_uv, setting, off), samples=per_packet)
        else:
            counts = _counts(shown_uv, setting, off)
        packets = encode_packets(units - first, counts)
        status = (PACKED_BIT if setting.packed else 0) | (TEST_BIT if signal is not None else 0)
        return _finish(packets, (units - first) * per_packet, status)


def _square(signal: TestSignal, samples: IntArray, rate_hz: int, channels: int) -> FloatArray:
    """Return the chip's own test signal: squares of whole samples, and twice as much held."""
    if not signal.frequency_hz:
        return np.full((len(samples), channels), 2.0 * signal.amplitude_uv)
    period_s = _SQUARE_S[round(signal.frequency_hz)]
    half = round(0.5 * period_s * rate_hz)
    wave = np.where(samples // half % 2 == 0, signal.amplitude_uv, -signal.amplitude_uv)
    return np.repeat(wave[:, None], channels, axis=1)


def _reading(data_uv: FloatArray, setting: Setting, bits: int) -> tuple[FloatArray, IntArray]:
    """Return the converter's reading less half its range, and -1, 0 or 1 for where it is railed."""
    full_uv = setting.reference_mv * 1000.0 / (setting.gain_hundredths / 100.0)
    share = data_uv / full_uv
    edge = 0.5 - 1.0 / _RAIL_STEPS
    railed = np.where(share >= edge, 1, np.where(share < -edge, -1, 0))
    return np.rint(np.clip(share, -0.5, 0.5) * 2**bits), railed.astype(np.int64)


def _steps(data_uv: FloatArray, setting: Setting, off: IntArray) -> IntArray:
    """Return samples of 12 bits; the two at the ends say that the converter is railed."""
    reading, railed = _reading(data_uv, setting, _PACKED_BITS)
    steps = np.clip(reading, -HALF_MAX, HALF_MAX - 1).astype(np.int64)
    steps = np.where(railed > 0, HALF_MAX, np.where(railed < 0, -HALF_MAX - 1, steps))
    steps[:, off] = 0
    return steps


def _counts(data_uv: FloatArray, setting: Setting, off: IntArray) -> IntArray:
    """Return the counts of an ADS1299 at gain 24 that read as microvolts at the skin."""
    reading, railed = _reading(data_uv, setting, _PLAIN_BITS)
    step_uv = setting.reference_mv * 1000.0 / 2**_PLAIN_BITS / (setting.gain_hundredths / 100.0)
    counts = np.clip(np.rint(reading * step_uv / COUNT_UV), -DIGITAL_MAX - 1, DIGITAL_MAX)
    counts = np.where(railed > 0, DIGITAL_MAX, np.where(railed < 0, -DIGITAL_MAX - 1, counts))
    counts[:, off] = 0
    wide = np.zeros((len(counts), CHANNELS_PER_PACKET), dtype=np.int64)
    wide[:, : counts.shape[1]] = counts
    return wide


def _finish(packets: ByteArray, counter: IntArray, status: int) -> ByteArray:
    """Write the sample counter, the status word and the end byte."""
    for place in range(4):
        packets[:, 26 + place] = (counter >> (24 - 8 * place)) & 0xFF
    packets[:, 30], packets[:, 31], packets[:, 32] = status >> 8, status & 0xFF, STOP_BYTE
    return packets
