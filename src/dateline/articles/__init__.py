"""Articles: the original text, what is known about it, and its zones."""

from dateline.articles.article import Article

__all__ = ["Article"]
