"""What the app remembers from one start to the next: who sits here, which board, the notice."""

from dataclasses import dataclass

from PyQt6.QtCore import QSettings

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
    understood: bool = False
    """Whether somebody has read the notice of the first start."""


def remembered() -> Remembered:
    """Return what is remembered; the defaults where nothing can be read."""
    kept, usual = _kept(), Remembered()
    return Remembered(
        therapist=str(kept.value("therapist", usual.therapist)),
        board=str(kept.value("board", usual.board)),
        where=str(kept.value("where", usual.where)),
        understood=str(kept.value("understood", "no")) == "yes",
    )


def remember(what: Remembered) -> None:
    """Keep it; where nothing can be written, it is asked for again the next time."""
    kept = _kept()
    kept.setValue("therapist", what.therapist)
    kept.setValue("board", what.board)
    kept.setValue("where", what.where)
    kept.setValue("understood", "yes" if what.understood else "no")
    kept.sync()


def _kept() -> QSettings:
    return QSettings(str(data_folder() / "app.ini"), QSettings.Format.IniFormat)
