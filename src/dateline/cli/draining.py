"""Stop cleanly: the first interrupt finishes what is in flight, the second stops at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

import click

T = TypeVar("T")


class Drain:
    """While entered, SIGINT and SIGTERM end ``feed`` and not the process.

    ``signal`` is the number of the signal that came, or None.
    """

    def __init__(self) -> None:
        self.signal: int | None = None
        self._before: dict[int, Any] = {}

    def feed(self, items: Iterable[T]) -> Iterator[T]:
        """Yield items until the first signal."""
        for item in items:
            if self.signal is not None:
                return
            yield item

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number
        click.echo("finishing the articles in flight; interrupt again to stop at once", err=True)
