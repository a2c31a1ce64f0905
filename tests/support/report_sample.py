"""An invented evaluation: articles, labels, predictions and figures for the report's tests."""

from __future__ import annotations

from datetime import date

from dateline.evaluation.gold.document import (
    ExcludedSpan,
    LabelActor,
    LabelClaim,
    LabelCount,
    LabelDate,
    LabelDocument,
    LabelEvent,
    LabelMeta,
    LabelPlace,
    LabelSpan,
    LabelSpeaker,
)
from dateline.evaluation.report.view import (
    ComparisonView,
    DocumentView,
    MetricView,
    PairView,
    RunView,
)
from dateline.evaluation.statistics.comparison import Difference, Verdict
from dateline.records import Usage

FERRY = """Ferry terminal shelled in Ostrava Bay, four dead

Four people were killed and eleven wounded when rockets hit the ferry terminal of Ostrava Bay at \
dawn on Thursday, the harbour authority said.

The Northern Salt Brigade said it had fired on a fuel depot and not on the terminal. Its \
spokesman, Ruben Okafor-Lind, called the reports “inventions of the port police”.

Residents said a column of the coastal guard left for the Maren headland an hour later. A general \
strike has been called for Saturday.

Comments

Harborwatcher: I counted twenty bodies, they are lying to you.
"""

MARCH = """Students march on the assembly in Vellmark

About 3,000 students marched on the provincial assembly in Vellmark on Monday to protest against \
tuition fees. The march ended without arrests.

“We will be back every Monday,” said Ines Tarkovic of the Student Union of Vellmark. The \
assembly's speaker, Dorian Hale, said the fees would probably be reviewed.
"""

RECIPE = """How to keep salted lemons through the winter

Cut the lemons crosswise and press salt into the cuts. After four weeks in a jar they are ready.
"""


def span(text: str, words: str) -> LabelSpan:
    """The first place of some words in a text."""
    start = text.index(words)
    return LabelSpan(start=start, end=start + len(words), quote=words)


def _event(
    text: str,
    name: str,
    quote: str,
    kind: tuple[str, str],
    *,
    actors: tuple[tuple[str, tuple[str, ...]], ...] = (),
    place: tuple[str, ...] = (),
    day: date | None = None,
    counts: tuple[LabelCount, ...] = (),
    status: str = "occurred",
    optional: bool = False,
) -> LabelEvent:
    return LabelEvent.model_validate(
        {
            "id": name,
            "types": (kind[0],),
            "sub_types": (kind[1],),
            "status": status,
            "optional": optional,
            "date": LabelDate(start=day, end=day, granularity="day") if day else None,
            "place": LabelPlace(names=place) if place else None,
            "actors": tuple(LabelActor.model_validate({"role": r, "names": n}) for r, n in actors),
            "counts": counts,
            "evidence": (span(text, quote),),
        }
    )


def _claim(text: str, name: str, quote: str, speaker: tuple[str, ...] | None) -> LabelClaim:
    return LabelClaim(id=name, speaker=LabelSpeaker(names=speaker), evidence=(span(text, quote),))


