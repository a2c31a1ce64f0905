"""``dateline eval agree``: what two annotators agree on."""

from __future__ import annotations

from pathlib import Path

import click

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

    found = agreement(read_labels(labels_a), read_labels(labels_b), taxonomy=taxonomy)
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
        f"{found.documents} documents; events {found.events[0]} and {found.events[1]}, "
        f"claims {found.claims[0]} and {found.claims[1]}",
        err=True,
    )
    if found.left_out:
        click.echo(f"labelled by one only: {', '.join(found.left_out)}", err=True)
