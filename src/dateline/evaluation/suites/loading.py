"""Find suites by name and read them; a mistake is told with its line and field."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from dateline.errors import EvaluationError
from dateline.evaluation.gates import COST, Gate
from dateline.evaluation.gold.yaml_loading import Fields, Items, NotYaml, loaded
from dateline.evaluation.scoring.measures import CEAF_REE, is_literature, metric
from dateline.evaluation.suites.suite import Matrix, Suite
from dateline.resources import folders

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMAT = "docs/evaluation.md describes suites."
_UPWARDS = 4
"""In how many folders, from the working folder upwards, ``evals/suites`` is looked for."""


def suite_names() -> list[str]:
    """The names of the suites in ``evals/suites`` here, and of those that are shipped."""
    found = {path.stem for folder in _suite_folders() for path in folder.glob("*.yaml")}
    return sorted(found)


def find_suite(name: str | Path) -> Path:
    """Return the file that a suite's name or path stands for.

    Raises:
        EvaluationError: there is none; the message lists the names there are.
    """
    given = Path(name)
    if given.suffix in (".yaml", ".yml"):
        if given.is_file():
            return given
        raise EvaluationError(f"there is no suite {str(name)!r}", remedy="Check the path.")
    for folder in _suite_folders():
        path = folder / f"{name}.yaml"
        if given.parent == Path() and path.is_file():
            return path
    if given.is_file():
        raise EvaluationError(
            "this is no suite",
            where=str(name),
            remedy="A suite is a .yaml file. If these are labels, write one with the line: "
            f"documents: {given.name}",
        )
    raise EvaluationError(
        f"there is no suite {str(name)!r}",
        remedy=f"Known here: {', '.join(suite_names()) or 'none'}. Or name a .yaml file.",
    )


def load_suite(name: str | Path) -> Suite:
    """Read a suite by its path, or by its name among ``suite_names``.

    Raises:
        EvaluationError: it cannot be found or read; the message names file, line and field.
    """
    path = find_suite(name)
    data = _parsed(path)
    try:
        suite = Suite.model_validate({"name": path.stem, **data})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = tuple(part for part in first["loc"] if part not in ("str", "int", "bool"))
        raise EvaluationError(
            _message(first), where=_where(path, data, place), remedy=_remedy(first["type"], place)
        ) from None
    suite._path = path
    _check_expressions(suite, data)
    return suite


def _check_expressions(suite: Suite, data: Fields) -> None:
    """A metric or a gate that cannot be read is found before anything is paid for."""
    for number, name in enumerate(suite.metrics):
        try:
            _measured(name)
        except EvaluationError as error:
            where = _where(suite.path, data, ("metrics", number))
            raise EvaluationError(error.what, where=where, remedy=error.remedy) from None
    for number, text in enumerate(suite.gates):
        where = _where(suite.path, data, ("gates", number))
        gate = Gate.parse(text, where=where)
        if gate.metric not in COST:
            try:
                _measured(gate.metric)
            except EvaluationError as error:
                raise EvaluationError(
                    f'gate "{text}": {error.what}', where=where, remedy=error.remedy
                ) from None


def _measured(name: str) -> None:
    """Refuse what a run has no figure for."""
    if is_literature(metric(name).measure):
        raise EvaluationError(
            f'"{name}" is not measured by a suite',
            remedy=f"Score a finished run with `dateline eval score GOLD RUN --metric {CEAF_REE}`.",
        )


def _parsed(path: Path) -> Fields:
    try:
        found = loaded(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise EvaluationError(
            f"the suite cannot be read: {error.strerror or type(error).__name__}", where=str(path)
        ) from None
    except UnicodeDecodeError:
        raise EvaluationError(
            "the suite is not UTF-8", where=str(path), remedy="Save it as UTF-8."
        ) from None
    except NotYaml as error:
        raise EvaluationError(str(error), where=f"{path}:{error.line}", remedy=_FORMAT) from None
    if not found or found == [None]:
        raise EvaluationError(
            "an empty suite",
            where=str(path),
            remedy="At least name the gold labels: documents: gold.jsonl",
        )
    if len(found) > 1 or not isinstance(found[0], Fields):
        raise EvaluationError("a suite is one mapping of fields", where=str(path), remedy=_FORMAT)
    return found[0]


def _where(path: Path, data: Fields, place: Sequence[int | str]) -> str:
    """File, line and field: ``suite.yaml:4: gates[0]``."""
    line: int | None = None
    value: Any = data
    field = ""
    for part in place:
        field += f"[{part}]" if isinstance(part, int) else f".{part}" if field else part
        if isinstance(value, Fields) and part in value.lines:
            line, value = value.lines[str(part)], value[str(part)]
        elif isinstance(value, Items) and isinstance(part, int) and part < len(value):
            line, value = value.lines[part], value[part]
    file = str(path) if line is None else f"{path}:{line}"
    return f"{file}: {field}" if field else file


def _message(error: Any) -> str:
    """What is wrong, in words."""
    known = {
        "extra_forbidden": "there is no such field",
        "missing": "this field is needed",
        "too_short": "at least one value is needed",
    }
    return known.get(error["type"], str(error["msg"]))


def _remedy(kind: str, place: Sequence[object]) -> str:
    fields = Matrix.model_fields if place[:1] == ("matrix",) else Suite.model_fields
    whose = "A matrix" if place[:1] == ("matrix",) else "A suite"
    if kind in ("extra_forbidden", "missing"):
        return f"{whose} has: {', '.join(fields)}."
    return _FORMAT


def _suite_folders() -> list[Path]:
    here = [parent / "evals" / "suites" for parent in (Path.cwd(), *Path.cwd().parents)]
    shipped = [folder / "suites" for folder in folders("evals")]
    return [folder for folder in [*here[:_UPWARDS], *shipped] if folder.is_dir()]
