"""List the benchmarks, or run one: `python -m benchmarks NAME [--json FILE]`."""

import argparse
import importlib
import os
import sys
from pathlib import Path

from benchmarks.figures import report

# As the program does, before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

NAMES = {
    "chain": "chain",
    "paint": "paint",
    "session": "session",
    "skin": "skin",
    "start": "start",
    "memory": "memory",
    "replay": "replay",
    "open": "opening",
    "record": "record",
    "crash": "crash",
    "review": "review",
    "fuzz": "fuzz",
    "estimator": "estimator",
    "separation": "separation",
    "detection": "detection",
    "calibration": "calibration",
    "learning": "learning",
    "measures": "measures",
}
"""Names, and the modules they stand for."""


def main() -> int:
    """Run one benchmark; exit with 1 when it misses a goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=list(NAMES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args()
    if options.name is None:
        for name, module in NAMES.items():
            about = importlib.import_module(f"benchmarks.{module}").__doc__ or ""
            print(f"{name:10} {about.splitlines()[0]}")
        return 0
    benchmark = importlib.import_module(f"benchmarks.{NAMES[options.name]}")
    return 0 if report(options.name, benchmark.run(), benchmark.SEEDS, options.json) else 1


if __name__ == "__main__":
    sys.exit(main())
