"""Prompts from files: rendered once, fingerprinted, with the article appended and never rendered.

The prefix (instruction and few-shot examples) is the same bytes for every article. The article
comes last, between two marker lines whose code is a digest of the article itself: no text can
contain its own digest, so no article can forge its own end, and the same article always gives
the same bytes, so the cache can find it again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.completion import Message, Prefix
from dateline.errors import PromptError
from dateline.resources import find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dateline.taxonomy import Taxonomy


@dataclass(frozen=True, eq=False)
class Prompt:
    """One rendered prompt. ``fingerprint`` covers instruction, examples and taxonomy."""

    name: str
    prefix: Prefix
    fingerprint: str


def article_message(text: str, *, published: date | None, title: str | None = None) -> str:
    """Return the user message that shows an article to a model.

    Args:
        text: what the model may read; no template engine ever sees it.
        published: publication date, named with its weekday, or None for unknown.
        title: the page's title where the text does not hold it.
    """
    code = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    day = f"{published:%Y-%m-%d, %A}" if published else "unknown"
    heading = f"Title: {_one_line(title)}\n" if title else ""
    return f"Published: {day}\n{heading}=== ARTICLE {code} ===\n{text}\n=== END {code} ==="


def extract_prompt(
    taxonomy: Taxonomy, *, version: str = "v1", override: Path | None = None
) -> Prompt:
    """Return the prompt of the direct way of asking, for this taxonomy.

    Examples are shown only with the ACLED taxonomy they were written for; another taxonomy gets
    those of its own, ``extract.<version>.<taxonomy id>.examples.json``, or none.

    Raises:
        PromptError: a file is missing, or an example is not one.
    """
    name = f"extract.{version}"
    system = render(f"{name}.jinja", override=override, taxonomy=taxonomy)
    messages = [Message("system", system), *_example_messages(name, taxonomy, override)]
    return _prompt(name, messages)


def extract_as_prompt(*, version: str = "v1", override: Path | None = None) -> Prompt:
    """Return the prompt for filling in a user's own model."""
    name = f"extract_as.{version}"
    return _prompt(name, [Message("system", render(f"{name}.jinja", override=override))])


def reask_message(
    problems: Sequence[tuple[str, Sequence[str], str]],
    *,
    version: str = "v1",
    override: Path | None = None,
) -> str:
    """Return the message that asks again for failed items.

    Args:
        problems: for each item its place in the answer, what is wrong, and its JSON text.
    """
    lines = [render(f"reask.{version}.jinja", override=override)]
    for where, messages, raw in problems:
        lines.append(f"\n## {where}")
        lines.extend(f"- {message}" for message in messages)
        lines.append(raw)
    return "\n".join(lines)


def render(name: str, *, override: Path | None = None, **values: Any) -> str:
    """Render a template file with trusted values, never with article text.

    Raises:
        PromptError: the file is missing or is not a valid template.
    """
    import jinja2

    path = find("prompts", name, override=override)
    try:
        return str(_template(path, path.stat().st_mtime_ns).render(**values)).strip()
    except jinja2.TemplateError as error:
        line = getattr(error, "lineno", None)
        raise PromptError(
            f"the template cannot be rendered: {error}",
            where=f"{path}:{line}" if line else str(path),
            remedy="Mend the file, or remove it to use the shipped one.",
        ) from error


@lru_cache(maxsize=64)
def _template(path: Path, _modified: int) -> Any:
    import jinja2

    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701  # the output is a prompt in plain text, not HTML
        keep_trailing_newline=False,
    )
    return environment.from_string(path.read_text(encoding="utf-8"))


def _example_messages(name: str, taxonomy: Taxonomy, override: Path | None) -> list[Message]:
    suffix = "" if taxonomy.id == "acled" else f".{taxonomy.id}"
    try:
        path = find("prompts", f"{name}{suffix}.examples.json", override=override)
    except PromptError:
        if suffix:
            return []
        raise
    messages = []
    for number, example in enumerate(_read_examples(path)):
        try:
            shown = article_message(example["text"], published=_day(example.get("published")))
            answer = json.dumps(example["answer"], ensure_ascii=False, separators=(",", ":"))
        except (KeyError, TypeError, ValueError) as error:
            raise PromptError(
                "an example needs `text`, `answer` and a `published` date or null",
                where=f"{path}: $[{number}]",
                remedy="See prompts/README.md.",
            ) from error
        messages += [Message("user", shown), Message("assistant", answer)]
    return messages


def _read_examples(path: Path) -> list[dict[str, Any]]:
    try:
        examples = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PromptError(
            f"not valid JSON: {error}", where=str(path), remedy="Mend the file."
        ) from error
    if not isinstance(examples, list):
        raise PromptError("examples are a JSON list", where=str(path), remedy="Mend the file.")
    return examples


def _prompt(name: str, messages: Sequence[Message]) -> Prompt:
    prefix = Prefix(tuple(messages))
    return Prompt(name=name, prefix=prefix, fingerprint=prefix.digest.hex()[:16])


def _day(value: str | None) -> date | None:
    from datetime import date

    return date.fromisoformat(value) if value else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
