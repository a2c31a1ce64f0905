"""Readable tables for a terminal; plain text without colour or codes anywhere else.

Article text and model output are untrusted here too: escape sequences are shown, not sent, and
nothing in them is read as rich markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from dateline.output import wording
from dateline.output.shown import one_line
from dateline.records import Claim, Event, Extraction, Failure

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_NARROW = 84
"""Below this many columns, details stand under their record and not beside it."""

_PLAIN_WIDTH = 100
_USUAL = ("occurred", "main")


def write_table(
    results: Iterable[Extraction | Failure], stream: TextIO, *, width: int | None = None
) -> None:
    """Print each result as it comes: heading, events, claims, then what was rejected and why.

    Colour is used only where ``stream`` is a terminal and ``NO_COLOR`` is not set.

    Args:
        results: extractions and failures.
        stream: where to print.
        width: in columns; None for the terminal's, or 100 where ``stream`` is none.
    """
    colour = stream.isatty()
    if width is None:
        width = get_terminal_size().columns if colour else _PLAIN_WIDTH
    first = True
    for result in results:
        if not first:
            stream.write("\n")
        first = False
        stream.write(_rendered(result, width, colour))
        stream.flush()
    if not first:
        stream.write(f"\n{wording.UNVERIFIED}\n")


def _rendered(result: Extraction | Failure, width: int, colour: bool) -> str:
    """One result as text. Rich never gets the stream itself: it would end the process when a
    pipe closes, and leave blanks at the ends of lines."""
    from rich.console import Console

    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as capture:
        if isinstance(result, Failure):
            _failure(console, result)
        else:
            _extraction(console, result)
    lines = capture.get().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(one_line(words), style=style)


def _failure(console: Console, failure: Failure) -> None:
    name = failure.source or failure.article_id or "unknown source"
    console.print(_text(f"failed: {name}", "bold"))
    console.print(_text(f"{failure.error}: {failure.message.removeprefix(f'{name}: ')}"))


def _extraction(console: Console, extraction: Extraction) -> None:
    article = extraction.article
    console.print(_text(wording.name_of(article), "bold"))
    published = article.published.isoformat() if article.published else "publication date unknown"
    about = [article.publisher, published, article.id, article.url]
    console.print(_text(" · ".join(part for part in about if part), "dim"))
    narrow = console.width < _NARROW
    names = {actor.id: actor.name for actor in extraction.actors}
    console.print()
    if extraction.events:
        console.print(_events(extraction.events, names, narrow=narrow))
    else:
        console.print("No events.")
    console.print()
    if extraction.claims:
        console.print(_claims(extraction.claims, narrow=narrow))
    else:
        console.print("No claims.")
    _leftovers(console, extraction)


def _table(*headers: tuple[str, int | None]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, padding=(0, 1, 0, 0))
    table.show_edge = False
    for name, ratio in headers:
        table.add_column(name, ratio=ratio, no_wrap=ratio is None, overflow="fold")
    return table


def _events(events: Iterable[Event], names: dict[str, str], *, narrow: bool) -> Table:
    from rich.text import Text

    wide = (("Who", 5), ("When", 3), ("Where", 4), ("Counts", 4))
    table = _table(("", None), ("Events", 8), *(() if narrow else wide))
    for event in events:
        kind = _text(event.sub_event_type, "bold")
        notes = [word for word in (event.status, event.salience) if word not in _USUAL]
        if notes:
            kind.append(f" ({', '.join(notes)})", style="dim")
        what = Text("\n").join([kind, _text(event.summary)])
        details = [
            _who(event, names),
            one_line(wording.when(event.date) or event.date.text or "no date"),
            one_line(wording.where(event.place)) if event.place else "",
            "\n".join(one_line(wording.amount(count)) for count in event.counts),
        ]
        cells = [Text(detail) for detail in details]
        if narrow:
            line = " · ".join(detail.replace("\n", ", ") for detail in details if detail)
            what = Text("\n").join([what, Text(line, style="dim")])
            cells = []
        table.add_row(_text(event.id, "bold blue"), what, *cells)
    return table


def _who(event: Event, names: dict[str, str]) -> str:
    def side(*roles: str) -> str:
        return ", ".join(
            one_line(names.get(part.actor_id, part.actor_id))
            for part in event.actors
            if part.role in roles
        )

    doing, target = side("initiator"), side("target", "affected")
    main = f"{doing or 'unknown'} → {target}" if target else doing
    others = side("participant", "supporter")
    return "\n".join(
        part for part in (main, f"with {others}" if main and others else others) if part
    )


def _claims(claims: Iterable[Claim], *, narrow: bool) -> Table:
    from rich.text import Text

    wide = (("Speaker", 6), ("Certainty", 3), ("On", 2))
    table = _table(("", None), ("Claims", 12), *(() if narrow else wide))
    for claim in claims:
        speaker = claim.speaker
        who = one_line(speaker.name) if speaker.name else wording.plain(speaker.kind)
        if claim.cue:
            who = f"{who} ({one_line(claim.cue)})"
        if claim.via:
            who = f"{who}, via {', '.join(map(one_line, claim.via))}"
        details = [
            who,
            claim.certainty + (", negative" if claim.polarity == "negative" else ""),
            " ".join(map(one_line, claim.event_ids)),
        ]
        text = _text(claim.text)
        if narrow:
            line = " · ".join(detail for detail in details if detail)
            table.add_row(
                _text(claim.id, "bold yellow"),
                Text("\n").join([text, Text(line, style="dim")]),
            )
        else:
            table.add_row(_text(claim.id, "bold yellow"), text, *(Text(d) for d in details))
    return table


def _leftovers(console: Console, extraction: Extraction) -> None:
    if extraction.rejected or extraction.warnings:
        console.print()
    for item in extraction.rejected:
        reasons = "; ".join(problem.message for problem in item.problems)
        console.print(_text(f"rejected {item.kind} at {item.where}: {reasons}", "dim"))
    for problem in extraction.warnings:
        console.print(_text(f"warning at {problem.where}: {problem.message}", "dim"))
