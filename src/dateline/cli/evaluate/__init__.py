"""``dateline eval``: run suites, score, compare, gate, report, and look after labels."""

from __future__ import annotations

import click

from dateline.cli.lazy import LazyGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("dateline.cli.evaluate.run:run", "Run a suite and score it."),
    "score": ("dateline.cli.evaluate.score:score", "Score predictions against labels."),
    "compare": ("dateline.cli.evaluate.compare:compare", "Say whether a run is better."),
    "gate": ("dateline.cli.evaluate.gate:gate", "Hold a run against conditions."),
    "report": ("dateline.cli.evaluate.report:report", "Show runs as one page."),
    "validate": ("dateline.cli.evaluate.validate:validate", "Check files of labels."),
    "agree": ("dateline.cli.evaluate.agree:agree", "Measure how far two annotators agree."),
    "import": ("dateline.cli.evaluate.importing:import_", "Read labels of other tools, and YAML."),
    "export": ("dateline.cli.evaluate.exporting:export", "Write labels for other tools, and YAML."),
}


@click.group("eval", cls=LazyGroup, lazy=COMMANDS)
def evaluate() -> None:
    """Does a change make extraction better, and how sure are we."""
