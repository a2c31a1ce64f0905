"""JSON Lines, read strictly: what two readers could understand differently is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any

MAX_DEPTH = 40
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class NotStrict(ValueError):
    """A line that is not strict JSON; ``str`` of it says why, without quoting it."""


def parsed(line: str) -> Any:
    """What a line holds.

    Raises:
        NotStrict: it is not JSON, names a field twice, holds NaN or an infinity, half of a
            surrogate pair, or is nested more than ``MAX_DEPTH`` levels deep.
    """
    try:
        value = json.loads(
            line,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        raise NotStrict(
            f"not valid JSON: {error.msg.rstrip(':')} at column {error.colno}"
        ) from None
    except RecursionError:
        raise NotStrict(f"nested more than {MAX_DEPTH} levels deep") from None
    except NotStrict:
        raise
    except ValueError:
        raise NotStrict("holds a number with too many digits") from None
    _check_depth(value)
    if _SURROGATE.search(line):
        _check_surrogates(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotStrict(f"the field {twice[:60]!r} stands twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise NotStrict(f"{name} is no number that JSON has; write null where a value is not known")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise NotStrict("holds a number that is too large")
    return value


def _check_depth(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise NotStrict(f"nested more than {MAX_DEPTH} levels deep")
        level = [inner for item in level for inner in _inside(item)]


def _inside(item: Any) -> list[Any]:
    held = item.values() if isinstance(item, dict) else item
    return [inner for inner in held if isinstance(inner, dict | list)]


def _check_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise NotStrict("holds half of a surrogate pair, which is no character") from None
