"""Whatever the text: zones divide it, and a reading maps back to it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.articles import Article, Reading, find_zones
from dateline.articles.units import split_units

LINES = st.sampled_from(
    [
        "",
        " ",
        "Menu",
        "Skip to content",
        "Two guards hurt in raid on Arden depot",
        "By Jo Marsh",
        "12 March 2024",
        "(Photo: Ilse Brandt)",
        "A guard at the gate (Photo: Ilse Brandt)",
        "Two guards were hurt on Tuesday when armed men raided a depot outside Arden, police said.",
        "The men fled north in two trucks with forty drums of fuel, the manager of the depot said. "
        * 3,
        "Related",
        "Read also: Four killed in ambush near Lower Vale",
        "Leave a Reply",
        "3 Comments",
        "  • otter",
        "    Nobody will tell us what happened at the gate that night, I heard.",
        "Marta says:",
        "2 days ago",
        "Reply",
        "---",
        "title: x",
        "# Raid on Arden depot",
        "武装人员袭击阿登油库两名警卫受伤，袭击者抢走约四十桶燃油后向北逃窜，警方正在调查。",
        "هل كان الهجوم هو الثالث من نوعه على الطريق منذ نهاية شهر آذار؟",
    ]
)
PAGES = st.lists(LINES, max_size=25).map("\n".join)
TEXTS = st.one_of(
    st.text(max_size=400),
    PAGES,
    st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=20).map("\r\n".join),
)
TITLES = st.one_of(
    st.none(), st.just("Two guards hurt in raid on Arden depot"), st.text(max_size=30)
)


@given(TEXTS, TITLES)
@settings(max_examples=400, deadline=None)
def test_zones_are_sorted_apart_and_hold_every_character(text: str, title: str | None) -> None:
    zones = find_zones(text, title=title)

    covered = [False] * len(text)
    end = 0
    for zone in zones:
        assert end <= zone.start < zone.end <= len(text)
        assert not text[zone.start].isspace()
        assert not text[zone.end - 1].isspace()
        end = zone.end
        covered[zone.start : zone.end] = [True] * (zone.end - zone.start)
    assert all(covered[i] or c.isspace() for i, c in enumerate(text))
    assert all(a.kind != b.kind for a, b in pairwise(zones))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_units_are_sorted_apart_and_hold_every_character(text: str) -> None:
    units = split_units(text)

    end = 0
    for unit in units:
        assert not text[end : unit.start].strip()
        assert end <= unit.start < unit.end
        end = unit.end
    assert not text[end:].strip()


@given(PAGES)
@settings(max_examples=150, deadline=None)
def test_nothing_supports_a_record_after_a_reply_form(page: str) -> None:
    story = (
        "Raid on Arden depot\n\n"
        "Two guards were hurt when armed men raided a depot outside Arden, police said.\n\n"
        "The men fled north in two trucks with forty drums of fuel, the depot's manager said.\n\n"
    )
    form = "Leave a Reply\nYour email address will not be published.\n\n"
    text = story + form + page

    zones = find_zones(text)

    assert all(zone.end <= len(story) for zone in zones if zone.supports)


@given(TEXTS.filter(str.strip), st.data())
@settings(max_examples=200, deadline=None)
def test_any_stretch_of_a_reading_is_found_in_the_original(text: str, data: st.DataObject) -> None:
    reading = Article(text=text).reading
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))

    spans = reading.to_original(start, end)

    parts = [text[span.start : span.end] for span in spans]
    assert "".join("".join(parts).split()) == "".join(reading.text[start:end].split())
    assert all(any(s.within(whole) for whole in reading.segments) for s in spans)


@given(TEXTS.filter(str.strip))
@settings(max_examples=100, deadline=None)
def test_every_supporting_character_has_its_place_in_the_reading(text: str) -> None:
    zones = find_zones(text)
    reading = Reading.of(text, zones)

    for zone in zones:
        for offset in (zone.start, (zone.start + zone.end) // 2, zone.end - 1):
            at = reading.from_original(offset)
            assert (at is not None) == zone.supports
            assert at is None or reading.text[at] == text[offset]
