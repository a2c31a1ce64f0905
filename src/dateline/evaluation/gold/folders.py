"""Texts in folders of articles: by the name of the file, and by what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.articles.article import Article
from dateline.articles.decoding import decode
from dateline.articles.inputs import SUFFIXES
from dateline.articles.load import read_articles
from dateline.errors import ArticleError, GoldError
from dateline.evaluation.gold.hashes import text_sha256

_RECORDS = ("json", "jsonl")


class Texts:
    """The articles' texts of some folders, looked through with all that is in them.

    Args:
        folders: searched in this order; a file is read only when it may be the one.

    Raises:
        GoldError: one of them is no folder.
    """

    def __init__(self, folders: Sequence[str | Path]) -> None:
        self._files: list[Path] = []
        for folder in map(Path, folders):
            if not folder.is_dir():
                raise GoldError(
                    "This is no folder.",
                    where=str(folder),
                    remedy="Name the folder that holds the articles' texts.",
                )
            found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
            self._files += sorted(path for path in found if path.is_file())
        self._by_name: dict[str, list[Path]] = {}
        for path in self._files:
            for name in _names(path):
                self._by_name.setdefault(name, []).append(path)
        self._by_hash: dict[str, tuple[Path, int]] | None = None
        self._by_record: dict[str, list[tuple[Path, int]]] = {}

    def named(self, name: str) -> Iterator[tuple[Path, str]]:
        """Texts of files named ``name.*``, then of records of JSON files with this id."""
        for path in self._by_name.get(name, ()):
            if SUFFIXES[path.suffix.lower()] not in _RECORDS:
                yield from ((path, text) for _, text in _texts(path))
        self._look_through()
        for path, number in self._by_record.get(name, ()):
            yield path, _texts(path)[number][1]

    def hashed(self, sha256: str) -> tuple[Path, str] | None:
        """The text with this SHA-256, whatever its file is called."""
        found = self._look_through().get(sha256)
        return (found[0], _texts(found[0])[found[1]][1]) if found else None

    def _look_through(self) -> dict[str, tuple[Path, int]]:
        if self._by_hash is None:
            self._by_hash = {}
            for path in self._files:
                for number, (name, text) in enumerate(_texts(path)):
                    self._by_hash.setdefault(text_sha256(text), (path, number))
                    if SUFFIXES[path.suffix.lower()] in _RECORDS:
                        self._by_record.setdefault(name, []).append((path, number))
        return self._by_hash


def _names(path: Path) -> list[str]:
    """``a.b.txt`` may be the text of ``a`` and of ``a.b``."""
    name = path.name
    return [name[:place] for place in range(1, len(name)) if name[place] == "."]


def _texts(path: Path) -> list[tuple[str, str]]:
    """Id and text of every article in a file; what cannot be read is none."""
    kind = SUFFIXES[path.suffix.lower()]
    try:
        if kind == "text":
            # As Article.from_file reads it, without the cost of finding zones.
            return [(path.stem, decode(path.read_bytes(), source=str(path)))]
        if kind in _RECORDS:
            articles = [a for a in read_articles(path) if isinstance(a, Article)]
            return [(article.id, article.text) for article in articles]
        return [(path.stem, Article.from_file(path).text)]
    except (ArticleError, OSError):
        return []
