"""`python -m povertyrules` is the command line."""

import sys

from povertyrules.cli import main

if __name__ == "__main__":
    sys.exit(main())
