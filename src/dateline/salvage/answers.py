"""Read an answer item by item, so that one bad item never costs the others.

An answer is read whole when it is right, which is the fast path. Otherwise what can be read is:
code fences and chatter are cut off, JSON that ends too early gives the items that are complete,
and each item is validated on its own after repairs that need no judgement (an absent nullable
field is null, an absent list is empty, a lone value for a list is a list of one, an enum value in
another case is that value, an unknown key is dropped). What still fails is returned with its
problems, never thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dateline.drafts import ClaimDraft, Draft, EventDraft
from dateline.records import Problem
from dateline.salvage.finding import START, Found, dump, find_json, mended
from dateline.salvage.repairs import repaired, without_none

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ITEMS = 100
"""Items of one kind that are validated one by one; what is beyond is rejected together."""
MAX_RAW = 20_000
"""Characters of an unreadable answer that are kept as they are."""


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
    """What an answer held.

    ``bad`` is what may be asked for again, ``lost`` what has no place in a draft. ``cut`` says
    that the answer ended before its end.
    """

    good: list[GoodItem] = field(default_factory=list)
    bad: list[BadItem] = field(default_factory=list)
    lost: list[BadItem] = field(default_factory=list)
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
    text = mended(text)
    try:
        draft = model.model_validate_json(text)
    except ValidationError:
        return _read_items(text, model, cut=cut)
    if text.count('":') > _keys(draft):  # A key given twice is not seen by the fast reader.
        return _read_items(text, model, cut=cut)
    good = [GoodItem("event", f"$.events[{n}]", item) for n, item in enumerate(draft.events)]
    good += [GoodItem("claim", f"$.claims[{n}]", item) for n, item in enumerate(draft.claims)]
    return Salvaged(good=good, cut=cut)


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


def _read_items(text: str, model: type[Draft], *, cut: bool) -> Salvaged:
    # An empty list is an answer only where nothing better is found.
    read = find_json(text, lambda value: bool(value) and _answer_in(value) is not None)
    found = Salvaged(cut=cut or read.cut)
    value = _answer_in(read.value)
    if value is None:
        found.bad.append(_unreadable(text, cut=found.cut))
        return found
    _list_lost(found, value, read)
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
                    dump(items),
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
        raw = dump(item)
        if cut_last and number == len(items) - 1:
            # Its last words are missing even where what is left happens to have the right shape.
            problem = _problem("cut_off", where, "the answer ended inside or right after this item")
            found.bad.append(BadItem(kind, where, raw, (problem,)))
            continue
        found.lost += _unknown(item, model, kind=kind, where=where)
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
            BadItem("answer", where, dump(surplus), (_problem("too_many_items", where, message),))
        )


def _answer_in(value: Any) -> dict[str, Any] | None:
    """The object with ``events`` and ``claims``, also where it is wrapped or left out."""
    if isinstance(value, list):
        if inner := next((v for v in value if _is_answer(v)), None):
            return inner if len(value) == 1 else None
        if value and not any(isinstance(v, dict) for v in value):
            return None
        return {
            "events": [v for v in value if _looks_like_event(v)],
            "claims": [v for v in value if not _looks_like_event(v)],
        }
    if not isinstance(value, dict) or _is_answer(value):
        return value if isinstance(value, dict) else None
    wrapped = {key: v for key, v in value.items() if _is_answer(v)}
    if len(wrapped) != 1:
        return None
    (key, inner), beside = wrapped.popitem(), value
    return {**{k: v for k, v in beside.items() if k != key}, **inner}


def _is_answer(value: Any) -> bool:
    """Whether this is the outer object; a claim has ``events`` too, and its evidence."""
    return (
        isinstance(value, dict)
        and bool({"events", "claims"} & value.keys())
        and "evidence" not in value
    )


def _list_lost(found: Salvaged, value: dict[str, Any], read: Found) -> None:
    """List what stands beside the items of an answer."""
    beside = [(key, item) for key, item in value.items() if key not in ("events", "claims")]
    for key, item in beside[:MAX_ITEMS]:
        message = "the answer has no such field"
        found.lost.append(_lost("answer", f"$.{key[:60]}", item, "unknown_field", message))
    for key, item in read.repeated[:MAX_ITEMS]:
        message = f"`{key[:60]}` was given more than once; the last one counts"
        found.lost.append(_lost("answer", "$", item, "repeated_field", message))
    if more := dict(beside[MAX_ITEMS:]) or dict(read.repeated[MAX_ITEMS:]):
        message = f"{len(more)} more fields without a place were not looked at"
        found.lost.append(_lost("answer", "$", more, "too_many_fields", message))
    if START.search(read.rest) and find_json(read.rest, _is_answer).value is not None:
        message = "a second answer followed the first one, which counts"
        problem = _problem("second_answer", "$", message)
        found.lost.append(BadItem("answer", "$", _shortened(read.rest), (problem,)))


def _unknown(value: Any, model: type[BaseModel], *, kind: Kind, where: str) -> Iterator[BadItem]:
    """The fields of an item, and of what it holds, that a draft has no place for."""
    if not isinstance(value, dict):
        return
    for key, item in list(value.items())[:MAX_ITEMS]:
        info = model.model_fields.get(key)
        if info is None:
            message = f"{kind}s have no such field here"
            yield _lost(kind, f"{where}.{key[:60]}", item, "unknown_field", message)
            continue
        inner = without_none(info.annotation)
        if get_origin(inner) is list and isinstance(item, list):
            inner = without_none(get_args(inner)[0])
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                for number, entry in enumerate(item[:MAX_ITEMS]):
                    yield from _unknown(entry, inner, kind=kind, where=f"{where}.{key}[{number}]")


def _lost(
    kind: Literal["event", "claim", "answer"], where: str, value: Any, code: str, message: str
) -> BadItem:
    raw = _shortened(mended(dump(value)))
    return BadItem(kind, where, raw, (_problem(code, where, mended(message)),))


def _keys(draft: Draft) -> int:
    """How many keys the JSON of a draft has."""
    keys = len(draft.model_fields_set)
    for event in draft.events:
        keys += len(event.model_fields_set) + 2 * len(event.actors) + 5 * len(event.counts)
    return keys + sum(len(claim.model_fields_set) for claim in draft.claims)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_RAW else f"{text[:MAX_RAW]}… ({len(text)} characters in all)"


def _unreadable(text: str, *, cut: bool) -> BadItem:
    if not text.strip():
        problem = _problem("empty_answer", "$", "the answer is empty")
    elif cut:
        problem = _problem("cut_off", "$", "the answer ended before anything in it could be read")
    else:
        problem = _problem(
            "not_json", "$", "the answer is not a JSON object with `events` and `claims`"
        )
    return BadItem("answer", "$", _shortened(text), (problem,))


def _problems(error: ValidationError, where: str) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_input=False, include_context=False)[:8]:
        path = "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]
        )
        yield _problem(f"schema_{detail['type']}", where + path, detail["msg"])


def _problem(code: str, where: str, message: str) -> Problem:
    return Problem(code=code, where=where, message=message)


def _looks_like_event(value: Any) -> bool:
    return isinstance(value, dict) and "type" in value
