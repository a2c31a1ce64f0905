"""Labels as annotation tools hold them: marked spans, values on them, and links between them.

brat, Label Studio and doccano all have this shape; each of their modules only reads and writes
its own syntax. Offsets are Unicode code points into the text, half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Fragment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked piece of text: an event, a claim, or something that takes part in one.

    ``fragments`` are sorted and do not overlap. ``values`` are what the tool shows as attributes
    or choices, ``note`` is free text beside the mark, ``where`` says in which file and line it
    stands. ``names`` are other names of the same thing, as coreference gives them.
    ``is_event`` is true where the tool itself knows that the mark is an event.
    """

    id: str
    label: str
    fragments: tuple[Fragment, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    where: str = ""
    names: tuple[str, ...] = ()
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` plays ``role`` in ``source``; both are ids of marks."""

    source: str
    role: str
    target: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Flat:
    """One document. ``about`` is what is known of it besides text and labels."""

    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    about: Mapping[str, Any]
    where: str = ""


def covered(text: str, fragments: tuple[Fragment, ...]) -> str:
    """The words under some fragments; a blank stands for what lies between them."""
    return " ".join(text[start:end] for start, end in fragments)
