"""``dateline eval export``: labels and results for annotation tools, and for a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.evaluation.gold.document import LabelDocument


@click.command("export")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice(["yaml", "brat", "label-studio"]),
    help="For which tool, or YAML for a person.",
)
@click.option(
    "--out",
    "-o",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for brat, JSON file for Label Studio, YAML file.",
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
    """Write gold, or the results of extract, for an annotation tool or for editing by hand.

    GOLD is a JSON Lines file of labels, of predictions, or of results.
    """
    from dateline.cli.destination import check_folders, check_inputs
    from dateline.errors import GoldError
    from dateline.evaluation.exchange import export_labels
    from dateline.evaluation.gold.reading import read_labels
    from dateline.evaluation.gold.texts import with_texts
    from dateline.output.wording import counted

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
    if form == "yaml":
        from dateline.evaluation.gold.yaml_view import to_yaml

        out.write_text(to_yaml(supplied.documents), encoding="utf-8", newline="\n")
    else:
        export_labels(supplied.documents, out, form, as_=as_, types=types)
    click.echo(f"{out}: {counted(len(supplied.documents), 'document')}", err=True)


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
