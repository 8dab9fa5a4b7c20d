"""How a return is laid out: the sheets, the head, the columns and the words of each cell, for writer and checker."""

from dataclasses import dataclass
from typing import Final

from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.returned import Line, Partner
from vawg_metrics.errors import ShownError
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.returns.contract import CANNOT_REASONS, CHANGE_REASONS, Asked, Return, asked_of, heading_words

RETURN: Final = "Return"
DEFINITIONS: Final = "Definitions"
CHECK: Final = "Check before you send"
HANDLING: Final = "What happens to your return"
SHEETS: Final = (RETURN, DEFINITIONS, CHECK, HANDLING)

MEASURE, LINE, SPLIT, AREA = "Measure", "Line", "Split", "Area"
VALUE, STATE, REASON = "Value", "Nil or cannot supply", "Reason"
LAST, WHAT = "Last quarter", "What to count"
COLUMNS: Final = (MEASURE, LINE, SPLIT, AREA, VALUE, STATE, REASON, LAST, WHAT)
NEEDED: Final = COLUMNS[:7]  # what a return cannot be read without
FILLED: Final = (VALUE, STATE, REASON)

PARTNER, QUARTER = "Partner", "Quarter"
TITLE_ROW, PARTNER_ROW, QUARTER_ROW, GUIDE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 6, 7  # as a spreadsheet counts
ALL: Final = "All"
NOT_HELD: Final = "not held"
REASONS: Final = (*CANNOT_REASONS, *CHANGE_REASONS)
GUIDES: Final = (
    "Fill in Value, Nil or cannot supply, and Reason. In each row enter a whole number, or choose nil or cannot "
    "supply. 0 and nil mean the same.",
    "Cannot supply needs a reason. Never put in a name, a date of birth, an address or a case reference.",
)
COUNTED: Final = {
    "people": "Count people or what happened to them",
    "answers": "Count people who answered or took part",
    "things": "Count things, no person",
    "pounds": "Whole pounds",
    "days": "Whole days",
}


class NothingAsked(ShownError):
    """A partner is asked for nothing in a quarter, so that there is nothing to fill in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet: what is asked, what was given last quarter, and what to count."""

    asked: Asked
    last: int | str
    what: str

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The four cells that say which number is meant: measure, line, split and area."""
        one = self.asked
        return measure_words(one.indicator), one.line.label, one.group_words, one.area_words

    @property
    def cells(self) -> tuple[int | str, ...]:
        """The whole row as it is given out, by COLUMNS: the three cells to fill are empty."""
        return (*self.words, "", "", "", self.last, self.what)


@dataclass(frozen=True, slots=True)
class Definition:
    """One line of the sheet of definitions."""

    measure: str
    line: str
    period: str
    counted: str
    includes: str
    excludes: str
    worked_out: str


def measure_words(indicator: Indicator) -> str:
    """A measure as a cell names it: its code and its title."""
    return f"{indicator.code} {indicator.title}"


def head_rows(partner: Partner, quarter: str) -> tuple[tuple[str, ...], ...]:
    """The rows above the columns: title, partner, quarter in full, and what to fill in."""
    words = quarter_words(quarter_named(quarter))
    return (
        (heading_words(partner, quarter),),
        (PARTNER, partner.name),
        (QUARTER, words),
        *((guide,) for guide in GUIDES),
    )


def rows_of(catalogue: Catalogue, partner: Partner, quarter: str, previous: Return | None = None) -> tuple[Row, ...]:
    """Every row of a partner's return for a quarter, by measure, core first, a whole before its parts.

    Raises ValueError when `quarter` is not one, NothingAsked when the partner is asked for nothing then.
    """
    asked = in_order(asked_of(catalogue, partner, quarter))
    if not asked:
        raise NothingAsked(
            f"{partner.name} is asked for nothing in {quarter_words(quarter_named(quarter))}. "
            "What it supplies is asked once a year, with the quarter that ends in March: make that template instead."
        )
    before = {one.key: one for one in previous.given} if previous else {}
    rows, told = [], set()
    for one in asked:
        given = before.get(one.key)
        last = NOT_HELD if given is None else given.state or NOT_HELD if given.count is None else given.count
        rows.append(Row(one, last, _what(one, first=one.line.id not in told)))
        told.add(one.line.id)
    return tuple(rows)


def in_order(asked: tuple[Asked, ...]) -> tuple[Asked, ...]:
    """Cells by measure in the order asked, except that a measure follows the one whose parts it counts."""
    blocks: dict[str, list[Asked]] = {}
    for one in asked:
        blocks.setdefault(one.indicator.id, []).append(one)
    owner = {one.line.id: one.indicator.id for one in asked}
    ordered: dict[str, list[Asked]] = {}
    begun: set[str] = set()

    def place(measure: str) -> None:
        if measure in begun:
            return
        begun.add(measure)
        for one in blocks[measure]:
            place(owner.get(one.line.part_of, measure))
        ordered[measure] = blocks[measure]

    for measure in blocks:
        place(measure)
    return tuple(one for block in ordered.values() for one in block)


def table_rows(rows: tuple[Row, ...], partner: Partner, quarter: str) -> list[tuple[int | str, ...]]:
    """The whole sheet as rows of cells from its first row: what the CSV form holds."""
    return [*head_rows(partner, quarter), COLUMNS, *(row.cells for row in rows)]


def definitions_of(rows: tuple[Row, ...], catalogue: Catalogue) -> tuple[Definition, ...]:
    """One definition for each line of a return, in its order."""
    lines: dict[str, Asked] = {}
    for row in rows:
        lines.setdefault(row.asked.line.id, row.asked)
    return tuple(_definition(one, catalogue) for one in lines.values())


def _definition(one: Asked, catalogue: Catalogue) -> Definition:
    measure = one.indicator
    return Definition(
        measure_words(measure),
        one.line.label,
        one.period.words(),
        f"{COUNTED[one.line.counts]}.{_part_words(one.line, catalogue)}",
        _sentences(measure.includes),
        _sentences(measure.excludes),
        measure.method,
    )


def _part_words(line: Line, catalogue: Catalogue) -> str:
    whole = catalogue.lines.get(line.part_of)
    return f" Part of: {whole.label}." if whole else ""


def _what(one: Asked, first: bool) -> str:
    """The definition in short beside a row; the first row of a line has what it includes and excludes."""
    short = f"{COUNTED[one.line.counts]}: {one.period.words()}."
    if not first:
        return short
    parts = [
        short,
        f"Includes: {_sentences(one.indicator.includes)}",
        f"Excludes: {_sentences(one.indicator.excludes)}",
    ]
    return " ".join(part for part in parts if not part.endswith(": "))


def _sentences(texts: tuple[str, ...]) -> str:
    return " ".join(text if text.endswith(".") else f"{text}." for text in texts)
