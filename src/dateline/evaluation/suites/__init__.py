"""What is to be evaluated: documents, the matrix of variants, metrics and gates."""

from dateline.evaluation.suites.loading import find_suite, load_suite, suite_names
from dateline.evaluation.suites.matrix import Variant
from dateline.evaluation.suites.suite import Suite

__all__ = ["Suite", "Variant", "find_suite", "load_suite", "suite_names"]
