"""Azure OpenAI: OpenAI's interfaces under a resource's own URL, with its own key header.

``base_url`` is the resource's endpoint and ``model`` the name of a deployment. Without
``api_version`` the v1 interface is used, which needs none; with one, the older interface with
the deployment in the path.

Source: Microsoft Learn, "Azure OpenAI in Microsoft Foundry Models API lifecycle" (v1) and
"Azure OpenAI REST API reference" (dated versions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from dateline.providers.http import HttpCompleter
from dateline.providers.openai import ChatDialect
from dateline.providers.responses import ResponsesDialect

if TYPE_CHECKING:
    from dateline.config import ProviderConfig


def build(settings: ProviderConfig) -> HttpCompleter:
    """Build the completer for a provider of kind ``azure``.

    Raises:
        ConfigError: no deployment is named, or the key's variable is not set.
    """
    if settings.api == "responses":
        return HttpCompleter(settings, AzureResponses(settings))
    return HttpCompleter(settings, AzureChat(settings))


class AzureChat(ChatDialect):
    """Chat completions of a deployment."""

    def url(self, base: str) -> str:
        """The deployment's URL in the interface that ``api_version`` chooses."""
        version = self.settings.api_version
        if version is None:
            return f"{_v1(base)}/chat/completions"
        deployment = quote(self.model, safe="")
        root = _root(base)
        return f"{root}/openai/deployments/{deployment}/chat/completions?api-version={version}"

    def headers(self, key: str | None) -> Mapping[str, str] | None:
        """The key in Azure's header."""
        return {"api-key": key} if key else None


class AzureResponses(ResponsesDialect):
    """Responses of a deployment."""

    def url(self, base: str) -> str:
        """The resource's URL; a dated version is stated in the query."""
        version = self.settings.api_version
        if version is None:
            return f"{_v1(base)}/responses"
        return f"{_root(base)}/openai/responses?api-version={version}"

    def headers(self, key: str | None) -> Mapping[str, str] | None:
        """The key in Azure's header."""
        return {"api-key": key} if key else None


def _root(base: str) -> str:
    """The endpoint as the portal shows it, whichever path was pasted with it."""
    return base.removesuffix("/v1").removesuffix("/openai")


def _v1(base: str) -> str:
    """``.../openai/v1``, which may stand in the file or not."""
    if urlsplit(base).path.endswith("/v1"):
        return base
    return f"{_root(base)}/openai/v1"
