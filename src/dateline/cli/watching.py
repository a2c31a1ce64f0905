"""What a person sees on standard error while results are made: progress, failures, a summary."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from dateline.records import Extraction, Failure, Usage

if TYPE_CHECKING:
    from rich.progress import Progress

_AFTER_S = 1.0


class Watch:
    """Counts results as they pass, lists failures at once, and shows progress on a terminal.

    Args:
        quiet: no progress and no summary; failures are always listed.
        shares_terminal: results are printed on the same terminal, so progress makes way for them.
        lists_failures: False where the results themselves show failures to the same reader.
    """

    def __init__(
        self, *, quiet: bool = False, shares_terminal: bool = False, lists_failures: bool = True
    ) -> None:
        self.extracted = 0
        self.failed = 0
        self._events = 0
        self._claims = 0
        self._rejected = 0
        self._usage = Usage()
        self._quiet = quiet
        self._line = None if quiet or not sys.stderr.isatty() else _Line()
        self._makes_way = shares_terminal
        self._lists = lists_failures
        self._began = time.monotonic()

    def through(self, results: Iterable[Extraction | Failure]) -> Iterator[Extraction | Failure]:
        """Pass results on."""
        try:
            if self._line:
                self._line.begin()
            for result in results:
                self._count(result)
                if self._line:
                    self._line.update(self._done())
                if self._line and self._makes_way:
                    self._line.pause()
                yield result
                if self._line and self._makes_way:
                    self._line.begin()
        finally:
            if self._line:
                self._line.pause()

    def summary(self) -> None:
        """Print one line on standard error."""
        if self._quiet:
            return
        from dateline.output.wording import counted

        usage = self._usage
        parts = [
            f"{self._done()}: {counted(self._events, 'event')}, "
            f"{counted(self._claims, 'claim')}, {counted(self._rejected, 'rejected item')}",
            f"{counted(usage.calls, 'call')}, {usage.cached_calls} from the cache",
        ]
        if usage.input_tokens or usage.output_tokens:
            tokens = f"{usage.input_tokens + usage.output_tokens:,} tokens"
            if usage.cached_input_tokens:
                tokens += f" ({usage.cached_input_ratio:.0%} of the input at the cached price)"
            parts.append(tokens)
        if usage.cost_usd is not None:
            parts.append(f"${usage.cost_usd:.4f}")
        parts.append(f"{time.monotonic() - self._began:.1f} s")
        click.echo(" · ".join(parts), err=True)

    def _count(self, result: Extraction | Failure) -> None:
        self._usage += result.usage
        if isinstance(result, Failure):
            self.failed += 1
            if self._lists:
                self._list(result)
            return
        self.extracted += 1
        self._events += len(result.events)
        self._claims += len(result.claims)
        self._rejected += len(result.rejected)

    def _list(self, failure: Failure) -> None:
        from dateline.output.shown import one_line

        name = failure.source or failure.article_id or "unknown source"
        message = failure.message.removeprefix(f"{name}: ")
        line = one_line(f"failed: {name}: {message} [{failure.error}]")
        if self._line:
            self._line.print(line)
        else:
            click.echo(line, err=True)

    def _done(self) -> str:
        from dateline.output.wording import counted

        failed = f", {self.failed} failed" if self.failed else ""
        return f"{counted(self.extracted, 'article')} extracted{failed}"


class _Line:
    """A live line on standard error that appears only when the wait gets long."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._text = "extracting"

    def begin(self) -> None:
        self._timer = threading.Timer(_AFTER_S, self._show)
        self._timer.daemon = True
        self._timer.start()

    def pause(self) -> None:
        with self._lock:
            if self._timer:
                self._timer.cancel()
                self._timer = None
            if self._progress:
                self._progress.stop()
                self._progress = None

    def update(self, text: str) -> None:
        with self._lock:
            self._text = text
            if self._progress:
                self._progress.update(self._progress.task_ids[0], description=text)

    def print(self, line: str) -> None:
        with self._lock:
            if self._progress:
                self._progress.console.print(line, markup=False, highlight=False)
            else:
                click.echo(line, err=True)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._timer is None:
                return
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._progress.add_task(self._text, total=None)
            self._progress.start()
