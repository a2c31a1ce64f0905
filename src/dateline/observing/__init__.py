"""What happens while articles are worked on: events for a hook, logs, and OpenTelemetry."""

from dateline.observing.completers import ObservedAnswers, ObservedAttempts
from dateline.observing.events import OnEvent, RunEvent
from dateline.observing.watch import Watch, watch

__all__ = ["ObservedAnswers", "ObservedAttempts", "OnEvent", "RunEvent", "Watch", "watch"]
