"""A suite: a YAML file that says what is evaluated, how, and what it must reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator

from dateline.errors import EvaluationError
from dateline.evaluation.suites.matrix import Variant, variants
from dateline.resources import folders

if TYPE_CHECKING:
    from collections.abc import Sequence

Texts = Annotated[tuple[str, ...], Field(min_length=1)]


class Matrix(BaseModel):
    """Axes of a matrix beside the providers; every combination is a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: Texts | None = None
    asking: tuple[Literal["direct", "guided"], ...] | None = None
    taxonomy: Texts | None = None
    max_reasks: tuple[Annotated[int, Field(ge=0)], ...] | None = None


class Suite(BaseModel):
    """What one YAML file says. Paths in it are relative to its folder.

    Attributes:
        name: what the runs are called after; the file's name when left out.
        description: one line for people.
        documents: files of gold labels.
        split: only documents whose ``meta.split`` is this.
        articles: folders with the texts, beside those that are always looked in.
        config: a ``dateline.toml`` whose providers this suite brings along.
        providers: providers to run when none is asked for.
        matrix: further axes.
        taxonomy: the event types that are asked for and scored.
        metrics: what the summary shows; a sensible list when left out.
        gates: conditions such as ``event.f1 >= baseline - 0.02 with 95 % confidence``.
        baseline: a run folder that gates and reports compare with.
        confidence, draws, seed: of the intervals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = "suite"
    description: str = ""
    documents: Texts
    split: str | None = None
    articles: tuple[str, ...] = ()
    config: str | None = None
    providers: tuple[str, ...] = ()
    matrix: Matrix = Matrix()
    taxonomy: str = "acled"
    metrics: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    baseline: str | None = None
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    seed: int = 0

    _path: Path = PrivateAttr(default=Path("suite.yaml"))

    @field_validator("documents", "articles", "providers", "metrics", "gates", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def folder(self) -> Path:
        """The folder that the paths in the suite start from."""
        return self._path.parent

    def gold_files(self) -> list[Path]:
        """The files of labels.

        Raises:
            EvaluationError: one is missing.
        """
        return [self._existing("documents", name) for name in self.documents]

    def article_folders(self) -> list[Path]:
        """The folders with texts that the suite names."""
        return [self._existing("articles", name) for name in self.articles]

    def config_file(self) -> Path | None:
        """The configuration that the suite brings, if any."""
        return None if self.config is None else self._existing("config", self.config)

    def taxonomy_used(self, variant: Variant | None = None) -> str:
        """The taxonomy's id, or the path of its file, for one variant."""
        name = (variant.taxonomy if variant else None) or self.taxonomy
        path = self.folder / name
        return str(path) if path.suffix and path.is_file() else name

    def prompts_used(self, variant: Variant) -> Path | None:
        """The folder of prompts for one variant."""
        return (
            None if variant.prompts is None else self._existing("matrix.prompts", variant.prompts)
        )

    def baseline_folder(self) -> Path | None:
        """The run folder to compare with, if there is one; it need not exist yet."""
        return None if self.baseline is None else self.folder / Path(self.baseline).expanduser()

    def variants(self, providers: Sequence[str] = ()) -> tuple[Variant, ...]:
        """Every run of the suite, for these providers or else its own."""
        axes = self.matrix.model_dump(exclude_none=True)
        return variants(providers or self.providers or [None], axes)

    def _existing(self, field: str, name: str) -> Path:
        path = self.folder / Path(name).expanduser()
        if not path.exists():
            raise EvaluationError(
                f"there is no {name!r}",
                where=f"{self._path}: {field}",
                remedy="Paths in a suite start from the suite's own folder.",
            )
        return path


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
    raise EvaluationError(
        f"there is no suite {str(name)!r}",
        remedy=f"Known here: {', '.join(suite_names()) or 'none'}. Or name a .yaml file.",
    )


def load_suite(name: str | Path) -> Suite:
    """Read a suite by its path, or by its name among ``suite_names``.

    Raises:
        EvaluationError: it cannot be found or read; the message names the field.
    """
    path = find_suite(name)
    data = _parsed(path)
    data.setdefault("name", path.stem)
    try:
        suite = Suite.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Suite.model_fields)
        raise EvaluationError(
            f"{field}: {first['msg']}", where=str(path), remedy=f"A suite has: {known}."
        ) from None
    suite._path = path
    _check_expressions(suite)
    return suite


def _check_expressions(suite: Suite) -> None:
    """A metric or a gate that cannot be read is found before anything is paid for."""
    from dateline.evaluation.gates import Gate
    from dateline.evaluation.scoring.measures import metric

    for number, name in enumerate(suite.metrics):
        try:
            metric(name)
        except EvaluationError as error:
            where = f"{suite.path}: metrics[{number}]"
            raise EvaluationError(error.what, where=where, remedy=error.remedy) from None
    for number, text in enumerate(suite.gates):
        Gate.parse(text, where=f"{suite.path}: gates[{number}]")


def _parsed(path: Path) -> dict[str, Any]:
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"the suite cannot be read ({type(error).__name__})", where=str(path)
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "not YAML"
        raise EvaluationError(
            f"{problem}", where=f"{path}{line}", remedy="Mend the YAML; see docs/evaluation.md."
        ) from None
    if not isinstance(data, dict):
        raise EvaluationError(
            "an empty suite" if data is None else "a suite is a mapping of fields",
            where=str(path),
            remedy="At least name the gold labels: documents: gold.jsonl",
        )
    return data


def _suite_folders() -> list[Path]:
    here = [parent / "evals" / "suites" for parent in (Path.cwd(), *Path.cwd().parents)]
    return [
        folder
        for folder in [*here[:4], *(f / "suites" for f in folders("evals"))]
        if folder.is_dir()
    ]
