"""``dateline eval run``: what it prints, writes and exits with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from support.evaluating import GATE_KEYS, RUN_KEYS, parsed
from support.suites import suite_folder

Run = Callable[..., Result]


def test_json_has_the_runs_and_the_gates(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["event.f1 >= 0.9", "failures.total <= 1"])

    done = run("eval", "run", "mine.yaml", "--out", "r", "--json")

    assert done.exit_code == 1
    found = parsed(done)
    assert list(found) == ["runs", "gates"]
    assert [each["run"] for each in found["runs"]] == ["told", "nothing", "every-sentence"]
    assert [list(each) for each in found["runs"]] == [RUN_KEYS] * 3
    told = found["runs"][0]
    assert told["metrics"]["event.f1"]["value"] == 1.0
    assert list(told["metrics"]["event.f1"]) == ["value", "low", "high"]
    assert told["failed"] == ["bridge"]
    assert told["folder"] == str(Path("r", "told"))
    assert [list(each) for each in found["gates"]] == [GATE_KEYS] * 2
    assert [each["holds"] for each in found["gates"]] == [True, True]


def test_people_see_intervals_beside_the_baselines(run: Run, folder: Path) -> None:
    suite_folder(folder, metrics=["event.f1", "claim.joint.f1"])

    done = run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r")

    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1].split() == ["silent", "(no", "model)", "(no", "model)"]
    assert [line for line in lines if line.startswith("event.f1")]
    assert not [line for line in lines if line.startswith("event.composite")]
    assert "95 % intervals" in done.stdout
    assert "mine with silent: 3 to do" in done.stderr
    assert f"runs: {Path('r')}" in done.stderr


def test_a_gate_that_does_not_hold_exits_with_3(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["event.f1 >= 0.9", "failures.total <= 0"])

    done = run("eval", "run", "mine.yaml", "--out", "r")

    assert done.exit_code == 3
    assert "gate ok told: passed: event.f1 >= 0.9" in done.stderr
    assert "gate FAIL told: failed: failures.total <= 0 (1)" in done.stderr


def test_baselines_beside_are_held_against_no_gate(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["claim.content.recall >= 0.4"])

    done = run("eval", "run", "mine.yaml", "--out", "r", "--json")

    assert [each["run"] for each in parsed(done)["gates"]] == ["told"]


def test_a_baseline_that_is_asked_for_is(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["claim.content.recall >= 0.4"])

    done = run("eval", "run", "mine.yaml", "-p", "nothing", "--out", "r")

    assert done.exit_code == 3
    assert "gate FAIL nothing" in done.stderr


def test_what_nobody_can_tell_passes_where_the_suite_says_so(run: Run, folder: Path) -> None:
    gate = "event.f1 >= 0.5 with 95 % confidence"
    suite_folder(folder, gates=[gate])
    strict = run("eval", "run", "mine.yaml", "--out", "r", "--json")
    suite_folder(folder, gates=[gate], on_cant_tell="pass")
    lenient = run("eval", "run", "mine.yaml", "--out", "s", "--json")

    assert [parsed(d)["gates"][0]["outcome"] for d in (strict, lenient)] == ["can't tell"] * 2
    assert (strict.exit_code, lenient.exit_code) == (3, 1)


def test_each_run_gets_a_new_folder(run: Run, folder: Path) -> None:
    suite_folder(folder)

    for _ in range(2):
        run("eval", "run", "mine.yaml", "-p", "silent", "-q")

    first, second = sorted((folder / "eval-runs" / "mine").iterdir())
    assert (first / "silent" / "run.json").is_file()
    assert (second / "silent" / "run.json").is_file()


def test_a_missing_baseline_is_told_before_anything_is_asked(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["event.f1 >= baseline"], baseline="kept")

    done = run("eval", "run", "mine.yaml", "--out", "r")

    assert done.exit_code == 2
    assert "there is no baseline for told" in done.stderr
    assert "--save-baseline" in done.stderr
    assert not (folder / "r").exists()


def test_a_baseline_is_made_where_there_is_none_and_then_holds(run: Run, folder: Path) -> None:
    gates = ["event.f1 >= baseline - 0.1", "event.f1 >= 0.9"]
    suite_folder(folder, gates=gates, baseline="kept")

    saving = run("eval", "run", "mine.yaml", "--out", "r", "--save-baseline", "--json")
    later = run("eval", "run", "mine.yaml", "--out", "s", "--json")

    assert saving.exit_code == 1
    assert "1 gate left out: there is no baseline for told" in saving.stderr
    assert [each["gate"] for each in parsed(saving)["gates"]] == ["event.f1 >= 0.9"]
    assert (folder / "kept" / "told" / "run.json").is_file()
    assert [each["bound"] for each in parsed(later)["gates"]] == [0.9, 0.9]


def test_a_baseline_with_other_labels_is_told_before_anything_is_asked(
    run: Run, folder: Path
) -> None:
    suite_folder(folder, gates=["event.f1 >= baseline"], baseline="kept")
    run("eval", "run", "mine.yaml", "--out", "r", "--save-baseline", "-q")
    path = folder / "labels.jsonl"
    path.write_text(path.read_text("utf-8").replace('"Gunmen"', '"Raiders"'), "utf-8")

    done = run("eval", "run", "mine.yaml", "--out", "s")

    assert done.exit_code == 2
    assert "the labels of 'ferry' are not the same as when the baseline was made" in done.stderr
    assert not (folder / "s").exists()


def test_the_baselines_without_a_model_are_kept_only_when_asked_for(run: Run, folder: Path) -> None:
    suite_folder(folder, gates=["event.f1 >= baseline"], baseline="kept")

    run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r", "--save-baseline", "-q")
    assert [path.name for path in (folder / "kept").iterdir()] == ["silent"]
    run("eval", "run", "mine.yaml", "-p", "nothing", "--out", "s", "--save-baseline", "-q")
    done = run("eval", "run", "mine.yaml", "-p", "nothing", "--out", "t", "-q")

    assert sorted(path.name for path in (folder / "kept").iterdir()) == ["nothing", "silent"]
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        (None, "mine.yaml: the suite names no baseline"),
        (".", "what is there is no run, and is not replaced"),
        ("r/silent", "the baseline is a run, and not a folder of runs"),
    ],
)
def test_a_baseline_replaces_nothing_but_runs(
    run: Run, folder: Path, baseline: str | None, said: str
) -> None:
    fields = {} if baseline is None else {"baseline": baseline}
    suite_folder(folder, **fields)
    run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r", "-q")
    (folder / "told").mkdir()
    (folder / "told" / "thesis.txt").write_text("mine", "utf-8")

    done = run("eval", "run", "mine.yaml", "--out", "s", "--save-baseline")

    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "s").exists()
    assert (folder / "told" / "thesis.txt").exists()


def test_a_report_is_written_beside(run: Run, folder: Path) -> None:
    suite_folder(folder)

    done = run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r", "--html", "r.html")

    assert done.exit_code == 0
    assert "report: r.html" in done.stderr
    assert "<!doctype html>" in (folder / "r.html").read_text("utf-8").lower()


def test_a_suite_without_its_texts_is_refused_or_cut(run: Run, folder: Path) -> None:
    suite_folder(folder)
    (folder / "articles" / "quay.txt").unlink()

    refused = run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r")
    cut = run("eval", "run", "mine.yaml", "-p", "silent", "--out", "r", "--json", "--skip-missing")

    assert refused.exit_code == 2
    assert "1 document is without text: quay" in refused.stderr
    assert cut.exit_code == 0
    assert "note: left out: quay: " in cut.stderr
    assert parsed(cut)["runs"][0]["documents"] == 2
