"""Dots with their intervals as inline SVG, drawn in percent of whatever width there is.

Runs differ by shape as well as by colour, and the numbers stand beside: a plot only repeats them.
"""

from __future__ import annotations

import math

from dateline.output.markup import Child, Markup, tag

_HEIGHT = 22
_MIDDLE = _HEIGHT / 2
_SHAPES = (
    "M0-5.5A5.5 5.5 0 1 1 0 5.5A5.5 5.5 0 1 1 0-5.5Z",
    "M-5-5H5V5H-5Z",
    "M0-6.5L6.5 0L0 6.5L-6.5 0Z",
    "M0-6L6 5H-6Z",
    "M0 6L6-5H-6Z",
    "M0-6.5L6.2-2L3.8 5.3H-3.8L-6.2-2Z",
)
_BARE = ("M-5-5L5 5M-5 5L5-5", "M0-6V6M-6 0H6")
"""Model-free baselines are lines, without a body."""

_RING = "M0-3.5A3.5 3.5 0 1 1 0 3.5A3.5 3.5 0 1 1 0-3.5Z"

COLOURS = 6


def look(number: int, *, baseline: bool) -> str:
    """The classes that give one series its colour."""
    return "dr-series dr-bare" if baseline else f"dr-series dr-series-{number % COLOURS}"


def key(number: int, *, baseline: bool) -> Markup:
    """A series' marker, to stand beside its name."""
    return tag(
        "svg",
        _marker("50%", number, baseline=baseline),
        class_=f"dr-key {look(number, baseline=baseline)}",
        aria_hidden="true",
    )


def interval_plot(
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    number: int,
    baseline: bool,
    title: str,
    lenient: float | None = None,
    scale: tuple[float, float] = (0.0, 1.0),
    zero: bool = False,
) -> Markup:
    """Draw one figure with its interval on a scale.

    Args:
        value: the figure; None draws the grid alone.
        low: the lower bound of its interval; bounds past the scale run to its edge.
        high: the upper bound.
        number: the index of the series, which gives shape and colour.
        baseline: whether the series is a model-free one.
        title: the same in words.
        lenient: a second figure, drawn hollow.
        scale: the figures at the left and at the right edge.
        zero: whether to draw a strong line at 0.
    """

    def at(figure: float) -> str:
        left, right = scale
        share = (min(max(figure, left), right) - left) / (right - left)
        return f"{100 * share:.2f}%"

    parts: list[Child] = [tag("title", title), *_grid()]
    if zero:
        parts.append(_line("dr-zero", at(0.0), at(0.0), 0, _HEIGHT))
    if value is not None and low is not None and high is not None:
        parts.append(_line("dr-range", at(low), at(high), _MIDDLE, _MIDDLE))
        for bound in (low, high):
            if math.isfinite(bound):
                parts.append(_line("dr-range", at(bound), at(bound), _MIDDLE - 4, _MIDDLE + 4))
    if lenient is not None:
        ring = tag("path", d=_RING, class_="dr-hollow")
        parts.append(tag("svg", ring, x=at(lenient), y=str(_MIDDLE), overflow="visible"))
    if value is not None:
        parts.append(_marker(at(value), number, baseline=baseline))
    classes = f"dr-plot {look(number, baseline=baseline)}"
    return tag("svg", *parts, class_=classes, role="img", aria_label=title)


def axis(labels: tuple[str, str, str]) -> Markup:
    """The words over a column of plots: at its left edge, its middle and its right edge."""
    return tag(
        "span", *(tag("span", label) for label in labels), class_="dr-axis", aria_hidden="true"
    )


def _grid() -> list[Markup]:
    return [_line("dr-grid", at, at, 0, _HEIGHT) for at in ("0%", "25%", "50%", "75%", "100%")]


def _line(look: str, x1: str, x2: str, y1: float, y2: float) -> Markup:
    return tag("line", class_=look, x1=x1, x2=x2, y1=f"{y1:g}", y2=f"{y2:g}")


def _marker(x: str, number: int, *, baseline: bool) -> Markup:
    shapes = _BARE if baseline else _SHAPES
    path = tag("path", d=shapes[number % len(shapes)], class_="dr-marker")
    return tag("svg", path, x=x, y=f"{_MIDDLE:g}", overflow="visible")
