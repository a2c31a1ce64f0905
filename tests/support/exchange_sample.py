"""Invented documents that use everything which labels can say."""

from __future__ import annotations

from typing import Any

from dateline.evaluation.gold.document import LabelDocument

TEXT = (
    "Gunmen of the Lorn Front (LF) attacked the mill at Vesk on Monday 🔥.\n"
    "Two guards died and a third may follow,\n"
    "police said, citing the Tarn Courier. The front denied it.\n"
    "Read more: ten ways to bake bread\n"
)


def _at(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def full() -> dict[str, Any]:
    return {
        "id": "mill/../raid 1",
        "text": TEXT,
        "meta": {"title": 'Raid "at" <Vesk> & beyond', "published": "2024-03-05", "split": "dev"},
        "annotator": "ada",
        "guideline": "v2",
        "events": [
            {
                "id": "raid",
                "types": ["Explosions/Remote violence", "Battles"],
                "sub_types": ["Shelling/artillery/missile attack", "Grenade"],
                "status": "attempted",
                "salience": "secondary",
                "optional": True,
                "date": {"start": "2024-03-04", "end": "2024-03-04", "granularity": "day"},
                "place": {"names": ["Vesk", "Old Vesk"], "admin1": "Tarn", "country": "ZZ"},
                "actors": [
                    {"role": "initiator", "names": ["Lorn Front", "LF"]},
                    {"role": "target", "names": ["nobody of the text"]},
                ],
                "counts": [
                    {
                        "kind": "killed",
                        "min": 2,
                        "max": 2,
                        "victim": ["guards"],
                        "evidence": _at("Two guards"),
                    },
                    {"kind": "wounded", "min": 1},
                ],
                "evidence": [_at("attacked the mill"), _at("guards died")],
                "note": "has {braces} and | bars",
            },
            {"id": "E1", "types": ["Claim"], "date": {}},
        ],
        "claims": [
            {
                "id": "c7",
                "speaker": {"names": ["police", "the police"]},
                "via": ["Tarn Courier"],
                "quote_type": "mixed",
                "certainty": "possible",
                "polarity": "negative",
                "cue": "said",
                "evidence": [_at("Two guards died"), _at("third may follow,\npolice")],
                "event_ids": ["raid"],
            },
            {"id": "c8", "evidence": [_at("denied it")], "event_ids": ["raid", "gone"]},
        ],
        "excluded": [{**_at("Read more: ten ways to bake bread"), "zone": "related"}],
    }


def document() -> LabelDocument:
    """One document with a value in every field that is scored."""
    return LabelDocument.model_validate(full())


def scored(document: LabelDocument) -> dict[str, Any]:
    """A document without the hashes that an import adds."""
    dumped = document.model_dump(mode="json", exclude_defaults=True)
    for key in ("text_sha256", "letters_sha256"):
        dumped.pop(key, None)
    plain: dict[str, Any] = _plain(dumped)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if k not in ("quote", "quote_sha256", "letters")}
        plain = {k: _plain(v) for k, v in kept.items()}
        if "actors" in plain:
            plain["actors"] = sorted(plain["actors"], key=str)
        if "counts" in plain:
            plain["counts"] = sorted(plain["counts"], key=str)
        return plain
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
