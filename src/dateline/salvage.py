"""Read an answer item by item, so that one bad item never costs the others.

An answer is read whole when it is right, which is the fast path. Otherwise what can be read is:
code fences and chatter are cut off, JSON that ends too early gives the items that are complete,
and each item is validated on its own after repairs that need no judgement (an absent nullable
field is null, an absent list is empty, a lone value for a list is a list of one, an enum value in
another case is that value, an unknown key is dropped). What still fails is returned with its
problems, never thrown away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from dateline.drafts import ClaimDraft, Draft, EventDraft
from dateline.records import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ITEMS = 100
"""Items of one kind that are validated one by one; what is beyond is rejected together."""
MAX_RAW = 20_000
"""Characters of an unreadable answer that are kept as they are."""
MAX_SCAN = 50_000_000
"""Characters of one answer that are read at all; a longer one is cut there."""

Kind = Literal["event", "claim"]


@dataclass(frozen=True, slots=True)
class GoodItem:
    """An item with the right shape. ``where`` is its JSON path in the answer."""

    kind: Kind
    where: str
    draft: EventDraft | ClaimDraft
    raw: str = ""


@dataclass(frozen=True, slots=True)
class BadItem:
    """An item, a surplus of items, or a whole answer that cannot be used as it is."""

    kind: Literal["event", "claim", "answer"]
    where: str
    raw: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Salvaged:
    """What an answer held. ``cut`` says that it ended before its end."""

    good: list[GoodItem] = field(default_factory=list)
    bad: list[BadItem] = field(default_factory=list)
    cut: bool = False


def read_answer(text: str, model: type[Draft], *, cut: bool = False) -> Salvaged:
    """Read the answer of a direct request.

    Args:
        text: the answer as the model wrote it.
        model: the draft model it was asked for.
        cut: whether the provider says that the answer reached the token limit.

    Returns:
        Every item of the answer, as good or bad, events first, in the answer's order.
    """
    try:
        draft = model.model_validate_json(text)
    except ValidationError:
        return _read_items(text, model, cut=cut)
    good = [GoodItem("event", f"$.events[{n}]", item) for n, item in enumerate(draft.events)]
    good += [GoodItem("claim", f"$.claims[{n}]", item) for n, item in enumerate(draft.claims)]
    return Salvaged(good=good, cut=cut)


def read_json(text: str) -> tuple[Any, bool]:
    """Return the JSON value in a text and whether it was cut; ``(None, False)`` without one."""
    start = _json_start(text)
    if start is None:
        return None, False
    body = text[start : start + MAX_SCAN]
    try:
        return from_json(body, allow_partial=False), False
    except ValueError:
        pass
    try:  # Words after the value: read the value alone.
        value, _ = json.JSONDecoder().raw_decode(body)
        return value, False
    except (ValueError, RecursionError):
        pass
    try:
        return from_json(body, allow_partial=True), True
    except ValueError:
        return None, False


def item_models(model: type[Draft]) -> tuple[type[EventDraft], type[ClaimDraft]]:
    """The event and claim models inside a draft model."""
    event = get_args(model.model_fields["events"].annotation)[0]
    claim = get_args(model.model_fields["claims"].annotation)[0]
    return event, claim


def validate_item(value: Any, model: type[BaseModel], *, where: str) -> BaseModel | list[Problem]:
    """Validate one item after repairs that need no judgement."""
    try:
        return model.model_validate(repaired(value, model))
    except ValidationError as error:
        return list(_problems(error, where))


def repaired(value: Any, model: type[BaseModel]) -> Any:
    """Return ``value`` with the repairs that this module's docstring lists; never raises."""
    if not isinstance(value, dict):
        return value
    result: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        annotation = info.annotation
        if name not in value:
            if _takes_none(annotation):
                result[name] = None
            elif get_origin(annotation) is list and not _min_length(info):
                result[name] = []
            continue
        result[name] = _repaired_value(value[name], annotation)
    return result


def _repaired_value(value: Any, annotation: Any) -> Any:
    inner = _without_none(annotation)
    if isinstance(value, str) and stands_for_null(value) and _takes_none(annotation):
        return None
    if get_origin(inner) is list:
        item = get_args(inner)[0]
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [_repaired_value(entry, item) for entry in values]
    if get_origin(inner) is Literal and isinstance(value, str):
        return _literal_value(value, get_args(inner))
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return repaired(value, inner)
    return value


_NULL_WORDS = frozenset({"", "null", "none", "n/a", "unknown", "not stated", "not specified"})


