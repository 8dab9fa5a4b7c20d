"""What a reader receives, as bounds on the counts behind it: one function for each kind of figure.

Each takes the cells it speaks of, what is shown, and `where`: the words for the place where the reader finds it. A
bound never leaves out the truth: a number printed as 0.4 is taken to stand for 0.35 to 0.45, both ends included,
because halves are rounded one way here and another there. Numbers are given as printed, as text, so that their
decimals are known. All raise DisclosureError for what cannot have been printed. Source of the bounds: Willenborg and
de Waal 2001, Elements of Statistical Disclosure Control, chapters 6 and 9, and arithmetic.
"""

import math
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from vawg_metrics.disclosure.grid import Cell, DisclosureError, Equation
from vawg_metrics.disclosure.known import Known
from vawg_metrics.disclosure.rules import WITHIN

MOST_PEOPLE: Final = 10_000_000  # no count of this area is larger
_NOISE: Final = Fraction(1, 10**9)  # floating point may miss a printed limit by so much


def rounded(cell: Cell, shown: int, where: str, within: int = WITHIN) -> Known:
    """A count shown after controlled rounding to base 5: the truth lies within 4 of it, and not below 0.

    Arguments: `shown`, people; `within`, the greatest distance of the truth (4; 2 for rounding to the nearest).
    """
    return Known(((cell, 1),), max(0, shown - within), shown + within, where)


def exact(cell: Cell, count: int, where: str) -> Known:
    """A count shown as it is. Argument: `count`, people."""
    return Known(((cell, 1),), count, count, where)


def summed(cells: Iterable[Cell], shown: int, error: int, where: str) -> Known:
    """A sum over periods or areas, and the greatest distance of the true sum from it, both in people (0: exact)."""
    return Known(tuple((cell, 1) for cell in cells), max(0, shown - error), shown + error, where)


def printed_rate(
    cell: Cell, printed: str, population: int, per: int, where: str, significant: int | None = None
) -> Known:
    """A rate per `per` of an exactly known population, printed with so many decimals: the counts that give it.

    Arguments: `printed`, "0.40"; `population`, people, at least 1; `significant`, the number of significant figures
    when the rate was cut to them (two of "1200" stand for 1150 to 1250, and "0" then is 0).
    """
    low, high = _span(printed, significant)
    scale = Fraction(_people(population, where), per)
    return Known(((cell, 1),), max(0, math.ceil(low * scale)), math.floor(high * scale), where)


def printed_share(cell: Cell, printed: str, denominator: int, where: str, significant: int | None = None) -> Known:
    """A percentage of an exactly known denominator (people, at least 1), printed with so many decimals."""
    return printed_rate(cell, printed, denominator, 100, where, significant)


def printed_share_of(
    numerator: Cell, denominator: Cell, printed: str, where: str, significant: int | None = None
) -> tuple[Known, Known, Known]:
    """A percentage of a denominator that is itself unknown (rounded): two bounds that tie numerator and denominator.

    As long as the denominator is not 0, and no percentage of 0 is printed, low <= numerator / denominator <= high says
    the same as numerator - low x denominator >= 0 and high x denominator - numerator >= 0: nothing is lost.
    """
    low, high = (end / 100 for end in _span(printed, significant))
    return (
        Known(_whole((numerator, Fraction(1)), (denominator, -low)), 0, None, where),
        Known(_whole((numerator, Fraction(-1)), (denominator, high)), 0, None, where),
        Known(((denominator, 1),), 1, None, where),
    )


def shade(cell: Cell, low: float | None, high: float | None, population: int, per: int, where: str) -> Known:
    """The class of a map or key: low <= rate per `per` < high, None where the class is open.

    Argument: `population`, people, at least 1. Bounds are taken as written: 0.1 is a tenth.
    """
    scale = Fraction(_people(population, where), per)
    least = 0 if low is None else max(0, math.ceil(Fraction(repr(low)) * scale))
    most = None if high is None else math.ceil(Fraction(repr(high)) * scale) - 1
    return Known(((cell, 1),), least, most, where)


