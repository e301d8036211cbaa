"""The code of a person: what stands in files and names folders in place of a name."""

import re

from calibration.saying import Saying
from host.errors import SettingsError

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")


def is_code(text: str) -> bool:
    """Tell whether this can be the code of a person."""
    return _CODE.fullmatch(text) is not None


def checked_code(code: str, whose: str) -> str:
    """Return a person's or a therapist's code; SettingsError where it is none.

    It becomes the name of a folder, and a name with blanks in it is somebody's real one.
    """
    if not is_code(code):
        raise SettingsError(
            Saying(
                "{!r} cannot be the code of a {}: letters, digits, hyphens, no blanks, "
                "and never a name.",
                code,
                whose,
            )
        )
    return code
