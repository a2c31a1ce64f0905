"""``dateline eval import``: labels from annotation tools, and those written by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.evaluation.exchange.notices import Notice
    from dateline.evaluation.gold.document import LabelDocument

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--from",
    "form",
    required=True,
    type=click.Choice(["yaml", "brat", "label-studio", "doccano", "muc"]),
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
    help="Write the texts into this folder, out of the labels; YAML: find them there.",
)
@click.option("--with-quotes", is_flag=True, help="YAML: write the words of the spans too.")
@click.option(
    "--taxonomy", default="acled", show_default=True, help="YAML: event types, or none to take all."
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
    with_quotes: bool,
    taxonomy: str,
    quiet: bool,
) -> None:
    """Turn the labels of an annotation tool, or those in YAML, into gold.

    Where several people labelled the same document, each gets a file: OUT with the name of the
    annotator before the suffix.
    """
    from dateline.cli.destination import check_folders, check_inputs
    from dateline.evaluation.exchange import import_labels
    from dateline.evaluation.gold.writing import write_labels

    check_folders(out)
    check_inputs([str(path)], out)
    if form == "yaml":
        checked = _from_yaml(path, articles, with_quotes=with_quotes, taxonomy=taxonomy)
        write_labels(checked, out)
        _tell(out, checked)
        return
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
        _tell(file, group)


def _from_yaml(
    path: Path, articles: Path | None, *, with_quotes: bool, taxonomy: str
) -> tuple[LabelDocument, ...]:
    """Labels in YAML, if all of them are right; what is wrong is told one problem a line."""
    from dateline.errors import GoldError
    from dateline.evaluation.gold.problem import errors_of
    from dateline.evaluation.gold.yaml_files import read_yaml
    from dateline.output.shown import one_line

    documents, problems = read_yaml(
        path,
        [articles] if articles else (),
        with_quotes=with_quotes,
        taxonomy=None if taxonomy == "none" else taxonomy,
    )
    for problem in problems:
        click.echo(one_line(str(problem)), err=True)
    wrong = len(errors_of(problems))
    if wrong:
        raise GoldError(
            "one mistake" if wrong == 1 else f"{wrong} mistakes",
            where=str(path),
            remedy="Nothing was written; see docs/gold.md for the YAML view.",
        )
    return documents


def _tell(file: Path, documents: Sequence[LabelDocument]) -> None:
    from dateline.output.wording import counted

    sizes = [
        (len(documents), "document"),
        (sum(len(document.events) for document in documents), "event"),
        (sum(len(document.claims) for document in documents), "claim"),
    ]
    click.echo(f"{file}: {', '.join(counted(*each) for each in sizes)}", err=True)


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
