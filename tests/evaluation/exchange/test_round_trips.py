"""Whatever labels say, brat and Label Studio give it back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.evaluation.exchange import export_labels, import_labels
from dateline.evaluation.exchange.file_names import FileNames
from dateline.evaluation.exchange.offsets import converter
from dateline.evaluation.gold.document import LabelDocument
from support.exchange_sample import scored

TEXTS = st.text(alphabet="ab AB.,🔥é\n\r\t\u2028\x85", min_size=3, max_size=60).filter(
    lambda text: bool(text.strip())
)
NAMES = st.lists(st.text(alphabet='abAB .🔥\n"{|', min_size=1, max_size=4), min_size=1, max_size=3)
TYPES = st.sampled_from(["Battles", "Claim", "Event Claim", "a/b", "a b", "a,b", "ä|ö", "E1"])
FLAGS = st.booleans()


@st.composite
def documents(draw: st.DrawFn) -> LabelDocument:
    text = draw(TEXTS)
    breaks = "\r\n"

    @st.composite
    def spans(draw: st.DrawFn) -> dict[str, int]:
        # brat cannot show a line break at the edge of a mark.
        places = [at for at, char in enumerate(text) if char not in breaks]
        start, last = sorted((draw(st.sampled_from(places)), draw(st.sampled_from(places))))
        return {"start": start, "end": last + 1}

    evidence = st.lists(spans(), max_size=3)
    number = st.sampled_from([None, 0, 2, 2.5])
    count = st.fixed_dictionaries(
        {"kind": st.sampled_from(["killed", "area"]), "min": number, "victim": NAMES | st.just([])},
        optional={"evidence": spans()},
    )
    actor = st.fixed_dictionaries(
        {"role": st.sampled_from(["initiator", "affected"]), "names": NAMES}
    )
    event = st.fixed_dictionaries(
        {
            "id": st.sampled_from(["E1", "E2", "x"]),
            "types": st.lists(TYPES, min_size=1, max_size=2),
            "sub_types": st.lists(TYPES, max_size=2),
            "status": st.sampled_from(["occurred", "planned"]),
            "salience": st.sampled_from(["main", "background"]),
            "optional": FLAGS,
            "actors": st.lists(actor, max_size=3),
            "counts": st.lists(count, max_size=2),
            "evidence": evidence,
        },
        optional={
            "place": st.fixed_dictionaries({"names": NAMES}, optional={"country": TYPES}),
            "date": st.sampled_from([{}, {"start": "2024-01-01"}, {"not_after": "2024-01-02"}]),
            "note": st.text(min_size=1, max_size=9),
        },
    )
    claim = st.fixed_dictionaries(
        {
            "id": st.sampled_from(["C1", "y"]),
            "speaker": st.fixed_dictionaries({"names": st.none() | NAMES}),
            "via": NAMES | st.just([]),
            "quote_type": st.sampled_from(["direct", "indirect"]),
            "certainty": st.sampled_from(["certain", "unknown"]),
            "polarity": st.sampled_from(["positive", "negative"]),
            "cue": st.none() | st.text(alphabet="ab \n", max_size=3),
            "evidence": st.lists(spans(), min_size=1, max_size=3),
            "event_ids": st.lists(st.sampled_from(["E1", "E2", "x"]), max_size=3),
            "optional": FLAGS,
        }
    )
    made: dict[str, Any] = {
        "id": draw(st.sampled_from(["plain", "a/../b", ".", "ü"])),
        "text": text,
        "annotated": draw(st.none() | st.just(["type", "place"])),
        "events": draw(st.lists(event, max_size=3)),
        "claims": draw(st.lists(claim, max_size=2)),
        "excluded": draw(st.lists(spans(), max_size=1)),
    }
    return LabelDocument.model_validate(made)


@settings(deadline=None, max_examples=120)
@given(documents())
def test_brat_gives_back_what_is_scored(document: LabelDocument) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export_labels([document], folder, "brat")
        (back,) = import_labels(folder, "brat")

    assert scored(back) == scored(document)


@settings(deadline=None, max_examples=120)
@given(documents(), st.sampled_from(["predictions", "annotations"]))
def test_label_studio_gives_back_what_is_scored(document: LabelDocument, as_: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tasks.json"
        export_labels([document], path, "label-studio", as_=as_)
        (back,) = import_labels(path, "label-studio", drafts=True)

    assert scored(back) == scored(document)


@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=5))
def test_file_names_are_safe_and_never_fall_together(id: str, others: list[str]) -> None:
    names = FileNames()
    given_names = [names.name(other) for other in [id, *others, id, id.upper()]]

    assert len({name.casefold() for name in given_names}) == len(given_names)
    for name in given_names:
        assert Path(name).name == name
        assert not name.startswith(".")
        assert name.isascii()
        assert len(name) <= 90


@given(st.text(alphabet="a🔥\r\n", max_size=40))
def test_offsets_of_other_units_lead_to_the_same_character(text: str) -> None:
    utf16, lf = converter(text, "utf-16"), converter(text, "lf")

    for offset in range(len(text) + 1):
        before = text[:offset]
        assert utf16(len(before.encode("utf-16-le")) // 2) == offset
        if not (before.endswith("\r") and text[offset : offset + 1] == "\n"):
            assert lf(len(before.replace("\r\n", "\n"))) == offset
    assert utf16(len(text.encode("utf-16-le")) // 2 + 1) is None
    assert utf16(-1) is None


def test_a_long_text_with_many_labels_does_not_multiply(tmp_path: Path) -> None:
    events = [
        {
            "id": f"e{number}",
            "types": ["A"],
            "actors": [{"role": "target", "names": [f"nowhere {number}"]}],
            "evidence": [{"start": number * 5_000, "end": number * 5_000 + 900}],
        }
        for number in range(1_000)
    ]
    document = LabelDocument.model_validate({"id": "a", "text": "x" * 5_000_000, "events": events})

    export_labels([document], tmp_path, "brat")
    (back,) = import_labels(tmp_path, "brat")

    assert scored(back) == scored(document)
