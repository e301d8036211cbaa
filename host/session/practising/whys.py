"""Why an attempt was left out, or a bout ended: on record in English, told in any language."""

from __future__ import annotations

import re

from host.translation import in_a_row, mark, tr

TIME_OVER = mark("The time of the bout is over.")
STOPPED = mark("The bout was ended.")
SESSION_OVER = mark("The session ended.")
NEXT_BEGUN = mark("The next bout was begun.")
PAUSED = mark("It was paused, so it is left out.")
SKIPPED = mark("It was skipped, so it is left out.")
BOUT_ENDED = mark("The bout ended, so it is left out.")
SILENT = mark("Nothing came from the board, so it is left out.")
ALL_LOST = mark("No signal from any electrode, so it is left out.")
_BETWEEN = re.compile(r"(?<=left|ight), | and |, (?=Channel )")
"""What stands between two channels on record: not the comma within "Eye, left"."""
_LOST = mark("No signal from {}, so it is left out.")


def lost(names: str) -> str:
    """Say, for the record, that the signal of these channels was lost."""
    return _LOST.format(names)


def why_words(why: str) -> str:
    """Return a reason on record in the reader's language; as it is where nobody knows it."""
    head, _, tail = _LOST.partition("{}")
    if why != ALL_LOST and why.startswith(head) and why.endswith(tail):
        return tr(_LOST).format(_told_names(why[len(head) : -len(tail)]))
    return tr(why)


def _told_names(names: str) -> str:
    """Return channels as they are on record in the reader's language; others as they are."""
    return in_a_row([tr(one) for one in _BETWEEN.split(names)])
