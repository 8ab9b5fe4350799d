"""Start of the packaged command."""

import multiprocessing
import sys

from slopedesign.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
