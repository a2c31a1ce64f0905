"""Run the performance claims of the docs: ``python -m benchmarks [NAME ...]``.

Each module in this folder has ``run()``, which returns rows of name, value, unit, limit and
whether the limit holds. CPU times are those of this process; ratios compare against the same job
done with another library in the same run, and are the figures to trust. Exit status 1 when a
limit does not hold.
"""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))


def main(names: list[str]) -> int:
    """Run the named benchmarks, all by default, and print one table."""
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}\n")
    missed = 0
    for name in names or NAMES:
        print(f"{name}")
        for row in importlib.import_module(f"benchmarks.{name}").run():
            verdict = {True: "ok", False: "MISSED", None: ""}[row.get("ok")]
            missed += row.get("ok") is False
            limit = "" if row.get("limit") is None else f"limit {row['limit']}"
            value = row["value"]
            shown = f"{value:,.3f}" if isinstance(value, float) else str(value)
            print(f"  {row['name']:<62}{shown:>12} {row['unit']:<10}{limit:<16}{verdict}")
        print()
    if missed:
        print(f"{missed} limits missed", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
