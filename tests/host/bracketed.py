"""A language in which everything that can be translated stands in brackets, to find what does not.

Of a sentence with values only its own words do, so that a value which nobody translated is found.
"""

import gettext
import re
from string import Formatter

from calibration.montage import montages
from docs.collect_words import words

COLLECTED = words()
_INSIDE = re.compile(r"⟦[^⟦⟧]*⟧")
_CUT_OFF = re.compile(r"⟦[^⟦⟧]*$|^[^⟦⟧]*⟧")
"""Words too long for their place."""
_MARKUP = re.compile(r"<[^>]*>|&\w+;")
_MONTAGE = re.compile("|".join(sorted(montages(), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAME_IN_ALL = {
    *("Quietface", "EMG", "RMS", "BrainFlow", "Cyton", "Daisy", "Ganglion", "Arduino", "BIDS"),
    *("Hz", "kHz", "µV", "mV", "kΩ", "dB", "ms", "min", "px"),
    *("Ctrl", "Esc", "Enter", "Space", "Tab", "Shift"),
}
"""Names, units and keys."""


class Bracketed(gettext.NullTranslations):
    """Translates what was collected, and nothing else."""

    def gettext(self, message: str) -> str:
        """Return the words in brackets, the values between them as they are."""
        if message not in COLLECTED:
            return message
        try:
            pieces = [*Formatter().parse(message)]
        except ValueError:
            return f"⟦{message}⟧"
        return "".join(_piece(*piece) for piece in pieces)


def _piece(own: str, field: str | None, spec: str | None, conversion: str | None) -> str:
    said = f"⟦{own.replace('{', '{{').replace('}', '}}')}⟧" if own.strip() else own
    if field is None:
        return said
    turned = f"!{conversion}" if conversion else ""
    return f"{said}{{{field}{turned}{f':{spec}' if spec else ''}}}"


def untold(text: str) -> list[str]:
    """Return the words of a text that stay English in every language."""
    outside = _MONTAGE.sub(" ", _MARKUP.sub(" ", text))
    outside = _CUT_OFF.sub(" ", _INSIDE.sub(" ", outside))
    # In capitals are the codes of muscles (T1), and what is printed on a board.
    words = (one for one in _WORD.findall(outside) if not one.isupper())
    return [one for one in words if one not in _SAME_IN_ALL]
