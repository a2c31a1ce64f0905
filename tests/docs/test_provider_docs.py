"""The page on providers says of every kind what its row of defaults says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.config import ProviderConfig
from dateline.config.presets import PRESETS

PAGE = (Path(__file__).parents[2] / "docs" / "providers.md").read_text("utf-8")
ROWS = {
    kind: row
    for row in re.findall(r"^\| `.*$", PAGE.partition("## Modes")[0], re.MULTILINE)
    for kind in re.findall(r"`([a-z-]+)`", row.split("|")[1])
}


@pytest.mark.parametrize("kind", PRESETS)
def test_the_table_of_kinds_says_what_is_true(kind: str) -> None:
    known = PRESETS[kind]
    if kind in {"scripted", "replay", "nothing", "every-sentence"}:
        assert kind in ROWS
        return

    _, _, _, key, default, others, _ = ROWS[kind].split("|")

    assert (known.key_env or "none") in key
    assert default.strip() == f"`{known.mode}`"
    assert re.findall(r"`(\w+)`", others) == list(known.modes[1:])


def test_every_setting_of_a_provider_is_documented() -> None:
    left = {"threads", "gpu_layers", "script", "recordings", "options"}

    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(ProviderConfig.model_fields) - left <= named
