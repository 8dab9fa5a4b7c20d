"""What stands in the three cells that a partner fills in: a whole number, or why there is none."""

import math
import re
from typing import Final, NamedTuple

from vawg_metrics.returns.adding_up import most_of
from vawg_metrics.returns.cells import Cell
from vawg_metrics.returns.contract import STATES
from vawg_metrics.returns.faults import Kind
from vawg_metrics.returns.likeness import folded, named, nearest, number_words, plain
from vawg_metrics.returns.sheet import REASONS

MOST_SAID: Final = 60  # characters of an answer where a number should stand; more is free text
DIGITS: Final = "Enter it as a number, digits only: no spaces, commas, signs or words."
_WHOLE: Final = re.compile(r"[+-]?\d{1,15}(?:\.0+)?")
_DECIMAL: Final = re.compile(r"[+-]?\d{0,15}\.\d+")
_DRESSED: Final = re.compile(r"['£$€+-]?\s*\d[\d,. ']*(?:e[+-]?\d+)?\s*%?", re.IGNORECASE)
_COUNTED: Final = re.compile(r"\d[\d,]*\s*(?:people|cases|calls|posts|days|referrals|women|clients|pounds|gbp)", re.I)
_NOT_EXACT: Final = re.compile(
    r"[<>≤≥~=]+\s*\d+|\d+\s*(?:\+|or (?:fewer|less|more|under|over))|\d+\s*(?:-|to)\s*\d+|\*+|\[?[cx]\]?"
    r"|(?:less|fewer|more) than \w+|(?:under|below|over|about|around|approx\.?|circa|c\.?) ?\w+|suppressed|redacted"
)
_NONE: Final = frozenset(["nil", "none", "zero", "no", "0"])
_CANNOT: Final = frozenset(
    ("n/a", "na", "n.a.", "not known", "unknown", "nk", "tbc", "tba", "?", "-", "--", ".", "..", "...", "not recorded")
)
_NUMBERS: Final = frozenset(number_words(one) for one in range(1, 13))
_ENDS: Final = _NUMBERS | frozenset(("fewer", "less", "more", "under", "over"))
_ERRORS: Final = re.compile(r"#(?:ref!|n/a|value!|div/0!|name\?|null!|num!|spill!|calc!|field!|getting_data|###+|#+)")
_FORMULA: Final = re.compile("[=@＝＠]|[+＋-]\\s*[a-z(]", re.IGNORECASE)


class Wrong(NamedTuple):
    """What is wrong in a cell, how to mend it, and its kind."""

    problem: str
    repair: str
    kind: Kind


def read_value(cell: Cell | None, counts: str, text_file: bool) -> int | Wrong | None:
    """The count in a cell, None where it is empty, or what is wrong with it. In CSV every cell is text."""
    if cell is None:
        return None
    if cell.linked:
        return Wrong("The formula here asks another file.", "Paste the number itself (paste as values).", "links")
    if cell.error:
        return _error()
    if cell.formula and cell.value is None:
        return Wrong(
            "There is a formula here, and the file holds no number for it.",
            "Paste the number itself (paste as values).",
            "formula",
        )
    if isinstance(cell.value, bool):
        return Wrong("TRUE or FALSE stands here instead of a number.", DIGITS, "not a number")
    if isinstance(cell.value, str):
        return _from_text(cell.value, counts, text_file)
    return _from_number(cell.value, counts) if cell.value is not None else None


def read_word(cell: Cell | None, column: str) -> str | Wrong:
    """The word of a list in the column of states or of reasons, '' where it is empty, or what is wrong with it."""
    words = REASONS if column == "Reason" else STATES
    if cell is None:
        return ""
    if cell.error:
        return _error()
    if cell.linked or (cell.formula and cell.value is None):
        return Wrong("There is a formula here.", "Choose a word from the list.", "formula")
    known = named(cell.value, words)
    if known:
        return known
    near = nearest(cell.value, words)
    problem = f"Did you mean “{near}”?" if near else f"This is not one of the {number_words(len(words))} in the list."
    return Wrong(problem, f"Choose one of: {', '.join(words)}; or leave it empty.", "choice")


