"""When activity began and ended, more exactly than a window that has to fill or to empty.

The moment is that from which on, or up to which, the powers of the last hops are most unlike rest:
the maximum likelihood of one change from a known power to any larger one (Hinkley 1970), for gamma
distributed powers. With the mean of n hops at r times the power at rest the log likelihood ratio is
proportional to `n · (r − 1 − log r)`.
"""

import numpy as np

from host.chain.stream import FloatArray


def newest(ratios: FloatArray) -> int:
    """Return how many of the newest hops are active, at least one.

    `ratios` is `(n_hops,)`: powers over the power at rest, from the oldest to the newest; NaN
    counts as rest.
    """
    return oldest(ratios[::-1])


def oldest(ratios: FloatArray) -> int:
    """Return how many of the oldest hops are active, at least one."""
    filled = np.where(np.isnan(ratios), 1.0, ratios)
    counts = np.arange(1.0, len(ratios) + 1.0)
    means = np.maximum(np.cumsum(filled) / counts, 1.0)
    return int(np.argmax(counts * (means - 1.0 - np.log(means)))) + 1
