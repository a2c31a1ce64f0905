"""A folder with a suite of three invented articles, their labels, and a scripted provider."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.writing import write_labels
from dateline.evaluation.gold.yaml_view import from_yaml
from support.scripts import ANSWER, BRIDGE, FERRY

QUAY = "The quay at Lumen Bay was quiet on Tuesday. Nets were mended and boats were painted."

TEXTS = {"ferry": FERRY, "bridge": BRIDGE, "quay": QUAY}

LABELS = """
- id: ferry
  meta: {published: 2024-05-15, split: dev, traps: [aliases, dates]}
  events:
    - id: e1
      types: [Violence against civilians]
      sub_types: [Attack]
      date: 2024-05-13
      place: [near Oran Point, Oran Point]
      actors: {initiator: [Gunmen]}
      counts: [{kind: killed, value: 3, evidence: three people}]
      evidence: ["Gunmen attacked a ferry near Oran Point on Monday, killing three people"]
  claims:
    - id: c1
      speaker: [the harbour master, harbour master]
      cue: said
      evidence: ["killing three people, the harbour master said"]
      events: [e1]
- id: bridge
  meta: {published: 2024-05-15, split: test, traps: [dates]}
  claims:
    - id: c1
      speaker: [the district engineer]
      cue: said
      evidence: [A bridge over the Lusk river collapsed on Monday]
- id: quay
  meta: {published: 2024-05-15, split: test}
"""

EMPTY: dict[str, Any] = {"events": [], "claims": []}


def labels() -> tuple[LabelDocument, ...]:
    """The labels, without texts and quotes."""
    return from_yaml(LABELS, TEXTS)


def suite_folder(folder: Path, *, delay_s: float = 0.0, **fields: Any) -> Path:
    """Fill a folder and return the suite's file.

    ``told`` answers for the ferry and the quay and declines for the bridge; ``silent`` finds
    nothing anywhere. ``fields`` are further fields of the suite. ``delay_s`` is waited before the
    answers about the bridge and the quay.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told = [
        {"match": "ferry", "answer": ANSWER},
        {"match": "Lusk", "error": "refused", "message": "declined", "delay_s": delay_s},
        {"match": "Lumen", "answer": EMPTY, "delay_s": delay_s},
    ]
    silent = [{"match": "", "answer": EMPTY}]
    for name, script in (("told", told), ("silent", silent)):
        lines = "".join(json.dumps(line) + "\n" for line in script)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    (folder / "dateline.toml").write_text(
        'default_provider = "told"\n\n[providers.told]\nkind = "scripted"\nscript = "told.jsonl"\n'
        '\n[providers.silent]\nkind = "scripted"\nscript = "silent.jsonl"\n'
        '\n[cache]\ndir = "cache"\n',
        "utf-8",
    )
    write_labels(labels(), folder / "labels.jsonl")
    (folder / "articles").mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / "articles" / f"{name}.txt").write_text(text, "utf-8")
    return write_suite(folder, documents="labels.jsonl", providers=["told"], **fields)


def write_suite(folder: Path, **fields: Any) -> Path:
    """Write ``mine.yaml``; JSON is YAML too."""
    path = folder / "mine.yaml"
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in fields.items()]
    path.write_text("".join(lines), "utf-8")
    return path


def plain_suite(folder: Path, base_url: str, count: int) -> Path:
    """A suite of so many articles in which nothing happens, for the provider at ``base_url``."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"day-{n}": f"{QUAY} That was day {n} of the calm." for n in range(count)}
    write_labels(
        [
            LabelDocument(id=name, text=text, text_sha256=text_sha256(text))
            for name, text in texts.items()
        ],
        folder / "labels.jsonl",
    )
    (folder / "dateline.toml").write_text(
        '[providers.served]\nkind = "openai-compatible"\nmodel = "m"\nasking = "direct"\n'
        f'base_url = "{base_url}"\nretry_s = 0.2\n[cache]\ndir = "cache"\n',
        "utf-8",
    )
    return write_suite(folder, documents="labels.jsonl", providers=["served"])
