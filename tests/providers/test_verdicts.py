"""The vendors' error codes: none is unmapped, and the status speaks where no code does."""

from __future__ import annotations

from typing import get_args

import pytest
from openai.types.responses.response_error import ResponseError

from dateline.errors import (
    CompletionError,
    InvalidAnswer,
    RateLimited,
    Refused,
    Rejected,
    Unavailable,
)
from dateline.providers.endpoint import Endpoint
from dateline.providers.faults import Reply, of_reply
from dateline.providers.verdicts import (
    ANTHROPIC,
    BEDROCK,
    CHAT,
    GOOGLE,
    RESPONSES,
    Table,
    Verdict,
    of_status,
)

TABLES = {
    "chat": CHAT,
    "responses": RESPONSES,
    "anthropic": ANTHROPIC,
    "google": GOOGLE,
    "bedrock": BEDROCK,
}
ERRORS: dict[Verdict, type[CompletionError]] = {
    "quota": Rejected,
    "filtered": Refused,
    "slow_down": RateLimited,
    "failing": Unavailable,
    "declined": Rejected,
    "key": Rejected,
    "unreadable": InvalidAnswer,
}

# As the vendors document them: Claude Docs, "Errors", with ``anthropic.types.ErrorType``;
# ``google.rpc.Code`` without OK; the errors of Converse in Amazon Bedrock's API Reference.
DOCUMENTED = {
    "anthropic": """invalid_request_error authentication_error billing_error permission_error
        not_found_error conflict_error request_too_large rate_limit_error timeout_error api_error
        overloaded_error memory_precondition_failed_error memory_path_conflict_error""",
    "google": """CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS
        PERMISSION_DENIED UNAUTHENTICATED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED
        OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS""",
    "bedrock": """AccessDeniedException ThrottlingException ResourceNotFoundException
        ModelTimeoutException InternalServerException ServiceUnavailableException
        ValidationException ModelNotReadyException ModelErrorException""",
    "responses": " ".join(get_args(ResponseError.model_fields["code"].annotation)),
}


def error(table: Table, status: int, *codes: str, message: str = "") -> CompletionError:
    here = Endpoint("lab", "http://h", "m", table=table)
    return of_reply(Reply(status, {}, codes, message=message), here)


@pytest.mark.parametrize(
    ("family", "code"),
    [(family, code) for family, codes in DOCUMENTED.items() for code in codes.split()],
)
def test_no_documented_code_is_unmapped(family: str, code: str) -> None:
    table = TABLES[family]

    assert code in table
    assert type(error(table, 400, code)) is ERRORS[table[code]]


@pytest.mark.parametrize("family", TABLES)
def test_no_http_status_is_unmapped(family: str) -> None:
    for status in range(300, 600):
        found = error(TABLES[family], status)

        assert found.status == status
        if status >= 500 or status in {408, 409, 425}:
            assert type(found) is Unavailable
        else:
            assert type(found) is (RateLimited if status == 429 else Rejected)


@pytest.mark.parametrize("family", TABLES)
def test_every_verdict_of_a_table_becomes_an_error(family: str) -> None:
    for code, verdict in TABLES[family].items():
        assert type(error(TABLES[family], 418, code)) is ERRORS[verdict]


def test_the_most_telling_code_decides() -> None:
    assert type(error(GOOGLE, 429, "PerDay", "RESOURCE_EXHAUSTED")) is Rejected
    assert type(error(CHAT, 429, "insufficient_quota", "requests")) is Rejected
    assert type(error(CHAT, 400, "ResponsibleAIPolicyViolation", "content_filter")) is Refused


def test_a_code_that_nobody_knows_leaves_it_to_the_status() -> None:
    assert type(error(ANTHROPIC, 529, "something_new")) is Unavailable
    assert type(error(ANTHROPIC, 429, "something_new")) is RateLimited
    assert of_status(402) == "quota"


def test_a_spend_limit_of_anthropic_is_a_quota() -> None:
    said = "Your credit balance is too low to access the API."

    found = error(ANTHROPIC, 400, "invalid_request_error", message=said)

    assert "quota" in found.what
    assert not found.retryable


@pytest.mark.parametrize(
    ("headers", "body", "codes", "wait"),
    [
        ({}, {"error": {"code": "a", "type": "b"}}, ("a", "b"), None),
        (
            {},
            {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}},
            ("RESOURCE_EXHAUSTED",),
            None,
        ),
        ({}, [{"error": {"status": "INTERNAL"}}], ("INTERNAL",), None),
        ({"x-amzn-errortype": "ThrottlingException:http://x/"}, {}, ("ThrottlingException",), None),
        ({"x-amzn-errortype": "ThrottlingException"}, "gone", ("ThrottlingException",), None),
        ({}, {"error": {"code": "a", "innererror": {"code": "inner"}}}, ("inner", "a"), None),
        ({}, {"error": {"details": [{"reason": "R"}, {"retryDelay": "3.5s"}]}}, ("R",), 3.5),
        (
            {},
            {"error": {"details": [{"violations": [{"quotaId": "RequestsPerDayPerModel"}]}]}},
            ("PerDay",),
            None,
        ),
        ({}, {"error": {"details": [None, {"violations": 5, "retryDelay": "soon"}]}}, (), None),
        ({}, {"error": {"code": ["x"], "message": 5}}, (), None),
        ({}, None, (), None),
    ],
)
def test_replies_are_read_in_every_vendors_form(
    headers: dict[str, str], body: object, codes: tuple[str, ...], wait: float | None
) -> None:
    reply = Reply.read(400, headers, body)

    assert reply.codes == codes
    assert reply.retry_after_s == wait
