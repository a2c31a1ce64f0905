"""``annotation.conf`` and ``visual.conf``: what can be labelled, and how brat shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from dateline.evaluation.exchange.brat_lines import camel
from dateline.evaluation.exchange.flattening import (
    ACTOR,
    CLAIM,
    COUNT,
    CUE,
    EVIDENCE,
    EXCLUDED,
    PLACE,
    UNPLACED,
)
from dateline.evaluation.exchange.label_map import ACTOR_ROLES
from dateline.records.vocabulary import (
    Certainty,
    EventStatus,
    Polarity,
    QuantityKind,
    QuoteType,
    Salience,
)
from dateline.spans import ZoneKind

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]+")
_COLOURS = ("#ffccaa", "#ffe08a", "#d6f2a0", "#a8e6cf", "#a5d8ff", "#c8c6ff", "#f5b8e0", "#e2d5c3")


def spellings(labels: Iterable[str]) -> dict[str, str]:
    """How labels are written in brat, where a name has only letters, digits, ``_`` and ``-``."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for label in dict.fromkeys(labels):
        plain = _NO_NAME.sub("_", label).strip("_-") or "Type"
        # A name that ends in a digit would be read as a numbered role.
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        given[label] = name
    return given


def annotation_conf(types: Iterable[str], sub_types: Iterable[str]) -> str:
    """Entities, events with their roles, and attributes; ``types`` and values as brat has them."""
    types = list(types) or ["Event"]
    sub_types = list(sub_types)
    entities = [ACTOR, PLACE, CUE, COUNT, EVIDENCE, EXCLUDED]
    roles = [f"{camel(role)}*:{ACTOR}" for role in sorted(ACTOR_ROLES)]
    event = ", ".join([*roles, f"Place?:{PLACE}", f"Count*:{COUNT}", f"Evidence*:{EVIDENCE}"])
    parts = [f"Speaker?:{ACTOR}", f"Via*:{ACTOR}", f"Cue?:{CUE}"]
    parts += [f"About*:{'|'.join(types)}", f"Evidence*:{EVIDENCE}"]
    on = "|".join(types)
    attributes = [
        f"Status\tArg:{on}, Value:{_values(EventStatus)}",
        f"Salience\tArg:{on}, Value:{_values(Salience)}",
        *([f"SubType\tArg:{on}, Value:{'|'.join(sub_types)}"] if sub_types else []),
        f"{camel(UNPLACED)}\tArg:{on}",
        f"Optional\tArg:{on}|{CLAIM}",
        f"QuoteType\tArg:{CLAIM}, Value:{_values(QuoteType)}",
        f"Certainty\tArg:{CLAIM}, Value:{_values(Certainty)}",
        f"Polarity\tArg:{CLAIM}, Value:{_values(Polarity)}",
        f"Kind\tArg:{COUNT}, Value:{_values(QuantityKind)}",
        f"Zone\tArg:{EXCLUDED}, Value:{_values(ZoneKind)}",
    ]
    overlap = "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>"
    events = [f"{name}\t{event}" for name in types]
    sections = {
        "entities": entities,
        "relations": [overlap],
        "events": [*events, f"{CLAIM}\t{', '.join(parts)}"],
        "attributes": attributes,
    }
    return "\n".join(f"[{name}]\n" + "\n".join(lines) + "\n" for name, lines in sections.items())


def visual_conf(spelled: dict[str, str]) -> str:
    """Names for people, and a colour for each label."""
    names = [
        f"{name} | {' '.join(label.replace('|', '/').split())}"
        for label, name in spelled.items()
        if label != name
    ]
    drawn = [
        f"{name}\tbgColor:{_COLOURS[number % len(_COLOURS)]}"
        for number, name in enumerate(
            dict.fromkeys([*spelled.values(), CLAIM, ACTOR, PLACE, CUE, COUNT, EVIDENCE, EXCLUDED])
        )
    ]
    return "\n".join(["[labels]", *names, "", "[drawing]", *drawn, ""])


def _values(literal: object) -> str:
    return "|".join(get_args(literal))
