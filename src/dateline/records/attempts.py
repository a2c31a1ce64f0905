"""One try to get an answer, as the ledger of an extraction lists it."""

from __future__ import annotations

from dateline.spans import Frozen


class Attempt(Frozen):
    """One call that was made for an article, or one answer that the cache already had.

    Attributes:
        provider: the configured name that was asked.
        model: as the server names it, else as it was asked for.
        purpose: what the question was for: ``extract``, ``reask`` and so on.
        status: the HTTP status; null where there was none (a timeout, a lost connection, an
            embedded model, the cache).
        error: the code of the error; null when there was an answer.
        finish_reason: why the model stopped; null without an answer.
        cached: taken from dateline's own cache, or shared with a call for the same question:
            nothing was sent, so it has no tokens and costs nothing.
        seconds: from sending to the last byte of the answer.
        input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens: as
            the provider counted them. Those read from its prompt cache and those written to it
            are parts of the input, the reasoning ones of the output.
        cost_usd: null where no price is known.
    """

    provider: str
    model: str
    purpose: str
    status: int | None = None
    error: str | None = None
    finish_reason: str | None = None
    cached: bool = False
    seconds: float = 0.0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_usd: float | None = None
