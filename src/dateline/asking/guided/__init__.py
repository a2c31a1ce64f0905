"""Guided asking: code finds, the model only chooses.

Code finds sentences, triggers, names, numbers, dates and places, decides what is plain, and puts
the rest to the model as small questions with closed answers. Every quote is a slice of the
article by construction, so even a model of 135 million parameters cannot invent anything.
"""

from dateline.asking.guided.asking import GuidedAsking

__all__ = ["GuidedAsking"]
