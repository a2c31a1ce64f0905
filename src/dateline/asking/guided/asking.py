"""The course of guided asking: read, ask what happened, join, ask the rest, draft."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

from dateline.asking.base import Answer, DraftItem
from dateline.asking.guided.attribution import Attribution, at_odds
from dateline.asking.guided.casting import cast, spots
from dateline.asking.guided.claims import SORTS, draft_claim, guess_type, type_question
from dateline.asking.guided.counts import COUNTED, Count, count_question, name_parties
from dateline.asking.guided.cues import find_attributions
from dateline.asking.guided.deciding import decide, to_be_asked
from dateline.asking.guided.denying import mark_denied
from dateline.asking.guided.drafting import draft_event
from dateline.asking.guided.happenings import Happening
from dateline.asking.guided.lexicon import load_lexicon
from dateline.asking.guided.noticing import (
    NOTHING,
    attach_satellites,
    event_question,
    guess_at,
)
from dateline.asking.guided.questions import Question, Questioner, Tally
from dateline.asking.guided.quoted import quotations
from dateline.asking.guided.reading import Reading, read, speaks_english
from dateline.asking.guided.roles import Part
from dateline.asking.guided.scenes import Stage
from dateline.asking.guided.sources import Sources
from dateline.asking.guided.statements import Statement, gather
from dateline.asking.guided.stories import Story, actor_question, fill, tell_stories
from dateline.asking.guided.types import TypeMap
from dateline.asking.guided.vetoes import ordering_paragraphs, tellable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dateline.articles import Article
    from dateline.asking.base import FailedItem, Steps
    from dateline.asking.guided.names import Name
    from dateline.spans import Span
    from dateline.taxonomy import Taxonomy

__all__ = ["GuidedAsking"]


class GuidedAsking:
    """The way of asking for small models: closed questions about what code has found.

    Args:
        taxonomy: the event types to choose from.
        prompts: a folder of the user's own ``guided.*.jinja`` and, under the same name,
            ``lexicon.en.json``.
        max_questions: at most so many requests an article; beyond them code's guesses stand.
        twice: ask each question in two orders of its options (see ``questions``).
    """

    name: Literal["guided"] = "guided"

    def __init__(
        self,
        *,
        taxonomy: Taxonomy,
        prompts: Path | None = None,
        max_questions: int = 80,
        twice: bool = True,
    ) -> None:
        self.taxonomy = taxonomy
        self.max_questions = max_questions
        self.lexicon = load_lexicon(override=prompts)
        self._questioner = Questioner(prompts=prompts, twice=twice)
        self._types = TypeMap(taxonomy, self.lexicon)

    @property
    def prompt_name(self) -> str:
        """The name that provenance records for the prompts: ``guided.v1``."""
        return f"guided.{self._questioner.version}"

    @property
    def fingerprint(self) -> str:
        """Digest of the system texts of all question kinds and of the lexicon, 16 hex digits."""
        both = f"{self._questioner.fingerprint}:{self.lexicon.fingerprint}"
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    @property
    def prompt_fingerprint(self) -> str:
        """What provenance records for the prompts; the same as ``fingerprint``."""
        return self.fingerprint

    def ask(self, article: Article) -> Steps[Answer]:
        """Ask about everything in the article.

        Raises:
            CompletionError: every question failed, with the first failure.
        """
        readings = read(article, self.lexicon)
        foreign = article.language is not None and not article.language.lower().startswith("en")
        if foreign or not speaks_english(readings):
            note = (
                "guided asking knows English only; nothing was asked"
                if readings
                else "the article has no text that may support a record"
            )
            return Answer(notes=[note])
        text = article.text
        tally = Tally()
        stretches = quotations(readings)
        attributions = self._attributions(readings, text, stretches)
        masked = _masked(attributions)
        disputed = {
            i
            for i, found in attributions.items()
            if any(a.lexical and a.lexical.claim_type == "allegation" for a in found)
        }
        happenings = yield from self._happenings(readings, article, tally)
        stories = tell_stories(happenings, text, self.lexicon)
        mark_denied(stories, attributions)
        reported = {
            i: [span for one in found for span in one.spans] for i, found in attributions.items()
        }
        for story in stories:
            story.reported = reported
            fill(story, text, masked, disputed=disputed)
        statements = gather(readings, attributions, text, stretches)
        for one in statements:
            one.type, one.sure = guess_type(one, self.lexicon)
        questions: list[Question] = []
        actors: list[tuple[Story, tuple[Question, list[Name]]]] = []
        counts: list[Count] = []
        if not self._types.native:
            actors = [(s, q) for s in stories if (q := actor_question(s, text, masked)) is not None]
            counts = [c for s in stories for c in s.counts if not c.sure]
        unsure = [one for one in statements if not one.sure]
        questions += [question for _, (question, _) in actors]
        questions += [count_question(count, text) for count in counts]
        questions += [type_question(one, text) for one in unsure]
        choices = yield from self._questioner.ask(
            questions, article_id=article.id, tally=tally, limit=self.max_questions
        )
        answers = iter(choices)
        for story, (_, names) in actors:
            if (chosen := next(answers)) < len(names):
                story.parts.insert(0, Part(names[chosen], "initiator"))
        for count in counts:
            count.kind = COUNTED[next(answers)][0]
        for one in unsure:
            one.type = SORTS[next(answers)].type
        if tally.first_error is not None and tally.failed == tally.asked:
            raise tally.first_error
        answer = Answer(notes=_notes(tally))
        places = spots(readings)
        for story in stories:
            cast(story, readings, places)
        stage = Stage(readings, text, masked, reported)
        for story in stories:
            name_parties(story.counts, story.parts)
            scene = stage.scene(story, [other for other in stories if other.parent is story])
            part_of = stories.index(story.parent) + 1 if story.parent in stories else None
            draft = draft_event(story, text, self.lexicon, scene, part_of=part_of)
            near = story.evidence[0].span
            answer.items.append(
                DraftItem(
                    "event", draft, f"$.events[{len(answer.items)}]", draft.model_dump_json(), near
                )
            )
        self._add_claims(answer, statements, stories, text, stretches)
        return answer

    def reask(
        self,
        article: Article,  # noqa: ARG002  # the protocol's arguments
        failed: Sequence[DraftItem | FailedItem],  # noqa: ARG002
    ) -> Steps[Answer]:
        """Nothing to ask again: what fails here is code's finding, and it would find it again."""
        yield from ()
        return Answer()

    def _attributions(
        self, readings: Sequence[Reading], text: str, stretches: Sequence[Span]
    ) -> dict[int, list[Attribution]]:
        sources = Sources()
        machines = ordering_paragraphs(readings, text)
        found = {
            reading.index: find_attributions(reading, text, self.lexicon, sources, stretches)
            for reading in readings
            if reading.paragraph not in machines
        }
        headline = at_odds(readings, text)
        if headline is not None and not found.get(headline.reading.index):
            found[headline.reading.index] = [headline]
        return {index: attributions for index, attributions in found.items() if attributions}

    def _happenings(
        self, readings: Sequence[Reading], article: Article, tally: Tally
    ) -> Steps[list[Happening]]:
        decided = [
            one
            for r in tellable(readings, article.text)
            for one in decide(r, self.lexicon, self._types)
        ]
        found = [one.happening for one in decided]
        asked = to_be_asked(decided)
        questions = [
            guess_at(event_question(one.about, article.text, self._types), one.happening.type)
            for one in asked
            if one.about is not None
        ]
        choices = yield from self._questioner.ask(
            questions, article_id=article.id, tally=tally, limit=self.max_questions
        )
        for one, question, choice in zip(asked, questions, choices, strict=True):
            happening = one.happening
            chosen = question.options[choice].split(" — ", 1)[0]
            if chosen == NOTHING:
                happening.happened = not one.open
            else:
                happening.type = chosen
        kept = [h for h in found if h.happened]
        attach_satellites(kept, readings, self.lexicon)
        return kept

    def _add_claims(
        self,
        answer: Answer,
        statements: list[Statement],
        stories: list[Story],
        text: str,
        stretches: Sequence[Span],
    ) -> None:
        position = 0
        for one in statements:
            indices = {r.index for r in one.readings}
            events = [
                i
                for i, s in enumerate(stories, 1)
                if indices & {h.reading.index for h in s.tellings}
            ]
            draft = draft_claim(one, text, self.lexicon, stretches, events)
            if draft is None:
                continue
            near = one.spans[0]
            answer.items.append(
                DraftItem("claim", draft, f"$.claims[{position}]", draft.model_dump_json(), near)
            )
            position += 1


def _masked(attributions: dict[int, list[Attribution]]) -> list[Span]:
    """Spans of speakers and carriers, who are no party to what they tell."""
    spans: list[Span] = []
    for attribution in (one for found in attributions.values() for one in found):
        known = (attribution.speaker, attribution.role, attribution.said_on, *attribution.via)
        spans += [span for span in known if span is not None]
    return spans


def _notes(tally: Tally) -> list[str]:
    notes = []
    if tally.failed:
        notes.append(
            f"{tally.failed} of {tally.asked} guided questions failed; code's guesses stand"
        )
    if tally.skipped:
        notes.append(
            f"{tally.skipped} guided questions were beyond the limit; code's guesses stand"
        )
    return notes
