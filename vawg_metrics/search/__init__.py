"""Find a measure: everyday words, misspelt or not, to the measures that answer them and the places that are meant."""

from vawg_metrics.search.finding import Found, Hit, find
from vawg_metrics.search.reach_words import standing_words

__all__ = ["Found", "Hit", "find", "standing_words"]
