"""Every fault of a provider, through the whole extractor, with the requests that it costs.

Each row of ``FAULTS`` is a test, and a line of the table in ``docs/failures.md``:

    python tests/providers/test_fault_table.py        # writes the table anew
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from dateline import Article, Extraction, Extractor, Failure
from dateline.config.loading import build as configured
from dateline.observing import RunEvent
from dateline.retry import RetrySettings
from loopback import (
    Answer,
    Loopback,
    Script,
    chat,
    endless,
    failed,
    html,
    rate_limited,
    raw,
    reset,
    reset_in_body,
    slow,
)
from support.drafts import TEXT, answer, event

PAGE = Path(__file__).parents[2] / "docs" / "failures.md"
START, END = "<!-- faults: begin -->\n", "<!-- faults: end -->\n"
ATTEMPTS = 3
RIGHT = chat(answer(event()))
WRONG = chat(json.dumps({"events": [{**event(), "type": "Picnic", "evidence": 7}], "claims": []}))
TWO_TOOL_CALLS = {
    "choices": [
        {
            "index": 0,
            "finish_reason": "tool_calls",
            "message": {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {
                        "id": f"call_{number}",
                        "type": "function",
                        "function": {"name": "Draft", "arguments": answer(event())},
                    }
                    for number in (1, 2)
                ],
            },
        }
    ],
    "model": "loopback-1",
    "usage": {"prompt_tokens": 10, "completion_tokens": 10},
}


@dataclass(frozen=True)
class Fault:
    """What the server does, how many requests that costs, and what comes of the article.

    ``wait_s`` is the wait that the server asked for; ``url`` makes another base URL of the
    server's; ``says`` stands in the message of a failure; ``text`` is the article's.
    """

    name: str
    script: Script
    requests: int
    outcome: str
    settings: dict[str, Any] = field(default_factory=dict)
    wait_s: float | None = None
    url: Callable[[str], str] | None = None
    tls: bool = False
    says: str = ""
    text: str = TEXT


def then_right(*answers: Answer) -> list[Answer]:
    return [*answers, RIGHT]


GOOD = "1 event"
LONG = TEXT.replace(
    "Leave a Reply",
    "\n\n".join(f"Resident {n} said that the road to the coast was open again." for n in range(40))
    + "\n\nLeave a Reply",
)
MANY = chat(json.dumps({"events": [event() for _ in range(10_000)], "claims": []}))
IN_A_SECOND = {
    "date": "Tue, 03 Jun 2025 10:00:00 GMT",
    "retry_after": "Tue, 03 Jun 2025 10:00:01 GMT",
}

FAULTS = [
    Fault("429 without `Retry-After`, then right", then_right(rate_limited()), 2, GOOD),
    Fault(
        "429 with `Retry-After: 1`", then_right(rate_limited(retry_after="1")), 2, GOOD, wait_s=1
    ),
    Fault(
        "429 with a date one second ahead",
        then_right(rate_limited(**IN_A_SECOND)),
        2,
        GOOD,
        wait_s=1,
    ),
    Fault(
        "429 with `retry-after-ms: 40`",
        then_right(rate_limited(retry_after_ms="40")),
        2,
        GOOD,
        wait_s=0.04,
    ),
    Fault(
        "429 with a limit used up (`x-ratelimit-reset-requests: 1s`)",
        then_right(
            rate_limited(x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="1s")
        ),
        2,
        GOOD,
        wait_s=1,
    ),
    Fault("429 with `Retry-After: 3600`", rate_limited(retry_after="3600"), 1, "`rate_limited`"),
    Fault("429 every time", rate_limited(retry_after_ms="1"), 3, "`rate_limited`"),
    *(
        Fault(f"{status}, then right", then_right(failed(status)), 2, GOOD)
        for status in (500, 502, 503, 504, 529)
    ),
    Fault(
        "503 with `x-should-retry: false`",
        failed(503, headers={"x-should-retry": "false"}),
        1,
        "`unavailable`",
    ),
    Fault("503 every time", failed(503), 3, "`unavailable`"),
    Fault("reset before the answer, then right", then_right(reset()), 2, GOOD),
    Fault("reset in the middle of the body, then right", then_right(reset_in_body()), 2, GOOD),
    Fault(
        "a body that drips, slower than `timeout_s`, then right",
        then_right(slow()),
        2,
        GOOD,
        {"timeout_s": 0.4},
    ),
    Fault(
        "a name that is not found (DNS)",
        RIGHT,
        0,
        "`unavailable`",
        url=lambda _: "http://models.invalid:8000/v1",
    ),
    Fault(
        "TLS asked of a server without it",
        RIGHT,
        0,
        "`unavailable`",
        url=lambda url: url.replace("http:", "https:"),
        says="Does it speak TLS there?",
    ),
    Fault(
        "a certificate that nobody vouches for",
        RIGHT,
        0,
        "`unavailable`",
        tls=True,
        says="SSL_CERT_FILE",
    ),
    Fault("200 with a web page", html(), 3, "`unavailable`", says="web page"),
    Fault("200 with an empty body", raw(b""), 3, "`unavailable`"),
    Fault("200 with a body that is no JSON", raw(b"{oops"), 3, "`unavailable`"),
    Fault("an answer of empty text, then right", then_right(chat("")), 2, "1 event"),
    Fault(
        "an answer that is no JSON, then right",
        then_right(chat("I found one attack.")),
        2,
        "1 event",
    ),
    Fault(
        "an answer that is never JSON",
        chat("I found one attack."),
        2,
        "0 events; rejected: `not_json`",
    ),
    Fault(
        "JSON cut off, said to be whole, then right",
        then_right(chat(answer(event())[:-40])),
        2,
        "1 event; note: the answer was cut off",
    ),
    Fault("an item of the wrong shape, then right", then_right(WRONG), 2, GOOD),
    Fault(
        "an item of the wrong shape every time",
        WRONG,
        2,
        "0 events; rejected: `schema_literal_error`, `schema_string_type`",
    ),
    Fault("10,000 items", MANY, 1, "1 event; rejected: `too_many_items`"),
    Fault(
        "a refusal",
        chat(None, refusal="I cannot help with that."),
        1,
        "`refused`",
        says="I cannot help with that.",
    ),
    Fault(
        "a content filter stops the answer",
        chat(None, finish_reason="content_filter"),
        1,
        "`refused`",
    ),
    Fault(
        "a content filter stops the question (400)",
        failed(400, code="content_filter"),
        1,
        "`refused`",
    ),
    Fault(
        "cut at the token limit after one whole item",
        chat(answer(event(), event())[:-60], finish_reason="length"),
        2,
        "1 event; rejected: `cut_off`; note: the answer was cut off",
    ),
    Fault(
        "cut at the token limit after one item of a long article, whose halves fit",
        then_right(chat(answer(event(), event())[:-60], finish_reason="length")),
        3,
        "1 event; note: the answer was cut off",
        text=LONG,
    ),
    Fault(
        "cut at the token limit before anything was whole",
        chat('{"events": [{"ty', finish_reason="length"),
        2,
        "0 events; rejected: `cut_off`; note: the answer was cut off",
    ),
    Fault("an unknown finish reason", chat(answer(event()), finish_reason="tired"), 1, "1 event"),
    Fault(
        "the same tool call twice",
        raw(json.dumps(TWO_TOOL_CALLS).encode()),
        1,
        "1 event",
        {"mode": "tools"},
    ),
    Fault(
        "a redirect to another server",
        Answer(307, headers={"location": "http://models.invalid:8000/v1/chat/completions"}),
        1,
        "`rejected`",
    ),
    Fault("an answer without end", endless(), 1, "`invalid_answer`"),
    Fault(
        "an answer that is packed in a way nobody asked for",
        Answer(200, b"\x1b\x00 packed", {"content-encoding": "gzip"}),
        1,
        "`invalid_answer`",
    ),
    Fault("an unknown model (404)", failed(404, code="model_not_found"), 1, "`rejected`"),
    Fault("an expired key (401)", failed(401, code="invalid_api_key"), 1, "`rejected`"),
    Fault("a key that may not (403)", failed(403), 1, "`rejected`"),
    Fault(
        "a quota used up (429 `insufficient_quota`)",
        failed(429, code="insufficient_quota"),
        1,
        "`rejected`",
    ),
]


def outcome(result: Extraction | Failure) -> str:
    """What came of an article, in the words of the table."""
    if isinstance(result, Failure):
        return f"`{result.error}`"
    kept = f"{len(result.events)} event{'' if len(result.events) == 1 else 's'}"
    codes = sorted({f"`{p.code}`" for item in result.rejected for p in item.problems})
    notes = [note.partition(": ")[2] or note for note in result.provenance.notes]
    told = f"; rejected: {', '.join(codes)}" if codes else ""
    return kept + told + (f"; note: {'; '.join(notes)}" if notes else "")


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@pytest.fixture(autouse=True)
def _short_waits_and_no_lookups(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = RetrySettings.of
    monkeypatch.setattr(
        RetrySettings,
        "of",
        classmethod(lambda cls, provider: replace(usual(provider), first_wait_s=0.02)),
    )
    look_up = socket.getaddrinfo

    def guarded(host: Any, *rest: Any, **named: Any) -> Any:
        if str(host).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault(fault: Fault, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    tls = request.getfixturevalue("self_signed") if fault.tls else None
    told: list[RunEvent] = []
    with Loopback(fault.script, tls=tls) as server:
        table = {
            "kind": "openai-compatible",
            "base_url": fault.url(server.base_url) if fault.url else server.base_url,
            "model": "m",
            "attempts": ATTEMPTS,
            **fault.settings,
        }
        config = configured({"providers": {"lab": table}, "cache": {"dir": str(tmp_path)}})
        with Extractor(provider="lab", config=config, on_event=told.append) as extractor:
            articles = [Article(text=fault.text, id="a1")]
            (result,) = list(extractor.extract_many(articles))

    assert (outcome(result), server.count) == (fault.outcome, fault.requests)
    if isinstance(result, Failure):
        # What, where, and what to do.
        assert re.fullmatch(r"lab( \(http[^)]+\))?: .+\. [A-Z].+[.?]", result.message)
        assert fault.says in result.message
        assert not any(sentence in result.message for sentence in TEXT.splitlines() if sentence)
    if fault.wait_s is not None:
        (retry,) = [each for each in told if each.kind == "retry"]
        assert retry.wait_s >= fault.wait_s
    attempts = [each for each in told if each.kind == "request"]
    if fault.requests:
        assert len(attempts) == fault.requests
        assert result.usage.calls == fault.requests


def rendered() -> str:
    """The table of the docs."""
    rows = [f"| {f.name} | {f.requests} | {f.outcome} |" for f in FAULTS]
    return "\n".join(
        ["| What happens | Requests | What comes of the article |", "|---|---|---|", *rows, ""]
    )


def test_the_table_in_the_docs_is_this_one() -> None:
    page = PAGE.read_text("utf-8")

    assert page.partition(START)[2].partition(END)[0] == rendered()


if __name__ == "__main__":
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    PAGE.write_text(before + START + rendered() + END + rest.partition(END)[2], "utf-8")
