"""Guided asking on any order of words: nothing is made up, nothing fails, nothing takes long."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.articles import Article
from dateline.asking.guided import GuidedAsking
from dateline.completion import Completion
from dateline.drafts import ClaimDraft
from dateline.taxonomy import load_taxonomy

ASKING = GuidedAsking(taxonomy=load_taxonomy("acled"))
WORDS = st.sampled_from(
    """
    The the mayor said says say that it he they told Dena Orlo , , . . “ ” " " ( ) ; : – and but who
    which police denied called put at 14 people of on Monday according to by count 's with admitting
    no nobody was were burned mill Karvel as adding if what army's claims reports •
    """.split()  # noqa: SIM905  # a word list reads better as lines
) | st.just("\n\n")


@given(st.lists(WORDS, max_size=70))
def test_claims_of_any_words_are_slices_of_the_text(words: list[str]) -> None:
    text = " ".join(["The fire was in the mill of the village, and it was lost .\n\n", *words])
    steps = ASKING.ask(Article(text=text))
    try:
        batch = next(steps)
        while True:
            batch = steps.send([Completion("?") for _ in batch])
    except StopIteration as stop:
        items = stop.value.items

    for claim in (item.draft for item in items if isinstance(item.draft, ClaimDraft)):
        assert 1 <= len(claim.evidence) <= 4
        for quote in [*claim.evidence, *claim.via, *filter(None, [claim.speaker, claim.cue])]:
            assert quote
            assert quote in text
