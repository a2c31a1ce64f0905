"""The JSON Schemas in ``schemas/`` are those of the models; ``make schemas`` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dateline.cli import root

SCHEMAS = Path(__file__).parents[1] / "schemas"


@pytest.mark.parametrize("name", ["extraction", "failure", "draft"])
def test_a_shipped_schema_is_the_models_schema(name: str) -> None:
    shown = CliRunner().invoke(root, ["schema", "export", name])

    shipped = (SCHEMAS / f"{name}.schema.json").read_text("utf-8")
    assert shown.output == shipped, "the models have changed: run `make schemas`"
