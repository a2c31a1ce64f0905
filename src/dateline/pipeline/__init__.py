"""From a model's draft to grounded, resolved, checked records. Pure: no I/O in here."""

from dateline.pipeline.steps import Setup, assemble, extraction_steps, plan

__all__ = ["Setup", "assemble", "extraction_steps", "plan"]
