"""The embedded model's file for tests marked ``model``: never fetched by a test."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.models import ensure_model

NAME = "smollm2-135m-instruct"


def model_path() -> Path:
    """``DATELINE_TEST_MODEL``, else the file in the models folder; skips where there is none."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed: pip install 'dateline[local]'")
    try:
        return ensure_model(os.environ.get("DATELINE_TEST_MODEL") or NAME, offline=True)
    except ModelError as error:
        pytest.skip(f"the embedded model is not here: run `dateline models pull {NAME}` ({error})")
