"""From and to which month a place exists, as numbers that a query can compare with a period's end."""

from vawg_metrics.areas import PLACES
from vawg_metrics.periods import month_number

ALWAYS = (0, 10**6)


def months_of(code: str) -> tuple[int, int]:
    """The first and the last month number of a place; far ends where the configuration sets none."""
    since, until = PLACES.valid.get(code, ("", ""))
    return month_number(since) if since else ALWAYS[0], month_number(until) if until else ALWAYS[1]
