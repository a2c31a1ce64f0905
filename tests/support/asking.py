"""Requests to try completers with."""

from __future__ import annotations

from typing import Any

from dateline.completion import CompletionRequest, Message, OutputSchema, Prefix, Sampling
from dateline.drafts import draft_model

SCHEMA = OutputSchema("draft", draft_model(("Armed clash", "Attack")))
PREFIX = Prefix((Message("system", "Fill in what the report says."),))


def request(text: str = "Two trucks burned near Karesh.", **changes: Any) -> CompletionRequest:
    """A request that asks for a draft about ``text``."""
    fields: dict[str, Any] = {
        "prefix": PREFIX,
        "messages": (Message("user", text),),
        "schema": SCHEMA,
        "sampling": Sampling(),
        "article_id": "a1",
    }
    return CompletionRequest(**{**fields, **changes})
