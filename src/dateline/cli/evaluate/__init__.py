"""``dateline eval``: run suites, score, compare, gate, report, and look after labels."""

from __future__ import annotations

from importlib import import_module

import click

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


class EvalGroup(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands from ``COMMANDS``, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group("eval", cls=EvalGroup)
def evaluate() -> None:
    """Does a change make extraction better, and how sure are we."""
