"""``dateline eval validate``: everything that is wrong with files of labels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.gold.problem import GoldProblem

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option(
    "--articles",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    help="Folder with the articles' texts.",
)
@click.option("--taxonomy", default="acled", show_default=True, help="Event types, or none.")
@click.option("--predictions", is_flag=True, help="The files hold predictions.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[Path, ...],
    articles: tuple[Path, ...],
    taxonomy: str,
    predictions: bool,
    as_json: bool,
) -> None:
    """Check labels against their format, their texts and a taxonomy, and list every problem.

    A FILE is JSON Lines or, by its suffix, YAML. Exits with 1 where something is wrong. Texts are
    looked for beside the labels, in --articles and in DATELINE_ARTICLES; a missing one is a
    problem.
    """
    from dataclasses import asdict

    from dateline.cli.printing import print_json
    from dateline.output.shown import one_line
    from dateline.output.wording import counted

    found: list[GoldProblem] = []
    counts = {"documents": 0, "events": 0, "claims": 0, "repaired": 0}
    for path in files:
        found += _checked(path, articles, taxonomy, counts, gold=not predictions)
    wrong = [each for each in found if each.severity == "error"]
    if as_json:
        print_json({**counts, "ok": not wrong, "problems": [asdict(each) for each in found]})
    else:
        for each in found:
            click.echo(one_line(str(each)))
        sizes = [(counts[f"{noun}s"], noun) for noun in ("document", "event", "claim")]
        told = [(len(wrong), "error"), (len(found) - len(wrong), "warning")]
        click.echo(
            f"{', '.join(counted(*each) for each in sizes)}: "
            f"{', '.join(counted(*each) for each in told)}",
            err=True,
        )
    if wrong:
        ctx.exit(1)


def _checked(
    path: Path,
    articles: tuple[Path, ...],
    taxonomy: str,
    counts: dict[str, int],
    *,
    gold: bool,
) -> list[GoldProblem]:
    from dataclasses import replace

    if path.suffix.lower() in (".yaml", ".yml"):
        return _checked_yaml(path, articles, taxonomy, counts)
    from dateline.evaluation.gold.checking import problems
    from dateline.evaluation.gold.problem import GoldProblem
    from dateline.evaluation.gold.reading import read_labels_leniently
    from dateline.evaluation.gold.texts import with_texts
    from dateline.taxonomy import load_taxonomy

    types = None if taxonomy == "none" else load_taxonomy(taxonomy)
    documents, bad = read_labels_leniently(path)
    found = list(bad)
    if not documents and not bad:
        found.append(GoldProblem(str(path), "there is no document in it", "warning"))
    supplied = with_texts(documents, labels=path, folders=articles)
    known = {each.id: each for each in supplied.documents}
    found += [
        GoldProblem(f"{path}: {each.id}", each.reason, "error" if gold else "warning")
        for each in supplied.missing
    ]
    for document in documents:
        whole = known.get(document.id, document)
        for each in problems(whole, types, gold=gold):
            found.append(replace(each, where=f"{path}: {each.where}"))
    _count(documents, counts)
    counts["repaired"] += len(supplied.repaired)
    return found


def _checked_yaml(
    path: Path, articles: tuple[Path, ...], taxonomy: str, counts: dict[str, int]
) -> list[GoldProblem]:
    from dateline.evaluation.gold.yaml_files import read_yaml

    documents, problems = read_yaml(
        path, articles, taxonomy=None if taxonomy == "none" else taxonomy
    )
    _count(documents, counts)
    return list(problems)


def _count(documents: Iterable[LabelDocument], counts: dict[str, int]) -> None:
    for document in documents:
        counts["documents"] += 1
        counts["events"] += len(document.events)
        counts["claims"] += len(document.claims)
