"""From settings to a completer: one file a kind, imported when it is first used."""

from dateline.providers.fallback import Fallback
from dateline.providers.registry import build, build_one, kinds
from dateline.providers.replay import Recorder, Replay
from dateline.providers.scripted import Scripted

__all__ = ["Fallback", "Recorder", "Replay", "Scripted", "build", "build_one", "kinds"]
