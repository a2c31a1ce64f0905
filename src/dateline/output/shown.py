"""Make untrusted text safe to look at: control characters are shown, never obeyed."""

from __future__ import annotations

import re

# Control characters are shown by their symbols (U+2400 block). The two direction overrides can
# make text read as its opposite, and honest text does not use them: they are shown by name.
_CONTROLS: dict[int, str | int | None] = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\r"},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), 0xFFFE, 0xFFFF), "\ufffd"),
    0x202D: "[LRO]",
    0x202E: "[RLO]",
}
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202D), *range(0x2066, 0x206A)), None)
_ONE_LINE = _CONTROLS | _DIRECTIONS
_SURROGATES = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """Text with control characters made visible; line breaks and tabs stay."""
    return _SURROGATES.sub("\ufffd", text.translate(_CONTROLS))


def one_line(text: str) -> str:
    """Text for one cell or line of a terminal: also without breaks and direction controls.

    A terminal has no isolated paragraphs, so an embedding left open would turn the whole line.
    """
    return _SURROGATES.sub("\ufffd", " ".join(text.split()).translate(_ONE_LINE))
