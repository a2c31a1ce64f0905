"""Where the answers of a replayed run come from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.evaluation.runs.record import Recorded
from dateline.recordings import each_recording
from dateline.records import Usage

if TYPE_CHECKING:
    from dateline.config import Config


def recorded(config: Config, provider: str | None) -> Recorded | None:
    """Return from when and whom a provider's recordings are; None for one that is asked live."""
    table = config.provider(provider)
    if table.kind != "replay":
        return None
    models: dict[str, None] = {}
    times: list[float] = []
    usage = Usage()
    for each in each_recording(table.path("recordings")):
        models[each.completion.model or each.model] = None
        usage += each.completion.usage
        if each.at is not None:
            times.append(each.at)
    return Recorded(
        models=tuple(models),
        first=_when(min(times)) if times else None,
        last=_when(max(times)) if times else None,
        usage=usage,
    )


def _when(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), tz=UTC)
