"""Arrays as lists in JSON, and back: what was calibrated is part of a session's settings."""

from typing import Any, get_args, get_origin

import numpy as np

from calibration.saying import Saying


def written(value: object) -> object:
    """Return an array as lists, NaN as null, a saying as text; for `msgspec` as `enc_hook`."""
    if isinstance(value, Saying):
        return str(value)
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, np.integer | np.floating):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def read(kind: Any, value: object) -> object:
    """Return lists as an array of the wanted kind; ValueError where they are none."""
    if get_origin(kind) is not np.ndarray:
        raise TypeError(f"{kind} cannot be read from JSON")
    (entry,) = get_args(get_args(kind)[1])
    try:
        # None becomes NaN here, and is refused among truths.
        array = np.array(value, dtype=object).astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError("an array must be even, and of numbers") from error
    if entry is np.bool_:
        if not np.isin(array, (0.0, 1.0)).all():
            raise ValueError("an array must be of true and false")
        return array.astype(np.bool_)
    return array


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124  NaN
