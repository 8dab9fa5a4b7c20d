"""Statistics as pure functions on numbers and arrays: they know no indicator, no area, no SQL and no screen.

Every function cites the source of its formula, and refuses bad input with a MethodError that names the argument.
SciPy and statsmodels are imported inside the functions that need them: a page that only reads published figures
should not wait for them.
"""

from vawg_metrics.methods.inputs import MethodError

__all__ = ["MethodError"]
