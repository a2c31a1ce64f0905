"""What holds of grounding and chunking for every text."""

from __future__ import annotations

import string
import unicodedata

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline.chunking import chunks
from dateline.grounding import Grounder, fold, ground
from dateline.sentences import split_sentences
from dateline.spans import Span

ODD = "ﬁﬃ½²…“”‘’«»–—\u00a0\u200b\u00ad\u0301\u0323é한\u1112\u1161\u11ab"
ODD += "ﾊﾞＡ１ﷺ七。।؟ş\U0001d400\ud800İß"
texts = st.text(
    st.sampled_from(string.ascii_letters + string.digits + " .,'\"-\n\t" + ODD), max_size=120
)
any_text = st.text(max_size=80)
words = st.text(st.sampled_from("abdegiklmnoprstu"), min_size=2, max_size=9)
sentences = st.lists(words, min_size=6, max_size=14).map(" ".join)


@given(st.one_of(texts, any_text), st.data())
def test_every_folded_piece_leads_back_to_text_that_folds_to_it(text, data):
    folded = fold(text)
    assume(folded.text)
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))

    origin = folded.origin(start, end)

    assert len(folded.lower) == len(folded.text)
    if origin is not None:
        # A half-width voicing mark behind a quotation mark is folded only by itself.
        piece = unicodedata.normalize("NFKC", folded.text[start:end])
        again = fold(text[origin[0] : origin[1]]).text
        # "2½" folds with a separator that its second half alone does not have.
        assert again == piece or again == piece.lstrip(" ^")


@given(st.one_of(texts, any_text))
def test_whole_text_leads_back_whole_but_for_what_is_not_seen(text):
    folded = fold(text)
    assume(folded.text)

    origin = folded.origin(0, len(folded.text))

    assert origin is not None
    outside = text[: origin[0]] + text[origin[1] :]
    assert fold(outside).text == ""


@given(st.one_of(texts, any_text), st.one_of(texts, any_text))
def test_evidence_is_always_the_text_at_its_offsets(quote, text):
    evidence = ground(quote, text)

    if evidence is not None:
        assert evidence.quote == text[evidence.start : evidence.end]
        if evidence.match == "exact":
            assert evidence.quote == quote.strip()


@given(st.lists(sentences, min_size=2, max_size=8), st.data())
def test_quote_cut_at_words_is_found_with_its_own_words(parts, data):
    text = ". ".join(parts)
    cuts = [n for n in range(len(text) + 1) if n in (0, len(text)) or text[n] == " "]
    start = data.draw(st.sampled_from(cuts[:-1]))
    end = data.draw(st.sampled_from([cut for cut in cuts if cut > start]))
    quote = text[start:end].strip()

    evidence = ground(quote, text, near=start)

    assert evidence is not None
    assert evidence.match == "exact"
    assert evidence.quote == quote


@given(st.lists(sentences, min_size=2, max_size=8), st.data())
def test_quote_in_other_clothes_is_found_where_it_stands(parts, data):
    chosen = data.draw(st.sampled_from(parts))
    assume(sum(chosen in part for part in parts) == 1)
    text = ".\n".join(parts)
    worn = chosen.replace(" ", data.draw(st.sampled_from(["  ", "\u00a0", "\n", " \u200b"])))
    worn = f"“{worn.upper() if data.draw(st.booleans()) else worn}.”"

    evidence = ground(worn, text)

    assert evidence is not None
    assert chosen in evidence.quote


@given(sentences, sentences, sentences, st.integers(2, 99_999), st.integers(2, 99_999))
def test_changed_digits_never_match(before, middle, after, told, true):
    assume(told != true)
    text = f"{before} {middle} {true} {after}"

    assert ground(f"{middle} {told} {after}", text) is None


@given(sentences, sentences)
def test_removed_negation_never_matches(before, after):
    assert ground(f"{before} {after}", f"{before} not {after}") is None
    assert ground(f"{before} not {after}", f"{before} {after}") is None


@given(st.lists(sentences, min_size=1, max_size=6), sentences)
def test_order_of_quotes_does_not_change_what_is_found(parts, other):
    text = ". ".join(parts)
    cold = Grounder(text, [Span(0, len(text))], lambda _: "body")
    warm = Grounder(text, [Span(0, len(text))], lambda _: "body")
    warm.ground("zzz zzz zzz")

    for quote in (*parts, other, parts[0].upper()):
        assert cold.ground(quote) == warm.ground(quote)


@given(st.one_of(texts, any_text), st.data())
def test_sentences_hold_every_non_blank_character_once(text, data):
    cut = data.draw(st.integers(0, len(text)))
    spans = [Span(0, cut), Span(cut, len(text))]

    found = split_sentences(text, spans)

    ends = [0]
    for start, end in found:
        assert ends[-1] <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[ends[-1] : start].strip()
        assert any(Span(start, end).within(span) for span in spans)
        ends.append(end)
    assert not text[ends[-1] :].strip()


@settings(max_examples=200)
@given(st.one_of(texts, any_text), st.integers(1, 60), st.integers(0, 3), st.data())
def test_chunks_lose_no_text_and_keep_its_order(text, max_chars, overlap, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    spans = [Span(cuts[0], cuts[1]), Span(cuts[2], cuts[3])]

    made = chunks(spans, text=text, max_chars=max_chars, overlap_sentences=overlap)

    held = set()
    for chunk in made:
        assert 0 < len(chunk.text) <= max_chars
        assert list(chunk.spans) == sorted(chunk.spans)
        for span in chunk.spans:
            assert any(span.within(allowed) for allowed in spans)
            assert text[span.start : span.end] in chunk.text
            held.update(range(span.start, span.end))
    starts = [chunk.start for chunk in made]
    assert starts == sorted(starts)
    wanted = {n for start, end in spans for n in range(start, end) if not text[n].isspace()}
    assert wanted <= held
    if not overlap:
        assert sum(span.end - span.start for chunk in made for span in chunk.spans) == len(held)
