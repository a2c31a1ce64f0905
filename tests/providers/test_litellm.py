"""LiteLLM's proxy, a real gateway, in both of its wire formats; see ``examples/README.md``.

It runs where ``DATELINE_LITELLM`` names its executable: it belongs into an environment of its own.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dateline import Article, Extraction, Extractor, Failure, load_config
from dateline.config import ProviderConfig
from dateline.retry import RetrySettings
from loopback import Answer, Loopback, Received, rate_limited, raw

EXAMPLES = Path(__file__).parents[2] / "examples"
LITELLM = shutil.which(os.environ.get("DATELINE_LITELLM") or "no-litellm")
KEY = "sk-example"
BUSY = "A market was raided in Tolmera on Monday."

pytestmark = [
    pytest.mark.skipif(
        LITELLM is None, reason="DATELINE_LITELLM names no executable of LiteLLM's proxy"
    ),
    pytest.mark.timeout(300),
]
FORMATS = pytest.mark.parametrize("provider", ["gateway", "gateway-anthropic"])


@dataclass
class Proxy:
    """The proxy's port, and the model behind it."""

    port: int
    model: Loopback

    def environment(self) -> dict[str, str]:
        return {
            "GATEWAY_KEY": KEY,
            "DATELINE_PROVIDERS__GATEWAY__BASE_URL": f"http://127.0.0.1:{self.port}/v1",
            "DATELINE_PROVIDERS__GATEWAY_ANTHROPIC__BASE_URL": f"http://127.0.0.1:{self.port}",
        }


def answered(received: Received) -> Answer:
    """As the gateway of the examples does, or too busy where the article says so."""
    if BUSY in json.dumps(received.body):
        return rate_limited(retry_after="0")
    body: dict[str, Any] = gateway().chat_completion(received.body["model"])
    return raw(json.dumps(body).encode())


def gateway() -> Any:
    spec = importlib.util.spec_from_file_location("gateway", EXAMPLES / "servers" / "gateway.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("litellm") / "log"
    with Loopback(answered) as model, log.open("wb") as written:
        process = subprocess.Popen(
            [
                str(LITELLM),
                *("--config", str(EXAMPLES / "servers" / "litellm.yaml")),
                *("--host", "127.0.0.1", "--port", str(port)),
            ],
            stdout=written,
            stderr=subprocess.STDOUT,
            env={
                **os.environ,
                "GATEWAY_KEY": KEY,
                "MODEL_URL": model.base_url,
                "LITELLM_LOCAL_MODEL_COST_MAP": "True",
                "NO_PROXY": "127.0.0.1",
            },
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/health/liveliness", process, log)
            yield Proxy(port, model)
        finally:
            process.terminate()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(480):
        if process.poll() is not None:
            break
        try:
            opener.open(url, timeout=5).close()
        except (OSError, urllib.error.URLError):
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"LiteLLM's proxy did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")


@pytest.fixture(autouse=True)
def environment(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in proxy.environment().items():
        monkeypatch.setenv(name, value)

    def of(provider: ProviderConfig) -> RetrySettings:
        return RetrySettings(attempts=3, first_wait_s=0.001)

    monkeypatch.setattr(RetrySettings, "of", of)


def extracted(provider: str, text: str) -> Extraction | Failure:
    config = load_config(EXAMPLES / "providers.toml")
    with Extractor(provider=provider, config=config, cache=False) as extractor:
        (result,) = extractor.extract_many([Article(text=text, id="a")])
    return result


@FORMATS
def test_the_example_runs_against_the_proxy(provider: str, proxy: Proxy, tmp_path: Path) -> None:
    before = proxy.model.count

    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "swap_providers.py"), provider],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "DATELINE_CACHE_DIR": str(tmp_path / "cache")},
    )

    assert done.returncode == 0, done.stderr
    assert f"{provider}: answered by {provider}/house-model, 1 calls" in done.stdout
    assert "Attack: “Gunmen opened fire on a ferry crossing" in done.stdout
    assert proxy.model.count == before + 1


@FORMATS
def test_the_schema_reaches_the_model_through_the_proxy(provider: str, proxy: Proxy) -> None:
    extracted(provider, "Gunmen attacked a ferry crossing near Tolmera on Tuesday.")

    sent = proxy.model.requests[-1].body
    assert sent["response_format"]["type"] == "json_schema"
    assert "evidence" in json.dumps(sent["response_format"])


@FORMATS
def test_a_busy_model_behind_the_proxy_is_asked_again_by_us_alone(
    provider: str, proxy: Proxy
) -> None:
    before = proxy.model.count

    result = extracted(provider, BUSY)

    assert isinstance(result, Failure)
    assert result.error == "rate_limited"
    assert proxy.model.count == before + 3


@FORMATS
def test_a_key_that_the_proxy_declines_is_not_tried_twice(
    provider: str, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GATEWAY_KEY", "sk-of-somebody-else")
    before = proxy.model.count

    result = extracted(provider, "Gunmen attacked a ferry crossing near Tolmera on Tuesday.")

    assert isinstance(result, Failure)
    assert (result.error, len(result.attempts)) == ("rejected", 1)
    assert "Check the key" in result.message
    assert proxy.model.count == before
