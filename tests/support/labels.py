"""Small label documents for tests of the scorer, by hand and drawn by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dateline.evaluation.gold.document import EVENT_SLOTS, LabelClaim, LabelDocument, LabelEvent

NAMES = ["Orlen Guard", "the guard", "Vesk militia", "militia", "Dr Ana Holt", "PMX", "PMXA"]
TYPES = ["Battles", "Protests", "Riots"]
SUB_TYPES = ["Armed clash", "Peaceful protest"]


def spans(*ranges: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"start": start, "end": end} for start, end in ranges]


def event(id: str = "e1", **fields: Any) -> LabelEvent:
    """An event from few words: ``place`` a name, ``actors`` pairs, ``counts`` triples."""
    label: dict[str, Any] = {"id": id, "types": ["Battles"], **fields}
    if isinstance(label.get("place"), str):
        label["place"] = {"names": [label["place"]]}
    if "actors" in label:
        label["actors"] = [{"role": role, "names": list(names)} for role, *names in label["actors"]]
    if "counts" in label:
        label["counts"] = [
            {"kind": kind, "min": low, "max": high, "victim": victim[0] if victim else None}
            for kind, low, high, *victim in label["counts"]
        ]
    if isinstance(label.get("date"), str):
        label["date"] = dict(zip(("start", "end"), (label["date"].split("/") * 2)[:2], strict=True))
    label["evidence"] = spans(*label.get("evidence", ()))
    return LabelEvent.model_validate(label)


def claim(id: str = "c1", *, speaker: str | None = None, **fields: Any) -> LabelClaim:
    label: dict[str, Any] = {"id": id, **fields}
    label["speaker"] = {"names": [speaker]} if speaker else {}
    label["evidence"] = spans(*label["evidence"])
    return LabelClaim.model_validate(label)


def document(*records: LabelEvent | LabelClaim, id: str = "d1", **fields: Any) -> LabelDocument:
    return LabelDocument.model_validate(
        {
            "id": id,
            "events": [r for r in records if isinstance(r, LabelEvent)],
            "claims": [r for r in records if isinstance(r, LabelClaim)],
            **fields,
        }
    )


def renumbered(document: LabelDocument) -> LabelDocument:
    """The document with ids that fit its order, so that no two are alike."""
    events = [e.model_copy(update={"id": f"e{i}"}) for i, e in enumerate(document.events)]
    claims = [c.model_copy(update={"id": f"c{i}"}) for i, c in enumerate(document.claims)]
    return document.model_copy(update={"events": tuple(events), "claims": tuple(claims)})


_range = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda r: (r[0], r[0] + r[1]))
_names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)
_dates = st.sampled_from(
    [None, "2024-05-01", "2024-05-02", "2024-05-01/2024-05-31", "2024-05-02/2024-05-03"]
)
_count = st.tuples(
    st.sampled_from(["killed", "wounded"]),
    st.sampled_from([None, 2.0, 3.0]),
    st.sampled_from([None, 3.0, 9.0]),
    st.sampled_from([None, "Ana Holt", "Bo Lind"]),
)


@st.composite
def events(draw: st.DrawFn, *, optional: bool = True, single: bool = False) -> LabelEvent:
    """Any event. ``single``: with nothing that could be right in part or in two ways."""
    date = draw(_dates)
    names = _names.map(lambda names: names[:1]) if single else _names
    return event(
        "e",
        types=draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=1 if single else 2)),
        sub_types=draw(st.lists(st.sampled_from(SUB_TYPES), max_size=1)),
        status=draw(st.sampled_from(["occurred", "planned"])),
        optional=draw(st.booleans()) if optional else False,
        place={"names": draw(names)} if draw(st.booleans()) else None,
        date=date[:10] if single and date else date,
        actors=[
            (draw(st.sampled_from(["initiator", "target"])), *draw(names))
            for _ in range(draw(st.integers(0, 3)))
        ],
        counts=draw(st.lists(_count, max_size=2)),
        evidence=draw(st.lists(_range, max_size=3)),
    )


@st.composite
def claims(draw: st.DrawFn, *, optional: bool = True) -> LabelClaim:
    return claim(
        "c",
        speaker=draw(st.sampled_from([None, *NAMES])),
        certainty=draw(st.sampled_from(["certain", "probable"])),
        quote_type=draw(st.sampled_from(["direct", "indirect"])),
        optional=draw(st.booleans()) if optional else False,
        evidence=draw(st.lists(_range, min_size=1, max_size=2)),
    )


@st.composite
def documents(
    draw: st.DrawFn, *, optional: bool = True, single: bool = False, most: int = 4
) -> LabelDocument:
    return renumbered(
        document(
            *draw(st.lists(events(optional=optional, single=single), max_size=most)),
            *draw(st.lists(claims(optional=optional), max_size=most)),
            annotated=(*EVENT_SLOTS, "claims"),
        )
    )
