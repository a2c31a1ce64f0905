"""Articles from files, folders, globs and standard input; one bad input stops nothing."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

from dateline.articles import Article, LoadFailure, read_articles
from dateline.errors import ArticleError

TEXT = (
    "Two guards hurt in raid on Arden depot\n\n"
    "Two guards were hurt on Tuesday when armed men raided a fuel depot outside Arden.\n"
)
PAGE = (
    "<!doctype html><html lang='en'><head><title>Raid</title></head><body><article>"
    "<h1>Two guards hurt in raid on Arden depot</h1>"
    "<p>Two guards were hurt on Tuesday when armed men raided a fuel depot outside Arden.</p>"
    "<p>The men fled north in two trucks with some forty drums of fuel, the manager said.</p>"
    "</article></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.json").write_text(json.dumps({"body": TEXT, "headline": "Raid"}))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "c.md").write_text("# Raid\n\n" + TEXT)
    (tmp_path / "notes.log").write_text("not an article")
    return tmp_path


def articles(*args: object, **options: object) -> list[Article]:
    found = list(read_articles(*args, **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Article) for item in found), found
    return found  # type: ignore[return-value]


def failure(*args: object, **options: object) -> LoadFailure:
    (found,) = read_articles(*args, **options)  # type: ignore[arg-type]
    assert isinstance(found, LoadFailure)
    assert found.source in str(found.error)
    return found


# --- text ---------------------------------------------------------------------------------------


def test_text_file_keeps_its_line_ends_and_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode())

    article = Article.from_file(path)

    assert article.text == TEXT.replace("\n", "\r\n")
    assert article.source == str(path)
    assert [zone.kind for zone in article.zones] == ["headline", "body"]


def test_what_the_caller_knows_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    article = Article.from_file(
        path, published="12 March 2024", publisher="Vale Courier", language="en", id="vc-1"
    )

    assert article.published == date(2024, 3, 12)
    assert (article.publisher, article.language, article.id) == ("Vale Courier", "en", "vc-1")


def test_name_that_no_article_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    with pytest.raises(ArticleError, match=r"no field 'publishd'.*published"):
        Article.from_file(path, publishd="2024-03-12")
    with pytest.raises(ArticleError, match="no field 'publishd'"):
        read_articles([path], publishd="2024-03-12")


def test_stated_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Нападение на склад.".encode("koi8-r"))

    assert Article.from_file(path, encoding="koi8-r").text == "Нападение на склад."


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a"])
def test_empty_inputs(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    found = failure(path)

    assert (
        "empty" in found.error.what
        or "no readable" in found.error.what
        or "JSON" in found.error.what
    )
    with pytest.raises(ArticleError):
        Article.from_file(path)


def test_binary_file(tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(b"%PDF-1.7 ...")

    assert "a PDF" in failure(path).error.what


def test_missing_file_and_folder_as_file(tmp_path: Path) -> None:
    assert "no such file" in failure(tmp_path / "none.txt").error.what
    with pytest.raises(ArticleError, match=r"This is a folder.*glob"):
        Article.from_file(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read any file"
)
def test_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)

    assert "may not be read" in failure(path).error.what


def test_path_that_no_system_takes() -> None:
    assert "Reading failed" in failure("a\x00b.txt").error.what


def test_large_file_is_refused_until_the_limit_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 1001)

    assert "larger than 1,000 bytes" in failure(path, max_bytes=1000).error.what
    assert len(articles(path, max_bytes=1001)) == 1


def test_five_megabytes_of_one_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a" * 5_000_000)

    article = Article.from_file(path)

    assert [(z.kind, z.start, z.end) for z in article.zones] == [("body", 0, 5_000_000)]


# --- Markdown -----------------------------------------------------------------------------------


def test_markdown_front_matter_is_read_and_the_text_untouched(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = (
        '---\ntitle: "Raid: two hurt"\ndate: 2024-03-12\nurl: https://v.example/a\n'
        "publisher: Vale Courier\ntags: [a, b]\nnested:\n  date: nonsense\n---\n\n# Raid\n\n" + TEXT
    )
    path.write_text(text)

    article = Article.from_file(path)

    assert article.text == text
    assert article.title == "Raid: two hurt"
    assert article.published == date(2024, 3, 12)
    assert article.url == "https://v.example/a"
    assert article.publisher == "Vale Courier"
    assert article.zone_at(text.index("date:")) == "boilerplate"
    assert article.zone_at(text.index("# Raid")) == "headline"


def test_markdown_heading_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "a.markdown"
    path.write_text(f"# Raid on Arden depot #\n\n{TEXT}")

    assert Article.from_file(path).title == "Raid on Arden depot"
    assert Article.from_file(path, title="Mine").title == "Mine"


def test_front_matter_with_a_bad_date_names_the_field(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\ndate: soon\n---\n{TEXT}")

    assert "'date'" in failure(path).error.what


# --- JSON ---------------------------------------------------------------------------------------


def test_json_object_with_usual_names(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = {
        "_id": {"$oid": "65f0"},
        "headline": "Raid",
        "articleBody": TEXT,
        "pubDate": "Tue, 12 Mar 2024 10:40:00 +0000",
        "link": "https://v.example/a",
        "source": {"id": None, "name": "Vale Courier"},
        "lang": "en",
        "unused": [1, 2],
    }
    path.write_text(json.dumps(record))

    article = Article.from_file(path)

    assert (article.id, article.title, article.text) == ("65f0", "Raid", TEXT)
    assert article.published == date(2024, 3, 12)
    assert (article.url, article.publisher, article.language) == (
        "https://v.example/a",
        "Vale Courier",
        "en",
    )


def test_field_map_with_dotted_paths(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = {
        "text": "not this",
        "data": {"pages": [{"body": TEXT}], "when": "12 March 2024"},
        "n": 7,
    }
    path.write_text(json.dumps(record))

    article = Article.from_file(
        path, fields={"text": "data.pages.0.body", "published": "data.when", "id": "n"}
    )

    assert article.text == TEXT
    assert article.published == date(2024, 3, 12)
    assert article.id == "7"


def test_field_whose_own_name_holds_a_dot(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"dc.text": TEXT}))

    assert Article.from_file(path, fields={"text": "dc.text"}).text == TEXT


def test_field_map_that_names_what_no_article_has() -> None:
    with pytest.raises(ArticleError, match=r"'body', which no article has.*text"):
        read_articles([], fields={"body": "text"})


def test_array_and_wrapped_array_are_several_articles(tmp_path: Path) -> None:
    records = [{"text": TEXT, "id": "a"}, "no object", {"text": TEXT, "id": "c"}]
    (tmp_path / "a.json").write_text(json.dumps(records))
    (tmp_path / "b.json").write_text(json.dumps({"status": "ok", "articles": [records[0]]}))

    first, second, third = read_articles(tmp_path / "a.json")
    (wrapped,) = articles(tmp_path / "b.json")

    assert isinstance(first, Article)
    assert isinstance(second, LoadFailure)
    assert second.source == f"{tmp_path / 'a.json'}[1]"
    assert isinstance(third, Article)
    assert wrapped.source == f"{tmp_path / 'b.json'}.articles[0]"
    with pytest.raises(ArticleError, match="more than one article"):
        Article.from_file(tmp_path / "a.json")


def test_record_without_text_lists_the_fields_it_has(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"titel": "x", "inhalt": "secret words", "datum": None}))

    found = failure(path)

    assert "titel, inhalt, datum" in found.error.what
    assert 'fields={"text":' in (found.error.remedy or "")
    assert "secret" not in str(found.error)


@pytest.mark.parametrize("value", [["a", "b"], {"a": 1}, 5, True])
def test_text_of_the_wrong_kind(tmp_path: Path, value: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": value}))

    assert "not text" in failure(path).error.what


def test_blank_text_in_a_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": " \n "}))

    assert "empty" in failure(path).error.what


def test_unreadable_date_names_its_field(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": TEXT, "published_at": "03/04/2024"}))

    assert "'published_at'" in failure(path).error.what


def test_invalid_json_gives_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{\n  "text": "secret"\n  "title": "x"\n}')

    found = failure(path)

    assert "line 3, column 3" in found.error.what
    assert "secret" not in str(found.error)


def test_json_nested_beyond_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 200_000)

    assert "JSON" in failure(path).error.what


def test_half_a_character_in_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"text": "raid \\ud800 on Arden"}')

    found = failure(path)

    assert "lone surrogate at offset 5" in found.error.what
    assert found.source == str(path)


def test_record_that_holds_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"html": PAGE, "url": "https://v.example/a", "date": "2024-03-12"}))

    article = Article.from_file(path)

    assert article.text.startswith("Two guards hurt in raid on Arden depot\n\nTwo guards")
    assert article.published == date(2024, 3, 12)
    assert article.url == "https://v.example/a"


def test_article_written_as_json_comes_back_whole(tmp_path: Path) -> None:
    article = Article(text=TEXT, title="Raid", published=date(2024, 3, 12), source="x")
    path = tmp_path / "a.json"
    path.write_text(article.model_dump_json())

    assert Article.from_file(path) == article.model_copy(update={"source": str(path)})


# --- JSON Lines ---------------------------------------------------------------------------------


def test_json_lines_go_on_after_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": TEXT})
    path.write_bytes(
        b"\xef\xbb\xbf"
        + good.encode()
        + b"\n\n{broken\n[1]\n"
        + b'{"text": "caf\xe9"}\r\n'
        + json.dumps({"title": "x"}).encode()
        + b"\n"
        + good.encode()
    )

    found = list(read_articles(path))

    assert [type(item) for item in found] == [
        Article,
        LoadFailure,
        LoadFailure,
        Article,
        LoadFailure,
        Article,
    ]
    assert [item.source for item in found] == [f"{path}:{n}" for n in (1, 3, 4, 5, 6, 7)]
    assert "column 2" in str(found[1].error)  # type: ignore[union-attr]


def test_json_lines_may_be_longer_than_the_limit_of_one(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    line = json.dumps({"text": TEXT}) + "\n"
    path.write_text(line * 20 + json.dumps({"text": "x" * 900}) + "\n" + line)

    found = list(read_articles(path, max_bytes=400))

    assert len(found) == 22
    (large,) = [item for item in found if isinstance(item, LoadFailure)]
    assert large.source == f"{path}:21"
    assert "larger than 400 bytes" in large.error.what


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_wide_json_lines(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes((json.dumps({"text": "Überfall"}, ensure_ascii=False) + "\n").encode(encoding))
    stated = None if encoding == "utf-16" else encoding

    assert [a.text for a in articles(path, encoding=stated)] == ["Überfall"]


def test_file_of_one_line_is_one_article(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT}) + "\n")

    assert Article.from_file(path).text == TEXT

    path.write_text((json.dumps({"text": TEXT}) + "\n") * 2)
    with pytest.raises(ArticleError, match="more than one article"):
        Article.from_file(path)


# --- many inputs, and standard input -------------------------------------------------------------


def test_folders_and_globs_are_searched(folder: Path) -> None:
    by_folder = [Path(a.source or "").name for a in articles(folder)]
    by_glob = [Path(a.source or "").name for a in articles(str(folder / "**" / "*.[mt]*"))]

    assert by_folder == ["a.txt", "b.json", "c.md"]
    assert by_glob == ["a.txt", "c.md"]


def test_folder_or_glob_without_files(tmp_path: Path) -> None:
    assert ".jsonl" in (failure(tmp_path).error.remedy or "")
    assert "No file" in failure(str(tmp_path / "*.txt")).error.what


def test_name_with_brackets_is_no_glob(tmp_path: Path) -> None:
    path = tmp_path / "raid [final].txt"
    path.write_text(TEXT)

    assert articles(path)[0].text == TEXT


def test_bad_inputs_are_yielded_in_their_place(folder: Path) -> None:
    inputs = [folder / "none.txt", folder / "a.txt", folder / "empty.txt", folder / "b.json"]
    (folder / "empty.txt").touch()

    found = list(read_articles(inputs, publisher="Vale Courier"))

    assert [isinstance(item, Article) for item in found] == [False, True, False, True]
    assert found[3].publisher == "Vale Courier"  # type: ignore[union-attr]


def test_unknown_ending_is_read_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "article"
    for content, start in [
        (TEXT, "Two guards"),
        ("[TEXT] A raid on a depot.", "[TEXT]"),
        (json.dumps({"text": TEXT}, indent=2), "Two guards"),
        (json.dumps([{"text": TEXT}]), "Two guards"),
        (PAGE, "Two guards"),
    ]:
        path.write_text(content)
        assert articles(path)[0].text.startswith(start)


def test_feeds_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text('<?xml version="1.0"?><rss><channel/></rss>')

    assert "XML" in failure(path).error.what


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (TEXT, 1),
        (json.dumps({"text": TEXT}), 1),
        ((json.dumps({"text": TEXT}) + "\n") * 3, 3),
        (json.dumps([{"text": TEXT}] * 2, indent=1), 2),
        (PAGE, 1),
    ],
)
def test_standard_input(content: str, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))

    found = articles("-", language="en")

    assert len(found) == count
    assert found[0].text.startswith("Two guards")
    assert (found[0].source or "").startswith("stdin")
    assert found[0].language == "en"


def test_standard_input_with_a_stated_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "x"}')))

    assert articles("-", format="text")[0].text == '{"text": "x"}'


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))

    assert "empty" in failure("-").error.what


def test_text_full_of_commands_and_templates_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = TEXT + "\n{{ 7 * 7 }} {% raw %} ${HOME} <script>alert(1)</script> %s {0} </article>\n"
    path.write_text(text)

    article = Article.from_file(path)

    assert article.text == text
    assert "{{ 7 * 7 }}" in article.reading.text
