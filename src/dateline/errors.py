"""Every error that dateline raises, as one tree.

    DatelineError
    ├── ArticleError             an input cannot be read as an article
    ├── ConfigError              dateline.toml, an environment variable or an argument is wrong
    ├── PromptError              a prompt, an example file or a taxonomy is wrong
    ├── SchemaError              a user's model cannot be asked for
    ├── CacheError               the cache folder cannot be used, or an entry is damaged
    │   └── ReplayMiss           the replay provider has no recording of this request
    ├── ModelError               an embedded model cannot be found, fetched, verified or started
    ├── EvaluationError          a suite, a run or a gate cannot be used
    │   └── GoldError            a file of labels or predictions is wrong, or lacks its texts
    └── CompletionError          a provider gave no usable answer
        ├── Unavailable          not reached, timed out, or 5xx
        ├── RateLimited          429, with the wait the server asked for
        ├── Rejected             the request, the key or the quota is wrong (400, 401, 403, 404)
        ├── Refused              the model or a content filter declined
        ├── Truncated            the answer was cut and nothing in it could be used
        ├── InvalidAnswer        the answer could not be read, after every re-ask
        └── BudgetExceeded       the next call might pass max_usd; it was not made

A message says what is wrong, where (a file and key path, or a JSON path such as
``$.events[2].evidence``) and what to do. It never holds article text or a key.
"""

from __future__ import annotations

from typing import Any


class DatelineError(Exception):
    """Root of all errors raised by dateline.

    Args:
        what: one sentence that says what is wrong.
        where: file and key path, URL without credentials, or JSON path.
        remedy: what the reader can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        if not self.remedy:
            return text
        stop = "" if text.endswith((".", "!", "?", ":")) else "."
        return f"{text}{stop} {self.remedy}"

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes with everything they know."""
        return (_revived, (type(self), self.args, dict(self.__dict__)))

    @property
    def code(self) -> str:
        """Stable name of the error for records and tables, e.g. ``"rate_limited"``."""
        name = type(self).__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class ArticleError(DatelineError):
    """An input cannot be read as an article."""


class ConfigError(DatelineError):
    """The configuration, an environment variable or an argument is wrong."""


class PromptError(DatelineError):
    """A prompt template, an example file or a taxonomy is missing or wrong."""


class SchemaError(DatelineError):
    """A user's model cannot be turned into a schema that a provider accepts."""


class CacheError(DatelineError):
    """The cache folder cannot be used, or an entry in it is damaged."""


class ReplayMiss(CacheError):
    """The replay provider has no recording of this request."""


class ModelError(DatelineError):
    """An embedded model cannot be found, fetched, verified or started."""


class EvaluationError(DatelineError):
    """A suite, a run folder, a comparison or a gate cannot be used."""


class GoldError(EvaluationError):
    """A file of labels or predictions is wrong, or the text of a document is missing."""


class CompletionError(DatelineError):
    """A provider gave no usable answer.

    ``retryable`` says whether the same request may succeed later; ``status`` is the HTTP
    status where there was one; ``retry_after_s`` the wait in seconds that the server asked for.
    ``usage`` is the ``dateline.records.Usage`` of the failed calls, where it is known, and
    ``attempts`` are the calls themselves, once an extractor has given up on an article.
    """

    retryable = False
    retry_after_s: float | None = None
    usage: Any = None
    attempts: tuple[Any, ...] = ()

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        remedy: str | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status


class Unavailable(CompletionError):
    """The provider was not reached, timed out, cut the connection or answered 5xx."""

    retryable = True


class RateLimited(CompletionError):
    """The provider asked to slow down; ``retry_after_s`` is the wait it named, in seconds."""

    retryable = True

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        remedy: str | None = None,
        status: int | None = 429,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(what, where=where, remedy=remedy, status=status)
        self.retry_after_s = retry_after_s


class Rejected(CompletionError):
    """The provider says that the request, the model name, the key or the quota is wrong."""


class Refused(CompletionError):
    """The model or a content filter declined to answer."""


class Truncated(CompletionError):
    """The answer was cut at the token limit and nothing in it could be used."""


class InvalidAnswer(CompletionError):
    """The answer could not be read as what was asked for, after every re-ask."""


class BudgetExceeded(CompletionError):
    """The next call might cost more than is left of ``max_usd``; it was not made."""


def _revived(
    kind: type[DatelineError], args: tuple[Any, ...], state: dict[str, Any]
) -> DatelineError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
