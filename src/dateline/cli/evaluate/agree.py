"""``dateline eval agree``: what two annotators agree on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.evaluation.gold.document import LabelDocument

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("labels_a", type=FILE)
@click.argument("labels_b", type=FILE)
@click.option("--taxonomy", default="acled", show_default=True, help="Event types of the labels.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def agree(labels_a: Path, labels_b: Path, taxonomy: str, as_json: bool) -> None:
    """Compare the labels of two annotators, pair by pair, with the scorer.

    F1 is the same whichever of the two stands first.
    """
    from dateline.cli.printing import print_json, print_rows
    from dateline.evaluation.annotators import agreement
    from dateline.evaluation.gold.reading import read_labels
    from dateline.output.wording import counted

    a, b = read_labels(labels_a), read_labels(labels_b)
    found = agreement(a, b, taxonomy=taxonomy)
    for path, labels in ((labels_a, a), (labels_b, b)):
        _tell_problems(path, labels)
    if as_json:
        print_json(found.as_json())
        return
    rows = [
        [name, *("-" if value is None else f"{value:.3f}" for value in bounds)]
        for name, bounds in found.figures.items()
    ]
    rows.append(["equally many events", f"{found.same_count:.3f}", "", ""])
    rows.append(["at most one more", f"{found.within_one:.3f}", "", ""])
    print_rows(["figure", "agreement", "low", "high"], rows)
    click.echo(
        f"{counted(found.documents, 'document')}; events {found.events[0]} and {found.events[1]}, "
        f"claims {found.claims[0]} and {found.claims[1]}",
        err=True,
    )
    if found.left_out:
        click.echo(f"labelled by one only: {', '.join(found.left_out)}", err=True)


def _tell_problems(path: Path, labels: Sequence[LabelDocument]) -> None:
    """Say that labels are wrong in themselves; how far they agree can be measured all the same."""
    from dateline.evaluation.gold.checking import problems
    from dateline.evaluation.gold.problem import errors_of
    from dateline.evaluation.gold.texts import with_texts
    from dateline.output.shown import one_line

    known = {each.id: each for each in with_texts(labels, labels=path).documents}
    wrong = errors_of(p for each in labels for p in problems(known.get(each.id, each)))
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        line = f"note: {path}: {wrong[0]}{more}; `dateline eval validate` lists every problem"
        click.echo(one_line(line), err=True)
