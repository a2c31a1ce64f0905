"""Translate what a server says when it declines, in any vendor's form, into dateline's errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic_core import from_json

from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Unavailable,
)
from dateline.providers.endpoint import Endpoint
from dateline.providers.verdicts import Verdict, of_status
from dateline.providers.waits import number_of, retry_after_s


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said when it declined: status, headers and what its error object holds.

    ``codes`` are all the names that it has for what happened, the most telling first.
    """

    status: int
    headers: Mapping[str, str]
    codes: tuple[str, ...] = ()
    param: str = ""
    message: str = ""
    retry_after_s: float | None = None

    @classmethod
    def read(cls, status: int, headers: Mapping[str, str], body: object) -> Reply:
        """Read the error object of an answer, in any vendor's form; what is missing stays empty."""
        if isinstance(body, list) and body:
            body = body[0]
        error = body.get("error", body) if isinstance(body, dict) else body
        named = headers.get("x-amzn-errortype", "").partition(":")[0]
        if not isinstance(error, dict):
            message = error if isinstance(error, str) else ""
            return cls(status, headers, (named,) if named else (), message=message)
        reasons, wait = _details(error.get("details"))
        codes = [*reasons, named, *(error.get(name) for name in ("code", "type", "status"))]
        inner = error.get("innererror")
        if isinstance(inner, dict):
            codes.insert(0, inner.get("code"))
        said, param = error.get("message", error.get("Message")), error.get("param")
        return cls(
            status,
            headers,
            codes=tuple(code for code in codes if isinstance(code, str) and code),
            param=param if isinstance(param, str) else "",
            message=said if isinstance(said, str) else "",
            retry_after_s=wait,
        )

    @classmethod
    def of_body(cls, status: int, headers: Mapping[str, str], body: bytes) -> Reply:
        """Read the body of an answer; what is no JSON is taken as words."""
        try:
            loaded: object = from_json(body)
        except ValueError:
            loaded = body.decode("utf-8", "replace").strip()
        return cls.read(status, headers, loaded)


def _details(details: object) -> tuple[list[str], float | None]:
    """Reasons and wait in seconds among the details of a Google error."""
    reasons: list[str] = []
    wait = None
    for detail in details if isinstance(details, list) else ():
        if not isinstance(detail, dict):
            continue
        violations = detail.get("violations")
        for violation in violations if isinstance(violations, list) else ():
            if isinstance(violation, dict) and "PerDay" in str(violation.get("quotaId")):
                reasons.append("PerDay")
        reason, delay = detail.get("reason"), detail.get("retryDelay")
        if isinstance(reason, str):
            reasons.append(reason)
        if isinstance(delay, str):
            wait = number_of(delay.removesuffix("s"))
    return reasons, wait


_SPENT = re.compile(r"credit balance|spend limit|usage limits?\b", re.IGNORECASE)


def verdict_of(reply: Reply, endpoint: Endpoint) -> Verdict:
    """What an answer means: by its codes in the family's table, else by its status."""
    known = (endpoint.table[code] for code in reply.codes if code in endpoint.table)
    verdict = next(known, None) or of_status(reply.status)
    if verdict == "declined" and reply.status == 400 and _SPENT.search(reply.message):
        return "quota"  # Anthropic says so with the type of a wrong request.
    return verdict


def of_reply(reply: Reply, endpoint: Endpoint, texts: Iterable[str] = ()) -> CompletionError:
    """Return the error for a status and an error object.

    Args:
        reply: what the server said.
        endpoint: who said it.
        texts: what was sent; the server's words are repeated only where they repeat none of it.
    """
    error = _error_of(reply, endpoint, texts)
    if reply.headers.get("x-should-retry", "").lower() == "false":
        error.retryable = False  # OpenAI's and Anthropic's word, which their own clients heed.
    return error


