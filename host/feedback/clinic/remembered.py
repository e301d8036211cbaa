"""What the app remembers from one start to the next: who sits here, which board, the colours."""

from dataclasses import dataclass

from PyQt6.QtCore import QSettings

from host.feedback.theme import Scheme
from host.recording.places import data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Nothing of a patient, and nothing that would be missed."""

    therapist: str = ""
    """Code of who used it last."""
    board: str = "cyton"
    """Plain name of the last board."""
    where: str = ""
    """Its port or address."""
    front_end: str = ""
    """Name of what is before its inputs; "" for what the board has kept."""
    gain: str = ""
    """The front end's, as it was written."""
    reference: str = ""
    """Its converter's, in volts, as it was written; "" for what the board has kept."""
    amplifier_gain: str = ""
    """A Cyton's; "" for the usual one."""
    scheme: Scheme = "system"
    """Light, dark, or whatever the desktop has."""
    understood: bool = False
    """Whether somebody has read the notice of the first start."""


def remembered() -> Remembered:
    """Return what is remembered; the defaults where nothing can be read."""
    kept, usual = _kept(), Remembered()
    return Remembered(
        therapist=str(kept.value("therapist", usual.therapist)),
        board=str(kept.value("board", usual.board)),
        where=str(kept.value("where", usual.where)),
        front_end=str(kept.value("front_end", usual.front_end)),
        gain=str(kept.value("gain", usual.gain)),
        reference=str(kept.value("reference", usual.reference)),
        amplifier_gain=str(kept.value("amplifier_gain", usual.amplifier_gain)),
        scheme=_scheme(str(kept.value("scheme", usual.scheme))),
        understood=str(kept.value("understood", "no")) == "yes",
    )


def remember(what: Remembered) -> None:
    """Keep it; where nothing can be written, it is asked for again the next time."""
    kept = _kept()
    kept.setValue("therapist", what.therapist)
    kept.setValue("board", what.board)
    kept.setValue("where", what.where)
    kept.setValue("front_end", what.front_end)
    kept.setValue("gain", what.gain)
    kept.setValue("reference", what.reference)
    kept.setValue("amplifier_gain", what.amplifier_gain)
    kept.setValue("scheme", what.scheme)
    kept.setValue("understood", "yes" if what.understood else "no")
    kept.sync()


def _scheme(kept: str) -> Scheme:
    """Return a scheme that was kept; that of the desktop for what is none."""
    schemes: dict[str, Scheme] = {"light": "light", "dark": "dark"}
    return schemes.get(kept, "system")


def _kept() -> QSettings:
    return QSettings(str(data_folder() / "app.ini"), QSettings.Format.IniFormat)
