"""A folder with two invented articles and a scripted provider that answers for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FERRY = (
    "Gunmen attacked a ferry near Oran Point on Monday, killing three people, the harbour master "
    "said."
)
BRIDGE = "A bridge over the Lusk river collapsed on Monday, the district engineer said on radio."

ANSWER: dict[str, Any] = {
    "events": [
        {
            "type": "Attack",
            "summary": "Gunmen attacked a ferry near Oran Point.",
            "status": "occurred",
            "salience": "main",
            "ongoing": None,
            "actors": [{"name": "Gunmen", "role": "initiator"}],
            "date": "on Monday",
            "place": "near Oran Point",
            "counts": [
                {
                    "quote": "three people",
                    "kind": "killed",
                    "victim": None,
                    "inflicted_by": None,
                    "scope": "event",
                }
            ],
            "outcomes": [],
            "evidence": ["Gunmen attacked a ferry near Oran Point on Monday, killing three people"],
        }
    ],
    "claims": [
        {
            "text": "Gunmen killed three people on a ferry.",
            "quote_type": "indirect",
            "speaker": "the harbour master",
            "speaker_kind": "person",
            "speaker_role": None,
            "via": [],
            "cue": "said",
            "claim_type": "event_report",
            "polarity": "positive",
            "certainty": "certain",
            "relation": "reports",
            "events": [1],
            "said_on": None,
            "evidence": ["killing three people, the harbour master said"],
        }
    ],
}


def scripted_folder(folder: Path, *, delay_s: float = 0.0) -> Path:
    """Fill a folder: ``ferry.txt`` is answered, for ``bridge.txt`` the model declines.

    ``dateline.toml`` names the scripted provider as the default. ``delay_s`` is waited before
    the answer about the ferry.
    """
    lines = [
        {"match": "ferry", "answer": ANSWER, "delay_s": delay_s},
        {"match": "Lusk", "error": "refused", "message": "the model declined"},
        {"purpose": "check", "answer": {"ready": True}},
    ]
    script = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "answers.jsonl").write_text(script, encoding="utf-8")
    (folder / "dateline.toml").write_text(
        'default_provider = "told"\n\n[providers.told]\nkind = "scripted"\n'
        'script = "answers.jsonl"\n\n[cache]\ndir = "cache"\n',
        encoding="utf-8",
    )
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    return folder
