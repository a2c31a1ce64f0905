"""Ground and resolve one draft item: every slot finds its words in the article, or says why not.

A slot that fails makes the item fail, so that it can be asked for again. When there is no more
asking (``lenient``), a failed slot is dropped from its item and kept as a rejected item of its
own; only an item without type or evidence is lost as a whole, with its reasons.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from dateline.checks import dangling, date_problems, quantity_problems
from dateline.drafts import ClaimDraft, EventDraft
from dateline.records import DateRange, Place, Problem, Quantity, RejectedItem
from dateline.resolution.dates import resolve_date
from dateline.resolution.number_agreement import number_tokens, stands_as_printed
from dateline.resolution.numbers import find_numbers
from dateline.resolution.places import resolve_place
from dateline.resolution.quantities import parse_quantity
from dateline.salvage import stands_for_null

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.articles import Article
    from dateline.asking.base import DraftItem
    from dateline.grounding import Grounder
    from dateline.records.extraction import RejectedKind
    from dateline.spans import Evidence, Span
    from dateline.taxonomy import Taxonomy

D = TypeVar("D", bound=EventDraft | ClaimDraft)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every item of one article is worked on with.

    ``places`` are all places that the answer names: they decide which of several places of one
    name is meant. ``event_places`` are the JSON paths of its events, good and bad.
    """

    article: Article
    grounder: Grounder
    taxonomy: Taxonomy
    lenient: bool = False
    places: tuple[str, ...] = ()
    event_places: frozenset[str] = frozenset()

    def find_words(self, words: str, near: Span | None = None) -> Evidence | None:
        """Find a name, date, place or cue. A near miss is no name: nothing fuzzy here."""
        found = self.grounder.ground(words, near=near)
        return None if found is None or found.match == "fuzzy" else found


@dataclass(slots=True)
class CountParts:
    """A grounded number with the names that its draft connects it to."""

    quantity: Quantity
    victim: str | None
    inflicted_by: str | None


