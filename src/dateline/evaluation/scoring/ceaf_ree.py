"""CEAF-REE: the measure in which papers on MUC-4 state their results.

Source: Du, Rush and Cardie, "GRIT: Generative Role-filler Transformers for Document-level Event
Entity Extraction" (EACL 2021), section 4. A predicted entity is right if each of its mentions is
a mention of the gold entity that it is aligned with; entities of one role and document are
aligned one-to-one for the most that are right.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from dateline.errors import GoldError
from dateline.evaluation.scoring.counter import Counter
from dateline.evaluation.scoring.matching import one_to_one
from dateline.evaluation.scoring.measures import CEAF_REE
from dateline.evaluation.scoring.score import DocumentScore, Score
from dateline.evaluation.scoring.tallies import Tally
from dateline.evaluation.scoring.templates import Entity, TemplateDocument

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = frozenset({"a", "an", "the"})


def score_templates(
    gold: Sequence[TemplateDocument], predicted: Sequence[TemplateDocument]
) -> Score:
    """Score role-filler entities: ``ceaf-ree`` over all roles, ``ceaf-ree.ROLE`` for each.

    A document without a prediction counts as missed and is listed, as in ``scorer.score``.

    Raises:
        GoldError: a document stands twice, or is predicted and not in gold.
    """
    known = _by_id(gold, "gold")
    given = _by_id(predicted, "the predictions")
    strangers = [id for id in given if id not in known]
    if strangers:
        raise GoldError(
            f'a prediction is of a document that gold does not have: "{strangers[0]}"',
            where="the predictions",
            remedy="Score against the gold of the same documents.",
        )
    documents = []
    for document in gold:
        answer = given.get(document.id)
        failed = answer is not None and answer.failed
        tallies = tally(document, TemplateDocument(document.id, {}) if answer is None else answer)
        tallies["failures"] = Tally(float(failed))
        tallies["missing"] = Tally(float(answer is None))
        documents.append(
            DocumentScore(document.id, tallies, unpredicted=answer is None, failed=failed)
        )
    return Score(tuple(documents), {"metric": CEAF_REE})


def tally(gold: TemplateDocument, predicted: TemplateDocument) -> dict[str, Tally]:
    """Return the tallies of one document, of all roles and role by role."""
    counter = Counter()
    counter.add(CEAF_REE, Tally())
    for role in sorted({*gold.roles, *predicted.roles}):
        # Gold without a mention is nothing that could be found. A prediction without one is
        # still an answer: it counts, and it is never right.
        wanted = [mentions for e in gold.roles.get(role, ()) if (mentions := _mentions(e))]
        answered = [_mentions(entity) for entity in predicted.roles.get(role, ())]
        worth = np.array([[float(_right(a, b)) for b in answered] for a in wanted])
        result = Tally(float(len(one_to_one(worth))), float(len(answered)), float(len(wanted)))
        counter.add(CEAF_REE, result)
        counter.add(f"{CEAF_REE}.{role}", result)
    return counter.tallies()


def _right(gold: frozenset[str], predicted: frozenset[str]) -> bool:
    """The similarity φ of the paper, which leaves open that no mention is a subset as well."""
    return bool(predicted) and predicted <= gold


def _mentions(entity: Entity) -> frozenset[str]:
    return frozenset(mention for mention in map(normalise_mention, entity) if mention)


@lru_cache(maxsize=65_536)
def normalise_mention(mention: str) -> str:
    """Return a mention in lower case without ASCII punctuation, articles and extra blanks.

    This is what the scorer published with the paper does, and not what the other measures here
    do: figures compare only if the strings are treated alike.
    """
    words = mention.lower().translate(_PUNCTUATION).split()
    return " ".join(word for word in words if word not in _ARTICLES)


def _by_id(documents: Sequence[TemplateDocument], where: str) -> dict[str, TemplateDocument]:
    found: dict[str, TemplateDocument] = {}
    for document in documents:
        if document.id in found:
            raise GoldError(
                f'the same document stands twice: "{document.id}"',
                where=where,
                remedy="Keep one of each.",
            )
        found[document.id] = document
    return found
