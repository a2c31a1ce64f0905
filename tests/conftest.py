"""What all tests share: the embedded model's file, a network that ends at loopback, no config."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from dateline.models import models_folder
from support.model import model_path

MODELS = models_folder()

# Continuous integration asks the same questions every time; a person's run asks new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def model_file() -> Path:
    """The embedded model's file; skips with a reason where there is none."""
    return model_path()


@pytest.fixture(autouse=True, scope="session")
def _network_ends_at_loopback() -> Iterator[None]:
    """No test of this process reaches past this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            try:
                inside = ipaddress.ip_address(host).is_loopback
            except ValueError:
                inside = host == "localhost"
            if not inside:
                raise AssertionError(f"a test tried to reach {host}")
        return connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]  # restored below
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]  # as it was


@pytest.fixture(autouse=True)
def _no_settings_of_the_person_who_runs_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Settings come from the test; the user's cache folder is not touched, but for the models."""
    kept = ("DATELINE_TEST_MODEL", "DATELINE_MODELS_DIR", "DATELINE_ARTICLES", "DATELINE_MUC")
    for name in list(os.environ):
        if name.startswith("DATELINE_") and name not in kept:
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(MODELS))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "user-cache"))
