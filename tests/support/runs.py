"""Types of the fixtures that run suites."""

from __future__ import annotations

from collections.abc import Callable

from dateline.evaluation.runs.scored import ScoredRun

Runs = dict[str, ScoredRun]
RunIt = Callable[..., Runs]
"""Runs the suite with some providers, into ``runs`` or ``out=``, and gives the runs by name."""
