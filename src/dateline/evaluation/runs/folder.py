"""The folder of a run, and what stands in which file of it.

``run.json`` says what made it, ``gold.jsonl`` holds the labels without any text,
``predictions.jsonl`` what was extracted, ``failures.jsonl`` what was not, and ``scores.json`` the
figures. ``taxonomy.json`` is there where the event types are not shipped ones. Labels and
predictions hold names, numbers and offsets; no text of an article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from pydantic import ValidationError

from dateline.errors import EvaluationError, GoldError, PromptError
from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.reading import read_labels
from dateline.evaluation.gold.writing import as_line, plain_numbers
from dateline.evaluation.runs.record import FORMAT, RunRecord
from dateline.taxonomy import Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from dateline.records import Failure

RUN = "run.json"
GOLD = "gold.jsonl"
PREDICTIONS = "predictions.jsonl"
FAILURES = "failures.jsonl"
SCORES = "scores.json"
TAXONOMY = "taxonomy.json"


class RunFolder:
    """One run on disk.

    Args:
        path: the folder; it need not exist before something is written.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def record(self) -> RunRecord:
        """Read ``run.json``.

        Raises:
            EvaluationError: this is no run folder, or another version of dateline wrote it.
        """
        path = self.path / RUN
        remedy = "Name a folder that `dateline eval run` wrote."
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            held = sorted(each.parent.name for each in self.path.glob(f"*/{RUN}"))
            raise EvaluationError(
                "this is a folder of runs" if held else "this is no run",
                where=str(self.path),
                remedy=f"Name one of those in it: {', '.join(held)}." if held else remedy,
            ) from None
        except (OSError, ValueError) as error:
            raise EvaluationError(
                f"the run cannot be read ({type(error).__name__})", where=str(path), remedy=remedy
            ) from None
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise EvaluationError(
                "another version of dateline wrote this run",
                where=str(path),
                remedy="Run the suite again.",
            )
        try:
            return RunRecord.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise EvaluationError(
                f"{field}: {first['msg']}", where=str(path), remedy=remedy
            ) from None

    def write_record(self, record: RunRecord) -> None:
        """Write ``run.json``, whole or not at all."""
        self.path.mkdir(parents=True, exist_ok=True)
        data = record.model_dump(mode="json", exclude_none=True)
        self._write(RUN, json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    def gold(self) -> tuple[LabelDocument, ...]:
        """Read the labels that were valid when the run was made."""
        return self._labels(GOLD)

    def write_gold(self, documents: Iterable[LabelDocument]) -> None:
        """Write the labels, without texts and quotes."""
        self.path.mkdir(parents=True, exist_ok=True)
        self._write(GOLD, "".join(f"{as_line(document)}\n" for document in documents))

    def taxonomy(self, name: str) -> Taxonomy:
        """The event types of the run: its own, or those that are shipped under this name.

        Raises:
            PromptError: there are neither.
        """
        own = self.path / TAXONOMY
        return load_taxonomy(own if own.is_file() else name)

    def write_taxonomy(self, taxonomy: Taxonomy) -> None:
        """Keep event types that are not shipped, so that the run can be scored anywhere."""
        try:
            if load_taxonomy(taxonomy.id) == taxonomy:
                return
        except PromptError:
            pass
        self.path.mkdir(parents=True, exist_ok=True)
        self._write(TAXONOMY, taxonomy.model_dump_json(indent=1) + "\n")

    def predictions(self) -> tuple[LabelDocument, ...]:
        """Read what was predicted, in the order of the file."""
        return self._labels(PREDICTIONS)

    def predictions_so_far(self) -> dict[str, LabelDocument]:
        """Read what an unfinished run has predicted, by id; a later line replaces an earlier one.

        A last line that was cut off is left out. Nothing is written: the run may be going on.

        Raises:
            GoldError: another line is damaged.
        """
        path = self.path / PREDICTIONS
        if not path.is_file():
            return {}
        whole, _, _ = path.read_bytes().rpartition(b"\n")
        found: dict[str, LabelDocument] = {}
        for number, line in enumerate(whole.split(b"\n"), start=1):
            if not line.strip():
                continue
            try:
                document = LabelDocument.model_validate_json(line)
            except ValidationError:
                raise GoldError(
                    "this line is no prediction",
                    where=f"{path}:{number}",
                    remedy="Take the line out; what it predicted is asked for again.",
                ) from None
            found[document.id] = document
        return found

    @contextmanager
    def appending(self) -> Iterator[TextIO]:
        """Open ``predictions.jsonl`` to add lines at its end."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / PREDICTIONS).open("a", encoding="utf-8", newline="\n") as stream:
            yield stream

    def write_predictions(self, documents: Iterable[LabelDocument]) -> None:
        """Write all predictions, in the order given."""
        self._write(PREDICTIONS, "".join(f"{as_line(document)}\n" for document in documents))

    def write_failures(self, failures: Iterable[Failure]) -> None:
        """Write the failure records; an empty file says that there was none."""
        self._write(FAILURES, "".join(f.model_dump_json() + "\n" for f in failures))

    def failures(self) -> tuple[Failure, ...]:
        """Read the failure records.

        Raises:
            EvaluationError: a line is damaged.
        """
        from dateline.records import Failure

        path = self.path / FAILURES
        if not path.is_file():
            return ()
        found = []
        for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
            if not line.strip():
                continue
            try:
                found.append(Failure.model_validate_json(line))
            except ValidationError:
                raise EvaluationError(
                    "this line is no failure record",
                    where=f"{path}:{number}",
                    remedy="Run the suite again with --resume: what failed is asked for again.",
                ) from None
        return tuple(found)

    def write_scores(self, scores: dict[str, Any]) -> None:
        """Write ``scores.json``: a line for each figure and for each document, as diffs like it."""
        self._write(SCORES, _in_lines(plain_numbers(scores)) + "\n")

    def scores(self) -> dict[str, Any]:
        """Read ``scores.json``.

        Raises:
            EvaluationError: it is missing or damaged.
        """
        path = self.path / SCORES
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            data = None
        if not isinstance(data, dict):
            raise EvaluationError(
                "there are no scores",
                where=str(path),
                remedy="The run may be unfinished: run the suite again to take it up.",
            )
        return data

    def _labels(self, name: str) -> tuple[LabelDocument, ...]:
        path = self.path / name
        if not path.is_file():
            raise GoldError(
                f"there is no {name}",
                where=str(self.path),
                remedy="The run may be unfinished: run the suite again to take it up.",
            )
        return read_labels(path)

    def _write(self, name: str, text: str) -> None:
        part = self.path / f"{name}.part"
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(self.path / name)


def _in_lines(value: Any, depth: int = 0) -> str:
    """JSON whose outermost three levels, where they are long, have a line for each entry."""
    short = json.dumps(value, ensure_ascii=False)
    if depth == 3 or len(short) < 100 or not isinstance(value, (dict, list)):
        return short
    if isinstance(value, dict):
        entries = [
            f"{json.dumps(key, ensure_ascii=False)}: {_in_lines(each, depth + 1)}"
            for key, each in value.items()
        ]
    else:
        entries = [_in_lines(each, depth + 1) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n" + ",\n".join(entries) + f"\n{closing}"
