"""Run the program as `python -m host`."""

import sys

from host.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
