"""An area against all the others together: the comparison that does not contain the area itself."""

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.funnel import Comparison, compare_proportions, compare_rates
from vawg_metrics.methods.inputs import Floats, MethodError, numbers, same_shape


def rest_of(counts: ArrayLike) -> Floats:
    """The sum of all the others, for each area: shape (areas,), at least two areas.

    What has no area (a district not recorded) is on neither side: leave it out of `counts` and name it beside.
    Raises MethodError for negative or missing numbers and for fewer than two areas.
    Source: arithmetic.
    """
    x = numbers("counts", counts, least=0)
    if x.ndim != 1 or x.size < 2:
        raise MethodError("counts needs at least two areas: one alone has no others.")
    return x.sum() - x


def rates_against_rest(counts: ArrayLike, populations: ArrayLike, *, per: float = 1000) -> Comparison:
    """Each area's rate against that of the other areas together; shape (areas,), rates per `per`.

    The rate of the others is taken as known: their count is several times the area's own.
    Raises MethodError as `compare_rates` and `rest_of` do.
    Source: OHID technical guide "Comparing to a benchmark"; the benchmark here excludes the area.
    """
    x, n = _areas(counts, populations, "counts", "populations")
    return compare_rates(x, n, rest_of(x) / rest_of(n) * per, per=per)


def proportions_against_rest(numerators: ArrayLike, denominators: ArrayLike) -> Comparison:
    """Each area's proportion against that of the other areas together; shape (areas,), fractions.

    Raises MethodError as `compare_proportions` and `rest_of` do.
    Source: OHID technical guide "Comparing to a benchmark"; the benchmark here excludes the area.
    """
    x, n = _areas(numerators, denominators, "numerators", "denominators")
    return compare_proportions(x, n, np.minimum(rest_of(x) / rest_of(n), 1.0))


def _areas(counts: ArrayLike, sizes: ArrayLike, count_name: str, size_name: str) -> tuple[Floats, ...]:
    return same_shape(
        **{count_name: numbers(count_name, counts, least=0), size_name: numbers(size_name, sizes, above=0)}
    )
