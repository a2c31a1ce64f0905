"""Short ways to write draft answers in tests."""

from __future__ import annotations

import json
from typing import Any

TEXT = (
    "Gunmen raid market in Tolmera\n\n"
    "Gunmen attacked a market in Tolmera on Tuesday, killing at least nine people and "
    "wounding 14 others, the regional health office said.\n\n"
    "Soldiers later arrested three suspects near Old Quay, Colonel Ilyas Dorran told "
    "Radio Mirane. He blamed the Kessari Front (KF). The KF denied any role.\n\n"
    "Leave a Reply\n\n"
    "Your email address will not be published.\n\n"
    "Related\n\n"
    "Forty dead as bus burns on Dassam road\n"
)


def event(**changed: Any) -> dict[str, Any]:
    """A right event about TEXT, with some fields changed."""
    base = {
        "type": "Attack",
        "summary": "Gunmen attacked a market in Tolmera.",
        "status": "occurred",
        "salience": "main",
        "ongoing": None,
        "actors": [{"name": "Gunmen", "role": "initiator"}],
        "date": "on Tuesday",
        "place": "in Tolmera",
        "counts": [count("at least nine people", "killed"), count("14 others", "wounded")],
        "outcomes": [],
        "part_of": None,
        "evidence": [
            "Gunmen attacked a market in Tolmera on Tuesday, killing at least nine people "
            "and wounding 14 others"
        ],
    }
    return {**base, **changed}


def count(quote: str, kind: str, **changed: Any) -> dict[str, Any]:
    """A count of a draft event."""
    base = {"quote": quote, "kind": kind, "victim": None, "inflicted_by": None, "scope": "event"}
    return {**base, **changed}


def claim(**changed: Any) -> dict[str, Any]:
    """A right claim about TEXT, with some fields changed."""
    base = {
        "text": "The Kessari Front had no role in the attack.",
        "quote_type": "indirect",
        "speaker": "KF",
        "speaker_kind": "official_body",
        "speaker_role": None,
        "via": [],
        "cue": "denied",
        "claim_type": "event_report",
        "polarity": "negative",
        "certainty": "certain",
        "relation": "denies",
        "events": [1],
        "said_on": None,
        "evidence": ["The KF denied any role."],
    }
    return {**base, **changed}


def answer(*events: dict[str, Any], claims: tuple[dict[str, Any], ...] = ()) -> str:
    """A whole answer as JSON text."""
    return json.dumps({"events": list(events), "claims": list(claims)})
