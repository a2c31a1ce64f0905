"""Where a provider's answers come from, as messages may name it: never with a key in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from dateline.providers.verdicts import CHAT, Table

if TYPE_CHECKING:
    from dateline.config import ProviderConfig


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Name, URL and model of a provider, where its settings stand, and what its codes mean."""

    name: str
    url: str
    model: str
    settings: ProviderConfig | None = None
    secrets: tuple[str, ...] = field(default=(), repr=False)
    table: Table = field(default_factory=lambda: CHAT, repr=False)

    @property
    def where(self) -> str:
        """``name (URL without credentials)``."""
        return f"{self.name} ({without_credentials(self.url)})" if self.url else self.name

    def setting(self, key: str) -> str:
        """File, line and key path of a setting, to be named in a remedy."""
        if self.settings is None or not self.settings.name:
            return key
        return self.settings.where(key)


def without_credentials(url: str) -> str:
    """Return ``url`` with user, password, query and fragment taken out."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if ":" in host:
            host = f"[{host}]"
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return "an unreadable URL"
    return urlunsplit((parts.scheme, host + port, parts.path, "", ""))
