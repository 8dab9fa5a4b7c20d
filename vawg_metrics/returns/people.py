"""Whether a cell looks like a person: a name, a date, a number, a note about one. It tells the kind alone."""

import re
from datetime import date
from typing import Final, Literal

from vawg_metrics.returns.first_names import FIRST_NAMES
from vawg_metrics.returns.likeness import MOST_READ, folded, plain, words_in

PersonKind = Literal[
    "a name", "a date", "an address", "a postcode", "a telephone number", "an e-mail address", "an NHS number",
    "a National Insurance number", "a crime or case reference", "a long number", "free text",
]  # fmt: skip
MOST_WORDS, MOST_LETTERS = 4, 40  # more is free text, where a word from a list should stand
LONG: Final = 10  # digits of a number that is no count
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE: Final = re.compile(
    rf"\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}\b|\b(?:19|20)\d{{2}}[/.-]\d{{1,2}}[/.-]\d{{1,2}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"[^\s@]@[^\s@]")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_INSURANCE: Final = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+44|0044|0)[\s().-]*\d(?:[\s().-]*\d){8,9}(?!\d)")
_HEALTH: Final = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_REFERENCE: Final = re.compile(
    r"\b\d{2}[*/]\d{3,}|\b\d{1,6}/\d{2,6}/\d{2,4}\b|\b[A-Z]{1,5}[-/# ]?\d{4,}(?:[-/]\d{1,4})?\b"
    r"|\b(?:case|ref|reference|crime|urn|id)\b\W{0,4}(?:no|number)?\W{0,4}\d{2,}",
    re.IGNORECASE,
)
_PLACE_CODE: Final = re.compile(r"\b[EKW]\d{8}\b")
_YEAR: Final = re.compile(r"\b(?:FY|Q[1-4]|YEAR)?[ -]?20[0-4]\d\b", re.IGNORECASE)
_RUN: Final = re.compile(r"\d(?:[ -]?\d){7,}")
_ADDRESS: Final = re.compile(
    r"\b\d{1,4}[a-z]?,? +(?:[^\W\d_]+ +){1,3}(?:street|road|lane|avenue|close|drive|way|court|crescent|terrace|gardens"
    r"|grove|rd|ave)\b",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof|rev|sgt|pc|dc)\b\.? +[^\W\d_]+", re.IGNORECASE)
_CAPITAL: Final = re.compile(r"[^\W\d_a-z](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?")
# Words that stand in names of places and at the foot of tables, so that they are not taken for surnames.
_NOT_NAMES_TEXT: Final = """
    north south east west northern southern eastern western central upper lower great little county city borough
    district council unitary authority town village ward midlands england wales uk shire total totals grand subtotal
    sum check checks sheet table notes note unknown blank other others all none nil
"""
_NOT_NAMES: Final = frozenset(_NOT_NAMES_TEXT.split())
_HEADINGS_TEXT: Final = """
    name names surname forename forenames firstname lastname initials dob birth birthday address addresses street
    postcode phone telephone mobile email nhs nino insurance passport urn crn reference ref refs id note notes
    comment comments remark remarks details description narrative
"""
_HEADINGS: Final = frozenset(_HEADINGS_TEXT.split())


def person_kind(text: str, known: frozenset[str]) -> PersonKind | None:
    """What a text looks like that may tell of a person; None where no shape fits. `known` words are no names."""
    seen = plain(text)
    bare = _YEAR.sub(" ", _PLACE_CODE.sub(" ", seen))
    shapes: tuple[tuple[PersonKind, re.Pattern[str], str], ...] = (
        ("an e-mail address", _EMAIL, seen),
        ("a date", _DATE, seen),
        ("a National Insurance number", _INSURANCE, seen),
        ("a postcode", _POSTCODE, bare),
        ("a telephone number", _PHONE, bare),
        ("an address", _ADDRESS, seen),
        ("a name", _TITLE, seen),
    )
    for kind, shape, where in shapes:
        if shape.search(where):
            return kind
    if any(_is_health(found) for found in _HEALTH.findall(bare)):
        return "an NHS number"
    if _REFERENCE.search(bare):
        return "a crime or case reference"
    if _RUN.search(bare):
        return "a long number"
    return "a name" if _is_name(seen, known) else None


def number_kind(number: float, pounds: bool = False) -> PersonKind | None:
    """What a number looks like that is no count: of a person's papers, or a date run together."""
    if number != number or number in (float("inf"), float("-inf")) or number != int(number) or number < 0:
        return None
    digits = str(int(number)) if number < 10**18 else "9" * 18
    if pounds and len(digits) <= LONG:
        return None
    if len(digits) == LONG and _is_health(digits):
        return "an NHS number"
    if len(digits) == LONG and digits[0] in "17":  # its first 0 is lost when a spreadsheet takes it for a number
        return "a telephone number"
    if len(digits) == 8 and not pounds and _is_date(digits):
        return "a date"
    return "a long number" if len(digits) >= LONG else None


def is_free_text(text: str, known: frozenset[str], label: bool = False) -> bool:
    """Whether a text is longer than a word from a list; where labels stand, only if its words are strange there."""
    words = words_in(text)
    if len(words) <= MOST_WORDS and len(plain(text)) <= MOST_LETTERS:
        return False
    if not label:
        return True
    strange = [word for word in words if word not in known]
    return 3 * len(strange) > len(words) or len(plain(text)) >= MOST_READ


def heads_people(text: str) -> bool:
    """Whether the heading of a column says that it is about persons."""
    return not _HEADINGS.isdisjoint(words_in(text)) or folded(text) in ("d.o.b.", "d.o.b", "e-mail", "n.i. number")


def _is_name(text: str, known: frozenset[str]) -> bool:
    words = words_in(text)
    if any(word in FIRST_NAMES and word not in known for word in words):
        return True
    tokens = text.replace(",", " ").replace(";", " ").split()
    if not 2 <= len(tokens) <= 3 or not all(_CAPITAL.fullmatch(token) for token in tokens):
        return False
    if len(words) == len(tokens) and words[0] in FIRST_NAMES:
        return True
    strange = [word for word in words if word not in known and len(word) > 1]
    return bool(strange) and _NOT_NAMES.isdisjoint(words)


def _is_health(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last is 11 less the weighted sum of the others, modulo 11."""
    figures = [int(sign) for sign in digits if sign.isdigit()]
    if len(figures) != LONG or len(set(figures)) == 1:
        return False
    rest = 11 - sum(weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False)) % 11
    return rest % 11 == figures[-1] and rest != 10


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day of the last hundred years, the year first or last."""
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        try:
            if 1915 <= date(int(year), int(month), int(day)).year <= 2040:
                return True
        except ValueError:
            continue
    return False
