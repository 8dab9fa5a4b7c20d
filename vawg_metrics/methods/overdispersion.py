"""Limits that allow for real differences between areas: a sensitivity view beside the plain funnel.

With few areas the extra variance is poorly known, so plain limits come first and these second.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from vawg_metrics.methods.inputs import (
    Flags,
    Floats,
    MethodError,
    frozen,
    normal_deviate,
    numbers,
    same_length,
    series,
    single,
)

TRIM: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Areas on a scale where their spread hardly depends on their value, shape (areas,).

    `value` and `target` are on that scale, `error` is the standard error there, `z` = (value - target) / error.
    """

    value: Floats
    target: float
    error: Floats
    z: Floats


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more areas differ than chance alone would make them.

    `phi` is the mean squared z (1 = chance alone), `tau_squared` the variance between areas on the transformed scale
    (0 = none), `areas` the number that entered.
    """

    phi: float
    tau_squared: float
    areas: int


def log_ratio_scores(observed: ArrayLike, expected: ArrayLike) -> Scores:
    """Scores of observed over expected on the logarithmic scale; both above 0, shape (areas,).

    Raises MethodError for numbers of 0 or less and rows of different lengths.
    Source: NHS Digital, SHMI methodology: ln(O/E), standard error 1 / sqrt(E), target 0.
    """
    x, e = series("observed", observed, above=0), series("expected", expected, above=0)
    same_length(observed=x, expected=e)
    return _scores(np.log(x / e), 0.0, 1 / np.sqrt(e))


def root_ratio_scores(observed: ArrayLike, expected: ArrayLike) -> Scores:
    """Scores of observed over expected on the square-root scale; shape (areas,).

    Raises MethodError for negative numbers, expected numbers of 0, and rows of different lengths.
    Source: Spiegelhalter and others 2012, JRSS A 175:1 (Care Quality Commission): sqrt(O/E), error 1 / (2 sqrt(E)).
    """
    x, e = series("observed", observed, least=0), series("expected", expected, above=0)
    same_length(observed=x, expected=e)
    return _scores(np.sqrt(x / e), 1.0, 1 / (2 * np.sqrt(e)))


def proportion_scores(numerators: ArrayLike, denominators: ArrayLike) -> Scores:
    """Scores of proportions on the arcsine scale, against the proportion of all together; shape (areas,).

    Raises MethodError for negative numbers, zero denominators, numerators above them, rows of different lengths.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185: asin(sqrt(p)), standard error 1 / (2 sqrt(n)).
    """
    x, n = series("numerators", numerators, least=0), series("denominators", denominators, above=0)
    same_length(numerators=x, denominators=n)
    if (x > n).any():
        raise MethodError("numerators must not be above denominators.")
    return _scores(np.arcsin(np.sqrt(x / n)), float(np.arcsin(np.sqrt(x.sum() / n.sum()))), 1 / (2 * np.sqrt(n)))


def log_rate_scores(counts: ArrayLike, populations: ArrayLike) -> Scores:
    """Scores of rates (ratios of counts) on the logarithmic scale, against the rate of all together; shape (areas,).

    Raises MethodError for negative numbers, zero populations, rows of different lengths, or when nothing was counted.
    Source: Spiegelhalter 2005, Statistics in Medicine 24:1185: ln((x + 0.5) / (n + 0.5)), variance
    x / (x + 0.5)^2 + n / (n + 0.5)^2. An area with no event takes 1 / 0.5 for its first term instead of 0.
    """
    x, n = series("counts", counts, least=0), series("populations", populations, above=0)
    same_length(counts=x, populations=n)
    if x.sum() == 0:
        raise MethodError("counts are all zero: their rate has no logarithm.")
    first = np.where(x > 0, x / (x + 0.5) ** 2, 1 / 0.5)
    error = np.sqrt(first + n / (n + 0.5) ** 2)
    return _scores(np.log((x + 0.5) / (n + 0.5)), float(np.log(x.sum() / n.sum())), error)


def winsorised(z: ArrayLike, trim: float = TRIM) -> Floats:
    """z scores with the outer tenths drawn in to the 10th and 90th percentile; shape kept.

    Raises MethodError for missing numbers and a trim outside 0 to 0.5.
    Source: Spiegelhalter 2005 (winsorising); percentiles by linear interpolation (Hyndman and Fan type 7).
    """
    scores = series("z", z)
    return np.clip(scores, *np.quantile(scores, [_trim(trim), 1 - trim]))


def kept_when_truncated(z: ArrayLike, trim: float = TRIM) -> Flags:
    """Which z scores stay when the outer tenths by rank are left out; shape (areas,).

    Raises MethodError for missing numbers and a trim outside 0 to 0.5.
    Source: NHS Digital, SHMI methodology: rank groups floor(rank k / (n + 1)), the first and last left out.
    """
    scores = series("z", z)
    groups = round(1 / _trim(trim))
    below = (scores[None, :] < scores[:, None]).sum(axis=1)
    rank = below + ((scores[None, :] == scores[:, None]).sum(axis=1) + 1) / 2
    group = np.floor(rank * groups / (scores.size + 1))
    return (group > 0) & (group < groups - 1)


def dispersion(z: ArrayLike, errors: ArrayLike) -> Dispersion:
    """phi and tau squared of z scores (already winsorised or truncated) and their standard errors; shape (areas,).

    Raises MethodError for missing numbers, errors of 0 or less, rows of different lengths, fewer than two areas.
    Source: DerSimonian and Laird 1986; Spiegelhalter and others 2012:
    tau^2 = max(0, (k phi - (k - 1)) / (sum w - sum w^2 / sum w)), w = 1 / error^2, phi = sum z^2 / k.
    """
    scores, s = series("z", z, shortest=2), series("errors", errors, shortest=2, above=0)
    same_length(z=scores, errors=s)
    k, w = scores.size, 1 / s**2
    phi = float((scores**2).sum() / k)
    between = (k * phi - (k - 1)) / (w.sum() - (w**2).sum() / w.sum())
    return Dispersion(phi, max(0.0, float(between)), k)


def dispersed_limits(
    target: float, errors: ArrayLike, tau_squared: float, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Lower and upper limits on the transformed scale that allow for differences between areas; shape (areas,).

    Turn them back with the inverse of the scale used: exp, square, or sin squared.
    Raises MethodError for errors of 0 or less and a negative tau_squared.
    Source: Spiegelhalter 2005: target -/+ z sqrt(error^2 + tau^2).
    """
    s = numbers("errors", errors, above=0)
    between = single("tau_squared", tau_squared, least=0)
    spread = normal_deviate(confidence) * np.sqrt(s**2 + between)
    centre = single("target", target)
    return frozen(centre - spread), frozen(centre + spread)


def _scores(value: Floats, target: float, error: Floats) -> Scores:
    return Scores(frozen(value), target, frozen(error), frozen((value - target) / error))


def _trim(trim: float) -> float:
    share = single("trim", trim, above=0)
    if share >= 0.5:
        raise MethodError("trim must be below 0.5: nothing would be left.")
    return share
