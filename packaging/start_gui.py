"""Start of the packaged program with its window."""

import multiprocessing
import sys

from slopedesign.gui import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
