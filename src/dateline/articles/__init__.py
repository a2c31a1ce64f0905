"""Articles: the original text, what is known about it, and its zones."""

from dateline.articles.article import Article
from dateline.articles.fields import FieldMap
from dateline.articles.load import LoadFailure, read_articles
from dateline.articles.reading import Reading
from dateline.articles.zones import find_zones

__all__ = ["Article", "FieldMap", "LoadFailure", "Reading", "find_zones", "read_articles"]
