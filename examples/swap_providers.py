"""The same article through four providers: only a name changes.

python swap_providers.py                      # each in turn, those that can run here
python swap_providers.py gateway-anthropic    # one of them
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline import Article, Extraction, Extractor, ModelError, load_config
from dateline.models import ensure_model

HERE = Path(__file__).parent
MODEL = "smollm2-135m-instruct"
ARTICLE = Article(
    id="ferry",
    published="2026-03-12",
    text="Gunmen attack ferry crossing near Tolmera\n\n"
    "Gunmen opened fire on a ferry crossing near the river town of Tolmera on Tuesday evening, "
    "killing at least nine people and wounding 14 others, the regional health office said. "
    "Residents said that the guard post on the east bank had long been empty.",
)


def extract(provider: str) -> Extraction:
    """All of a user's code: the name of the provider is the one thing that differs."""
    with Extractor(provider=provider, config=HERE / "providers.toml") as extractor:
        return extractor.extract(ARTICLE)


@contextmanager
def server(script: str, *arguments: str) -> Iterator[str]:
    """Start one of the programs in ``servers/``; yields its port."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "servers" / script), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.terminate()
        process.wait()
        process.stdout.close()


@contextmanager
def running(provider: str) -> Iterator[bool]:
    """Start what a provider needs, and say where it is: variables win over the file."""
    variable = f"DATELINE_PROVIDERS__{provider.upper().replace('-', '_')}__BASE_URL"
    if variable in os.environ:
        # You have started one yourself, LiteLLM's proxy for instance.
        yield True
        return
    if provider.startswith("gateway"):
        os.environ["GATEWAY_KEY"] = "example-key"
        with server("gateway.py") as port:
            path = "" if provider.endswith("anthropic") else "/v1"
            os.environ[variable] = f"http://127.0.0.1:{port}{path}"
            yield True
        return
    try:
        model = ensure_model(MODEL, offline=True)
    except ModelError:
        print(f"{provider}: skipped; fetch the model first (dateline models pull {MODEL})")
        yield False
        return
    if provider == "embedded":
        yield True
        return
    with server("llama.py", str(model)) as port:
        os.environ[variable] = f"http://127.0.0.1:{port}/v1"
        yield True


def main() -> None:
    """Run each provider that was asked for."""
    names = sys.argv[1:] or list(load_config(HERE / "providers.toml").providers)
    for provider in names:
        with running(provider) as here:
            if not here:
                continue
            result = extract(provider)
        answered = ", ".join(result.provenance.answered_by)
        print(f"{provider}: answered by {answered}, {result.usage.calls} calls")
        for event in result.events:
            print(f"   {event.sub_event_type}: “{event.evidence[0].quote[:60]}...”")


if __name__ == "__main__":
    main()