def limit(
    cell: Cell,
    printed: str,
    formula: Callable[[int], float],
    where: str,
    most: int = MOST_PEOPLE,
    significant: int | None = None,
) -> Known:
    """A confidence limit (or any other figure that never falls as the count grows), printed with so many decimals.

    Arguments: `formula`, count -> the figure before printing, in the printed unit (the upper Poisson limit per 1,000,
    the lower Wilson limit in per cent); `most`, the greatest count it takes (the denominator, for a share).
    """
    low, high = _span(printed, significant)

    def first(reached: Callable[[Fraction], bool]) -> int:
        """The smallest count whose figure is so far up; most + 1 when none is."""
        below, above = -1, most + 1
        while above - below > 1:
            middle = (below + above) // 2
            below, above = (below, middle) if reached(Fraction(formula(middle))) else (middle, above)
        return above

    least = first(lambda figure: figure >= low - _NOISE)
    beyond = first(lambda figure: figure > high + _NOISE)
    if least >= beyond:
        raise DisclosureError(f"{where}: no count up to {most} gives {printed}.")
    return Known(((cell, 1),), least, None if beyond > most and most == MOST_PEOPLE else beyond - 1, where)


def hidden_under(cell: Cell, threshold: int, where: str, least: int = 0) -> Known:
    """A blank that a reader with the code knows to stand for a count under a threshold.

    Arguments, people: `threshold`, the smallest count that is shown; `least`, the smallest that is hidden (1 where
    zeros are shown).
    """
    return Known(((cell, 1),), least, threshold - 1, where)


def adds_up(equation: Equation, where: str) -> Known:
    """A total is exactly the sum of its parts."""
    return Known(((equation.total, 1), *((part, -1) for part in equation.parts)), 0, 0, where)


def part_of(numerator: Cell, denominator: Cell, where: str) -> Known:
    """Everyone counted in the one cell is counted in the other too."""
    return Known(((denominator, 1), (numerator, -1)), 0, None, where)


def own_part(cell: Cell, count: int, where: str) -> Known:
    """A supplier's own people are in the cell, so it holds at least as many; the others' people are cell - count."""
    return Known(((cell, 1),), count, None, where)


def _span(printed: str, significant: int | None) -> tuple[Fraction, Fraction]:
    """The least and the greatest number that is printed so, both ends included."""
    try:
        number = Decimal(printed.replace(",", ""))
    except InvalidOperation:
        raise DisclosureError(f"'{printed}' is not a number as printed.") from None
    if not number.is_finite():
        raise DisclosureError(f"'{printed}' is not a number as printed.")
    below = above = int(number.as_tuple().exponent)
    if significant is not None:
        if not number:
            return Fraction(0), Fraction(0)  # anything above 0 has figures to print
        below = above = number.adjusted() - significant + 1
        # just below a power of ten the last significant figure is worth a tenth: 9.96 is printed as 10
        below -= number == Decimal(1).scaleb(number.adjusted())
    value, half = Fraction(number), Fraction(1, 2)
    return value - half * Fraction(10) ** below, value + half * Fraction(10) ** above


def _whole(*terms: tuple[Cell, Fraction]) -> tuple[tuple[Cell, int], ...]:
    """The same terms with whole factors, as small as can be; those with factor 0 are left out."""
    scale = math.lcm(*(factor.denominator for _, factor in terms))
    whole = [(cell, int(factor * scale)) for cell, factor in terms]
    common = math.gcd(*(factor for _, factor in whole))
    return tuple((cell, factor // common) for cell, factor in whole if factor)


def _people(population: int, where: str) -> int:
    if population < 1:
        raise DisclosureError(f"{where}: no rate can be given of {population} people.")
    return population