def stands_for_null(words: str) -> bool:
    """Whether a model wrote words such as "unknown" or "n/a" where null was meant."""
    return words.strip().casefold() in _NULL_WORDS


def _literal_value(value: str, allowed: tuple[Any, ...]) -> str:
    if value in allowed:
        return value
    folded = _folded_names(allowed)
    return folded.get(_fold_name(value), value)


@lru_cache(maxsize=128)
def _folded_names(allowed: tuple[Any, ...]) -> dict[str, str]:
    return {_fold_name(str(name)): str(name) for name in allowed}


def _fold_name(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _read_items(text: str, model: type[Draft], *, cut: bool) -> Salvaged:
    value, partial = read_json(text)
    found = Salvaged(cut=cut or partial)
    if isinstance(value, list):  # Some models leave out the outer object.
        value = {
            "events": [v for v in value if _looks_like_event(v)],
            "claims": [v for v in value if not _looks_like_event(v)],
        }
    if not isinstance(value, dict) or not ({"events", "claims"} & value.keys()):
        found.bad.append(_unreadable(text, cut=found.cut))
        return found
    event_model, claim_model = item_models(model)
    last_key = next(reversed(value)) if found.cut else None
    for kind, name, item_model in (
        ("event", "events", event_model),
        ("claim", "claims", claim_model),
    ):
        items = value.get(name)
        if items is None:
            items = []
        elif isinstance(items, dict):
            items = [items]
        elif not isinstance(items, list):
            found.bad.append(
                BadItem(
                    "answer",
                    f"$.{name}",
                    _dump(items),
                    (_problem("not_a_list", f"$.{name}", f"`{name}` must be a list"),),
                )
            )
            continue
        _sort_items(found, kind, name, items, item_model, cut_last=name == last_key)  # type: ignore[arg-type]  # kind is one of two literals
    return found


def _sort_items(
    found: Salvaged,
    kind: Kind,
    name: str,
    items: list[Any],
    model: type[BaseModel],
    *,
    cut_last: bool,
) -> None:
    for number, item in enumerate(items[:MAX_ITEMS]):
        where = f"$.{name}[{number}]"
        raw = _dump(item)
        if cut_last and number == len(items) - 1:
            # Its last words are missing even where what is left happens to have the right shape.
            problem = _problem("cut_off", where, "the answer ended inside or right after this item")
            found.bad.append(BadItem(kind, where, raw, (problem,)))
            continue
        outcome = validate_item(item, model, where=where)
        if isinstance(outcome, list):
            found.bad.append(BadItem(kind, where, raw, tuple(outcome)))
        else:
            found.good.append(GoodItem(kind, where, outcome, raw))  # type: ignore[arg-type]  # model is the kind's model
    surplus = items[MAX_ITEMS:]
    if surplus:
        where = f"$.{name}[{MAX_ITEMS}:]"
        message = f"{len(surplus)} items beyond the first {MAX_ITEMS} were not looked at"
        found.bad.append(
            BadItem("answer", where, _dump(surplus), (_problem("too_many_items", where, message),))
        )


def _unreadable(text: str, *, cut: bool) -> BadItem:
    if not text.strip():
        problem = _problem("empty_answer", "$", "the answer is empty")
    elif cut:
        problem = _problem("cut_off", "$", "the answer ended before anything in it could be read")
    else:
        problem = _problem(
            "not_json", "$", "the answer is not a JSON object with `events` and `claims`"
        )
    kept = text if len(text) <= MAX_RAW else f"{text[:MAX_RAW]}… ({len(text)} characters in all)"
    return BadItem("answer", "$", kept, (problem,))


def _problems(error: ValidationError, where: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_input=False, include_context=False)[:8]:
        path = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]
        )
        yield _problem(f"schema_{detail['type']}", where + path, detail["msg"])


def _problem(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message)


def _json_start(text: str) -> int | None:
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    return min(starts) if starts else None


def _looks_like_event(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value


def _takes_none(annotation: Any) -> bool:
    return type(None) in get_args(annotation)


def _without_none(annotation: Any) -> Any:
    if not _takes_none(annotation):
        return _bare(annotation)
    return _bare(next(arg for arg in get_args(annotation) if arg is not type(None)))


def _bare(annotation: Any) -> Any:
    """The type inside ``Annotated``."""
    return get_args(annotation)[0] if hasattr(annotation, "__metadata__") else annotation


def _min_length(info: Any) -> bool:
    return any(getattr(rule, "min_length", None) for rule in info.metadata)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
