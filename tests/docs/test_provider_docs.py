"""The page on providers says what is true, and each configuration on it reaches its provider."""

from __future__ import annotations

import asyncio
import importlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline import Article, Extractor, load_config
from dateline.config import ProviderConfig
from dateline.config.loading import build as configured
from dateline.config.presets import PRESETS
from dateline.providers import build
from dateline.providers.standing import missing
from loopback import Answer, Loopback, chat
from support.asking import request
from support.vendors import candidate, converse, message, response

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


# Every configuration of the page, as it stands there

HOW_TO = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TABLES = [
    pytest.param(number, name, id=f"{number}-{name}")
    for number, code in enumerate(HOW_TO)
    for name in tomllib.loads(code)["providers"]
]
OF_A_FILE = {"scripted", "replay"}
EMBEDDED = {"local"}
BASELINES = {"nothing", "every-sentence"}
DRAFT = '{"events": [], "claims": []}'
URLS = {
    "anthropic": "https://api.anthropic.com/v1/messages",
    "bedrock": "https://bedrock-runtime.eu-west-1.amazonaws.com/model/"
    "eu.anthropic.claude-sonnet-4-5-20250929-v1:0/converse",
    "deepseek": "https://api.deepseek.com/chat/completions",
    "gemini": "https://generativelanguage.googleapis.com/v1beta/models/"
    "gemini-3.5-flash:generateContent",
    "groq": "https://api.groq.com/openai/v1/chat/completions",
    "llama-cpp": "http://localhost:8080/v1/chat/completions",
    "mistral": "https://api.mistral.ai/v1/chat/completions",
    "ollama": "http://localhost:11434/v1/chat/completions",
    "openai": "https://api.openai.com/v1/chat/completions",
    "openai+responses": "https://api.openai.com/v1/responses",
    "openai-compatible": "https://llm.example.org/v1/chat/completions",
    "openrouter": "https://openrouter.ai/api/v1/chat/completions",
    "together": "https://api.together.xyz/v1/chat/completions",
    "vllm": "http://localhost:8000/v1/chat/completions",
    "azure": "https://my-resource.openai.azure.com/openai/v1/chat/completions",
    "azure+dated": "https://my-resource.openai.azure.com/openai/deployments/my-deployment"
    "/chat/completions?api-version=2024-10-21",
}
ANSWERS: dict[str, Answer] = {
    "anthropic": message(DRAFT),
    "bedrock": converse(DRAFT),
    "gemini": candidate(DRAFT),
    "openai+responses": response(DRAFT),
}


def way(settings: ProviderConfig) -> str:
    """The kind, and which of its interfaces."""
    if settings.api == "responses":
        return f"{settings.kind}+responses"
    return f"{settings.kind}+dated" if settings.api_version else settings.kind


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    named = set(re.findall(r'(?:"env:|api_key_env = ")([A-Z_]+)', PAGE))
    for name in named | {known.key_env for known in PRESETS.values() if known.key_env}:
        monkeypatch.setenv(name, "key-0123456789abcdef")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_there_is_a_configuration_for_every_kind() -> None:
    shown = {
        table.get("kind", name)
        for code in HOW_TO
        for name, table in tomllib.loads(code)["providers"].items()
    }

    assert shown == set(PRESETS) - BASELINES


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(("number", "name"), TABLES)
def test_a_configuration_of_the_page_lacks_nothing_and_is_answered_by_its_provider(
    number: int, name: str, tmp_path: Path
) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(HOW_TO[number], "utf-8")
    for named in ("answers.jsonl", "run.jsonl"):
        (tmp_path / named).write_text("", "utf-8")
    settings = load_config(path).provider(name)
    if settings.kind in EMBEDDED | OF_A_FILE:
        assert [line for line in missing(settings) if "models pull" not in line] == []
        return
    assert missing(settings) == []

    completer: Any = build(load_config(path), name)
    gateway = settings.kind == "anthropic" and name != "anthropic"
    assert completer._head.url == (
        f"{settings.base_url}/v1/messages" if gateway else URLS[way(settings)]
    )

    with Loopback(ANSWERS.get(way(settings), chat(DRAFT))) as server:
        elsewhere = {**tomllib.loads(HOW_TO[number])["providers"][name]}
        elsewhere |= {"base_url": server.base_url, "kind": settings.kind}
        elsewhere.pop("fallback", None)
        answer = asyncio.run(asked_once({"providers": {name: elsewhere}}, name))
    assert (answer, server.count) == (DRAFT, 1)


async def asked_once(config: dict[str, Any], name: str) -> str:
    completer = build(configured(config), name)
    try:
        return (await completer.complete(request())).text
    finally:
        await completer.aclose()


def test_the_kind_of_ones_own_works_as_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = PAGE.partition("## Add a kind of your own")[2]
    code, points, config = re.findall(r"^```(?:python)?\n(.*?)^```", section, re.M | re.S)
    package = tmp_path / "house_package"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "provider.py").write_text(code, "utf-8")
    metadata = tmp_path / "house_package-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: house-package\n", "utf-8")
    ((group, named),) = tomllib.loads(points)["project"]["entry-points"].items()
    (metadata / "entry_points.txt").write_text(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in named.items()), "utf-8"
    )
    (tmp_path / "dateline.toml").write_text(config, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DATELINE_CACHE_DIR", str(tmp_path / "cache"))
    importlib.invalidate_caches()

    with Extractor(provider="lab", config=tmp_path / "dateline.toml") as extractor:
        found = extractor.extract(Article(text="The council met on Tuesday."))

    assert found.provenance.answered_by == ("lab/house-2",)
    sys.modules.pop("house_package.provider")
    sys.modules.pop("house_package")