def ferry(*, careful: bool = True) -> DocumentView:
    """Two events and three claims; something of everything is wrong unless ``careful``."""
    thursday = date(2025, 3, 13)
    shelling = "rockets hit the ferry terminal of Ostrava Bay at dawn on Thursday"
    battle = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    gold_events = (
        _event(
            FERRY,
            "e1",
            shelling,
            battle,
            actors=(
                ("initiator", ("Northern Salt Brigade", "the Brigade", "NSB")),
                ("affected", ("ferry passengers", "four people")),
            ),
            place=("Ostrava Bay", "the ferry terminal of Ostrava Bay"),
            day=thursday,
            counts=(
                LabelCount(kind="killed", min=4, max=4),
                LabelCount(kind="wounded", min=11, max=11),
            ),
        ),
        _event(
            FERRY,
            "e2",
            "A general strike has been called for Saturday",
            ("Protests", "Peaceful protest"),
            status="planned",
            day=date(2025, 3, 15),
        ),
        _event(
            FERRY,
            "e3",
            "a column of the coastal guard left for the Maren headland",
            ("Strategic developments", "Non-violent transfer of territory"),
            place=("Maren headland",),
            optional=True,
        ),
    )
    gold_claims = (
        _claim(FERRY, "c1", "Four people were killed and eleven wounded", ("harbour authority",)),
        _claim(
            FERRY,
            "c2",
            "it had fired on a fuel depot and not on the terminal",
            ("Northern Salt Brigade",),
        ),
        _claim(FERRY, "c3", "inventions of the port police", ("Ruben Okafor-Lind",)),
    )
    wrong_event = _event(
        FERRY,
        "E1",
        shelling,
        battle,
        actors=(("initiator", ("Northern Salt Brigade",)),),
        place=("Maren headland",),
        counts=(LabelCount(kind="killed", min=4, max=4),),
    )
    invented = _event(
        FERRY,
        "E2",
        "A general strike has been called",
        ("Riots", "Mob violence"),
        counts=(LabelCount(kind="personnel", min=100),),
    )
    wrong_claim = _claim(
        FERRY, "C1", "it had fired on a fuel depot", ("Ruben Okafor-Lind", "a spokesman")
    )
    spurious = _claim(FERRY, "C2", "I counted twenty bodies, they are lying to you", None)
    all_right = dict.fromkeys(("type", "sub_type", "status", "actors", "place", "date"), "right")
    pairs: tuple[PairView, ...]
    if careful:
        pairs = (
            PairView(gold_events[0], gold_events[0], {**all_right, "counts": "right"}),  # type: ignore[dict-item]
            PairView(gold_events[1], gold_events[1], {"type": "right", "date": "right"}),
            PairView(gold_events[2], None, {"type": "optional"}, optional=True),
            *(
                PairView(claim, claim, {"content": "right", "speaker": "right"})
                for claim in gold_claims
            ),
        )
    else:
        pairs = (
            PairView(
                gold_events[0],
                wrong_event,
                {
                    "type": "right",
                    "sub_type": "right",
                    "status": "right",
                    "actors": "wrong",
                    "place": "wrong",
                    "date": "missing",
                    "counts": "wrong",
                    "evidence": "right",
                },
            ),
            PairView(gold_events[1], None, {"type": "missing", "date": "missing"}),
            PairView(gold_events[2], None, {"type": "optional"}, optional=True),
            PairView(None, invented, {"type": "spurious", "counts": "spurious"}),
            PairView(gold_claims[0], None, {"content": "missing", "speaker": "missing"}),
            PairView(
                gold_claims[1],
                wrong_claim,
                {"content": "right", "speaker": "wrong", "certainty": "right"},
            ),
            PairView(gold_claims[2], gold_claims[2], {"content": "right", "speaker": "right"}),
            PairView(None, spurious, {"content": "spurious"}),
        )
    start = FERRY.index("Comments")
    gold = LabelDocument(
        id="ferry-terminal",
        text=FERRY,
        meta=LabelMeta(title="Ferry terminal shelled in Ostrava Bay, four dead", language="en"),
        events=gold_events,
        claims=gold_claims,
        excluded=(ExcludedSpan(start=start, end=len(FERRY), zone="comment"),),
    )
    return _document(gold, pairs, Usage(calls=2, input_tokens=2100, output_tokens=640, seconds=3.2))


