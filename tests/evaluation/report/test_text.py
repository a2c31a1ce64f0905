from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.evaluation.report.text import comparison_table, summary_table
from dateline.records import Usage
from support.report_sample import compared, run, runs


def test_a_column_for_each_run_with_intervals_where_there_is_room() -> None:
    lines = summary_table(runs(), width=110).splitlines()

    values = next(n for n, line in enumerate(lines) if "Events fully right" in line)
    assert lines[values].split()[-4:] == ["0.336", "0.441", "0.084", "0.000"]
    assert "0.256 to 0.416" in lines[values + 1]


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    text = summary_table(runs(), width=width) + comparison_table(compared(), width=width)

    assert max(map(len, text.splitlines())) <= width
    assert "0.336" in text


def test_a_narrow_terminal_gets_a_line_for_each_run() -> None:
    text = summary_table(runs(), width=60)

    assert "  large                      0.441  0.361 to 0.521\n" in text


def test_recorded_runs_and_baselines_are_marked() -> None:
    text = summary_table(runs(), width=60)

    assert "small (recorded)" in text
    assert "nothing (no model)" in text
    assert "answers of example-small-1.5b-instruct, recorded" in text


def test_a_comparison_gives_verdicts_in_words() -> None:
    text = comparison_table(compared())

    assert "▲ better  Events fully right, F1 0.336 → 0.441 (+0.105)" in text
    assert "▼ worse  Claim content, F1" in text
    assert "≈ can't tell  Claims fully right, F1" in text
    assert "Higher by 0.021 to 0.189" in text
    assert "Event place" not in text
    assert "judged together" not in text


def test_other_figures_that_moved_for_sure_get_a_line_each() -> None:
    view = compared()
    moved = {"event.place.f1": view.differences["event.composite.f1"]}
    view = replace(view, headline=("claim.joint.f1",), differences={**view.differences, **moved})

    lines = comparison_table(view).splitlines()

    start = next(n for n, line in enumerate(lines) if "judged together, have moved too:" in line)
    line = "▲ better  Event place, F1 0.336 → 0.441 (+0.105, +0.021 to +0.189)"
    assert line in lines[start:]


def test_a_figure_that_neither_run_has_is_said_to_be_in_neither() -> None:
    view = compared()
    found = view.differences["claim.joint.f1"]
    nothing = replace(found, a=None, b=None, difference=None, low=None, high=None)

    text = comparison_table(replace(view, differences={"claim.joint.f1": nothing}))

    assert "Nothing was counted in either run." in text


def test_what_a_live_run_took_is_said() -> None:
    usage = Usage(
        calls=12, cached_calls=3, input_tokens=2345, output_tokens=67, seconds=90, cost_usd=0.0125
    )

    text = summary_table([replace(run(), recorded=False, usage=usage)], width=120)

    assert "12 calls, 3 answers from the cache, 2,345 tokens in and 67 out, $0.0125, " in text
    assert "90.0 s of waiting." in text


def test_predictions_that_no_run_made_cost_nothing_that_is_known() -> None:
    text = summary_table([replace(run(), recorded=False, usage=Usage())], width=120)

    assert "calls" not in text


def test_a_difference_of_nothing_is_no_span_of_zeros() -> None:
    view = compared()
    found = view.differences["claim.joint.f1"]
    small = replace(
        found, difference=0.0001, low=-0.0002, high=0.0004, detectable=0.0003, differing=1
    )

    text = comparison_table(replace(view, differences={"claim.joint.f1": small}))

    assert "less than 0.001 either way" in text
    assert "0.000 to 0.000" not in text


def test_colour_is_written_only_when_asked_for() -> None:
    assert "\x1b" not in summary_table(runs()) + comparison_table(compared())
    assert "\x1b" in comparison_table(compared(), colour=True)


def test_control_characters_of_names_are_shown_and_not_sent() -> None:
    wild = replace(run(), name="wild\x1b[31m [bold]name[/bold]")

    text = summary_table([wild], width=100)

    assert "\x1b" not in text
    assert "[bold]name[/bold]" in text


def test_no_runs_are_said_to_be_none() -> None:
    assert summary_table([]) == "No run is shown.\n"
