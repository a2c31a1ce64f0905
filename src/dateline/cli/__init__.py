"""The command line. Each command group is a file of its own, imported when it is called."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dateline.cli.root import root

__all__ = ["main", "root"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; see ``docs/cli.md`` for commands and exit codes."""
    sys.exit(root.main(args=arguments, prog_name="dateline", standalone_mode=True))
