"""A suite: a YAML file that says what is evaluated, how, and what it must reach."""

from __future__ import annotations

from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator

from dateline.errors import EvaluationError
from dateline.evaluation.gates import OnCantTell
from dateline.evaluation.suites.matrix import Variant, variants

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.evaluation.gold.document import LabelMeta

Texts = Annotated[tuple[str, ...], Field(min_length=1)]
V = TypeVar("V")
Axis = Annotated[tuple[V | None, ...], Field(min_length=1)]
Values = Annotated[tuple[str | int | bool, ...], Field(min_length=1)]


class Matrix(BaseModel):
    """Axes of a matrix beside the providers; every combination is a run. Null is the usual way."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: Axis[str] | None = None
    asking: Axis[Literal["direct", "guided"]] | None = None
    taxonomy: Axis[str] | None = None
    max_reasks: Axis[Annotated[int, Field(ge=0)]] | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return value if value is None or isinstance(value, (list, tuple)) else [value]


class Suite(BaseModel):
    """What one YAML file says. Paths in it are relative to its folder.

    Attributes:
        name: what the runs are called after; the file's name when left out.
        description: one line for people.
        documents: files of gold labels.
        split: only documents whose ``meta.split`` is this.
        meta: only documents whose ``meta`` has, for every field named, one of these values.
        articles: folders with the texts, beside those that are always looked in.
        config: a ``dateline.toml`` whose providers this suite brings along.
        providers: providers to run when none is asked for.
        matrix: further axes.
        taxonomy: the event types that are asked for and scored.
        metrics: what the summary shows; a sensible list when left out.
        gates: conditions such as ``event.f1 >= baseline - 0.02 with 95 % confidence``.
        on_cant_tell: whether a gate of which nobody can tell lets a run through.
        baseline: a run folder that gates and reports compare with.
        confidence, draws, seed: of the intervals.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = "suite"
    description: str = ""
    documents: Texts
    split: str | None = None
    meta: dict[str, Values] = Field(default_factory=dict)
    articles: tuple[str, ...] = ()
    config: str | None = None
    providers: tuple[str, ...] = ()
    matrix: Matrix = Matrix()
    taxonomy: str = "acled"
    metrics: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    on_cant_tell: OnCantTell = "fail"
    baseline: str | None = None
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 10_000
    seed: int = 0

    _path: Path = PrivateAttr(default=Path("suite.yaml"))

    @field_validator("documents", "articles", "providers", "metrics", "gates", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("meta", mode="before")
    @classmethod
    def _one_or_many_each(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: each if isinstance(each, list) else [each] for name, each in value.items()}

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
        return None if self.baseline is None else self._from_here(self.baseline)

    def takes(self, meta: LabelMeta) -> bool:
        """Whether a document with this ``meta`` is one of the suite's."""
        known = {**meta.model_dump(mode="json"), **(meta.model_extra or {})}
        wanted = {**self.meta, **({} if self.split is None else {"split": (self.split,)})}
        return all(
            {str(value) for value in values} & _as_words(known.get(name))
            for name, values in wanted.items()
        )

    def variants(self, providers: Sequence[str] = ()) -> tuple[Variant, ...]:
        """Every run of the suite, for these providers or else its own."""
        axes = self.matrix.model_dump(exclude_none=True)
        return variants(providers or self.providers or [None], axes)

    def _from_here(self, name: str) -> Path:
        try:
            return Path(normpath(self.folder / Path(name).expanduser()))
        except RuntimeError:  # ~ with a name that no user has.
            return self.folder / name

    def _existing(self, field: str, name: str) -> Path:
        path = self._from_here(name)
        if not path.exists():
            raise EvaluationError(
                f"there is no {name!r}",
                where=f"{self._path}: {field}",
                remedy="Paths in a suite start from the suite's own folder.",
            )
        return path


def _as_words(value: Any) -> set[str]:
    """What a field of ``meta`` holds: its value, or each one of a list."""
    if value is None:
        return set()
    return {str(each) for each in value} if isinstance(value, (list, tuple)) else {str(value)}
