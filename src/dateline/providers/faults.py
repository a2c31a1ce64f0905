"""Translate what can go wrong with an endpoint into dateline's errors.

One table maps the client's exceptions, most specific first. Its names are strings, so that the
client is imported only by those who use it, and a name that an older client lacks does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Truncated,
    Unavailable,
)
from dateline.providers.endpoint import Endpoint
from dateline.providers.verdicts import Verdict, of_status
from dateline.providers.waits import number_of, retry_after_s


class AnswerTooLarge(Exception):
    """The body of an answer is larger than any answer can be; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(limit)


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
    said = _quotable(reply.message, texts, endpoint.secrets)
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
                f"a content filter stopped the request (HTTP {status})", where=where, status=status
            )
        case "unreadable":
            return InvalidAnswer(
                f"the server could not read what the model wrote (HTTP {status}{_tokens(reply)})",
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
                f"the server declined the request (HTTP {status}{_tokens(reply)}){said}",
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


@dataclass(frozen=True, slots=True)
class _Case:
    """An exception of the client, who it is about, and what was sent."""

    error: Any
    endpoint: Endpoint
    texts: Iterable[str]


def _status(case: _Case) -> CompletionError:
    response = case.error.response
    reply = Reply.read(response.status_code, response.headers, case.error.body)
    return of_reply(reply, case.endpoint, case.texts)


def _timeout(case: _Case) -> CompletionError:
    causes = _causes(case.error)
    # The aiohttp transport calls every lost connection a timeout.
    if causes and not any(isinstance(cause, TimeoutError) for cause in causes):
        return _connection(case)
    return no_answer_in_time(case.endpoint)


def _connection(case: _Case) -> CompletionError:
    causes = _causes(case.error)
    for cause in causes:
        if isinstance(cause, AnswerTooLarge):
            return InvalidAnswer(
                f"the answer is larger than {cause.limit // 2**20} MiB",
                where=case.endpoint.where,
                remedy="No model answers that much: check the server.",
            )
    kind = type(causes[-1]).__name__ if causes else "no reason given"
    return Unavailable(
        f"the server was not reached or cut the connection ({kind})",
        where=case.endpoint.where,
        remedy=f"Is it running? Check {case.endpoint.setting('base_url')} and the network.",
    )


def _invalid(case: _Case) -> CompletionError:
    return InvalidAnswer("the client could not read the answer", where=case.endpoint.where)


def _truncated(case: _Case) -> CompletionError:
    return Truncated(
        "the answer was cut at the token limit",
        where=case.endpoint.where,
        remedy=f"Raise {case.endpoint.setting('max_tokens')}.",
    )


def _filtered(case: _Case) -> CompletionError:
    return Refused("a content filter stopped the answer", where=case.endpoint.where)


def _credentials(case: _Case) -> CompletionError:
    return Rejected(
        f"the client could not prepare the request ({type(case.error).__name__})",
        where=case.endpoint.where,
        remedy=f"Check {case.endpoint.setting('api_key_env')} and the client's own environment "
        "variables (OPENAI_...).",
    )


def _closed(case: _Case) -> CompletionError:
    return Unavailable("the connection was closed early", where=case.endpoint.where)


_Mapping = Callable[[_Case], CompletionError]

EXCEPTIONS: Final[tuple[tuple[str, _Mapping], ...]] = (
    ("APITimeoutError", _timeout),
    ("APIConnectionError", _connection),
    ("RateLimitError", _status),
    ("OAuthError", _status),
    ("AuthenticationError", _status),
    ("PermissionDeniedError", _status),
    ("NotFoundError", _status),
    ("ConflictError", _status),
    ("UnprocessableEntityError", _status),
    ("BadRequestError", _status),
    ("InternalServerError", _status),
    ("APIStatusError", _status),
    ("APIResponseValidationError", _invalid),
    ("APIError", _invalid),
    ("LengthFinishReasonError", _truncated),
    ("ContentFilterFinishReasonError", _filtered),
    ("SubjectTokenProviderError", _credentials),
    ("WebSocketConnectionClosedError", _closed),
    ("WebSocketQueueFullError", _closed),
    ("InvalidWebhookSignatureError", _invalid),
    ("OpenAIError", _credentials),
)


def of_exception(
    error: Exception, endpoint: Endpoint, texts: Iterable[str] = ()
) -> CompletionError | None:
    """Return the error that stands for an exception of the openai client; None for any other."""
    names = {base.__name__ for base in type(error).__mro__ if base.__module__.startswith("openai")}
    for name, mapped in EXCEPTIONS:
        if name in names:
            return mapped(_Case(error, endpoint, texts))
    return None


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


def _quotable(message: str, texts: Iterable[str], secrets: Iterable[str]) -> str:
    """The server's words as ``: "..."``, or nothing where they may repeat an article or a key."""
    message = " ".join(message.split())[:300]
    if not message or _SECRET.search(message) or any(key in message for key in secrets if key):
        return ""
    folded = _NOT_WORD.sub("", message)
    if len(folded) >= _WINDOW:
        windows = {folded[i : i + _WINDOW] for i in range(len(folded) - _WINDOW + 1)}
        for text in texts:
            sent = _NOT_WORD.sub("", text)
            if any(window in sent for window in windows):
                return ""
    return f': "{message}"'


def _tokens(reply: Reply) -> str:
    named = [code for code in reply.codes if not code.isdecimal()]
    shown = [part for part in (*named[:1], reply.param) if _TOKEN.match(part)]
    return "".join(f", {part}" for part in shown)


def _causes(error: BaseException) -> list[BaseException]:
    """What led to an exception, the first cause last."""
    causes: list[BaseException] = []
    cause = error.__cause__
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return causes
