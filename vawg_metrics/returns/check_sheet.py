"""The sheet of formulas with which a partner checks a return before sending it: no macro, no upload."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vawg_metrics.returns.adding_up import parts_of, totals_of
from vawg_metrics.returns.sheet import COLUMNS, FIRST_ROW, LAST, REASON, RETURN, STATE, VALUE, Row

OK: Final = "OK"
LOOK: Final = "LOOK"
SAME, DIFFERS = "same", "differs"
ENOUGH_TO_COMPARE: Final = 5  # values; fewer may well all be the same as last quarter's
VERDICT_ROW, TABLE_ROW = 4, 6  # as a spreadsheet counts


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing looked for in each row: its column, what the summary calls it, and what to do about it."""

    head: str
    summary: str
    repair: str


FLAGS: Final = (
    Flag("Blank", "Rows left blank", "Enter a number, or choose nil, or choose cannot supply and a reason."),
    Flag(
        "Not a whole number",
        "Values that are not whole numbers, or are negative",
        "Enter digits only: no decimals, signs, commas, words or “<5”.",
    ),
    Flag(
        "Two answers",
        "Rows with a value and also nil or cannot supply",
        "Keep one: delete the value, or empty the cell beside it.",
    ),
    Flag("No reason", "Rows marked cannot supply without a reason", "Choose the reason from the list in the same row."),
    Flag(
        "Total",
        "Totals that disagree with their groups",
        "Make the row “All” the sum of its groups, or correct a group.",
    ),
    Flag("Part", "Parts that are greater than their whole", "Correct the part or the whole: it counts some of it."),
    Flag(
        "Changed",
        "Changes of more than {factor} times since last quarter, up or down, without a reason",
        "Look at it again. If it is right, choose a reason from the list in the same row.",
    ),
)
COMPARED: Final = "Last quarter"
ROW_COLUMNS: Final = ("Row of the sheet Return", "Split", "Area", "Line", *(flag.head for flag in FLAGS), COMPARED)
SAME_SUMMARY: Final = "All values equal to last quarter's"
SAME_REPAIR: Final = (
    "Check that you entered this quarter's numbers. If they are right, choose a reason in one of the rows."
)
FILLED_SUMMARY: Final = "Rows filled of rows asked for"
FILLED_REPAIR: Final = "Every row needs an answer."
ROWS_FROM: Final = TABLE_ROW + 1 + 1 + len(FLAGS) + 1 + 3  # the first row of the row-by-row table


def cell(column: str, row: int) -> str:
    """The address of a cell of the return, for a formula on another sheet."""
    return f"{RETURN}!${letter(column)}${row}"


def letter(column: str) -> str:
    """The letter of a column of the return."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[COLUMNS.index(column)]


def row_formulas(rows: Sequence[Row], factor: int) -> list[tuple[str, ...]]:
    """For each row of the return, a formula for each flag and one that compares it with last quarter's."""
    at = {row.asked.key: number for number, row in enumerate(rows, FIRST_ROW)}
    asked = [row.asked for row in rows]
    totals = {at[one.whole]: [at[key] for key in one.groups] for one in totals_of(asked)}
    parts = {at[one.part]: [at[key] for key in one.wholes] for one in parts_of(asked)}
    return [
        (
            _blank(number),
            _not_whole(number),
            _two_answers(number),
            _no_reason(number),
            _total(number, totals.get(number, [])),
            _part(number, parts.get(number, [])),
            _changed(number, factor),
            _compared(number),
        )
        for number in at.values()
    ]


def summary_formulas(count: int) -> list[tuple[str, str, str, str]]:
    """Each line of the summary: its words, the formula of its number, of its OK or LOOK, and the repair."""
    last = ROWS_FROM + count - 1
    row = TABLE_ROW + 1
    blanks = f"COUNTIF({_flags(0, last)},{_text(LOOK)})"
    lines = [
        (
            FILLED_SUMMARY,
            f'={count}-{blanks}&" of {count}"',
            f"=IF({blanks}=0,{_text(OK)},{_text(LOOK)})",
            FILLED_REPAIR,
        )
    ]
    for place, flag in enumerate(FLAGS):
        row += 1
        lines.append(
            (
                flag.summary,
                f"=COUNTIF({_flags(place, last)},{_text(LOOK)})",
                f"=IF($B${row}=0,{_text(OK)},{_text(LOOK)})",
                flag.repair,
            )
        )
    lines.append((SAME_SUMMARY, *_all_same(count, last), SAME_REPAIR))
    return lines


