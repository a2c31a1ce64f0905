"""Translate exceptions of the openai client and of the transport into dateline's errors.

One table maps them, most specific first. Its names are strings, so that a library is imported only
by those who use it, and a name that an older release lacks does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    Refused,
    Rejected,
    Truncated,
    Unavailable,
)
from dateline.providers.endpoint import Endpoint
from dateline.providers.faults import Reply, no_answer_in_time, of_reply


class AnswerTooLarge(Exception):
    """The body of an answer is larger than any answer can be; ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(limit)


class NotSigned(Exception):
    """There are no credentials to sign a request with; what looked for them raised the cause."""


@dataclass(frozen=True, slots=True)
class _Case:
    """An exception, who it is about, and what was sent."""

    error: Any
    endpoint: Endpoint
    texts: Iterable[str]


def _status(case: _Case) -> CompletionError:
    response = case.error.response
    reply = Reply.read(response.status_code, response.headers, case.error.body)
    return of_reply(reply, case.endpoint, case.texts)


def _timeout(case: _Case) -> CompletionError:
    return no_answer_in_time(case.endpoint)


def _connection(case: _Case) -> CompletionError:
    causes = _causes(case.error)
    kind = type(causes[-1] if causes else case.error).__name__
    return Unavailable(
        f"the server was not reached or cut the connection ({kind})",
        where=case.endpoint.where,
        remedy=f"Is it running? Check {case.endpoint.setting('base_url')} and the network.",
    )


def _certificate(case: _Case) -> CompletionError:
    error = Unavailable(
        "the server's certificate is not trusted, so nothing was sent",
        where=case.endpoint.where,
        remedy="For a server or a proxy with a certificate of your own, name its authority's PEM "
        "file in the environment variable SSL_CERT_FILE.",
    )
    error.retryable = False  # The next provider may be asked; this one will not change.
    return error


_PROXY: Final = "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or except the server in NO_PROXY."


def _proxy_lost(case: _Case) -> CompletionError:
    kind = type((_causes(case.error) or [case.error])[-1]).__name__
    return Unavailable(
        f"the proxy of the environment was not reached ({kind})",
        where=case.endpoint.where,
        remedy=_PROXY,
    )


def _proxy_declined(case: _Case) -> CompletionError:
    status = getattr(case.error, "status", 0)
    error = Unavailable(
        f"the proxy of the environment let nothing through (HTTP {status})",
        where=case.endpoint.where,
        remedy=_PROXY,
    )
    error.retryable = status >= 500  # What it forbids, it will forbid again.
    return error


_NO_TLS: Final = {"WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"}
"""What OpenSSL makes of an answer that is not TLS."""


def _tls(case: _Case) -> CompletionError:
    cause = (_causes(case.error) or [case.error])[-1]
    reason = str(getattr(cause, "reason", None) or type(cause).__name__)
    error = Unavailable(
        f"TLS with the server could not be set up, so nothing was sent ({reason})",
        where=case.endpoint.where,
        remedy="Does it speak TLS there? Check scheme (http or https) and port of "
        f"{case.endpoint.setting('base_url')}.",
    )
    error.retryable = reason not in _NO_TLS
    return error


def _broken_off(case: _Case) -> CompletionError:
    if _is_packed_wrong(case.error):
        return _packed_wrong(case)
    kind = type((_causes(case.error) or [case.error])[-1]).__name__
    return Unavailable(
        f"the answer broke off before its end ({kind})",
        where=case.endpoint.where,
        remedy="The server, or a proxy before it, cut the connection: this is usually temporary.",
    )


def _no_http(case: _Case) -> CompletionError:
    if _is_packed_wrong(case.error):
        return _packed_wrong(case)
    kind = type((_causes(case.error) or [case.error])[-1]).__name__
    return Unavailable(
        f"what came back is no valid HTTP answer ({kind})",
        where=case.endpoint.where,
        remedy=f"Check scheme and port of {case.endpoint.setting('base_url')}.",
    )


def _is_packed_wrong(error: BaseException) -> bool:
    return any(type(cause).__name__ == "ContentEncodingError" for cause in _causes(error))


def _packed_wrong(case: _Case) -> CompletionError:
    return InvalidAnswer(
        "the answer is packed in a way that cannot be unpacked (its Content-Encoding)",
        where=case.endpoint.where,
        remedy="No packing was asked for: check the server and the proxies before it.",
    )


