from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from dateline.cli import root

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


ALL = dict(commands(root))


def section(name: str) -> str:
    found = re.search(rf"^## `dateline {name}\b.*?(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/cli.md has no section for dateline {name}"
    return found[0]


@pytest.mark.parametrize("name", ALL)
def test_every_command_and_option_is_documented(name: str) -> None:
    text = section(name)

    options = [
        flag
        for parameter in ALL[name].params
        if isinstance(parameter, click.Option)
        for flag in parameter.opts
    ]
    assert [flag for flag in options if not re.search(rf"`{flag}[` ]", text)] == []


@pytest.mark.parametrize("name", re.findall(r"^## `dateline ([a-z ]+[a-z])", DOCS, re.MULTILINE))
def test_no_command_or_option_is_documented_that_does_not_exist(name: str) -> None:
    known = {flag for parameter in ALL[name].params for flag in parameter.opts}

    rows = re.findall(r"^\| (`-.*?) \|", section(name), re.MULTILINE)
    named = {flag for row in rows for flag in re.findall(r"`(-[-a-z]+)", row)}
    assert named <= known


@pytest.mark.parametrize("name", ALL)
def test_every_command_explains_itself_and_its_options(name: str) -> None:
    command = ALL[name]

    assert command.help
    assert [p.name for p in command.params if isinstance(p, click.Option) and not p.help] == []


def test_every_exit_code_is_documented() -> None:
    from dateline.cli.root import BROKEN_PIPE, BUG, INTERRUPTED, USAGE

    table = section_of_codes()
    assert {0, 1, USAGE, BUG, INTERRUPTED, BROKEN_PIPE} <= table


def section_of_codes() -> set[int]:
    return {int(code) for code in re.findall(r"^\| (\d+) \|", DOCS, re.MULTILINE)}