@dataclass(slots=True)
class Prepared:
    """One item with everything grounded and resolved, before ids are given.

    ``links`` are positions, from 1, in the event list of the same answer; ``part_of`` likewise.
    """

    item: DraftItem
    evidence: tuple[Evidence, ...]
    text: str
    actors: list[tuple[str, str]] = field(default_factory=list)
    date: DateRange | None = None
    place: Place | None = None
    counts: list[CountParts] = field(default_factory=list)
    speaker: Evidence | None = None
    speaker_role: str | None = None
    via: tuple[str, ...] = ()
    cue: str | None = None
    links: tuple[int, ...] = ()
    dropped: list[RejectedItem] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where its first evidence begins."""
        return self.evidence[0].start


@dataclass(slots=True)
class _Bench:
    """Findings about one item while its slots are worked on."""

    desk: Desk
    item: DraftItem
    problems: list[Problem] = field(default_factory=list)
    dropped: list[RejectedItem] = field(default_factory=list)
    fatal: bool = False

    def fail(
        self, kind: RejectedKind, slot: str, raw: Any, *problems: Problem, fatal: bool = False
    ) -> None:
        self.problems.extend(problems)
        self.fatal = self.fatal or fatal
        if self.desk.lenient and not fatal:
            text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
            self.dropped.append(
                RejectedItem(
                    kind=kind,
                    where=f"{self.item.where}{slot}",
                    problems=problems,
                    raw=text,
                    attempts=self.item.attempts,
                )
            )

    def problem(self, code: str, slot: str, message: str) -> Problem:
        return Problem(code=code, where=f"{self.item.where}{slot}", message=message)

    @property
    def failed(self) -> bool:
        return self.fatal or (bool(self.problems) and not self.desk.lenient)


def prepare(item: DraftItem, desk: Desk) -> Prepared | tuple[Problem, ...]:
    """Ground and resolve one item.

    Returns:
        The prepared item, or every problem that stands in its way.
    """
    bench = _Bench(desk, item)
    draft = item.draft
    if isinstance(draft, EventDraft):
        prepared = _prepare_event(bench, draft)
    else:
        prepared = _prepare_claim(bench, draft)
    if prepared is None or bench.failed:
        return tuple(bench.problems)
    prepared.dropped = bench.dropped
    return prepared


def _prepare_event(bench: _Bench, draft: EventDraft) -> Prepared | None:
    desk = bench.desk
    if desk.taxonomy.event_type_of(draft.type) is None:
        problem = bench.problem("unknown_type", ".type", "`type` is not in the taxonomy")
        bench.fail("event", ".type", draft.type, problem, fatal=True)
    evidence = _evidence(bench, draft.evidence)
    if not evidence:
        return None
    prepared = Prepared(bench.item, evidence, draft.summary)
    for number, actor in enumerate(draft.actors):
        slot = f".actors[{number}].name"
        if found := _words(bench, "actor", slot, actor.name, evidence[0].span):
            prepared.actors.append((found.quote, actor.role))
    if draft.date and (found := _words(bench, "date", ".date", draft.date, evidence[0].span)):
        prepared.date = _event_date(bench, draft, found)
    if draft.place and (found := _words(bench, "place", ".place", draft.place, evidence[0].span)):
        prepared.place = resolve_place(found.quote, context=desk.places, evidence=found)
    for number, count in enumerate(draft.counts):
        quantity = _count(bench, f".counts[{number}]", count, evidence)
        if quantity is not None:
            slot = f".counts[{number}]"
            victim = count.victim and _words(
                bench, "field", f"{slot}.victim", count.victim, evidence[0].span
            )
            inflicted = count.inflicted_by and _words(
                bench, "field", f"{slot}.inflicted_by", count.inflicted_by, evidence[0].span
            )
            prepared.counts.append(
                CountParts(
                    quantity,
                    victim.quote if victim else None,
                    inflicted.quote if inflicted else None,
                )
            )
    _toll(bench, prepared)
    if draft.part_of is not None:
        prepared.links = _links(bench, ".part_of", [draft.part_of])
    prepared.text = _own_words(bench, ".summary", draft.summary, prepared, fallback=draft.type)
    return prepared


def _prepare_claim(bench: _Bench, draft: ClaimDraft) -> Prepared | None:
    evidence = _evidence(bench, draft.evidence)
    if not evidence:
        return None
    near = evidence[0].span
    prepared = Prepared(bench.item, evidence, draft.text)
    prepared.links = _links(bench, ".events", draft.events)
    if draft.speaker:
        prepared.speaker = _words(bench, "actor", ".speaker", draft.speaker, near)
    elif draft.speaker_kind not in ("narrator", "unspecified"):
        problem = bench.problem("no_speaker", ".speaker", f"a {draft.speaker_kind} needs a name")
        bench.fail("field", ".speaker", None, problem)
    if draft.speaker_role and (
        found := _words(bench, "field", ".speaker_role", draft.speaker_role, near)
    ):
        prepared.speaker_role = found.quote
    if draft.cue and (found := _words(bench, "field", ".cue", draft.cue, near)):
        prepared.cue = found.quote
    carriers = [
        _words(bench, "field", f".via[{number}]", name, near)
        for number, name in enumerate(draft.via)
    ]
    prepared.via = tuple(found.quote for found in carriers if found)
    if draft.said_on and (found := _words(bench, "date", ".said_on", draft.said_on, near)):
        prepared.date = resolve_date(
            found.quote, published=bench.desk.article.published, tense="past", evidence=found
        )
    fallback = evidence[0].quote
    prepared.text = _own_words(bench, ".text", draft.text, prepared, fallback=fallback)
    return prepared


def _evidence(bench: _Bench, quotes: Sequence[str]) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    failures = []
    for number, quote in enumerate(quotes):
        near = found[-1].span if found else bench.item.near
        parts = bench.desk.grounder.ground_parts(quote, near=near)
        if parts:
            found.extend(part for part in parts if part not in found)
        else:
            failures.append((f".evidence[{number}]", quote))
    for slot, quote in failures:
        bench.fail("evidence", slot, quote, _not_found(bench, slot, quote), fatal=not found)
    return tuple(found)


def _words(bench: _Bench, kind: RejectedKind, slot: str, words: str, near: Span) -> Evidence | None:
    """Find a name, date, place or cue: its words must stand in the article as they are."""
    if stands_for_null(words):
        return None
    found = bench.desk.find_words(words, near)
    if found is None:
        bench.fail(kind, slot, words, _not_found(bench, slot, words))
    return found


def _not_found(bench: _Bench, slot: str, quote: str) -> Problem:
    reason = bench.desk.grounder.explain(quote)
    message = {
        "excluded_zone": "these words stand only in a part of the page that supports nothing",
        "altered": "the article has other numbers, names or negations here: copy its words",
    }.get(reason, "these words are not in the article: copy them exactly")
    code = reason if reason in ("excluded_zone", "altered") else "not_in_text"
    return bench.problem(code, slot, message)


def _event_date(bench: _Bench, draft: EventDraft, found: Evidence) -> DateRange:
    published = bench.desk.article.published
    tense: Literal["past", "future"] = "future" if draft.status == "planned" else "past"
    when = resolve_date(found.quote, published=published, tense=tense, evidence=found)
    where = f"{bench.item.where}.date"
    problems = tuple(date_problems(when, draft.status, draft.salience, published, where))
    if problems:
        bench.fail("date", ".date", draft.date, *problems)
        return DateRange(text=found.quote, evidence=found)
    return when


def _count(bench: _Bench, slot: str, count: Any, evidence: tuple[Evidence, ...]) -> Quantity | None:
    grounder = bench.desk.grounder
    found = None
    for support in evidence:
        found = grounder.ground(count.quote, near=support.span, within=support.span)
        if found:
            break
    if found is None:
        found = grounder.ground(count.quote, near=evidence[0].span)
    if found is None:
        problem = _not_found(bench, f"{slot}.quote", count.quote)
        bench.fail("count", slot, count.model_dump(), problem)
        return None
    quantity = parse_quantity(found.quote, kind=count.kind, scope=count.scope, evidence=found)
    if quantity is None:
        problem = bench.problem("no_number", f"{slot}.quote", "no number stands in these words")
        bench.fail("count", slot, count.model_dump(), problem)
        return None
    problems = tuple(quantity_problems(quantity, f"{bench.item.where}{slot}"))
    if problems:
        bench.fail("count", slot, count.model_dump(), *problems)
        return None
    return quantity


def _links(bench: _Bench, slot: str, positions: Sequence[int]) -> tuple[int, ...]:
    """The positions that stand for an event of the answer; another refers to nothing."""
    known = bench.desk.event_places
    answer = bench.item.where.rpartition(".")[0]
    found = []
    for position in positions:
        wrong = dangling([event_place(answer, position)], known, f"{bench.item.where}{slot}")
        if wrong:
            bench.fail("field", slot, position, *wrong)
        else:
            found.append(position)
    return tuple(found)


def event_place(answer: str, position: int) -> str:
    """The JSON path of an answer's event at a position, from 1."""
    return f"{answer}.events[{position - 1}]"


