"""Extractors: the one place where the pure stages meet I/O."""

from dateline.extractor.asynchronous import AsyncExtractor
from dateline.extractor.synchronous import Extractor

__all__ = ["AsyncExtractor", "Extractor"]
