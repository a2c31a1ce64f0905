"""``dateline eval import`` and ``dateline eval export``: labels from and to annotation tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.evaluation.exchange.notices import Notice
    from dateline.evaluation.gold.document import LabelDocument

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from",
    "form",
    required=True,
    type=click.Choice(["brat", "label-studio", "doccano", "muc"]),
    help="What PATH is.",
)
@click.option("--out", "-o", required=True, type=FILE, help="JSON Lines file for the labels.")
@click.option(
    "--map",
    "labels",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="YAML or JSON: what the labels of somebody else's project mean.",
)
@click.option(
    "--evidence",
    type=click.Choice(["sentence", "trigger"]),
    default="sentence",
    show_default=True,
    help="What supports an event of such a project: its sentence, or the mark alone.",
)
@click.option("--annotator", help="Who labelled, where PATH does not say.")
@click.option("--drafts", is_flag=True, help="Label Studio: read predictions too.")
@click.option(
    "--offsets",
    type=click.Choice(["code-points", "utf-16", "lf"]),
    help="Label Studio, doccano: the unit of offsets.",
)
@click.option(
    "--texts",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="MUC: the file of the texts, else the one beside the key.",
)
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the texts into this folder and leave them out of the labels.",
)
@click.option("--quiet", "-q", is_flag=True, help="Only count what was left out or mended.")
def import_(
    path: Path,
    form: Any,
    out: Path,
    labels: Path | None,
    evidence: Any,
    annotator: str | None,
    drafts: bool,
    offsets: Any,
    texts: Path | None,
    articles: Path | None,
    quiet: bool,
) -> None:
    """Turn the labels of an annotation tool into gold.

    Where several people labelled the same document, each gets a file: OUT with the name of the
    annotator before the suffix.
    """
    from dateline.cli.destination import check_folders, check_inputs
    from dateline.evaluation.exchange import import_labels
    from dateline.evaluation.gold.writing import write_labels

    check_folders(out)
    check_inputs([str(path)], out)
    notices: list[Notice] = []
    documents = import_labels(
        path,
        form,
        labels=labels,
        evidence=evidence,
        annotator=annotator,
        drafts=drafts,
        offsets=offsets,
        texts=texts,
        report=notices.append,
    )
    if not quiet:
        for notice in notices:
            click.echo(str(notice), err=True)
    elif notices:
        click.echo(f"{len(notices)} things were left out or mended", err=True)
    if articles is not None:
        documents = _with_texts_in(articles, documents)
    for file, group in _files(out, documents):
        write_labels(group, file)
        events = sum(len(document.events) for document in group)
        claims = sum(len(document.claims) for document in group)
        click.echo(f"{file}: {len(group)} documents, {events} events, {claims} claims", err=True)


@click.command("export")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice(["brat", "label-studio"]),
    help="For which tool.",
)
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for brat, JSON file for Label Studio.",
)
@click.option(
    "--articles",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with the texts that GOLD lacks. May be repeated.",
)
@click.option(
    "--as",
    "as_",
    type=click.Choice(["predictions", "annotations"]),
    default="predictions",
    show_default=True,
    help="Label Studio: drafts to review, or finished annotations.",
)
@click.option("--taxonomy", help="Offer the event types of this taxonomy too: a name or a file.")
def export(
    gold: Path,
    form: Any,
    out: Path,
    articles: tuple[Path, ...],
    as_: Any,
    taxonomy: str | None,
) -> None:
    """Write gold, or the results of extract, for an annotation tool.

    GOLD is a JSON Lines file of labels, of predictions, or of results.
    """
    from dateline.cli.destination import check_folders, check_inputs
    from dateline.errors import GoldError
    from dateline.evaluation.exchange import export_labels
    from dateline.evaluation.gold.reading import read_labels
    from dateline.evaluation.gold.texts import with_texts

    check_folders(out)
    check_inputs([str(gold)], out)
    types: list[str] = []
    if taxonomy is not None:
        from dateline.taxonomy import load_taxonomy

        types = [event_type.name for event_type in load_taxonomy(taxonomy).event_types]
    documents = _results(gold) or read_labels(gold)
    supplied = with_texts(documents, labels=gold, folders=articles)
    if supplied.missing:
        names = ", ".join(f"{text.id} ({text.reason})" for text in supplied.missing[:5])
        more = len(supplied.missing) - 5
        raise GoldError(
            f"{len(supplied.missing)} documents have no text: {names}"
            + (f" and {more} more" if more > 0 else ""),
            where=str(gold),
            remedy="Name the folder of their texts with --articles.",
        )
    export_labels(supplied.documents, out, form, as_=as_, types=types)
    click.echo(f"{out}: {len(supplied.documents)} documents", err=True)


def _results(path: Path) -> tuple[LabelDocument, ...]:
    """The predictions of a file of results; empty where the file holds labels."""
    import json

    with path.open("rb") as stream:
        first = next((line for line in stream if line.strip()), b"")
    try:
        is_result = bool(json.loads(first).keys() & {"article", "article_id"})
    except (ValueError, AttributeError, RecursionError):
        return ()
    if not is_result:
        return ()
    from dateline.evaluation.gold.predictions import as_prediction
    from dateline.output.jsonl import read_results
    from dateline.records import Extraction

    found = []
    for result in read_results(path):
        if isinstance(result, Extraction):
            text = result.article.text
            found.append(as_prediction(result).model_copy(update={"text": text}))
        else:
            click.echo(f"{result.article_id}: failed, left out", err=True)
    return tuple(found)


def _files(
    out: Path, documents: Iterable[LabelDocument]
) -> list[tuple[Path, tuple[LabelDocument, ...]]]:
    documents = tuple(documents)
    if len({document.id for document in documents}) == len(documents):
        return [(out, documents)]
    from dateline.errors import GoldError
    from dateline.evaluation.exchange.file_names import FileNames

    groups: dict[str, list[LabelDocument]] = {}
    for document in documents:
        groups.setdefault(document.annotator or "nobody", []).append(document)
    names = FileNames()
    found = []
    for who, group in groups.items():
        ids = [document.id for document in group]
        if len(set(ids)) < len(ids):
            twice = next(id for number, id in enumerate(ids) if id in ids[:number])
            raise GoldError(
                f"document {twice!r} is labelled twice by {who}",
                remedy="Remove one of the two annotations in the tool, and export again.",
            )
        found.append((out.with_name(f"{out.stem}.{names.name(who)}{out.suffix}"), tuple(group)))
    return found


def _with_texts_in(folder: Path, documents: Iterable[LabelDocument]) -> tuple[LabelDocument, ...]:
    from dateline.evaluation.exchange.file_names import FileNames

    folder.mkdir(parents=True, exist_ok=True)
    names = FileNames()
    written: dict[tuple[str, str | None], None] = {}
    for document in documents:
        key = (document.id, document.text_sha256)
        if key not in written and document.text is not None:
            written[key] = None
            target = folder / f"{names.name(document.id)}.txt"
            target.write_text(document.text, encoding="utf-8", newline="")
    return tuple(document.model_copy(update={"text": None}) for document in documents)