def answers_in_words(text: str) -> bool:
    """Whether a text in a column of numbers is an answer of a kind that can be told how to mend, not free text."""
    seen = folded(text)
    if len(seen) > MOST_SAID:
        return False
    letters = sum(sign.isalpha() for sign in seen)
    shapes = (_WHOLE, _DECIMAL, _DRESSED, _COUNTED, _ERRORS)
    known = seen in _NONE | _CANNOT | _NUMBERS or bool(nearest(seen, STATES)) or named(seen, REASONS) != ""
    return (
        letters < 3
        or known
        or bool(_FORMULA.match(plain(text)))
        or any(one.fullmatch(seen) for one in shapes)
        or _inexact(seen)
    )


def _inexact(seen: str) -> bool:
    """Whether a folded text gives a number that is not exact: the words in it may be numbers only."""
    found = _NOT_EXACT.fullmatch(seen)
    last = seen.split()[-1] if seen.split() else ""
    return bool(found) and (not last.isalpha() or len(seen.split()) == 1 or last in _ENDS) and len(seen) < 30


def _from_text(text: str, counts: str, text_file: bool) -> int | Wrong:
    seen = folded(text)
    if text_file and _WHOLE.fullmatch(seen) and seen.isascii():
        return _from_number(float(seen) if "." in seen else int(seen), counts)
    if text_file and _DECIMAL.fullmatch(seen) and seen.isascii():
        return _from_number(float(seen), counts)
    if _ERRORS.fullmatch(seen):
        return _error()
    if _inexact(seen):
        return _not_exact(counts)
    if _DRESSED.fullmatch(seen) or _WHOLE.fullmatch(seen):
        return Wrong("This number is entered as text.", DIGITS, "text number")
    if _COUNTED.fullmatch(seen) or seen in _NUMBERS:
        return Wrong("There are words in place of, or beside, a number.", DIGITS, "text number")
    if seen in _NONE or nearest(seen, ("nil",)):
        return Wrong(
            "“nil” or a word like it stands in the column of numbers.",
            "Enter 0, or leave this empty and choose nil in the next column.",
            "not a number",
        )
    if seen in _CANNOT or nearest(seen, ("cannot supply",)) or named(seen, REASONS):
        return Wrong(
            "A sign or a word for “not known” stands in the column of numbers.",
            "Leave this empty, choose cannot supply in the next column, and a reason.",
            "not a number",
        )
    if _FORMULA.match(plain(text)):
        return Wrong("There is a formula here, as text.", "Enter the number itself.", "formula")
    return Wrong("This is not a number.", DIGITS, "not a number")


def _from_number(number: int | float, counts: str) -> int | Wrong:
    if not math.isfinite(number):
        return Wrong("This is not a number.", DIGITS, "not a number")
    if number < 0:
        return Wrong("The number is negative.", "Enter 0 or more.", "negative")
    if number != int(number):
        unit = {"pounds": "whole pounds", "days": "whole days"}.get(counts, "a whole number")
        return Wrong("The number has decimals.", f"Enter {unit}.", "decimal")
    if number > most_of(counts):
        most = f"{most_of(counts):,}"
        return Wrong(f"The number is over {most}.", "Check it: is a digit too many?", "too large a number")
    return int(number)


def _error() -> Wrong:
    return Wrong(
        "The spreadsheet shows an error here instead of a value, such as #REF!.",
        "Enter the number itself.",
        "error value",
    )


def _not_exact(counts: str) -> Wrong:
    problem = "The number is hidden or only about right, such as “<5”."
    if counts not in ("people", "answers"):
        return Wrong(problem, "Enter the exact number: no person is counted in this line.", "not exact")
    return Wrong(
        problem,
        "Enter the exact number, also a small one. Only the partnership's data steward sees it; before anyone else "
        "does, it is rounded to base 5 together with all others, so that 0 cannot be told from 4. Numbers that were "
        "hidden one by one would give others away. If your own rules forbid it, choose cannot supply and “not ours to "
        "supply” here, and agree with the data steward to send the sum of four quarters instead.",
        "not exact",
    )
