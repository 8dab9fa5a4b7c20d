"""What a sentence claims and what it rests on: the words of a file and of a fold."""

from dataclasses import dataclass

from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.figure import Figure
from vawg_metrics.narrative import period_words, with_article
from vawg_metrics.wording import limit_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """The test behind a claim: what is asked, the method by name, the numbers that went in, and what came out."""

    asked: str
    method: str
    numbers: str
    result: str

    def words(self) -> str:
        """All of it in one line, for a file."""
        return f"{self.asked}: {self.method}; {self.numbers}; {self.result}."


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or two, the tests behind them, and whether they say that something is higher or lower."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    directed: bool = False


def range_words(indicator: Indicator, figure: Figure) -> str:
    """A figure's 95 % limits in words."""
    return f"{limit_words(indicator, figure.lower)} to {limit_words(indicator, figure.upper)}"


def the_period(figure: Figure) -> str:
    """The figure's period with the article that a sentence needs."""
    return with_article(period_words(figure))


def small_point(point: Figure) -> bool:
    """A district's quarter under 5: it is kept in tables and never spoken of."""
    return point.small_quarter
