"""The template that a partner fills in: only what it is asked for, readable, protected, the same bytes, no macro."""

import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest

from tests.filled_returns import (
    QUARTERS,
    catalogue,
    check,
    everyone,
    filled,
    filled_csv,
    row_of,
    rows,
    sensible,
    template,
)
from tests.formulas import Book
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.returns.check_sheet import FLAGS, LOOK, OK, ROWS_FROM, TABLE_ROW, VERDICT_ROW
from vawg_metrics.returns.contract import CANNOT_REASONS, CHANGE_REASONS, STATES, Given, Return, asked_of
from vawg_metrics.returns.sheet import (
    CHECK,
    COLUMNS,
    DEFINITIONS,
    FIRST_ROW,
    HANDLING,
    HEADER_ROW,
    RETURN,
    SHEETS,
    NothingAsked,
    rows_of,
)
from vawg_metrics.returns.template import template_csv, template_workbook

EVERYONE = everyone()
SMALL, LARGE = "support_city", "police"


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize(("partner", "quarter"), EVERYONE)
def test_a_template_asks_for_what_the_register_says_and_for_nothing_else(partner: str, quarter: str) -> None:
    sheet = opened(template(partner, quarter))[RETURN]
    asked = asked_of(catalogue(), catalogue().partner(partner), quarter)
    shown = [tuple(cell.value for cell in row[:4]) for row in sheet.iter_rows(FIRST_ROW, sheet.max_row)]
    wanted = {
        (f"{one.indicator.code} {one.indicator.title}", one.line.label, one.group_words, one.area_words)
        for one in asked
    }
    assert len(shown) == len(set(shown)) == len(asked)
    assert set(shown) == wanted
    measures = [row[0] for row in shown]
    assert len(set(measures)) == sum(one != before for one, before in zip(measures, [None, *measures], strict=False))


@pytest.mark.parametrize(("partner", "quarter"), EVERYONE)
def test_a_whole_is_asked_before_its_parts_and_all_before_its_groups(partner: str, quarter: str) -> None:
    at = {row.asked.key: number for number, row in enumerate(rows(partner, quarter))}
    first = {line: min(number for key, number in at.items() if key[0] == line) for line, _, _ in at}
    for row in rows(partner, quarter):
        if row.asked.line.part_of in first:
            assert first[row.asked.line.part_of] < first[row.asked.line.id]
        if row.asked.group:
            assert at[row.asked.line.id, "", row.asked.area.code] < at[row.asked.key]


def test_core_measures_come_first_where_nothing_else_decides() -> None:
    for partner, quarter in EVERYONE:
        blocks = list(dict.fromkeys(row.asked.indicator for row in rows(partner, quarter)))
        wholes = {catalogue().line_owner(line.part_of).id for one in blocks for line in one.returned if line.part_of}
        core = [one.core for one in blocks if one.id not in wholes]
        assert core == sorted(core, reverse=True)


@pytest.mark.parametrize(("partner", "quarter"), EVERYONE)
def test_the_quarter_stands_in_full_on_every_sheet_and_every_printed_page(partner: str, quarter: str) -> None:
    words = quarter_words(quarter_named(quarter))
    content = template(partner, quarter)
    book = opened(content)
    assert tuple(book.sheetnames) == SHEETS
    for sheet in book:
        texts = [str(cell.value) for row in sheet.iter_rows(1, 3) for cell in row]
        assert any(words in text for text in texts), sheet.title
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for number in range(1, 5):
            page = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert words in re.search("<oddHeader>(.*?)</oddHeader>", page)[1]
            assert 'paperSize="9"' in page
            assert "fitToPage" in page
            assert ('orientation="landscape"' in page) == (number != 4)


def test_only_the_three_cells_of_a_row_may_be_changed_and_no_password_stands_in_the_way() -> None:
    for sheet in opened(template(SMALL)):
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for row in sheet.iter_rows():
            for cell in row:
                free = sheet.title == RETURN and cell.row >= FIRST_ROW and cell.column in (5, 6, 7)
                assert cell.protection.locked != free, cell.coordinate


def test_lists_and_whole_numbers_are_offered_in_every_row() -> None:
    sheet = opened(template(LARGE, QUARTERS[1]))[RETURN]
    rules = {row: {} for row in range(FIRST_ROW, sheet.max_row + 1)}
    for rule in sheet.data_validations.dataValidation:
        assert rule.errorTitle or rule.error
        assert len(rule.prompt or "") <= 255
        for block in rule.sqref.ranges:
            for row in range(block.min_row, block.max_row + 1):
                rules[row][block.min_col] = rule
    for found in rules.values():
        assert set(found) == {4, 5, 6, 7}
        assert (found[5].type, found[5].formula1, found[5].prompt is not None) == ("whole", "0", True)
        assert found[6].formula1 == f'"{",".join(STATES)}"'
        assert found[7].formula1 == f'"{",".join((*CANNOT_REASONS, *CHANGE_REASONS))}"'
        assert "Leicester" in found[4].formula1


