"""What the methods accept: finite numbers of matching shape, within stated bounds, and nothing else."""

from typing import Final, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vawg_metrics.errors import ShownError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
# A number when numbers went in, an array when an array went in.
Values = float | Floats

Kind = TypeVar("Kind", bound=np.generic)
WHOLE_TOLERANCE: Final = 1e-9


class MethodError(ShownError, ValueError):
    """A method was given numbers it cannot answer for; the sentence names the argument and what it must be."""


def numbers(
    name: str,
    values: ArrayLike,
    *,
    least: float | None = None,
    above: float | None = None,
    most: float | None = None,
    whole: bool = False,
) -> Floats:
    """`values` as floats of any shape, checked against its bounds; MethodError names the argument when they fail."""
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise MethodError(f"{name} must be numbers: {problem}.") from problem
    if found.size == 0:
        raise MethodError(f"{name} is empty: give at least one number.")
    if not np.isfinite(found).all():
        raise MethodError(f"{name} holds a missing or infinite number: leave missing periods out first.")
    if least is not None and (found < least).any():
        raise MethodError(f"{name} must not be below {least:g}: its smallest value is {found.min():g}.")
    if above is not None and (found <= above).any():
        raise MethodError(f"{name} must be above {above:g}: its smallest value is {found.min():g}.")
    if most is not None and (found > most).any():
        raise MethodError(f"{name} must not be above {most:g}: its largest value is {found.max():g}.")
    if whole and (np.abs(found - np.rint(found)) > WHOLE_TOLERANCE).any():
        raise MethodError(f"{name} must be whole numbers.")
    return np.rint(found) if whole else found


def series(
    name: str,
    values: ArrayLike,
    *,
    shortest: int = 1,
    least: float | None = None,
    above: float | None = None,
    whole: bool = False,
) -> Floats:
    """`values` as one row of numbers in order of time, at least `shortest` of them."""
    found = numbers(name, values, least=least, above=above, whole=whole)
    if found.ndim != 1:
        raise MethodError(f"{name} must be one row of numbers, not an array of {found.ndim} dimensions.")
    if found.size < shortest:
        raise MethodError(f"{name} needs at least {shortest} numbers: it has {found.size}.")
    return found


def same_length(**given: Floats) -> None:
    """MethodError naming both arguments when two rows differ in length."""
    (first, reference), *others = given.items()
    for name, values in others:
        if values.shape != reference.shape:
            raise MethodError(f"{name} must have as many numbers as {first}: {values.size} against {reference.size}.")


def same_shape(**given: Floats) -> tuple[Floats, ...]:
    """The arguments stretched to one shape: a single number goes with any array, two arrays must match."""
    shapes = {values.shape for values in given.values() if values.ndim}
    if len(shapes) > 1:
        lengths = ", ".join(f"{name} {values.shape}" for name, values in given.items())
        raise MethodError(f"the arguments differ in length: {lengths}.")
    return tuple(np.broadcast_arrays(*given.values()))


def normal_deviate(confidence: float) -> float:
    """The standard normal deviate of a two-sided confidence level: 1.96 for 0.95, 3.09 for 0.998."""
    from scipy.special import ndtri

    level = fraction("confidence", confidence)
    return float(ndtri(0.5 + level / 2))


def fraction(name: str, value: float) -> float:
    """A single number strictly between 0 and 1; MethodError otherwise."""
    found = single(name, value)
    if not 0 < found < 1:
        raise MethodError(f"{name} must lie between 0 and 1: it is {found:g}.")
    return found


def single(name: str, value: float, *, least: float | None = None, above: float | None = None) -> float:
    """One number, not an array, within its bounds; MethodError otherwise."""
    found = numbers(name, value, least=least, above=above)
    if found.ndim:
        raise MethodError(f"{name} must be one number, not {found.size}.")
    return float(found)


def plain(values: ArrayLike) -> Values:
    """A float for a single number, otherwise an array that cannot be written to."""
    found = np.asarray(values, dtype=np.float64)
    return float(found) if found.ndim == 0 else frozen(found)


def frozen(values: NDArray[Kind]) -> NDArray[Kind]:
    """A copy that cannot be written to, so that a frozen result stays frozen."""
    copy = values.copy()
    copy.flags.writeable = False
    return copy
