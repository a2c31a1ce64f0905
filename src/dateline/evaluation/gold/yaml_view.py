"""The YAML view of label documents: quotes instead of offsets, for a person to write and edit."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.evaluation.gold.anchoring import anchored, without_words
from dateline.evaluation.gold.checking import Severity, findings
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.occurrences import Occurrences
from dateline.evaluation.gold.problem import GoldProblem, as_error, errors_of
from dateline.evaluation.gold.validating import Path, path_in, validated
from dateline.evaluation.gold.yaml_loading import Fields, Items, NotYaml, loaded
from dateline.evaluation.gold.yaml_reading import document_from
from dateline.evaluation.gold.yaml_writing import to_yaml
from dateline.taxonomy import Taxonomy

__all__ = ["from_yaml", "from_yaml_leniently", "to_yaml"]


def from_yaml(
    text: str,
    texts: Mapping[str, str],
    *,
    where: str = "labels",
    with_quotes: bool = False,
    taxonomy: Taxonomy | None = None,
) -> tuple[LabelDocument, ...]:
    """Read the YAML view.

    Args:
        text: the YAML: a list of documents, or one document.
        texts: the articles' texts by document id; the quotes are looked for in them.
        where: the file, for messages.
        with_quotes: keep the words of the spans in the documents.
        taxonomy: types must be names of it; None takes every name.

    Raises:
        GoldError: lists everything that is wrong, with line, document, record and field. A
            message about a quote holds that quote, and the words of the text that are nearest.
    """
    documents, problems = from_yaml_leniently(
        text, texts, where=where, with_quotes=with_quotes, taxonomy=taxonomy
    )
    if errors_of(problems):
        raise as_error(errors_of(problems), remedy="See docs/gold.md for the YAML view.")
    return documents


def from_yaml_leniently(
    text: str,
    texts: Mapping[str, str],
    *,
    where: str = "labels",
    with_quotes: bool = False,
    taxonomy: Taxonomy | None = None,
) -> tuple[tuple[LabelDocument, ...], tuple[GoldProblem, ...]]:
    """Read what can be read of the YAML view, and tell everything that is wrong with the rest."""
    try:
        found = loaded(text.removeprefix("\ufeff"))
    except NotYaml as error:
        return (), (GoldProblem(f"{where}:{error.line}", str(error)),)
    documents: list[LabelDocument] = []
    problems: list[GoldProblem] = []
    first_line: dict[str, int] = {}
    for written, line in _documents(found):
        if written is None:
            continue
        told: list[GoldProblem] = []
        if not isinstance(written, Fields):
            problems.append(GoldProblem(f"{where}:{line}", "a document must be a mapping"))
            continue
        document = _document(written, texts, where, told, taxonomy)
        name = written.get("id")
        if isinstance(name, str):
            before = first_line.setdefault(name, line)
            if before != line:
                message = f"the id of line {before} again; every document needs its own"
                told.append(GoldProblem(f"{where}:{line}: {name[:80]} $.id", message))
        problems += told
        if document and not errors_of(told):
            documents.append(document if with_quotes else without_words(document))
    return tuple(documents), tuple(problems)


def _documents(found: Items) -> list[tuple[object, int]]:
    listed: list[tuple[object, int]] = []
    for value, line in zip(found, found.lines, strict=True):
        if isinstance(value, Items):
            listed += zip(value, value.lines, strict=True)
        else:
            listed.append((value, line))
    return listed


def _document(
    written: Fields,
    texts: Mapping[str, str],
    where: str,
    told: list[GoldProblem],
    taxonomy: Taxonomy | None,
) -> LabelDocument | None:
    def tell(path: Path, message: str, severity: Severity = "error") -> None:
        place = f"{where}:{_line(written, path)}: {path_in(written, path)}"
        problem = GoldProblem(place, message, severity)
        if problem not in told:
            told.append(problem)

    name = written.get("id")
    text = texts.get(name) if isinstance(name, str) else None
    if isinstance(name, str) and text is None:
        tell(("id",), "no text was found for this document")
    value = document_from(written, Occurrences(text) if text is not None else None, tell)
    document, mistakes = validated(value)
    for mistake in mistakes:
        tell(mistake.path, mistake.message)
    if document is None or text is None or told:
        return None
    made = anchored(document, text, with_quotes=True)
    for hash_name in ("text_sha256", "letters_sha256"):
        stated = getattr(document, hash_name)
        if stated is not None and stated != getattr(made, hash_name):
            tell((hash_name,), "this is the hash of another text; leave it out, or find the text")
    for finding in findings(made.model_copy(update={"text": text}), taxonomy):
        tell(*finding)
    return made


def _line(written: Fields, path: Path) -> int:
    value: object = written
    line = written.line
    for key in path:
        name = "events" if key == "event_ids" else key
        if isinstance(value, Fields):
            if not isinstance(name, str) or name not in value.lines:
                break
            line, value = value.lines[name], value[name]
        elif isinstance(value, Items):
            if not isinstance(name, int) or name >= len(value):
                break
            line, value = value.lines[name], value[name]
        else:
            break
    return line
