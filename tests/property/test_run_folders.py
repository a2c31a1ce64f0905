"""However a run was cut off, what it had written whole is kept, and nothing else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.gold.document import LabelDocument
from dateline.evaluation.gold.writing import as_line
from dateline.evaluation.runs.folder import PREDICTIONS, RunFolder

IDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), max_size=6)


@given(ids=IDS, share=st.floats(0, 1))
def test_every_whole_line_of_a_cut_run_is_read_and_no_other(ids: list[str], share: float) -> None:
    lines = [as_line(LabelDocument(id=name)).encode() + b"\n" for name in ids]
    written = b"".join(lines)
    cut = written[: round(share * len(written))]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / PREDICTIONS).write_bytes(cut)

        found = RunFolder(folder).predictions_so_far()

        assert list(found) == list(dict.fromkeys(ids[: cut.count(b"\n")]))
        assert (Path(folder) / PREDICTIONS).read_bytes() == cut


@given(ids=IDS, more=IDS)
def test_a_document_that_was_asked_for_again_counts_once(ids: list[str], more: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = RunFolder(name)
        folder.write_predictions(LabelDocument(id=each, error="failed") for each in ids)
        with folder.appending() as stream:
            stream.writelines(as_line(LabelDocument(id=each)) + "\n" for each in more)

        found = folder.predictions_so_far()

        assert set(found) == {*ids, *more}
        assert all(found[each].error is None for each in more)
