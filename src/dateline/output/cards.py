"""Record cards: one collapsible element an event or a claim, linked with its words in the text."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.output import wording
from dateline.output.markup import Child, Markup, join, tag, value
from dateline.records import Actor, Claim, Event, Extraction, Place, Quantity
from dateline.spans import Evidence

_MATCH = {
    "exact": "word for word",
    "normalized": "same words, other punctuation or spacing",
    "fuzzy": "close wording",
}


class Cards:
    """Builds the cards of one extraction; ``prefix`` makes its ids unique on the page."""

    def __init__(self, extraction: Extraction, *, prefix: str) -> None:
        self._prefix = prefix
        self._actors: dict[str, Actor] = {actor.id: actor for actor in extraction.actors}
        self._known = {event.id for event in extraction.events}
        self._known |= {claim.id for claim in extraction.claims}

    def event(self, event: Event) -> Markup:
        """The card of one event."""
        place = event.place
        rows: list[Child] = [
            _row("Type", join([value(event.event_type), value(event.sub_event_type)], " › ")),
            _row(
                "Status",
                join([wording.plain(event.status), _ongoing(event), event.salience], " · "),
            ),
            *self._roles(event),
            _row("When", self._date(event)),
        ]
        if place is not None:
            words = wording.where(place)
            printed = None if words.startswith(place.text) else _printed(place.text)
            where = join([value(words), printed], " ")
            rows.append(_row("Where", where, _note(wording.precision(place), _point(place))))
        if event.counts:
            rows.append(_row("Counts", _list([self._count(count) for count in event.counts])))
        if event.outcomes:
            rows.append(_row("Outcome", ", ".join(map(wording.plain, event.outcomes))))
        if event.parent_event_id:
            rows.append(_row("Part of", self._links([event.parent_event_id], "event")))
        if event.reported_by:
            rows.append(_row("Said in", self._links(event.reported_by, "claim")))
        chips = [] if event.status == "occurred" else [_chip(wording.plain(event.status), "status")]
        if event.salience != "main":
            chips.append(_chip(event.salience, "salience"))
        return self._card(
            "event", event.id, event.sub_event_type, chips, event.summary, rows, event
        )

    def claim(self, claim: Claim) -> Markup:
        """The card of one claim."""
        speaker = claim.speaker
        who = value(speaker.name) if speaker.name else wording.plain(speaker.kind)
        kind = wording.plain(speaker.kind) if speaker.name else None
        rows: list[Child] = [_row("Speaker", who, _note(speaker.role, kind))]
        if claim.via:
            rows.append(_row("Via", join([value(name) for name in claim.via], " › ")))
        if claim.cue:
            rows.append(_row("Cue", tag("q", value(claim.cue))))
        rows.append(_row("Kind", f"{wording.plain(claim.claim_type)} · {claim.quote_type}"))
        rows.append(_row("Certainty", f"{claim.certainty}, {claim.polarity}"))
        if claim.said_on is not None:
            said = wording.when(claim.said_on)
            rows.append(
                _row(
                    "Said on",
                    join([said, _printed(claim.said_on.text)] if said else ["undated"], " "),
                )
            )
        if claim.event_ids:
            rows.append(_row(claim.relation.capitalize(), self._links(claim.event_ids, "event")))
        chips = [] if claim.certainty == "certain" else [_chip(claim.certainty, "certainty")]
        if claim.polarity == "negative":
            chips.append(_chip("negative", "polarity"))
        title = speaker.name or wording.plain(speaker.kind)
        return self._card("claim", claim.id, title, chips, claim.text, rows, claim)

    def _card(
        self,
        kind: str,
        record_id: str,
        title: str,
        chips: Sequence[Markup],
        line: str,
        rows: Sequence[Child],
        record: Event | Claim,
    ) -> Markup:
        name = f"{self._prefix}{record_id}"
        head = tag(
            "span",
            tag("span", record_id, class_=f"dl-badge dl-badge-{kind}"),
            " ",
            tag("span", value(title), class_="dl-card-title"),
            *chips,
            class_="dl-card-head",
        )
        return tag(
            "details",
            tag(
                "summary",
                head,
                tag("span", line, class_="dl-card-line", dir="auto"),
                id=f"{name}-line",
            ),
            tag(
                "dl",
                *rows,
                _row("Evidence", _matches(record.evidence), class_="dl-row-match"),
                class_="dl-rows",
            ),
            tag(
                "ol",
                *(self._evidence(name, n, evidence) for n, evidence in enumerate(record.evidence)),
                class_="dl-quotes",
                aria_label="Evidence",
            ),
            class_=f"dl-card dl-card-{kind}",
            id=name,
        )

    def _evidence(self, name: str, number: int, evidence: Evidence) -> Markup:
        place = f"{evidence.zone}, characters {evidence.start}–{evidence.end}"
        return tag(
            "li",
            tag(
                "a",
                tag("span", evidence.quote, dir="auto"),
                href=f"#{name}-{number}",
                class_="dl-quote",
                title="Show in the text",
            ),
            tag("span", f"{_MATCH[evidence.match]} · {place}", class_="dl-note"),
        )

    def _roles(self, event: Event) -> list[Child]:
        roles: dict[str, list[Child]] = {}
        for part in event.actors:
            roles.setdefault(part.role, []).append(self._actor(part.actor_id))
        return [_row(role.capitalize(), _list(names)) for role, names in roles.items()]

    def _actor(self, actor_id: str) -> Markup:
        actor = self._actors.get(actor_id)
        if actor is None:
            return value(actor_id)
        kind = wording.plain(actor.kind) if actor.kind else None
        forms = dict.fromkeys(m.quote for m in actor.mentions if m.quote != actor.name)
        also = f"also {', '.join(forms)}" if forms else None
        return join([value(actor.name), _note(kind, actor.country, also)])

    def _count(self, count: Quantity) -> Markup:
        victim, by = count.victim_actor, count.inflicting_actor
        number = tag("span", value(wording.amount(count)), class_="dl-amount")
        note = _note(
            f"of {self._name(victim)}" if victim else None,
            f"by {self._name(by)}" if by else None,
            wording.scope(count),
        )
        return join([join([number, _printed(count.text)], " "), note])

    def _name(self, actor_id: str) -> str:
        actor = self._actors.get(actor_id)
        return actor.name if actor else actor_id

    def _date(self, event: Event) -> Markup:
        words = wording.when(event.date)
        if words is None:
            printed = _printed(event.date.text)
            return join(["no calendar date", printed], " ")
        printed = join([words, _printed(event.date.text)], " ")
        return join([printed, _note(wording.basis(event.date))])

    def _links(self, ids: Sequence[str], kind: str) -> Markup:
        return join(
            [
                tag("a", name, href=f"#{self._prefix}{name}", class_=f"dl-badge dl-badge-{kind}")
                if name in self._known
                else value(name)
                for name in ids
            ],
            " ",
        )


def _ongoing(event: Event) -> str | None:
    return None if event.ongoing is None else "ongoing" if event.ongoing else "over"


def _matches(found: Sequence[Evidence]) -> str:
    return "; ".join(dict.fromkeys(_MATCH[evidence.match] for evidence in found))


def _row(term: str, *details: Child, class_: str | None = None) -> Markup:
    return tag("div", tag("dt", term), tag("dd", *details), class_=class_)


def _list(items: Sequence[Child]) -> Markup:
    return tag("ul", *(tag("li", item) for item in items)) if len(items) > 1 else join(list(items))


def _note(*words: str | None) -> Markup | None:
    """A quiet line under a value."""
    said = [value(word) for word in words if word]
    return tag("span", join([*said], " · "), class_="dl-note") if said else None


def _point(place: Place) -> str | None:
    if place.lat is None or place.lon is None:
        return None
    return f"{place.lat:.3f}, {place.lon:.3f}"


def _chip(words: str, kind: str) -> Markup:
    return tag("span", words, class_=f"dl-chip dl-chip-{kind}")


def _printed(words: str | None) -> Markup | None:
    return tag("q", value(words), class_="dl-printed") if words else None
