from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dateline.output.markup import Markup, join, language, link, tag, text, value


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "</style><img src=x onerror=alert(1)>",
        "a & b < c",
        "<!--",
        "]]>",
    ],
)
def test_plain_text_stays_text(attack: str) -> None:
    seen = Seen(tag("p", attack))

    assert [name for name, _ in seen.tags] == ["p"]
    assert seen.text == attack


@pytest.mark.parametrize("attack", ['" onmouseover="alert(1)', "' x='", "><script>", "&quot;"])
def test_attribute_values_cannot_end_the_attribute(attack: str) -> None:
    seen = Seen(tag("p", "words", title=attack))

    assert seen.tags == [("p", {"title": attack})]


def test_only_markup_is_left_as_it_is() -> None:
    joined = join([Markup("<b>"), "<b>", None], "&")

    assert joined == "<b>&amp;&lt;b&gt;"


def test_attributes_can_be_bare_or_absent() -> None:
    assert tag("details", open=True, hidden=False, id=None) == "<details open></details>"


@pytest.mark.parametrize("url", ["https://ledger.example/a?b=1&c=2#d", "HTTP://ledger.example"])
def test_web_addresses_become_links(url: str) -> None:
    seen = Seen(link(url))

    assert seen.tags[0] == ("a", {"href": url, "rel": "noopener noreferrer nofollow"})


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://ledger.example",
        "https://ledger.example/\n",
        "data:text/html,<script>1</script>",
        "//ledger.example",
        "file:///etc/passwd",
        'https://x.example/" onclick="alert(1)',
        "https://",
    ],
)
def test_any_other_address_is_shown_without_a_link(url: str) -> None:
    assert "a" not in [name for name, _ in Seen(link(url)).tags]


def test_control_characters_and_overrides_are_shown_and_not_obeyed() -> None:
    assert text("a\x00b\x1b[31m\u202ec\ud800") == "a␀b␛[31m[RLO]c\ufffd"


def test_values_isolate_their_direction() -> None:
    assert value("\u202bשלום") == "<bdi>\u202bשלום</bdi>"


@pytest.mark.parametrize(
    ("code", "kept"),
    [("en", "en"), ("pt-BR", "pt-BR"), ('en" x="', None), ("", None), (None, None)],
)
def test_only_language_tags_reach_the_page(code: str | None, kept: str | None) -> None:
    assert language(code) == kept
