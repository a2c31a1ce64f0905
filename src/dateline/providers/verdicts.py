"""What the error codes of the vendors mean: one table a family, most telling code first.

A server's answer holds one or more codes (``error.type``, ``error.code``, a status name, a
reason among the details). The first that stands in the family's table decides; without one, the
HTTP status does.

Source: the vendors' own lists. OpenAI API reference: Error codes, and ``ResponseError`` in the
openai package; Claude Docs: Errors; Google APIs: ``google.rpc.Code``; Amazon Bedrock API
Reference: Converse, Errors; GroqDocs: API Error Codes and Responses; OpenRouter: Errors and
Debugging.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Verdict = Literal["quota", "filtered", "slow_down", "failing", "declined", "key", "unreadable"]
"""quota: waiting does not help. filtered: a content filter. slow_down: ask later. failing: the
server's own trouble. declined: the request is wrong. key: the key is. unreadable: the model
wrote something that the server could not take for an answer."""

Table = Mapping[str, Verdict]

CHAT: Final[Table] = {
    "insufficient_quota": "quota",
    "billing_hard_limit_reached": "quota",
    "billing_not_active": "quota",
    "content_filter": "filtered",
    "content_policy_violation": "filtered",
    "ResponsibleAIPolicyViolation": "filtered",
    "no_db_connection": "key",  # LiteLLM's proxy, of a key that is not its master key
    "json_validate_failed": "unreadable",
    "tool_use_failed": "unreadable",
    "output_parse_failed": "unreadable",
}
"""OpenAI's chat completions and what is compatible with them; the status says the rest."""

RESPONSES: Final[Table] = {
    **CHAT,
    "server_error": "failing",
    "vector_store_timeout": "failing",
    "rate_limit_exceeded": "slow_down",
    "invalid_prompt": "filtered",
    "bio_policy": "filtered",
    "image_content_policy_violation": "filtered",
    "data_residency_mismatch": "declined",
    "invalid_image": "declined",
    "invalid_image_format": "declined",
    "invalid_base64_image": "declined",
    "invalid_image_url": "declined",
    "image_too_large": "declined",
    "image_too_small": "declined",
    "image_parse_error": "declined",
    "invalid_image_mode": "declined",
    "image_file_too_large": "declined",
    "unsupported_image_media_type": "declined",
    "empty_image_file": "declined",
    "failed_to_download_image": "declined",
    "image_file_not_found": "declined",
}
"""Codes of a response that failed after it was accepted: those come with status 200."""

ANTHROPIC: Final[Table] = {
    "billing_error": "quota",
    "rate_limit_error": "slow_down",
    "overloaded_error": "failing",
    "api_error": "failing",
    "timeout_error": "failing",
    "conflict_error": "failing",
    "authentication_error": "key",
    "no_db_connection": "key",
    "permission_error": "declined",
    "not_found_error": "declined",
    "request_too_large": "declined",
    "invalid_request_error": "declined",
    "memory_precondition_failed_error": "declined",
    "memory_path_conflict_error": "declined",
}

GOOGLE: Final[Table] = {
    "PerDay": "quota",
    "BILLING_DISABLED": "quota",
    "API_KEY_INVALID": "key",
    "UNAUTHENTICATED": "key",
    "RESOURCE_EXHAUSTED": "slow_down",
    "UNAVAILABLE": "failing",
    "INTERNAL": "failing",
    "DEADLINE_EXCEEDED": "failing",
    "ABORTED": "failing",
    "CANCELLED": "failing",
    "DATA_LOSS": "failing",
    "UNKNOWN": "failing",
    "PERMISSION_DENIED": "declined",
    "NOT_FOUND": "declined",
    "INVALID_ARGUMENT": "declined",
    "FAILED_PRECONDITION": "declined",
    "OUT_OF_RANGE": "declined",
    "ALREADY_EXISTS": "declined",
    "UNIMPLEMENTED": "declined",
}
"""``PerDay`` stands for a quota whose id says so: a day is longer than any retry."""

BEDROCK: Final[Table] = {
    "ServiceQuotaExceededException": "quota",
    "ThrottlingException": "slow_down",
    "ModelNotReadyException": "failing",
    "ModelTimeoutException": "failing",
    "ModelErrorException": "failing",
    "InternalServerException": "failing",
    "ServiceUnavailableException": "failing",
    "ExpiredTokenException": "key",
    "UnrecognizedClientException": "key",
    "InvalidSignatureException": "key",
    "AccessDeniedException": "declined",
    "ResourceNotFoundException": "declined",
    "ValidationException": "declined",
}


def of_status(status: int) -> Verdict:
    """What an HTTP status means where no code says more."""
    if status == 429:
        return "slow_down"
    if status == 402:
        return "quota"
    if status == 401:
        return "key"
    if status >= 500 or status in {408, 409, 425}:
        return "failing"
    return "declined"
