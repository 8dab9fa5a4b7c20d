"""Markers as government shorthand, and in words: why a number is unknown, and what to know of one that is not.

The signs are those of the Government Analysis Function's guidance on symbols in tables. They stand where a number is
unknown, and in a column of their own; numbers stay numbers.
"""

from collections.abc import Mapping
from typing import Final

SHORTHAND: Final = {
    "[c]": "confidential: withheld by the publisher, or protected",
    "[x]": "not available: not held, not collected, or not to be formed because a part of it is unknown",
    "[z]": "not applicable: there can be no such number, or it is not due yet",
    "[p]": "provisional: it may still change",
    "[r]": "revised by its publisher",
    "[u]": "low reliability: a part of it is known to be missing",
}
MARKERS: Final = {
    "missing": "it is not held or not known",
    "incomplete": "a part of it is not known; the note says which",
    "suppressed": "its publisher withheld it",
    "protected": "it is withheld here",
    "not_collected": "nobody collects it yet",
    "not_due": "it is not due yet",
    "overdue": "it was due and has not come",
    "provisional": "it is known and may still change",
    "revised": "it is known and its publisher has changed it",
}
_OF_UNKNOWN: Final = {"suppressed": "[c]", "protected": "[c]", "": "[z]", "provisional": "[z]", "revised": "[z]"}
_OF_KNOWN: Final = {"provisional": "[p]", "revised": "[r]", "incomplete": "[u]"}
_NEVER_OWED: Final = frozenset({"rest_value", "usual_lower", "usual_mean", "usual_upper"})  # not every figure has one


def row_shorthand(record: Mapping[str, object]) -> str:
    """What to know of a whole row: `[p]`, `[x]`, or '' when its value is known and settled."""
    marker = str(record.get("marker") or "")
    unknown = _of_unknown(marker) if record.get("value") is None else ""
    known = _OF_KNOWN.get(marker, "") if record.get("numerator") is not None else ""
    return " ".join(part for part in (unknown, known) if part)


def cell_shorthand(record: Mapping[str, object], column: str, divided: bool = True) -> str:
    """What stands in place of an unknown number; `divided` is whether the measure has denominators at all."""
    marker = str(record.get("marker") or "")
    if column in _NEVER_OWED or (column == "denominator" and not divided):
        return "[z]"
    if column.startswith("change"):
        return "[x]" if record.get("change_note") else "[z]"
    if column in ("lower", "upper") and record.get("value") is not None:
        return "[z]"
    return _of_unknown(marker)


def _of_unknown(marker: str) -> str:
    return _OF_UNKNOWN.get(marker, "[z]" if marker == "not_due" else "[x]")
