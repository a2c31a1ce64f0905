"""What is known about each kind of provider before a file says anything: one row a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Mode = Literal["json_schema", "tools", "json", "md_json"]
"""How structured output is asked for."""

ALL_MODES: Final[tuple[Mode, ...]] = ("json_schema", "tools", "json", "md_json")
_CHAT_LIMIT: Final = ("max_tokens", "max_completion_tokens")
_NEW_CHAT_LIMIT: Final = ("max_completion_tokens", "max_tokens")


@dataclass(frozen=True, slots=True)
class Preset:
    """The defaults of a kind.

    Attributes:
        base_url: where it is reached; None where the file must say it, or the kind has no URL.
        key_env: the variable that usually holds its key.
        key_needed: False where a server may do without.
        mode: the first of these modes is the default; a file may choose among them.
        strict: whether decoding is bound to the schema by asking for it ("strict").
        temperature: sent where a file says nothing; None leaves it to the provider, which is
            right where newer models refuse the parameter or are tuned for their own.
        names: names of sampling parameters that differ from OpenAI's; the first is tried first,
            none at all means that the parameter is not sent.
        context_tokens: how much it reads at once, where that is known for the whole kind.
        module, extra: what must be installed for it, and the extra that brings it.
        source: the page that says so.
    """

    base_url: str | None = None
    key_env: str | None = None
    key_needed: bool = True
    modes: tuple[Mode, ...] = ALL_MODES
    strict: bool = False
    temperature: float | None = 0.0
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    context_tokens: int | None = None
    module: str | None = None
    extra: str | None = None
    source: str = ""

    @property
    def mode(self) -> Mode:
        """The default mode."""
        return self.modes[0]


PRESETS: Final[Mapping[str, Preset]] = {
    "local": Preset(key_needed=False, module="xllamacpp", extra="local"),
    "openai": Preset(
        key_env="OPENAI_API_KEY",
        strict=True,
        temperature=None,
        names={"max_tokens": _NEW_CHAT_LIMIT},
        source="OpenAI API reference: Chat Completions; Responses",
    ),
    "azure": Preset(
        key_env="AZURE_OPENAI_API_KEY",
        strict=True,
        temperature=None,
        names={"max_tokens": _NEW_CHAT_LIMIT},
        source="Microsoft Learn: Azure OpenAI in Microsoft Foundry Models API lifecycle",
    ),
    "openai-compatible": Preset(key_needed=False, names={"max_tokens": _CHAT_LIMIT}),
    "anthropic": Preset(
        base_url="https://api.anthropic.com",
        key_env="ANTHROPIC_API_KEY",
        modes=("json_schema", "tools", "json"),
        strict=True,
        temperature=None,
        source="Claude Docs: Messages; Structured outputs",
    ),
    "gemini": Preset(
        base_url="https://generativelanguage.googleapis.com/v1beta",
        key_env="GEMINI_API_KEY",
        modes=("json_schema", "json"),
        strict=True,
        temperature=None,
        source="Google AI for Developers: Generating content; Structured outputs",
    ),
    "bedrock": Preset(
        key_env="AWS_BEARER_TOKEN_BEDROCK",
        key_needed=False,
        modes=("json_schema", "tools", "json"),
        strict=True,
        temperature=None,
        module="botocore",
        extra="bedrock",
        source="Amazon Bedrock API Reference: Converse; User Guide: Use an Amazon Bedrock API key",
    ),
    "mistral": Preset(
        base_url="https://api.mistral.ai/v1",
        key_env="MISTRAL_API_KEY",
        strict=True,
        names={"max_tokens": ("max_tokens",), "seed": ("random_seed",)},
        source="Mistral Docs: Chat completion API; Custom structured output",
    ),
    "openrouter": Preset(
        base_url="https://openrouter.ai/api/v1",
        key_env="OPENROUTER_API_KEY",
        strict=True,
        names={"max_tokens": _CHAT_LIMIT},
        source="OpenRouter Documentation: Structured Outputs; Errors and Debugging",
    ),
    "groq": Preset(
        base_url="https://api.groq.com/openai/v1",
        key_env="GROQ_API_KEY",
        names={"max_tokens": _NEW_CHAT_LIMIT},
        source="GroqDocs: Structured Outputs; OpenAI Compatibility",
    ),
    "together": Preset(
        base_url="https://api.together.xyz/v1",
        key_env="TOGETHER_API_KEY",
        names={"max_tokens": _CHAT_LIMIT},
        source="Together AI Docs: Structured outputs; OpenAI compatibility",
    ),
    "deepseek": Preset(
        base_url="https://api.deepseek.com",
        key_env="DEEPSEEK_API_KEY",
        modes=("json", "tools", "md_json"),
        names={"max_tokens": _CHAT_LIMIT, "seed": ()},
        source="DeepSeek API Docs: JSON Output; Create Chat Completion",
    ),
    "ollama": Preset(
        base_url="http://localhost:11434/v1",
        key_needed=False,
        names={"max_tokens": _CHAT_LIMIT},
        source="Ollama's documentation: OpenAI compatibility",
    ),
    "vllm": Preset(
        base_url="http://localhost:8000/v1",
        key_needed=False,
        names={"max_tokens": _CHAT_LIMIT},
        source="vLLM: OpenAI-Compatible Server; Structured Outputs",
    ),
    "llama-cpp": Preset(
        base_url="http://localhost:8080/v1",
        key_needed=False,
        names={"max_tokens": _CHAT_LIMIT},
        source="llama.cpp: tools/server/README.md",
    ),
    "scripted": Preset(key_needed=False),
    "replay": Preset(key_needed=False),
    "nothing": Preset(key_needed=False),
    # In small parts, so that no answer needs more items than one may hold.
    "every-sentence": Preset(key_needed=False, context_tokens=4096),
}
"""Every built-in kind, in the order in which messages list them."""

UNKNOWN: Final = Preset(key_needed=False)
"""For kinds that other packages bring."""


def preset(kind: str) -> Preset:
    """What is known about a kind; a row that says nothing for kinds of other packages."""
    return PRESETS.get(kind, UNKNOWN)
