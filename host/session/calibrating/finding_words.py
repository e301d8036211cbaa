"""Findings in the reader's language; on record, and on the command line, they are English.

`calibration` knows nothing of translation, so its words are collected here.
"""

from calibration.findings import ADVICE, Fault, Finding
from host.translation import mark, tr

FAULTS = {
    Fault.TOO_SHORT: (mark("too short"), mark("Repeat it, and let it last longer.")),
    Fault.LOST: (mark("signal lost"), mark("Check the board's connection, and repeat it.")),
    Fault.LOOSE: (
        mark("loose electrode"),
        mark("Press the electrode on or replace it, and repeat it."),
    ),
    Fault.CLIPPED: (
        mark("clipped"),
        mark("Lower the board's gain or fix the cable, and repeat it."),
    ),
    Fault.MAINS: (
        mark("mains hum"),
        mark("Check the reference electrode, move away from mains cables, and repeat it."),
    ),
    Fault.RESTLESS: (
        mark("not at rest"),
        mark("Let the face rest, without talking or swallowing, and repeat it."),
    ),
    Fault.WEAK: (
        mark("too weak"),
        mark("Check that the electrodes lie on the muscle, and repeat it a little more clearly."),
    ),
    Fault.UNSTEADY: (mark("unsteady"), mark("Repeat it, and hold it evenly.")),
    Fault.WRONG_MUSCLE: (
        mark("another muscle answered louder"),
        mark("Check the cables of both muscles, show the movement again, and repeat it."),
    ),
    Fault.SWAPPED: (
        mark("sides swapped"),
        mark("Exchange the left and right cables, and begin again."),
    ),
    Fault.CROSSED: (
        mark("left and right exchanged"),
        mark("Exchange the left and right cables of this muscle, and repeat both its steps."),
    ),
    Fault.SIDES_UNCLEAR: (
        mark("sides unclear"),
        mark("Touch one electrode of the right side to see which channel answers."),
    ),
    Fault.EXCHANGED: (
        mark("cable perhaps exchanged"),
        mark("Check the cables of these two muscles; where they are right, go on."),
    ),
    Fault.MISSING: (mark("not done"), mark("Do this step.")),
}
"""What each fault is, and what to do: the very words of `calibration.findings`."""


def finding_sentence(found: Finding) -> str:
    """Return what is wrong, with where and how much as they were found."""
    words = tr("{where}: {fault} ({detail}).")
    return words.format(where=found.where, fault=tr(found.fault.value), detail=found.detail)


def finding_advice(found: Finding) -> str:
    """Return what to do about it."""
    return tr(ADVICE[found.fault])