def _too_large(case: _Case) -> CompletionError:
    return InvalidAnswer(
        f"the answer is larger than {case.error.limit // 2**20} MiB",
        where=case.endpoint.where,
        remedy="No model answers that much: check the server.",
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


def _not_prepared(case: _Case) -> CompletionError:
    return Rejected(
        f"the client could not prepare the request ({type(case.error).__name__})",
        where=case.endpoint.where,
        remedy=f"Check {case.endpoint.setting('base_url')}, "
        f"{case.endpoint.setting('api_key_env')} and the client's own environment variables "
        "(OPENAI_...).",
    )


_MAY_PASS: Final = {"CredentialRetrievalError", "HTTPClientError", "MetadataRetrievalError"}
"""Of botocore: whoever hands out the credentials did not answer."""


def _not_signed(case: _Case) -> CompletionError:
    cause = case.error.__cause__
    message = f"no credentials could be had to sign the request with ({type(cause).__name__})"
    remedy = (
        "Sign in again (aws sso login), or check the profile and what its credentials come from."
    )
    if not _MAY_PASS.isdisjoint(base.__name__ for base in type(cause).__mro__):
        return Unavailable(message, where=case.endpoint.where, remedy=remedy)
    return Rejected(message, where=case.endpoint.where, remedy=remedy)


def _closed(case: _Case) -> CompletionError:
    return Unavailable("the connection was closed early", where=case.endpoint.where)


_Mapping = Callable[[_Case], CompletionError]

EXCEPTIONS: Final[tuple[tuple[str, _Mapping], ...]] = (
    ("dateline.AnswerTooLarge", _too_large),
    ("dateline.NotSigned", _not_signed),
    ("aiohttp.InvalidURL", _not_prepared),
    ("aiohttp.NonHttpUrlClientError", _not_prepared),
    ("aiohttp.ClientConnectorCertificateError", _certificate),
    ("aiohttp.ClientConnectorSSLError", _tls),
    ("aiohttp.ClientProxyConnectionError", _proxy_lost),
    ("aiohttp.ConnectionTimeoutError", _connection),
    ("aiohttp.ServerTimeoutError", _timeout),
    ("aiohttp.ClientPayloadError", _broken_off),
    ("aiohttp.ClientHttpProxyError", _proxy_declined),
    ("aiohttp.ClientResponseError", _no_http),
    ("aiohttp.ClientError", _connection),
    ("aiohttp.HttpProcessingError", _connection),
    ("builtins.TimeoutError", _timeout),
    ("builtins.OSError", _connection),
    ("openai.APITimeoutError", _timeout),
    ("openai.APIConnectionError", _connection),
    ("openai.RateLimitError", _status),
    ("openai.OAuthError", _status),
    ("openai.AuthenticationError", _status),
    ("openai.PermissionDeniedError", _status),
    ("openai.NotFoundError", _status),
    ("openai.ConflictError", _status),
    ("openai.UnprocessableEntityError", _status),
    ("openai.BadRequestError", _status),
    ("openai.InternalServerError", _status),
    ("openai.APIStatusError", _status),
    ("openai.APIResponseValidationError", _invalid),
    ("openai.APIError", _invalid),
    ("openai.LengthFinishReasonError", _truncated),
    ("openai.ContentFilterFinishReasonError", _filtered),
    ("openai.SubjectTokenProviderError", _not_prepared),
    ("openai.WebSocketConnectionClosedError", _closed),
    ("openai.WebSocketQueueFullError", _closed),
    ("openai.InvalidWebhookSignatureError", _invalid),
    ("openai.OpenAIError", _not_prepared),
)
"""A package and a class of it, and what makes our error of it."""


def of_exception(
    error: Exception, endpoint: Endpoint, texts: Iterable[str] = ()
) -> CompletionError | None:
    """Return the error that stands for an exception of the table; None for any other."""
    names = {f"{base.__module__.partition('.')[0]}.{base.__name__}" for base in type(error).__mro__}
    for name, mapped in EXCEPTIONS:
        if name in names:
            return mapped(_Case(error, endpoint, texts))
    return None


def _causes(error: BaseException) -> list[BaseException]:
    """What led to an exception, the first cause last."""
    causes: list[BaseException] = []
    cause = error.__cause__
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return causes