def _error_of(reply: Reply, endpoint: Endpoint, texts: Iterable[str]) -> CompletionError:
    words = quotable(reply.message, texts, endpoint.secrets)
    said = f': "{words}"' if words else ""
    named = _tokens(reply, endpoint.secrets)
    status, where = reply.status, endpoint.where
    wait = retry_after_s(reply.headers)
    if wait is None and reply.retry_after_s is not None:
        wait = max(0.0, reply.retry_after_s)
    match verdict_of(reply, endpoint):
        case "quota":
            return Rejected(
                f"the quota of this key is used up (HTTP {status}){said}",
                where=where,
                remedy="Waiting does not help: add credit or raise the limit with the provider.",
                status=status,
            )
        case "filtered":
            return Refused(
                f"a content filter stopped the request (HTTP {status})",
                where=where,
                remedy='Another provider may answer: see fallback, with "refused" in fallback_on.',
                status=status,
            )
        case "unreadable":
            return InvalidAnswer(
                f"the server could not read what the model wrote (HTTP {status}{named})",
                where=where,
                remedy=f"Ask again, or try another {endpoint.setting('mode')}.",
                status=status,
            )
        case "slow_down":
            return RateLimited(
                f"the server asks to slow down (HTTP {status}){said}",
                where=where,
                remedy="Lower requests_per_minute, tokens_per_minute or concurrency in "
                f"{endpoint.setting('requests_per_minute')}.",
                status=status,
                retry_after_s=wait,
            )
        case "failing":
            error = Unavailable(
                f"the server failed (HTTP {status}){said}",
                where=where,
                remedy="This is usually temporary.",
                status=status,
            )
            error.retry_after_s = wait
            return error
        case verdict:
            return Rejected(
                f"the server declined the request (HTTP {status}{named}){said}",
                where=where,
                remedy=_remedy(401 if verdict == "key" else status, endpoint),
                status=status,
            )


def _remedy(status: int, endpoint: Endpoint) -> str:
    if 300 <= status < 400:
        return (
            f"It redirects, and requests are not sent on: correct {endpoint.setting('base_url')}."
        )
    if status == 401:
        return f"Check the key in the variable that {endpoint.setting('api_key_env')} names."
    if status == 403:
        return "The key may not use this model, or not from here."
    if status == 404:
        return (
            f"Check the model ({endpoint.setting('model')}) and the URL "
            f"({endpoint.setting('base_url')}), which usually ends in /v1."
        )
    if status == 413:
        return "The request is too large for this server: send shorter articles or chunks."
    return (
        f"If it is about the output format, try another {endpoint.setting('mode')}: "
        "json_schema, tools, json or md_json."
    )


def no_answer_in_time(endpoint: Endpoint) -> Unavailable:
    """Return the error for an answer that was not complete within ``timeout_s``."""
    seconds = f" within {endpoint.settings.timeout_s:g} s" if endpoint.settings else " in time"
    return Unavailable(
        f"there was no complete answer{seconds}",
        where=endpoint.where,
        remedy=f"Raise {endpoint.setting('timeout_s')} if the model is that slow.",
    )


_NOT_WORD = re.compile(r"[\W_]+")
_SECRET = re.compile(r"\b(?:sk|pk|rk|key|api|Bearer)[-_ ]?[\w*.-]{6,}", re.IGNORECASE)
_TOKEN = re.compile(r"^[\w.-]{1,64}$")
_WINDOW = 16


def quotable(message: str, texts: Iterable[str], secrets: Iterable[str]) -> str:
    """The first 300 characters of the server's words; none where they may repeat what is secret.

    Args:
        message: the words.
        texts: what was sent, of which 16 characters in a row are too many.
        secrets: keys and the like.
    """
    message = " ".join(message.split())[:300]
    if not message or _SECRET.search(message) or _holds(message, secrets):
        return ""
    folded = _NOT_WORD.sub("", message)
    if len(folded) >= _WINDOW:
        windows = {folded[i : i + _WINDOW] for i in range(len(folded) - _WINDOW + 1)}
        for text in texts:
            sent = _NOT_WORD.sub("", text)
            if any(window in sent for window in windows):
                return ""
    return message


def _tokens(reply: Reply, secrets: Iterable[str]) -> str:
    named = [code for code in reply.codes if not code.isdecimal()]
    shown = [part for part in (*named[:1], reply.param) if _TOKEN.match(part)]
    return "".join(f", {part}" for part in shown if not _holds(part, secrets))


def _holds(text: str, secrets: Iterable[str]) -> bool:
    return any(secret in text for secret in secrets if secret)