def march() -> DocumentView:
    """One event and two claims, all found."""
    event = _event(
        MARCH,
        "e1",
        "About 3,000 students marched on the provincial assembly in Vellmark on Monday",
        ("Protests", "Peaceful protest"),
        place=("Vellmark",),
        counts=(LabelCount(kind="participants", min=3000, max=3000),),
    )
    claims = (
        _claim(MARCH, "c1", "We will be back every Monday", ("Ines Tarkovic",)),
        _claim(MARCH, "c2", "the fees would probably be reviewed", ("Dorian Hale",)),
    )
    gold = LabelDocument(id="student-march", text=MARCH, events=(event,), claims=claims)
    right = {"content": "right", "speaker": "right"}
    pairs = (
        PairView(event, event, {"type": "right", "place": "right", "counts": "right"}),
        *(PairView(claim, claim, right) for claim in claims),  # type: ignore[arg-type]
    )
    return _document(gold, pairs, Usage(calls=1, input_tokens=900, output_tokens=210, seconds=1.1))


def recipe() -> DocumentView:
    """A document in which there is nothing to find, and nothing was found."""
    gold = LabelDocument(id="salted-lemons", text=RECIPE)
    return _document(gold, (), Usage(cached_calls=1))


def without_text() -> DocumentView:
    """Labels alone: offsets, and no article."""
    claim = LabelClaim(id="c1", evidence=(LabelSpan(start=120, end=188),))
    event = LabelEvent(
        id="e1", types=("Battles",), evidence=(LabelSpan(start=10, end=90),), note="seen twice"
    )
    gold = LabelDocument(id="labels-only", events=(event,), claims=(claim,))
    pairs = (
        PairView(event, None, {"type": "missing"}),
        PairView(claim, claim, {"content": "right", "speaker": "wrong"}),
    )
    return _document(gold, pairs, None)


def failed() -> DocumentView:
    """A document whose extraction failed."""
    gold = march().gold.model_copy(update={"id": "failed-march"})
    predicted = LabelDocument(id=gold.id, error="rate_limited: the provider asked to slow down.")
    pairs = (
        *(PairView(event, None, {"type": "missing"}) for event in gold.events),
        *(PairView(claim, None, {"content": "missing"}) for claim in gold.claims),
    )
    return DocumentView(id=gold.id, gold=gold, predicted=predicted, pairs=pairs)


def _document(
    gold: LabelDocument, pairs: tuple[PairView, ...], usage: Usage | None
) -> DocumentView:
    found = [pair.predicted for pair in pairs if pair.predicted is not None]
    predicted = LabelDocument(
        id=gold.id,
        events=tuple(one for one in found if isinstance(one, LabelEvent)),
        claims=tuple(one for one in found if isinstance(one, LabelClaim)),
    )
    return DocumentView(id=gold.id, gold=gold, predicted=predicted, pairs=pairs, usage=usage)


_SLOTS = {
    "event.composite": 0.42,
    "claim.joint": 0.47,
    "event": 0.61,
    "event.found": 0.78,
    "event.type": 0.71,
    "event.sub_type": 0.55,
    "event.status": 0.7,
    "event.actors": 0.52,
    "event.actors.initiator": 0.58,
    "event.actors.target": 0.4,
    "event.place": 0.57,
    "event.date": 0.66,
    "event.counts": 0.63,
    "event.evidence": 0.6,
    "claim.content": 0.66,
    "claim.speaker": 0.58,
}
_LENIENT = ("event.lenient", "event.lenient.actors", "event.lenient.place", "claim.lenient.speaker")


def metrics(quality: float, *, width: float = 0.08) -> dict[str, MetricView]:
    """Figures of a run, some share ``quality`` of good ones."""

    def view(value: float) -> MetricView:
        value = min(value, 1.0)
        return MetricView(value, max(0.0, value - width), min(1.0, value + width))

    found: dict[str, MetricView] = {}
    for measure, value in _SLOTS.items():
        found[f"{measure}.f1"] = view(value * quality)
        found[f"{measure}.precision"] = view(value * quality + 0.04)
        found[f"{measure}.recall"] = view(max(0.0, value * quality - 0.04))
    for measure in _LENIENT:
        strict = measure.replace(".lenient", "")
        found[f"{measure}.f1"] = view(_SLOTS[strict] * quality + 0.07)
    for slot in ("certainty", "polarity", "quote_type"):
        found[f"claim.{slot}.accuracy"] = view(0.9 * quality)
    for rate in ("excluded", "ungrounded", "numbers"):
        found[f"safety.{rate}.rate"] = MetricView(0.0, 0.0, 0.0)
    found["records_on_empty.total"] = MetricView(2, 0, 6)
    found["few_shot_leaks.total"] = MetricView(0, 0, 0)
    found["failures.total"] = MetricView(1, 0, 3)
    return found


