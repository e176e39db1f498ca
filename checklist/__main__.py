"""The command ``checklist``."""

import sys

from checklist.cli.program import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