def test_panes_are_frozen_and_the_columns_repeated_on_paper() -> None:
    sheet = opened(template(LARGE))[RETURN]
    assert sheet.freeze_panes == f"A{FIRST_ROW}"
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert [cell.value for cell in sheet[HEADER_ROW]] == list(COLUMNS)
    assert all(cell.font.sz >= 12 for row in sheet.iter_rows() for cell in row if cell.value)
    assert not sheet.merged_cells.ranges


def test_last_quarters_own_values_stand_beside_each_cell() -> None:
    asked = asked_of(catalogue(), catalogue().partner("marac"), QUARTERS[0])
    given = [Given(*one.key, number) for number, one in enumerate(asked)]
    given[1] = Given(*asked[1].key, None, "cannot supply", "not recorded")
    previous = Return("marac", "2026-27 Q1", tuple(given[:-1]))
    sheet = opened(template("marac", QUARTERS[0], previous))[RETURN]
    shown = [sheet.cell(row, 8).value for row in range(FIRST_ROW, sheet.max_row + 1)]
    in_order = {one.key: number for number, one in enumerate(asked)}
    wanted = [in_order[row.asked.key] for row in rows("marac", QUARTERS[0])]
    assert shown == [{1: "cannot supply", len(asked) - 1: "not held"}.get(number, number) for number in wanted]
    empty = opened(template("marac"))[RETURN]
    assert {empty.cell(row, 8).value for row in range(FIRST_ROW, empty.max_row + 1)} == {"not held"}


def test_definitions_stand_beside_each_line_and_in_full_on_their_own_sheet() -> None:
    book = opened(template(SMALL))
    beside = [book[RETURN].cell(row, 9).value for row in range(FIRST_ROW, book[RETURN].max_row + 1)]
    assert all(text for text in beside)
    assert sum("Includes: " in text for text in beside) == len({row.asked.line.id for row in rows(SMALL, QUARTERS[0])})
    lines = {row[1].value for row in book[DEFINITIONS].iter_rows(4)}
    assert lines == {row.asked.line.label for row in rows(SMALL, QUARTERS[0])}


def test_the_page_on_what_happens_says_who_how_when_and_whom_to_ask() -> None:
    for partner in (SMALL, LARGE):
        sheet = opened(template(partner))[HANDLING]
        text = " ".join(str(row[0].value or "") for row in sheet.iter_rows())
        rules = catalogue().return_rules
        for words in (
            "data steward", "base 5", "cannot be told from 1, 2, 3 or 4", "five working days", "consent",
            f"{rules.keep_months} months", "dates of birth", "case or crime references", "Never by ordinary e-mail",
        ):  # fmt: skip
            assert words in text, words


def test_a_year_is_named_where_a_line_is_asked_for_a_year() -> None:
    yearly = [row for row in rows("council_county", QUARTERS[1]) if row.asked.period.months == 12]
    assert yearly
    for row in yearly:
        assert row.asked.period.words() in row.what


@pytest.mark.parametrize("partner", ["marac", SMALL, LARGE])
def test_the_same_template_is_the_same_bytes_and_holds_no_macro_link_or_program(partner: str) -> None:
    content = template(partner)
    assert content == template_workbook(catalogue(), catalogue().partner(partner), QUARTERS[0])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert not [name for name in names if re.search("vba|external|embed|connection|drawing|comment", name, re.I)]
        for name in names:
            ElementTree.fromstring(archive.read(name))


def test_no_word_of_a_template_is_taken_for_a_formula() -> None:
    for partner, quarter in EVERYONE:
        table = template_csv(catalogue(), catalogue().partner(partner), quarter)
        assert not re.search(r'(?m)(^|,|,")[=+\-@\t]', table)


def test_nothing_asked_is_said_in_a_sentence() -> None:
    with pytest.raises(NothingAsked, match="asked for nothing in 2026-27 Q2"):
        template("prevention_programmes")
    with pytest.raises(ValueError, match="not a quarter"):
        template("marac", "Q2")


def test_a_small_service_is_asked_for_few_lines(catalogue: Catalogue) -> None:
    for partner in catalogue.partners:
        for quarter in QUARTERS:
            if partner.small and asked_of(catalogue, partner, quarter):
                lines = {row.asked.line.id for row in rows_of(catalogue, partner, quarter)}
                assert len(lines) <= catalogue.return_rules.most_lines_small


# There and back


@pytest.mark.parametrize(("partner", "quarter"), EVERYONE)
def test_a_template_that_is_filled_in_is_accepted_as_it_was_filled_in(partner: str, quarter: str) -> None:
    checked = check(filled(partner, quarter))
    assert checked.as_text().startswith("Nothing is wrong."), checked.as_text()
    assert checked.return_ is not None
    asked = asked_of(catalogue(), catalogue().partner(partner), quarter)
    assert checked.return_ == Return(partner, quarter, tuple(Given(*one.key, sensible(one)) for one in asked))
    assert (checked.partner_id, checked.quarter) == (partner, quarter)
    assert check(filled_csv(partner, quarter).encode("utf-8-sig"), "return.csv").return_ == checked.return_


