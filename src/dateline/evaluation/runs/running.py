"""Run a suite: every variant over every document, each into a folder of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import dateline
from dateline.config import Config, load_config
from dateline.errors import EvaluationError
from dateline.evaluation.gold.anchoring import without_words
from dateline.evaluation.runs.documents import Documents, gold_sha256
from dateline.evaluation.runs.folder import RunFolder
from dateline.evaluation.runs.predicting import Predicted, Through, predict
from dateline.evaluation.runs.record import BASELINES, RunRecord
from dateline.evaluation.runs.recorded import recorded
from dateline.evaluation.runs.resuming import refuse_taken, taken_up
from dateline.evaluation.runs.scored import ScoredRun, score_run
from dateline.extractor import Extractor

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.evaluation.gold.document import LabelDocument
    from dateline.evaluation.suites import Suite, Variant


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What a caller may choose for all variants.

    Attributes:
        config: a configuration file, else the nearest one; the suite's providers are added.
        concurrency: articles in flight.
        max_usd: what the calls of one variant may cost.
        cache: False to neither read nor write the completion cache.
        resume: whether a run that is in a folder already is taken up: what is not predicted or
            failed is asked for, and all is scored again. Without it, a folder that holds a run
            is an error, before anything is paid for.
        feed: hands on documents as long as more of them shall be begun.
        through: sees the results of a run pass.
        told: called with a line for people when a variant begins.
    """

    config: Path | None = None
    concurrency: int | None = None
    max_usd: float | None = None
    cache: bool = True
    resume: bool = False
    feed: Callable[[Iterable[LabelDocument]], Iterator[LabelDocument]] = iter
    through: Through = iter
    told: Callable[[str], None] = lambda _line: None


def run_suite(
    suite: Suite,
    documents: Documents,
    out: Path,
    *,
    providers: Sequence[str] = (),
    options: RunOptions | None = None,
) -> Iterator[ScoredRun]:
    """Run every variant of a suite, into ``out/VARIANT``, and score it.

    Args:
        suite: what to run.
        documents: its documents with their texts.
        out: the folder of the runs.
        providers: instead of those that the suite names.
        options: what is the same for all variants.

    Yields:
        The runs as they are finished, the baselines last.

    Raises:
        EvaluationError: a folder holds another finished run.
        ConfigError: a provider cannot be built.
    """
    options = options or RunOptions()
    wanted = list(suite.variants(providers))
    config = config_for(suite, options.config)
    for variant in wanted:  # A misspelt name must not cost the runs before it.
        config.provider(variant.provider)
    if not options.resume:
        for variant in wanted:
            if variant.provider not in BASELINES:
                refuse_taken(RunFolder(out / variant.name))
    asked = {variant.provider for variant in wanted}
    builtin = [each for each in BASELINES if each not in asked]
    from dateline.evaluation.suites import Variant

    for variant in [*wanted, *(Variant(provider=name) for name in builtin)]:
        yield run_variant(suite, documents, out / variant.name, variant, config, options)


def config_for(suite: Suite, path: Path | None = None) -> Config:
    """The user's configuration, with the providers that the suite brings beside its own.

    Args:
        suite: its ``config`` adds providers; a table of the user's of the same name wins.
        path: a configuration file, else the nearest one.
    """
    config = load_config(path)
    brought = suite.config_file()
    if brought is None:
        return config
    providers = {**load_config(brought).providers, **config.providers}
    return config.model_copy(update={"providers": providers})


