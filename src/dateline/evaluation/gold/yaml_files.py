"""Read a YAML file of labels against folders of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from dateline.articles.article import Article
from dateline.articles.inputs import SUFFIXES
from dateline.errors import ArticleError, GoldError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.hashes import text_sha256
from dateline.evaluation.gold.problem import GoldProblem
from dateline.evaluation.gold.texts import folders_of_environment
from dateline.evaluation.gold.yaml_view import from_yaml_leniently
from dateline.taxonomy import load_taxonomy

_ID_BY_HASH = re.compile(r"[0-9a-f]{16}")


class FolderTexts(Mapping[str, str]):
    """The texts of folders' files by file name without ending; read when asked for.

    Of several files with one name, the one in the first folder is taken. The id of an article
    that was given none, the first 16 hex digits of its text's SHA-256, finds its text whatever
    the file is called.
    """

    def __init__(self, *folders: str | Path) -> None:
        self._folders = [Path(folder) for folder in folders]
        for folder in self._folders:
            if not folder.is_dir():
                raise GoldError(
                    "This is no folder.",
                    where=str(folder),
                    remedy="Name the folder of the articles.",
                )

    def __getitem__(self, name: str) -> str:
        for folder in self._folders:
            for suffix in SUFFIXES:
                path = folder / f"{name}{suffix}"
                if path.name == f"{name}{suffix}" and path.is_file():
                    return Article.from_file(path).text
        if _ID_BY_HASH.fullmatch(name) and name in self._by_hash:
            return Article.from_file(self._by_hash[name]).text
        raise KeyError(name)

    @cached_property
    def _by_hash(self) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted(folder.iterdir()):
                if path.suffix.lower() in SUFFIXES and path.is_file():
                    with suppress(ArticleError):
                        found.setdefault(text_sha256(Article.from_file(path).text)[:16], path)
        return found

    def __iter__(self) -> Iterator[str]:
        found = (p for folder in self._folders for p in sorted(folder.iterdir()))
        return iter(dict.fromkeys(p.stem for p in found if p.suffix.lower() in SUFFIXES))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_yaml(
    path: str | Path,
    articles: Sequence[str | Path] = (),
    *,
    with_quotes: bool = False,
    taxonomy: str | Path | None = None,
) -> tuple[tuple[LabelDocument, ...], tuple[GoldProblem, ...]]:
    """Read what can be read of a YAML file of labels, and tell everything that is wrong.

    Args:
        path: the YAML file.
        articles: the folders of the texts, ``ID.txt``; left out, ``articles`` beside the file
            and those that ``DATELINE_ARTICLES`` names.
        with_quotes: keep the words of the spans.
        taxonomy: a taxonomy's id or file; types must be names of it. None takes every name.

    Raises:
        GoldError: a file or folder cannot be used.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, ValueError) else error.strerror
        raise GoldError(f"cannot be read: {reason}", where=str(path)) from None
    return from_yaml_leniently(
        text,
        FolderTexts(*(articles or usual_folders(path))),
        where=str(path),
        with_quotes=with_quotes,
        taxonomy=load_taxonomy(taxonomy) if taxonomy else None,
    )


def usual_folders(labels: str | Path) -> list[str | Path]:
    """``articles`` beside a file of labels, if there is one, and the folders of the environment."""
    beside = Path(labels).parent / "articles"
    return [*([beside] if beside.is_dir() else []), *folders_of_environment()]
