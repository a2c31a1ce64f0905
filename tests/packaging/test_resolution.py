"""The oldest allowed set is the one that ``make test-lowest`` installs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?>=([0-9.]+)")


def test_every_lower_bound_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"]]
    for extra, requirements in project["optional-dependencies"].items():
        declared += [] if extra == "all" else requirements
    bounds = {m[1]: m[2] for line in declared if (m := REQUIREMENT.match(line))}

    lines = (ROOT / "tests" / "lowest.txt").read_text("utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)

    assert {name: pinned.get(name) for name in bounds} == bounds
