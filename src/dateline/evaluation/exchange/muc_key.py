"""Answer keys of MUC-3 and MUC-4: templates of 25 slots, as they stand in the key files.

Source: the fill rules of MUC-4 (template-doc-part1, version 7): ``/`` separates alternatives, a
``?`` marks a fill that may be left out, ``OPTIONAL`` a template that may be, ``-`` is no fill,
``*`` a slot that does not apply, and a colon joins a fill with the target that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.errors import GoldError

MESSAGE_ID, TEMPLATE, DATE, LOCATION, TYPE, STAGE, INSTRUMENT_ID = range(7)
PERP_INDIVIDUAL, PERP_ORGANIZATION, PHYS_TARGET = 9, 10, 12
HUM_NAME, HUM_DESCRIPTION, HUM_NUMBER, HUM_EFFECT = 18, 19, 21, 23
SLOTS = 25

_SLOT = re.compile(r"(\d{1,2})\.[ \t]+([A-Z][A-Z :/()]*?)(?:[ \t]{2,}|\t|[ \t]*$)(.*)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[^"]')
_NAMES = {
    0: "MESSAGE: ID",
    1: "MESSAGE: TEMPLATE",
    2: "INCIDENT: DATE",
    3: "INCIDENT: LOCATION",
    4: "INCIDENT: TYPE",
    9: "PERP: INDIVIDUAL ID",
    18: "HUM TGT: NAME",
}


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill: its alternatives, and the alternatives of the target that it is about.

    Strings are without quotation marks; ``optional`` is the key's ``?``.
    """

    values: tuple[str, ...]
    about: tuple[str, ...] = ()
    optional: bool = False


@dataclass(slots=True)
class Template:
    """One template of the key. ``fills`` has only the slots that are filled.

    ``number`` is None for a message without any incident.
    """

    message: str
    where: str
    number: int | None = None
    optional: bool = False
    fills: dict[int, list[Fill]] = field(default_factory=dict)

    def get(self, slot: int) -> list[Fill]:
        """The fills of a slot; empty where it has none or does not apply."""
        return self.fills.get(slot, [])


def read_key(text: str, *, file: str) -> list[Template]:
    """Every template of a key file, in its order.

    Args:
        text: what the file holds.
        file: its name, for messages.

    Raises:
        GoldError: a line is no slot of MUC-4, or a quotation mark is missing; with file and line.
    """
    templates: list[Template] = []
    slot = -1
    lines: list[tuple[str, str]] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        where = f"{file}:{number}"
        if not line.strip() or line.lstrip().startswith(";"):
            continue
        found = _SLOT.fullmatch(line)
        if found is None:
            if slot < 0 or not line[0].isspace():
                raise _no_slot(where)
            lines.append((line.strip(), where))
            continue
        _close(templates, slot, lines)
        slot, lines = int(found[1]), []
        name = " ".join(found[2].split())
        if slot >= SLOTS or name != _NAMES.get(slot, name):
            raise _no_slot(where)
        if slot == MESSAGE_ID:
            words = found[3].split()
            if not words:
                raise GoldError("the message has no id", where=where)
            templates.append(Template(words[0], where))
        elif not templates:
            raise _no_slot(where)
        else:
            lines = [(found[3].strip(), where)]
    _close(templates, slot, lines)
    return templates


def _no_slot(where: str) -> GoldError:
    return GoldError(
        "not a slot of a MUC-4 answer key",
        where=where,
        remedy="Give a key of 25 slots, such as key-tst3.v2; the 18 slots of 1991 are not read.",
    )


def _close(templates: list[Template], slot: int, lines: list[tuple[str, str]]) -> None:
    """Take the lines of one slot into the last template."""
    if slot <= MESSAGE_ID or not lines:
        return
    template = templates[-1]
    fills = [_fill(text, where, slot) for text, where in _whole(lines)]
    kept = [fill for fill in fills if fill is not None]
    if slot == TEMPLATE:
        _number(template, kept, lines[0][1])
    elif kept:
        template.fills[slot] = kept


def _whole(lines: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join the lines of a fill that was wrapped, inside a string or beside a separator."""
    whole: list[tuple[str, str]] = []
    for text, where in lines:
        before = whole[-1][0] if whole else ""
        open_string = len(re.findall(r'(?<!\\)"', before)) % 2 == 1
        if whole and (open_string or before.endswith(("/", ":")) or text.startswith(("/", ":"))):
            whole[-1] = (f"{before} {text}", whole[-1][1])
        else:
            whole.append((text, where))
    return whole


def _number(template: Template, fills: list[Fill], where: str) -> None:
    if not fills:
        return
    words = fills[0].values[0].split()
    if not words[0].isdecimal() or len(words[0]) > 6:
        raise GoldError("the template has no number", where=where)
    template.number = int(words[0])
    template.optional = "(OPTIONAL)" in words[1:]


def _fill(text: str, where: str, slot: int) -> Fill | None:
    optional = text.startswith("?")
    text = text.removeprefix("?").strip()
    if text in ("", "-", "*", '"-"'):
        return None
    head, about = (text, "") if slot in (DATE, LOCATION, TEMPLATE) else _halves(text)
    if len(re.findall(r'(?<!\\)"', text)) % 2:
        raise GoldError(
            "a quotation mark is not closed", where=where, remedy='Strings stand in "...".'
        )
    values = tuple(value for value in map(_plain, _alternatives(head)) if value)
    targets = tuple(value for value in map(_plain, _alternatives(about)) if value not in ("", "-"))
    return Fill(values, targets, optional) if values else None


def _halves(text: str) -> tuple[str, str]:
    """What stands before and after the first colon outside of strings."""
    for piece in _PIECE.finditer(text):
        if piece[0] == ":":
            return text[: piece.start()].strip(), text[piece.end() :].strip()
    return text, ""


def _alternatives(text: str) -> list[str]:
    """Cut at ``/`` outside of strings and parentheses."""
    parts, depth, start = [], 0, 0
    for piece in _PIECE.finditer(text):
        if piece[0] == "(":
            depth += 1
        elif piece[0] == ")":
            depth = max(0, depth - 1)
        elif piece[0] == "/" and not depth:
            parts.append(text[start : piece.start()].strip())
            start = piece.end()
    parts.append(text[start:].strip())
    return parts


def _plain(text: str) -> str:
    found = _STRING.fullmatch(text)
    if found:
        return " ".join(_ESCAPED.sub(r"\1", found[1]).split())
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip()
    return text
