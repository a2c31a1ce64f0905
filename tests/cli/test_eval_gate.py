"""``dateline eval gate``: a finished run against conditions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from support.evaluating import GATE_KEYS, parsed
from support.suites import write_suite

Run = Callable[..., Result]


def test_exit_codes_and_json(run: Run, mine: Path) -> None:
    held = run("eval", "gate", "runs/told", "-g", "event.f1 >= 0.9", "--json")
    broken = run("eval", "gate", "runs/silent", "-g", "event.f1 >= 0.9", "--json")

    assert (held.exit_code, broken.exit_code) == (0, 3)
    (result,) = parsed(broken)["gates"]
    assert list(result) == GATE_KEYS
    assert (result["outcome"], result["holds"], result["value"]) == ("failed", False, 0.0)
    assert "told: failed, counted as missed: bridge" in held.stderr


def test_a_folder_of_runs_leaves_the_baselines_out(run: Run, mine: Path) -> None:
    done = run("eval", "gate", "runs", "-g", "records_on_empty.total <= 0", "--json")

    assert done.exit_code == 0
    assert [each["run"] for each in parsed(done)["gates"]] == ["silent", "told"]


def test_a_run_is_held_against_another(run: Run, mine: Path) -> None:
    gate = "event.f1 >= baseline - 0.02"

    done = run("eval", "gate", "runs/silent", "-g", gate, "-b", "runs/told", "--json")

    assert done.exit_code == 3
    assert parsed(done)["gates"][0]["bound"] == pytest.approx(0.98)


def test_what_nobody_can_tell_fails_unless_allowed(run: Run, mine: Path) -> None:
    gate = ["eval", "gate", "runs/told", "-g", "event.f1 >= 0.5 with 95 % confidence"]

    assert run(*gate).exit_code == 3
    assert run(*gate, "--allow-cant-tell").exit_code == 0


def test_the_gates_of_a_suite_are_used(run: Run, mine: Path) -> None:
    write_suite(mine, documents="labels.jsonl", gates=["failures.total <= 0"])

    done = run("eval", "gate", "runs/told", "--suite", "mine.yaml")

    assert done.exit_code == 3
    assert "failures.total <= 0" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["runs/told"], "there is no gate to hold this run against"),
        (["runs/told", "-g", "event.f1 > baseline"], "Name the suite's file with --suite"),
        (["runs/told", "-g", "event.f1 is good"], "character 10: expected >=, >, <= or <"),
        (["runs/told", "-g", "event.f7 > 0"], "Did you mean"),
        (["articles", "-g", "event.f1 > 0"], "there is no run here"),
    ],
)
def test_what_cannot_be_held_is_an_error(
    run: Run, mine: Path, arguments: list[str], said: str
) -> None:
    done = run("eval", "gate", *arguments)

    assert done.exit_code == 2
    assert said in done.stderr