# The sheet of formulas, worked out by a small calculator of our own


def looked_over(content: bytes) -> Book:
    return Book(opened(content))


def flags_of(book: Book, count: int) -> set[tuple[int, str]]:
    """Which rows of the return the sheet of formulas flags, and for what."""
    return {
        (FIRST_ROW + number, flag.head)
        for number in range(count)
        for place, flag in enumerate(FLAGS)
        if book.value(CHECK, ROWS_FROM + number, 5 + place) == LOOK
    }


def summary_of(book: Book) -> list[object]:
    return [book.value(CHECK, TABLE_ROW + 1 + number, 3) for number in range(len(FLAGS) + 2)]


KINDS = {
    **dict.fromkeys(("negative", "decimal", "not exact", "text number"), "Not a whole number"), "blank": "Blank",
    "two answers": "Two answers", "reason": "No reason", "total": "Total",
    "part over whole": "Part", "change": "Changed",
}  # fmt: skip


@pytest.mark.parametrize("partner", [SMALL, "support_county", "survivor_panel"])
def test_the_sheet_of_formulas_is_content_with_a_return_that_the_checker_accepts(partner: str) -> None:
    book = looked_over(filled(partner))
    assert flags_of(book, len(rows(partner, QUARTERS[0]))) == set()
    assert set(summary_of(book)) == {OK}
    assert str(book.value(CHECK, VERDICT_ROW, 1)).startswith("OK: every check is passed")


def test_the_sheet_of_formulas_says_what_the_values_of_the_empty_template_say() -> None:
    content = template(SMALL)
    book, cached = looked_over(content), openpyxl.load_workbook(io.BytesIO(content), data_only=True)[CHECK]
    count = len(rows(SMALL, QUARTERS[0]))
    for row in range(1, ROWS_FROM + count):
        for column in range(1, 13):
            held = cached.cell(row, column).value
            assert book.value(CHECK, row, column) == ("" if held is None else held), (row, column)


def test_the_sheet_of_formulas_finds_what_the_checker_finds() -> None:
    previous = Return(
        SMALL,
        "2026-27 Q1",
        tuple(Given(*row.asked.key, 500 if at % 5 == 1 else None) for at, row in enumerate(rows(SMALL, QUARTERS[0]))),
    )
    edits: dict[str, object] = {
        "E8": -2, "E9": 2.5, "E10": "<5", "F11": "nil", "E12": None, "F12": "cannot supply", "E13": None,
        "E14": 7, "E15": "12 ", "E16": 0, "F16": "nil", "E17": 5, "E21": 5000, "E25": None, "F25": "nil", "E28": 12,
        "E29": None, "F29": "cannot supply", "G29": "not recorded",
    }  # fmt: skip
    content = filled(SMALL, edits=edits, previous=previous)
    checked = check(content)
    assert not checked.accepted
    assert not checked.stopped
    found = {(fault.row, KINDS[fault.kind]) for fault in checked.faults}
    book = looked_over(content)
    assert flags_of(book, len(rows(SMALL, QUARTERS[0]))) == found
    assert {flag for _, flag in found} == {flag.head for flag in FLAGS}
    assert summary_of(book) == [LOOK] * (len(FLAGS) + 1) + [OK]
    assert str(book.value(CHECK, VERDICT_ROW, 1)).startswith(f"LOOK: {len(FLAGS) + 1} of {len(FLAGS) + 2} checks")


def test_the_sheet_of_formulas_sees_that_all_is_as_last_quarter_until_a_reason_is_given() -> None:
    given = tuple(Given(*row.asked.key, sensible(row.asked)) for row in rows(SMALL, QUARTERS[0]))
    previous = Return(SMALL, "2026-27 Q1", given)
    same = looked_over(filled(SMALL, previous=previous))
    assert summary_of(same) == [OK] * (len(FLAGS) + 1) + [LOOK]
    assert same.value(CHECK, TABLE_ROW + len(FLAGS) + 2, 2) == f"{len(given)} the same"
    assert set(summary_of(looked_over(filled(SMALL, edits={"G9": "correction"}, previous=previous)))) == {OK}
    changed = {f"E{row_of(SMALL, QUARTERS[0], 'clients_left')}": 901}
    assert set(summary_of(looked_over(filled(SMALL, edits=changed, previous=previous)))) == {OK}


def test_a_county_part_is_compared_with_the_sum_of_its_districts() -> None:
    row = row_of("support_county", QUARTERS[0], "referrals_declined_capacity", area="Leicestershire")
    most = sum(
        sensible(one.asked)
        for one in rows("support_county", QUARTERS[0])
        if one.asked.line.id == "support_referrals" and not one.asked.group and one.asked.area.name != "Rutland"
    )
    for value, wrong in ((most, False), (most + 1, True)):
        content = filled("support_county", edits={f"E{row}": value})
        assert [fault.row for fault in check(content).faults] == ([row] if wrong else [])
        assert flags_of(looked_over(content), len(rows("support_county", QUARTERS[0]))) == (
            {(row, "Part")} if wrong else set()
        )
