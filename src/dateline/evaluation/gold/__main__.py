"""``python -m dateline.evaluation.gold compile LABELS.yaml --articles DIR --out LABELS.jsonl``."""

from __future__ import annotations

import argparse
import sys

from dateline.errors import DatelineError
from dateline.evaluation.gold.compiling import compile_yaml


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 2 when there was something wrong."""
    parser = argparse.ArgumentParser(prog="python -m dateline.evaluation.gold")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("compile", help="compile labels in YAML to JSON Lines")
    command.add_argument("labels", help="the YAML file")
    command.add_argument("--articles", required=True, help="folder with the texts, ID.txt")
    command.add_argument("--out", help="JSON Lines file to write; left out, only check")
    command.add_argument("--with-quotes", action="store_true", help="write the words too")
    command.add_argument("--taxonomy", default="acled", help="taxonomy of the types (acled)")
    options = parser.parse_args(arguments)
    try:
        documents, problems = compile_yaml(
            options.labels,
            options.articles,
            options.out,
            with_quotes=options.with_quotes,
            taxonomy=options.taxonomy,
        )
    except DatelineError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    events = sum(len(document.events) for document in documents)
    claims = sum(len(document.claims) for document in documents)
    sys.stderr.write(f"{len(documents)} documents, {events} events, {claims} claims: good\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