def _toll(bench: _Bench, prepared: Prepared) -> None:
    from dateline.checks import toll_problems

    named = [
        parts.quantity.model_copy(update={"victim_actor": parts.victim})
        for parts in prepared.counts
        if parts.quantity.kind in ("killed", "wounded", "casualties_combined")
    ]
    if len(named) < 2:
        return
    problems = tuple(toll_problems(named, f"{bench.item.where}.counts"))
    if problems:
        combined = [p for p in prepared.counts if p.quantity.kind == "casualties_combined"]
        raw = [parts.quantity.text for parts in combined]
        bench.fail("count", ".counts", raw, *problems)
        prepared.counts = [parts for parts in prepared.counts if parts not in combined]


def _own_words(bench: _Bench, slot: str, text: str, prepared: Prepared, *, fallback: str) -> str:
    """Return the model's own sentence if all its numbers stand in the item's grounded words."""
    numbers = find_numbers(text)
    if not numbers:
        return text
    grounded = [evidence.quote for evidence in prepared.evidence]
    grounded += [parts.quantity.text for parts in prepared.counts]
    grounded += [name for name, _ in prepared.actors]
    grounded += [v.text for v in (prepared.date, prepared.place) if v is not None and v.text]
    if prepared.speaker:
        grounded.append(prepared.speaker.quote)
    support = " \n ".join(grounded)
    if all(stands_as_printed(number.words, support) for number in numbers):
        return text
    standing = set(number_tokens(support))
    if all(number in standing for number in number_tokens(text)):
        return text
    message = "a number in this sentence does not stand in the item's evidence"
    kind: Literal["field"] = "field"
    bench.fail(kind, slot, text, bench.problem("number_not_in_evidence", slot, message))
    return fallback
