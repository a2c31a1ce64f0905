"""Whatever the text: no exception, mentions equal the text, order decides nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.resolution.actors import (
    ActorIndex,
    find_actor_candidates,
    find_names,
    resolve_actors,
)
from dateline.resolution.aliases import find_alias_pairs
from dateline.resolution.groups import find_groups
from dateline.resolution.name_forms import bare_name, fold_name, name_key, split_title
from dateline.resolution.places import find_places, resolve_place
from dateline.spans import Evidence, Span

PIECES = st.sampled_from(
    [
        "Ahmed al-Amin", "al-Amin", "Oruk Front", "the Front", "OF", "ISF", "IS", "(", ")", ",",
        ".", "’s", "also known as", "or", "known as", "police", "RSF fighters", "Kenyan", "near",
        "Mosul", "between", "and", "in", "km", "12", "north of", "village of", "province",
        "border", "-", "\n", "Gen.", "U.S.-led", "“", "”", "الموصل", "Ж", "İ", "ß", "\u00a0",
        "of", "Daesh",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("".join),
)
NAMES = st.lists(st.one_of(PIECES, st.text(max_size=15)), max_size=8)


def whole(text: str) -> list[Span]:
    return [Span(0, len(text))]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_is_found_equals_the_text(text: str) -> None:
    for name in (*find_names(text, whole(text)), *find_actor_candidates(text, whole(text))):
        assert text[name.span.start : name.span.end] == name.text != ""
    for place in find_places(text, whole(text)):
        assert text[place.span.start : place.span.end] == place.text != ""
    for group in find_groups(text, whole(text)):
        assert group.core.within(group.span)
    for pair in find_alias_pairs(text, whole(text)):
        assert pair.name.start < pair.name.end
        assert pair.alias.start < pair.alias.end
        assert not pair.name.overlaps(pair.alias)


@given(TEXTS, NAMES, st.randoms())
@settings(max_examples=300, deadline=None)
def test_resolving_is_grounded_complete_and_free_of_order(
    text: str, names: list[str], random: object
) -> None:
    def ground(words: str) -> Evidence | None:
        start = text.find(words)
        if not words or start < 0:
            return None
        return Evidence(quote=words, start=start, end=start + len(words))

    resolution = resolve_actors(names, text=text, spans=whole(text), ground=ground)

    assert {*resolution.id_of, *resolution.missing} == set(names)
    assert not set(resolution.id_of) & set(resolution.missing)
    assert set(resolution.id_of.values()) == {actor.id for actor in resolution.actors}
    for actor in resolution.actors:
        assert [text[m.start : m.end] for m in actor.mentions] == [m.quote for m in actor.mentions]
        # A name that a line break divides is one name.
        assert actor.name in " ".join(text.split())
        assert len({m.quote for m in actor.mentions}) == len(actor.mentions)
    firsts = [actor.mentions[0].start for actor in resolution.actors]
    assert firsts == sorted(firsts)
    for reordered in (names[::-1], sorted(names)):
        again = resolve_actors(reordered, text=text, spans=whole(text), ground=ground)
        assert again.actors == resolution.actors
        assert again.id_of == resolution.id_of


@given(TEXTS, st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_an_index_can_be_built_and_asked_anything(text: str, name: str) -> None:
    index = ActorIndex.build(text, whole(text))

    index.resolve(name)
    for cluster in index.clusters:
        for form, span in cluster.mentions:
            assert text[span.start : span.end] == form


@given(TEXTS, st.lists(TEXTS, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_words_make_a_place_that_keeps_them(words: str, context: list[str]) -> None:
    place = resolve_place(words, context=context)

    assert place.text == words
    assert (place.lat is None) == (place.lon is None)
    if place.relation in ("direction_of", "between", "toward"):
        assert place.lat is None
        assert place.name is None
        assert place.precision > 1
    if place.method == "none":
        assert (place.name, place.admin1, place.country, place.lat) == (None, None, None, None)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_folding_and_keys_are_stable(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert name_key(name) == name_key(f" {name} ")
    title, rest = split_title(name)
    assert f"{title} {rest}".split() == name.split()
    assert bare_name(name) in name