def verdict_formula() -> str:
    """The overall verdict, in a sentence."""
    first, last = TABLE_ROW + 1, TABLE_ROW + 1 + len(FLAGS) + 1
    looks = f"COUNTIF($C${first}:$C${last},{_text(LOOK)})"
    return (
        f'=IF({looks}=0,"OK: every check is passed. Save the file and send it as agreed with the data steward.",'
        f'"LOOK: "&{looks}&" of {last - first + 1} checks need you before you send. See the lines marked LOOK.")'
    )


def _flags(place: int, last: int) -> str:
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[4 + place]
    return f"${column}${ROWS_FROM}:${column}${last}"


def _text(words: str) -> str:
    return f'"{words}"'


def _look_if(condition: str) -> str:
    return f'=IF({condition},"{LOOK}","")'


def _known(row: int) -> str:
    """Whether a count can be read in a row: a whole number of 0 or more, or nil."""
    value = cell(VALUE, row)
    return f'IF(ISNUMBER({value}),AND({value}>=0,{value}=INT({value})),{cell(STATE, row)}="nil")'


def _empty(column: str, row: int) -> str:
    return f"LEN(TRIM({cell(column, row)}))=0"


def _blank(row: int) -> str:
    return _look_if(f"AND({_empty(VALUE, row)},{_empty(STATE, row)})")


def _not_whole(row: int) -> str:
    value = cell(VALUE, row)
    whole = f'IF(OR({value}<0,{value}<>INT({value})),"{LOOK}","")'
    return f'=IF({_empty(VALUE, row)},"",IF(ISNUMBER({value}),{whole},"{LOOK}"))'


def _two_answers(row: int) -> str:
    same = f'AND(N({cell(VALUE, row)})=0,ISNUMBER({cell(VALUE, row)}),{cell(STATE, row)}="nil")'
    return _look_if(f"AND(NOT({_empty(VALUE, row)}),NOT({_empty(STATE, row)}),NOT({same}))")


def _no_reason(row: int) -> str:
    return _look_if(f'AND({cell(STATE, row)}="cannot supply",{_empty(REASON, row)})')


def _sum(rows: Sequence[int]) -> str:
    return "+".join(f"IF({_known(row)},N({cell(VALUE, row)}),0)" for row in rows)


def _total(row: int, groups: Sequence[int]) -> str:
    """All against the sum of its groups; where a group is not known, only whether the others are already more."""
    if not groups:
        return ""
    known = f"AND({','.join(_known(group) for group in groups)})"
    differs = f"N({cell(VALUE, row)})<>{_sum(groups)}"
    less = f"N({cell(VALUE, row)})<{_sum(groups)}"
    return _look_if(f"IF({_known(row)},IF({known},{differs},{less}),FALSE)")


def _part(row: int, wholes: Sequence[int]) -> str:
    if not wholes:
        return ""
    known = ",".join(_known(whole) for whole in wholes)
    return _look_if(f"IF(AND({_known(row)},{known}),N({cell(VALUE, row)})>{_sum(wholes)},FALSE)")


def _changed(row: int, factor: int) -> str:
    now, last = f"N({cell(VALUE, row)})", f"N({cell(LAST, row)})"
    beyond = f"MAX({now},{last})>{factor}*MAX(MIN({now},{last}),1)"
    return _look_if(f"IF(AND({_known(row)},ISNUMBER({cell(LAST, row)}),{_empty(REASON, row)}),{beyond},FALSE)")


def _compared(row: int) -> str:
    both = f"AND({_known(row)},ISNUMBER({cell(LAST, row)}))"
    return f'=IF({both},IF(N({cell(VALUE, row)})=N({cell(LAST, row)}),"{SAME}","{DIFFERS}"),"")'


def _all_same(count: int, last: int) -> tuple[str, str]:
    compared = _flags(len(FLAGS), last)
    same = f"COUNTIF({compared},{_text(SAME)})"
    end = FIRST_ROW + count - 1
    values = f"{cell(VALUE, FIRST_ROW)}:${letter(VALUE)}${end}"
    reasons = f"{cell(REASON, FIRST_ROW)}:${letter(REASON)}${end}"
    look = (
        f"AND({same}>={ENOUGH_TO_COMPARE},COUNTIF({compared},{_text(DIFFERS)})=0,SUM({values})>0,"
        f'COUNTIF({reasons},"?*")=0)'
    )
    return f'={same}&" the same"', f"=IF({look},{_text(LOOK)},{_text(OK)})"