def run_variant(
    suite: Suite,
    documents: Documents,
    path: Path,
    variant: Variant,
    config: Config,
    options: RunOptions,
) -> ScoredRun:
    """Run one variant into one folder, or take it up where it was left. Raises as ``run_suite``."""
    folder = RunFolder(path)
    prompts = suite.prompts_used(variant)
    extractor = Extractor(
        provider=variant.provider,
        config=config,
        taxonomy=suite.taxonomy_used(variant),
        prompts=prompts,
        asking=variant.asking,
        cache=options.cache,
        max_usd=options.max_usd,
        max_reasks=1 if variant.max_reasks is None else variant.max_reasks,
    )
    with extractor:
        record = _record(suite, documents, variant, extractor, config)
        before = taken_up(folder, record, resume=options.resume)
        if before is not None and before.status == "complete" and not before.failures:
            options.told(f"{suite.name} with {variant.name}: finished before, scored again")
            asked = ("confidence", "draws", "seed", "metrics", "gates", "on_cant_tell")
            update = {name: getattr(record, name) for name in asked}
            return rescored(folder, before.model_copy(update=update), documents)
        done = {} if before is None else folder.predictions_so_far()
        if before is not None:
            names = ("started", "seconds", "answered_by")
            record = record.model_copy(update={name: getattr(before, name) for name in names})
        kept = [each for each in done.values() if each.error is None]
        folder.write_record(record)
        folder.write_taxonomy(extractor.setup.taxonomy)
        folder.write_gold(without_words(document) for document in documents.gold)
        folder.write_predictions(kept)
        options.told(f"{suite.name} with {variant.name}: {len(documents.gold) - len(kept)} to do")
        if extractor.notice:
            options.told(extractor.notice)
        began = time.monotonic()
        with folder.appending() as stream:
            predicted = predict(
                options.feed(documents.gold),
                extractor,
                stream,
                done=done,
                prompts=prompts,
                concurrency=options.concurrency,
                through=options.through,
            )
    return _finished(folder, record, documents, predicted, time.monotonic() - began)


def _finished(
    folder: RunFolder,
    record: RunRecord,
    documents: Documents,
    predicted: Predicted,
    seconds: float,
) -> ScoredRun:
    in_order = [predicted.documents[d.id] for d in documents.gold if d.id in predicted.documents]
    whole = len(in_order) == len(documents.gold)
    folder.write_predictions(in_order)
    place = {d.id: number for number, d in enumerate(documents.gold)}
    folder.write_failures(
        sorted(predicted.failures, key=lambda failure: place.get(failure.article_id or "", -1))
    )
    update = {
        "status": "complete" if whole else "running",
        "finished": datetime.now(UTC).replace(microsecond=0) if whole else None,
        "seconds": round(record.seconds + seconds, 3),
        "usage": predicted.usage,
        "failures": len(predicted.failures),
        "answered_by": tuple(sorted({*record.answered_by, *predicted.answered_by})),
    }
    record = record.model_copy(update=update)
    folder.write_record(record)
    run = score_run(folder, record, documents.gold, in_order)
    folder.write_scores(run.as_json())
    return run


def _record(
    suite: Suite, documents: Documents, variant: Variant, extractor: Extractor, config: Config
) -> RunRecord:
    setup = extractor.setup
    return RunRecord(
        suite=suite.name,
        name=variant.name,
        variant={key: value for key, value in asdict(variant).items() if value is not None},
        provider=setup.provider,
        model=setup.model,
        asking=setup.asking.name,
        taxonomy=setup.taxonomy.id,
        prompt=setup.prompt,
        prompt_fingerprint=setup.prompt_fingerprint,
        schema_fingerprint=setup.schema_fingerprint,
        dateline_version=dateline.__version__,
        split=suite.split,
        gold_sha256=gold_sha256(documents.gold),
        documents={each.id: each.text_sha256 or "" for each in documents.gold},
        started=datetime.now(UTC).replace(microsecond=0),
        recorded=recorded(config, variant.provider),
        confidence=suite.confidence,
        draws=suite.draws,
        seed=suite.seed,
        metrics=suite.metrics,
        gates=suite.gates,
        on_cant_tell=suite.on_cant_tell,
    )


def rescored(folder: RunFolder, record: RunRecord, documents: Documents) -> ScoredRun:
    """Score a finished run against labels as they are now; needs no model.

    Raises:
        EvaluationError: the text of a document is another one than the run has read.
    """
    for each in documents.gold:
        read = record.documents.get(each.id)
        if read and each.text_sha256 and read != each.text_sha256:
            raise EvaluationError(
                f"the text of {each.id!r} has changed since this run was made",
                where=str(folder.path),
                remedy="Run the suite again over the present texts.",
            )
    record = record.model_copy(update={"gold_sha256": gold_sha256(documents.gold)})
    folder.write_record(record)
    folder.write_gold(without_words(document) for document in documents.gold)
    run = score_run(folder, record, documents.gold, folder.predictions())
    folder.write_scores(run.as_json())
    return run
