"""What differs between HTTP interfaces of models; ``http.HttpCompleter`` is what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from dateline.providers.verdicts import CHAT, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.completion import Completion, Message, OutputSchema, Prefix, Role
    from dateline.config import ProviderConfig
    from dateline.providers.endpoint import Endpoint
    from dateline.providers.modes import Skeleton

Names = Mapping[str, tuple[str, ...]]
"""For each field of ``Sampling`` where it stands in a body (``"reasoning.effort"``), with other
places to try when a model declines the first; a field without a place is not sent."""


_NOTHING: Final[Names] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything of a request but the contents of its last messages."""

    prefix: Prefix
    roles: Sequence[Role]
    schema: OutputSchema
    mode: str
    parameters: Mapping[str, Any]
    """By place in the body, as ``Names`` says it."""


class Dialect:
    """One wire format. Stateless; ``settings`` are those of the provider it speaks for."""

    table: Table = CHAT
    names: Names = _NOTHING
    required: frozenset[str] = frozenset()
    """Places that cannot be left out."""

    def __init__(self, settings: ProviderConfig) -> None:
        self.settings = settings

    @property
    def model(self) -> str:
        """The model that is asked for."""
        return self.settings.model or ""

    def url(self, base: str) -> str:
        """The whole URL of a request; ``base`` has no slash at its end."""
        raise NotImplementedError

    def headers(
        self,
        key: str | None,  # noqa: ARG002  # of use to those that override it
    ) -> Mapping[str, str] | None:
        """Headers that authenticate and state versions; None for ``Authorization: Bearer``."""
        return None

    async def ready(self) -> None:
        """Do what must be done before ``signature``, where that takes a while."""

    def signature(
        self,
        url: str,  # noqa: ARG002  # of use to those that override it
        body: bytes,  # noqa: ARG002  # of use to those that override it
    ) -> Mapping[str, str] | None:
        """Headers that depend on the body; None for an interface without them."""
        return None

    def skeleton(self, asked: Asked) -> Skeleton:
        """Prepare the request.

        Raises:
            SchemaError: this schema cannot be asked for.
        """
        raise NotImplementedError

    def read(
        self, data: bytes, endpoint: Endpoint, *, seconds: float, texts: Iterable[str]
    ) -> Completion:
        """Read the body of a successful answer. Raises as ``wire.read_completion`` does."""
        raise NotImplementedError


def place(body: dict[str, Any], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``body`` with each parameter where its name says: ``"a.b"`` is ``body["a"]["b"]``."""
    for name, value in parameters.items():
        target = body
        *path, last = name.split(".")
        for key in path:
            target = target.setdefault(key, {})
        target[last] = value
    return body


def messages_from(prefix: Prefix, gaps: Sequence[Message]) -> tuple[list[str], list[Message]]:
    """Split messages into system texts, which stand apart in some formats, and a conversation.

    A system message after the conversation began is moved into it, as a user's: taking it out
    would change the order of what the model reads.
    """
    from dateline.completion import Message

    system: list[str] = []
    conversation: list[Message] = []
    for message in (*prefix.messages, *gaps):
        if message.role != "system":
            conversation.append(message)
        elif conversation or message in gaps:
            conversation.append(Message("user", message.content))
        else:
            system.append(message.content)
    return system, conversation


TELEMETRY: Final = (
    "Lang",
    "Package-Version",
    "OS",
    "Arch",
    "Runtime",
    "Runtime-Version",
    "Async",
)
"""Headers in which the openai client describes this machine; they are not sent."""
