"""What a simulated board says over its port: replies to commands, and samples as packets."""

from typing import Protocol

import numpy as np

from host.acquisition.simulated.feeding import refuse_misfit
from host.acquisition.simulated.firmware import Firmware
from host.acquisition.simulated.protocol import (
    CHANNELS_PER_PACKET,
    PACKETS_PER_S,
    ByteArray,
    encode_packets,
    interleave_daisy,
    to_counts,
)
from host.acquisition.simulated.skin import Skin
from host.chain.stream import BoolArray, FloatArray, IntArray, Stream


class Speech(Protocol):
    """The language of one kind of board.

    Samples travel in units: the smallest number of whole samples in the smallest number of whole
    packets. A Cyton's unit is a sample in a packet, a Daisy's a sample in two packets.
    """

    name: str
    """What to call the board."""

    @property
    def channels(self) -> int:
        """Channels of the feed that the board can take."""

    @property
    def packets_per_unit(self) -> int:
        """Packets in a unit."""

    @property
    def packets_per_s(self) -> float:
        """Packets sent per second, as the board is set."""

    @property
    def streaming(self) -> bool:
        """Tell whether the board was started and not stopped."""

    @property
    def starts(self) -> int:
        """How often it was started since it woke up."""

    def refuse_misfit(self, feed: Stream) -> None:
        """Raise SettingsError for a feed that this board could not send."""

    def wake_up(self) -> None:
        """Begin anew, as after a pulled cable."""

    def push(self, commands: bytes) -> bytes:
        """Obey commands and return the replies."""

    def encode(self, units: IntArray, first: int, data_uv: FloatArray) -> ByteArray:
        """Encode `(units * samples per unit, channels)` microvolts as `(packets, 33)` bytes.

        `first` is the unit with which the stream was started.
        """


class CytonSpeech:
    """The Cyton's, with or without a Daisy."""

    def __init__(self, *, daisy: bool = False, skin: Skin | None = None) -> None:
        """Add what the lead-off current leaves on a `skin`; a recording has none."""
        self._skin = skin
        self.name = "Cyton with Daisy" if daisy else "Cyton"
        self._daisy = daisy
        self.packets_per_unit = 2 if daisy else 1
        self.channels = CHANNELS_PER_PACKET * self.packets_per_unit
        self.packets_per_s = PACKETS_PER_S
        self._firmware = Firmware(daisy=daisy)

    @property
    def streaming(self) -> bool:
        """Tell whether the board was started and not stopped."""
        return self._firmware.streaming

    @property
    def starts(self) -> int:
        """How often it was started since it woke up."""
        return self._firmware.starts

    @property
    def lead_off(self) -> BoolArray:
        """Tell into which pins the test current flows, P and N, `(n_channels, 2)`."""
        return self._firmware.lead_off

    def refuse_misfit(self, feed: Stream) -> None:
        """Refuse a feed that a Cyton could not send."""
        refuse_misfit(feed, daisy=self._daisy)

    def wake_up(self) -> None:
        """Begin anew, with every setting at its default."""
        self._firmware = Firmware(daisy=self._daisy)

    def push(self, commands: bytes) -> bytes:
        """Obey commands and return the replies."""
        return self._firmware.push(commands)

    def encode(self, units: IntArray, first: int, data_uv: FloatArray) -> ByteArray:
        """Encode samples as the packets that carry them, numbered since the start."""
        signal = self._firmware.signal
        if signal is not None:
            rate_hz = self.packets_per_s / self.packets_per_unit
            data_uv = signal.at(units, rate_hz, channels=data_uv.shape[1])
        elif self._skin is not None:
            data_uv = self._skin.added_to(data_uv, units, self._firmware.lead_off)
        counts = to_counts(data_uv, self._firmware.gains)
        if not self._daisy:
            return encode_packets(units - first, counts)
        halves = np.repeat(counts, 2, axis=0)
        numbers = np.repeat(2 * (units - first), 2) + np.arange(2 * len(units)) % 2
        return encode_packets(numbers, interleave_daisy(numbers, halves))