def nothing() -> RunView:
    """The baseline that finds nothing."""
    empty = {name: MetricView(0.0, 0.0, 0.0) for name in metrics(1)}
    empty |= {name: MetricView(None) for name in empty if name.endswith((".rate", "precision"))}
    return RunView(name="nothing", metrics=empty, documents=5, baseline=True)


def every_sentence() -> RunView:
    """The baseline for which every sentence is a claim."""
    figures = metrics(0.2) | {
        "claim.content.f1": MetricView(0.509, 0.44, 0.58),
        "records_on_empty.total": MetricView(14, 6, 22),
    }
    return RunView(name="every-sentence", metrics=figures, documents=5, baseline=True)


def run(name: str = "small", quality: float = 0.8, *, careful: bool = False) -> RunView:
    """A run of an invented model."""
    return RunView(
        name=name,
        metrics=metrics(quality),
        documents=5,
        drilldown=(ferry(careful=careful), march(), recipe(), without_text(), failed()),
        provider="local",
        model=f"example-{name}-1.5b-instruct",
        made_at="2025-06-02T10:30:00Z",
        recorded=name == "small",
        prompt="extract.v1 (1f3a9c0d2b4e5f60)",
        schema="9a8b7c6d5e4f3021",
        version="0.1.0",
        support={"event": (61.5, 98, 102), "event.place": (12, 20, 22)},
        usage=Usage(
            calls=9,
            cached_calls=2,
            input_tokens=12400,
            cached_input_tokens=4000,
            output_tokens=3100,
            seconds=41.2,
            cost_usd=None if name == "small" else 0.0213,
        ),
        notes=("answers were cut at 2,048 tokens in 1 document",) if name == "small" else (),
    )


def runs() -> list[RunView]:
    """Two runs of models and the two baselines."""
    return [run(), run("large", 1.05, careful=True), every_sentence(), nothing()]


def difference(
    a: float | None,
    b: float | None,
    low: float | None,
    high: float | None,
    verdict: Verdict,
    detectable: float | None,
    *,
    differing: int = 3,
    note: str = "",
) -> Difference:
    """A difference of two figures over five documents."""
    return Difference(
        a=a,
        b=b,
        difference=None if a is None or b is None else b - a,
        low=low,
        high=high,
        verdict=verdict,
        detectable=detectable,
        p=None,
        documents=5,
        differing=differing,
        confidence=0.95,
        note=note,
    )


def compared() -> ComparisonView:
    """Better, worse, can't tell, and figures that cannot be compared."""
    return ComparisonView(
        old="small",
        new="large",
        documents=5,
        differences={
            "event.composite.f1": difference(0.336, 0.441, 0.021, 0.189, "better", 0.118),
            "event.f1": difference(0.488, 0.64, 0.07, 0.24, "better", 0.12),
            "claim.joint.f1": difference(0.376, 0.39, -0.08, 0.11, "can't tell", 0.14),
            "claim.content.f1": difference(0.5, 0.42, -0.13, -0.02, "worse", 0.07),
            "safety.excluded.rate": difference(
                0, 0, 0, 0, "can't tell", None, differing=0, note="no difference on any document"
            ),
            "safety.numbers.rate": difference(None, 0.1, None, None, "can't tell", None),
            "records_on_empty.total": difference(2, 1, -4, 2, "can't tell", 4.2),
            "event.place.f1": difference(0.456, 0.6, -0.01, 0.3, "can't tell", 0.2),
        },
    )
