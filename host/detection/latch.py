"""A mark that goes on until what it rests on has been missing for some time."""

import numpy as np

from host.chain.stream import BoolArray, IntArray


class Latch:
    """Hysteresis for all channels at once, over any number of hops at once."""

    def __init__(self, off_hops: int, channels: int) -> None:
        """End after `off_hops` hops without anything to hold on to."""
        self.off_hops = off_hops
        self.active: BoolArray = np.zeros(channels, dtype=np.bool_)
        """What goes on after the last hop, `(n_channels,)`."""
        self.any = False
        """Whether anything does."""
        self._quiet: IntArray = np.zeros(channels, dtype=np.int64)
        """For how many hops each channel that goes on has had nothing to hold on to."""

    def restart(self) -> None:
        """Let go of everything: what comes has nothing to do with what was."""
        self.active, self.any = np.zeros_like(self.active), False

    def push(self, rises: BoolArray, holds: BoolArray, known: BoolArray) -> tuple[BoolArray, bool]:
        """Return where it goes on, `(n_hops, n_channels)`, and whether that changes anywhere.

        It goes on from `rises`, while it `holds` or rises. What is not known ends it at once.
        """
        holds |= rises
        holds &= known
        active = self.active
        fresh = np.logical_or.reduce(rises > active, axis=0)
        loose = np.logical_or.reduce(holds < active, axis=0)
        self._quiet = np.where(loose, self._quiet, 0)
        found: BoolArray = np.broadcast_to(active, rises.shape)
        if not (fresh.any() or loose.any()):
            return found, False
        # Only where something may change.
        columns = np.flatnonzero(fresh | loose)
        part = self._decided(columns, rises[:, columns], holds[:, columns], known[:, columns])
        changed = bool((part != active[columns]).any())
        if changed:
            found = found.copy()
            found[:, columns] = part
            self.active, self.any = found[-1].copy(), bool(found[-1].any())
        return found, changed

    def _decided(
        self, columns: IntArray, rises: BoolArray, holds: BoolArray, known: BoolArray
    ) -> BoolArray:
        """Return where it goes on in some columns: of all that was decided the last counts."""
        rows = np.arange(1, len(holds) + 1, dtype=np.int32)[:, np.newaxis]
        # As if the last hold before the first row had been at row -quiet.
        held = np.where(holds, rows, -self._quiet[columns].astype(np.int32))
        quiet = rows - np.maximum.accumulate(held, axis=0)
        ends = (quiet >= self.off_hops) | ~known
        # Twice the row, and one more where it goes on from there: the largest is the last.
        decided = np.where(rises, 2 * rows + 1, self.active[columns].astype(np.int32))
        np.copyto(decided, 2 * rows, where=ends & ~rises)
        found: BoolArray = np.maximum.accumulate(decided, axis=0) % 2 == 1
        self._quiet[columns] = np.where(found[-1], quiet[-1], 0)
        return found
