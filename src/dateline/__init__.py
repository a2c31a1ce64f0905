"""dateline: news articles to validated, source-grounded events and claims, with any LLM."""

__version__ = "0.1.0"
