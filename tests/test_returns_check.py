"""What is wrong with a return is found all at once, each fault at its place, and never with what stands there."""

import io
import json
from typing import get_args

import openpyxl
import pytest
from openpyxl.comments import Comment

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
    with_parts,
)
from vawg_metrics.returns.checking import Checked
from vawg_metrics.returns.contract import Given, Return
from vawg_metrics.returns.faults import FILE, Kind, ReturnFault, letters
from vawg_metrics.returns.likeness import nearest
from vawg_metrics.returns.marked import MEND, marked_workbook
from vawg_metrics.returns.people import is_free_text, number_kind, person_kind
from vawg_metrics.returns.sheet import COLUMNS, RETURN
from vawg_metrics.returns.template import template_csv

MARAC, CITY, COUNTY = "marac", "support_city", "support_county"
QUARTER = QUARTERS[0]
NAMES = {letter: f"{letter} ({name})" for letter, name in zip("ABCDEFGHI", COLUMNS, strict=True)}
Found = list[tuple[str, int, str, str]]


def found(checked: Checked) -> Found:
    return [(one.sheet, one.row, one.column, one.kind) for one in checked.faults]


def at(place: str, kind: str, sheet: str = RETURN) -> tuple[str, int, str, str]:
    return sheet, int(place[1:]), NAMES[place[0]], kind


def only(checked: Checked, *wanted: tuple[str, int, str, str]) -> list[ReturnFault]:
    assert found(checked) == list(wanted), checked.as_text()
    assert checked.return_ is None
    return list(checked.faults)


# One cell


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        ({"E9": -3}, [at("E9", "negative")]),
        ({"E9": 2.5}, [at("E9", "decimal")]),
        ({"E9": "12 "}, [at("E9", "text number")]),
        ({"E9": "1,200"}, [at("E9", "text number")]),
        ({"E9": "£12"}, [at("E9", "text number")]),
        ({"E9": "12 people"}, [at("E9", "text number")]),
        ({"E9": "three"}, [at("E9", "text number")]),
        ({"E9": "<5"}, [at("E9", "not exact")]),
        ({"E9": "less than 5"}, [at("E9", "not exact")]),
        ({"E9": "about 10"}, [at("E9", "not exact")]),
        ({"E9": "1-4"}, [at("E9", "not exact")]),
        ({"E9": "*"}, [at("E9", "not exact")]),
        ({"E9": "none"}, [at("E9", "not a number")]),
        ({"E9": "nli"}, [at("E9", "not a number")]),
        ({"E9": "n/a"}, [at("E9", "not a number")]),
        ({"E9": "cannot suply"}, [at("E9", "not a number")]),
        ({"E9": True}, [at("E9", "not a number")]),
        ({"E9": "#REF!"}, [at("E9", "error value")]),
        ({"E9": 10_000_001}, [at("E9", "too large a number")]),
        ({"E9": "=E8+1"}, [at("E9", "formula")]),
        ({"E9": None}, [at("E9", "blank")]),
        ({"F9": "nil"}, [at("F9", "two answers")]),
        ({"E9": None, "F9": "cannot supply"}, [at("G9", "reason")]),
        ({"E9": None, "F9": "cannot supply", "G9": "staffing"}, [at("G9", "reason")]),
        ({"G9": "not recorded"}, [at("G9", "reason")]),
        ({"E9": None, "F9": "zilch"}, [at("F9", "choice")]),
        ({"E9": None, "F9": "cannot suply", "G9": "not recorded"}, [at("F9", "choice")]),
        ({"G9": "stafing"}, [at("G9", "choice")]),
        ({"D7": "Liecester"}, [at("D7", "area")]),
        ({"D9": "Derby"}, [at("D9", "area")]),
        ({"D9": None}, [at("D9", "area")]),
        ({"C9": "Everyone"}, [at("C9", "split")]),
        ({"C9": "Al"}, [at("C9", "split")]),
        ({"A9": "P3.9a Cases herd at MARAC"}, [at("A9", "measure")]),
        ({"A9": "P3.9b MARAC cases that are repeats"}, [at("A9", "measure")]),
        ({"B9": "Cases heard at a MARAC in the quater"}, [at("B9", "line")]),
        ({"B9": "Cases of any kind"}, [at("B9", "line")]),
        ({"E12": 901}, [at("E12", "part over whole")]),
        ({"D9": "Blaby"}, [("Return", 0, "", "row missing"), at("B9", "not asked for")]),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_place_and_alone(edits: dict[str, object], wanted: Found) -> None:
    # Row 12 counts some of what row 8 counts; the number is asked for by upper tier, and Blaby is a district.
    if "E12" in edits:
        edits = {f"E{row_of(MARAC, QUARTER, 'marac_repeats', area='Leicester')}": edits["E12"]}
        wanted = [at(next(iter(edits)), "part over whole")]
    only(check(filled(MARAC, edits=edits)), *wanted)


@pytest.mark.parametrize(
    ("edits", "kind"),
    [
        ({"E9": "-3"}, "negative"), ({"E9": "2.5"}, "decimal"), ({"E9": "1,200"}, "text number"),
        ({"E9": "<5"}, "not exact"),
        ({"E9": "=E8"}, "formula"), ({"E9": ""}, "blank"), ({"E9": "#N/A"}, "error value"),
        ({"E9": "1e3"}, "text number"),
        ({"E9": "99999999"}, "too large a number"), ({"D7": "Liecester"}, "area"), ({"E9": "٣"}, "text number"),
    ],
)  # fmt: skip
def test_each_fault_is_found_in_csv_too(edits: dict[str, object], kind: str) -> None:
    (place,) = edits
    only(check(filled_csv(MARAC, edits=edits).encode(), "return.csv"), at(place, kind))


@pytest.mark.parametrize("value", [5, 5.0, 0])
def test_a_whole_number_is_a_whole_number_however_it_is_stored(value: float) -> None:
    checked = check(filled(MARAC, edits={"E12": value}))
    assert checked.return_ is not None
    assert next(one for one in checked.return_.given if one.count == value).state == ("" if value else "nil")


def test_nil_and_0_are_the_same_and_nil_beside_0_is_no_fault() -> None:
    said = [{"E12": 0}, {"E12": None, "F12": "nil"}, {"E12": 0, "F12": "nil"}, {"E12": None, "F12": " Nil "}]
    returns = [check(filled(MARAC, edits=edits)).return_ for edits in said]
    assert None not in returns
    assert len(set(returns)) == 1


def test_cannot_supply_with_a_reason_is_accepted() -> None:
    checked = check(filled(MARAC, edits={"E12": None, "F12": "cannot supply", "G12": "system cannot tell"}))
    assert checked.return_ is not None
    assert [one for one in checked.return_.given if one.count is None] == [
        Given("marac_repeats", "", "E10000018", None, "cannot supply", "system cannot tell")
    ]


def test_money_may_be_large_and_a_count_of_people_may_not() -> None:
    row = row_of("council_city", QUARTER, "contract_value")
    assert check(filled("council_city", edits={f"E{row}": 987_654_321})).accepted
    only(check(filled("council_city", edits={f"E{row}": 1_000_000_001})), at(f"E{row}", "too large a number"))


def test_a_hidden_small_number_is_answered_with_why_who_and_how_else() -> None:
    (fault,) = check(filled(MARAC, edits={"E9": "<5"})).faults
    for words in ("exact number", "Only the partnership's data steward sees it", "base 5", "sum of four quarters"):
        assert words in fault.repair
    row = row_of("secretariat", QUARTER, "recommendations_accepted")
    (fault,) = check(filled("secretariat", edits={f"E{row}": "<5", f"E{row + 1}": 0})).faults
    assert "no person is counted" in fault.repair


def test_a_word_nearly_right_is_named_and_what_stands_there_is_not() -> None:
    (near,) = check(filled(MARAC, edits={"D7": "Liecester"})).faults
    assert "Did you mean “Leicester”?" in near.problem
    (far,) = check(filled(MARAC, edits={"D9": "Derby"})).faults
    assert far.problem == "This is not one of the four areas of this line."
    (nine,) = check(filled("police", edits={f"D{row_of('police', QUARTER, 'vawg_offences')}": "Derby"})).faults
    assert "one of the ten areas" in nine.problem
    assert "Derby" not in far.problem + far.repair + nine.problem + nine.repair


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Leicestr", "Leicester"), ("Melton ", "Melton"), ("Meltno", "Melton"), ("Derby", ""), ("Blab", "Blaby"), ("", ""),
     ("Leiceste", "Leicester"), ("Lcesteshir", "")],
)  # fmt: skip
def test_two_edits_are_near_and_three_are_not(text: str, wanted: str) -> None:
    assert nearest(text, ("Leicester", "Leicestershire", "Blaby", "Melton")) == wanted


# The head, the columns, the rows


@pytest.mark.parametrize(
    ("place", "value", "kind", "words"),
    [
        ("B2", "MARAC co-ordination", "partner", "Did you mean “MARAC coordination”?"),
        ("B2", "Another service", "partner", "not one of the"),
        ("B2", None, "partner", "missing"),
        ("B3", "2026-27 Q2 (July to Septembre 2026)", "quarter", "Did you mean “2026-27 Q2 (July to September 2026)”?"),
        ("B3", "2026-27 Q5", "quarter", "not a quarter from"),
        ("B3", "1999-00 Q1", "quarter", "not a quarter from"),
        ("B3", "2026-27 Q2 (April to June 2026)", "quarter", "not a quarter from"),
        ("B3", 7, "quarter", "not a quarter from"),
    ],
)
def test_the_partner_and_the_quarter_must_be_known(place: str, value: object, kind: str, words: str) -> None:
    (fault,) = check(filled(MARAC, edits={place: value})).faults
    assert (fault.sheet, fault.row, fault.column, fault.kind) == (RETURN, int(place[1:]), "B", kind)
    assert words in fault.problem


def test_the_short_form_of_a_quarter_is_enough() -> None:
    assert check(filled(MARAC, edits={"B3": "2026-27 Q2"})).quarter == QUARTER


def test_the_return_of_another_partner_than_expected_is_a_fault() -> None:
    assert check(filled(MARAC), known=MARAC).accepted
    (fault,) = check(filled(MARAC), known="helpline").faults
    assert (fault.row, fault.kind) == (2, "partner")


def test_a_quarter_in_which_nothing_is_asked_is_a_fault() -> None:
    content = filled("prevention_programmes", QUARTERS[1], edits={"B3": QUARTERS[0]})
    assert ("Return", 3, "B", "quarter") in found(check(content))


@pytest.mark.parametrize("column", range(1, 8))
def test_a_missing_column_is_named(column: int) -> None:
    name = COLUMNS[column - 1]
    checked = check(filled(MARAC, change=lambda book: book[RETURN].delete_cols(column)))
    missing = [fault for fault in checked.faults if fault.kind == "missing column"]
    assert [fault.problem for fault in missing] == [f"The column “{name}” is missing."]
    assert "row missing" not in {fault.kind for fault in checked.faults}


def test_columns_may_stand_in_any_order_and_rows_too() -> None:
    def turned(book: openpyxl.Workbook) -> None:
        sheet = book[RETURN]
        table = [[cell.value for cell in row] for row in sheet.iter_rows(6, sheet.max_row)]
        for row, values in enumerate([table[0], *reversed(table[1:])], 6):
            for column, value in enumerate(reversed(values), 1):
                sheet.cell(row, column).value = value

    assert check(filled(MARAC, change=turned)).return_ == check(filled(MARAC)).return_


def test_columns_nearly_named_strange_doubled_or_without_a_heading_are_faults() -> None:
    only(
        check(filled(MARAC, edits={"E6": "Vlaue"})),
        ("Return", 6, "E", "unknown column"),
    )
    only(check(filled(MARAC, edits={"J6": "Total", "J7": 4})), ("Return", 6, "J", "unknown column"))
    only(check(filled(MARAC, edits={"J6": "Value"})), ("Return", 6, "J", "repeated column"))
    only(check(filled(MARAC, edits={"K9": 4})), ("Return", 9, "K", "unknown column"))


def test_a_row_twice_missing_or_not_asked_for_is_a_fault() -> None:
    twice = {f"{letter}15": cell for letter, cell in zip("ABCDE", (*rows(MARAC, QUARTER)[0].words, 3), strict=True)}
    only(check(filled(MARAC, edits=twice)), at("B15", "duplicate"))
    (fault,) = only(
        check(filled(MARAC, change=lambda book: book[RETURN].delete_rows(9))), ("Return", 0, "", "row missing")
    )
    assert fault.problem.endswith("Cases heard at a MARAC in the quarter; All; Rutland.")
    strange = {"A15": "P3.7 Helpline calls answered", "B15": "Calls offered to the local helpline in the quarter"}
    only(check(filled(MARAC, edits={**strange, "C15": "All", "D15": "LLR", "E15": 3})), at("B15", "not asked for"))


# Between the cells


def test_totals_must_be_the_sum_of_their_groups() -> None:
    row = row_of(CITY, QUARTER, "support_referrals")
    (fault,) = only(check(filled(CITY, edits={f"E{row + 1}": 899})), at(f"E{row}", "total"))
    assert "is not the sum of its groups" in fault.problem
    unknown = {f"E{row + 1}": None, f"F{row + 1}": "cannot supply", f"G{row + 1}": "not recorded"}
    assert check(filled(CITY, edits=unknown)).accepted
    (fault,) = only(check(filled(CITY, edits={**unknown, f"E{row}": 3599})), at(f"E{row}", "total"))
    assert "less than the sum of those groups that are known" in fault.problem
    assert check(filled(CITY, edits={f"E{row + 1}": None, f"F{row + 1}": "nil", f"E{row}": 3600})).accepted


def test_a_part_is_compared_with_its_whole_by_place_and_by_group() -> None:
    groups = [row_of(CITY, QUARTER, "support_started_in_time", group) for group in ("", "idva", "isva")]
    edits = {f"E{groups[1]}": 901, f"E{groups[0]}": 901 + 150 + 150}
    only(check(filled(CITY, edits=edits)), at(f"E{groups[1]}", "part over whole"))
    row = row_of(COUNTY, QUARTER, "referrals_declined_capacity", area="Rutland")
    only(check(filled(COUNTY, edits={f"E{row}": 4501})), at(f"E{row}", "part over whole"))


def last_quarter(partner: str, count: int | None = None) -> Return:
    given = (Given(*one.asked.key, sensible(one.asked) if count is None else count) for one in rows(partner, QUARTER))
    return Return(partner, "2026-27 Q1", tuple(given))


@pytest.mark.parametrize(
    ("before", "now", "wrong"),
    [
        (100, 500, False),
        (100, 501, True),
        (100, 20, False),
        (100, 19, True),
        (0, 5, False),
        (0, 6, True),
        (0, 0, False),
    ],
)
def test_a_change_of_more_than_five_times_asks_for_a_reason(before: int, now: int, wrong: bool) -> None:
    previous = Return(MARAC, "2026-27 Q1", (Given(*rows(MARAC, QUARTER)[0].asked.key, before),))
    edits: dict[str, object] = {"E7": now, "E11": 0}
    only_if = [at("G7", "change")] if wrong else []
    for content in (filled(MARAC, edits=edits), filled(MARAC, edits=edits, previous=previous)):
        assert found(check(content, previous=previous)) == only_if
    assert found(check(filled(MARAC, edits=edits, previous=previous))) == only_if  # by the file's own column
    assert check(filled(MARAC, edits={**edits, "G7": "real change"}), previous=previous).accepted


def test_the_same_values_as_last_quarter_are_a_fault_unless_few_nil_or_explained() -> None:
    only(check(filled(MARAC), previous=last_quarter(MARAC)), ("Return", 0, "E (Value)", "same as last quarter"))
    assert check(filled(MARAC, edits={"G7": "correction"}), previous=last_quarter(MARAC)).accepted
    assert check(filled(MARAC, edits={"E7": 899}), previous=last_quarter(MARAC)).accepted
    assert check(filled("helpline"), previous=last_quarter("helpline")).accepted
    zeros = filled(MARAC, start=lambda _: 0)
    assert check(zeros, previous=last_quarter(MARAC, 0)).accepted
    assert check(filled(MARAC), previous=last_quarter("helpline")).accepted  # another's return is not compared


# The file as a whole


def test_a_formula_counts_by_the_number_that_it_holds_and_not_if_it_asks_another_file() -> None:
    content = filled(MARAC, edits={"E9": "=450+450"})
    sheet = "xl/worksheets/sheet1.xml"
    worked_out = with_parts(
        content, {sheet: lambda xml: xml.replace(b"<f>450+450</f><v></v>", b"<f>450+450</f><v>900</v>")}
    )
    worked_out = with_parts(
        worked_out, {sheet: lambda xml: xml.replace(b"<f>450+450</f><v />", b"<f>450+450</f><v>900</v>")}
    )
    assert check(worked_out).return_ == check(filled(MARAC)).return_
    linked = with_parts(worked_out, {sheet: lambda xml: xml.replace(b"450+450", b"[1]Sheet1!A1")})
    only(check(linked), at("E9", "links"))


def test_merged_hidden_and_extra_things_are_faults() -> None:
    def merged(book: openpyxl.Workbook) -> None:
        book[RETURN].merge_cells("A7:A8")

    assert ("Return", 7, "A", "merged") in found(check(filled(MARAC, change=merged)))

    def hidden(book: openpyxl.Workbook) -> None:
        book[RETURN].row_dimensions[9].hidden = True
        book[RETURN].column_dimensions["I"].hidden = True
        book.create_sheet("Workings")["B2"] = 4
        book["Definitions"].sheet_state = "hidden"

    only(
        check(filled(MARAC, change=hidden)),
        ("Return", 0, "I", "hidden"),
        ("Return", 9, "", "hidden"),
        ("Definitions", 0, "", "hidden"),
        ("Sheet 5", 0, "", "extra sheet"),
    )
    assert check(filled(MARAC, change=lambda book: book.create_sheet("Empty"))).accepted


def test_notes_pictures_and_links_beside_the_cells_are_faults() -> None:
    def noted(book: openpyxl.Workbook) -> None:
        book[RETURN]["E9"].comment = Comment("Something", "Someone")

    only(check(filled(MARAC, change=noted)), (FILE, 0, "", "comments"))
    link = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>", "xl/media/image1.png": b"\x89PNG"}
    only(check(with_parts(filled(MARAC), link)), (FILE, 0, "", "extra sheet"), (FILE, 0, "", "links"))
    empty = {"xl/drawings/drawing1.xml": b"<xdr:wsDr/>"}  # as a well-known program writes for every sheet
    assert check(with_parts(filled(MARAC), empty)).accepted
    only(
        check(with_parts(filled(MARAC), {"xl/drawings/drawing1.xml": b"<xdr:oneCellAnchor/>"})),
        (FILE, 0, "", "extra sheet"),
    )


def test_a_sheet_of_another_name_is_read_and_told_of() -> None:
    def renamed(book: openpyxl.Workbook) -> None:
        book[RETURN].title = "Retrun"

    (fault,) = check(filled(MARAC, change=renamed)).faults
    assert (fault.sheet, fault.kind) == ("Sheet 1", "missing sheet")
    assert "Did you mean “Return”?" in fault.problem
    without = check(filled(MARAC, change=lambda book: book.remove(book[RETURN])))
    only(without, (FILE, 0, "", "missing sheet"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_read_in_each_common_form(encoding: str, sign: str) -> None:
    text = filled_csv("police", sign=sign)
    assert check(text.encode(encoding), "return.csv").accepted


def test_all_faults_are_found_in_one_pass_in_the_order_of_their_places() -> None:
    edits: dict[str, object] = {
        "B2": "Domestic abuse support servise, city", "J6": "Total", "E8": "<5", "E9": 2.5, "E10": -1, "E11": None,
        "F12": "nil", "D13": "Liecester", "E14": "=1+1", "E15": "1,200", "G16": "stafing",
        "E17": 10_000_001,         "E27": 4000, "E24": None, "F24": "cannot supply",
    }  # fmt: skip

    def change(book: openpyxl.Workbook) -> None:
        book[RETURN].row_dimensions[20].hidden = True
        book[RETURN].delete_rows(30)
        book.create_sheet("Other")["A1"] = 1

    checked = check(filled(CITY, edits=edits, change=change))
    assert found(checked) == [
        ("Return", 0, "", "row missing"),
        ("Return", 2, "B", "partner"),
        ("Return", 6, "J", "unknown column"),
        at("E8", "not exact"),
        at("E9", "decimal"),
        at("E10", "negative"),
        at("E11", "blank"),
        at("F12", "two answers"),
        at("D13", "area"),
        at("E14", "formula"),
        at("E15", "text number"),
        at("G16", "choice"),
        at("E17", "too large a number"),
        ("Return", 20, "", "hidden"),
        at("G24", "reason"),
        at("E27", "part over whole"),
        ("Sheet 5", 0, "", "extra sheet"),
    ], checked.as_text()


def test_many_faults_are_cut_with_a_count_of_the_rest() -> None:
    wide = {f"{letters(column)}{row}": 1 for column in range(10, 70) for row in range(7, 9)}
    checked = check(filled("support_sexual_violence", edits={**{f"E{row}": None for row in range(7, 133)}, **wide}))
    assert len(checked.faults) == 126 + 60
    text = filled_csv("support_sexual_violence", edits={f"E{row}": "" for row in range(7, 133)})
    extra = "".join(f"P3.9,x,y,{number}\r\n" for number in range(150))
    checked = check((text + extra).encode(), "return.csv")
    assert len(checked.faults) == 501
    assert checked.faults[0].kind == "more" or checked.faults[-1].kind == "more"


# What looks like people


PEOPLE = {
    "Jane": "a name", "Jane Smith": "a name", "jane smith": "a name", "SMITH, Zebedee": "a name",
    "Mrs Quokka": "a name",
    "Zebedee Quokka": "a name", "J. Quokka": "a name", "Ｊａｎｅ": "a name", "Ja\u200bne": "a name",
    "12/03/1987": "a date", "3.12.87": "a date", "1987-03-12": "a date", "12 March 1987": "a date",
    "12th March": "a date",
    "LE1 6RP": "a postcode", "le16rp": "a postcode", "12 High Street": "an address",
    "0116 496 0123": "a telephone number", "+44 7700 900123": "a telephone number", "07700900123": "a telephone number",
    "jane@example.org": "an e-mail address", "943 476 5919": "an NHS number", "QQ 12 34 56 C": None,
    "AB 12 34 56 C": "a National Insurance number", "22*123456": "a crime or case reference",
    "06/12345/26": "a crime or case reference", "CR-12345": "a crime or case reference",
    "Ref: 4411": "a crime or case reference",
    "123 456 78": "a long number",
    "Leicester": None, "North West Leicestershire": None, "West Midlands": None, "Grand Total": None, "E06000016": None,
    "2026-27 Q2": None, "12 months": None, "12 decisions": None, "<5": None, "Q2 2026": None, "Derby": None,
    "1,200": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), PEOPLE.items())
def test_what_looks_like_a_person_is_known_by_its_kind(text: str, kind: str | None) -> None:
    assert person_kind(text, frozenset({"leicestershire", "leicester", "north", "west"})) == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [(9434765919, "an NHS number"), (7700900123, "a telephone number"), (12031987, "a date"), (19870312, "a date"),
     (12345678901, "a long number"), (10**400, "a long number"), (12, None), (9_999_999, None), (2.5, None),
     (-9434765919, None),
     (float("nan"), None), (float("inf"), None)],
)  # fmt: skip
def test_a_number_that_is_no_count_is_known_by_its_kind(number: float, kind: str | None) -> None:
    assert number_kind(number) == kind
    assert number_kind(12031987, pounds=True) is None


def test_sentences_are_free_text_and_labels_are_not() -> None:
    known = frozenset(("referrals", "to", "commissioned", "support", "in", "the", "quarter"))
    assert is_free_text("she moved to another county last week", known, label=True)
    assert is_free_text("Referrals to commissioned support in the quarter", known)
    assert not is_free_text("Referrals to commissioned support in the quarter", known, label=True)
    assert not is_free_text("service did not run", known)


def test_no_word_of_any_template_looks_like_a_person() -> None:
    for partner, quarter in everyone():
        text = template_csv(catalogue(), catalogue().partner(partner), quarter)
        assert not check(text.encode(), "return.csv").stopped
    assert not check(template(MARAC)).stopped


ROOMS = ["E9", "F9", "G9", "D9", "C9", "B9", "A9", "I9", "J9", "B2", "B3", "C4", "A40"]


@pytest.mark.parametrize("place", ROOMS)
@pytest.mark.parametrize("value", ["Zebedee Quokka", "she rang again about her brother and the police came", "LE1 6RP"])
def test_a_person_anywhere_stops_the_check_and_is_told_by_place_alone(place: str, value: str) -> None:
    checked = check(filled_csv(MARAC, edits={place: value, "E10": "<5", "D11": "Derby"}).encode(), "return.csv")
    assert checked.stopped
    assert [(one.kind, one.row, one.column[:1]) for one in checked.faults] == [("person", int(place[1:]), place[0])]
    assert checked.return_ is None
    words = checked.as_text() + checked.as_json()
    assert not [word for word in ("Zebedee", "Quokka", "brother", "6RP") if word in words]
    assert "data steward" in checked.advice


def test_a_column_or_a_sheet_about_persons_stops_the_check() -> None:
    for heading in ("Name", "Date of birth", "DOB", "Client ref", "Notes", "NHS no", "Postcode"):
        checked = check(filled_csv(MARAC, edits={"J6": heading}).encode(), "return.csv")
        assert [(one.kind, one.row, one.column) for one in checked.faults] == [("person", 6, "J")], heading

    def sheet(book: openpyxl.Workbook) -> None:
        book.create_sheet("Zebedee Quokka")["A1"] = 4

    checked = check(filled(MARAC, change=sheet))
    assert [(one.kind, one.sheet) for one in checked.faults] == [("person", "Sheet 5")]
    assert "Zebedee" not in checked.as_text()


def test_a_date_or_a_long_number_in_a_cell_of_its_own_kind_stops_the_check() -> None:
    from datetime import date

    for value in (date(1987, 3, 12), 9434765919, 7700900123):
        assert check(filled(MARAC, edits={"E9": value})).stopped
    assert check(filled_csv(MARAC, edits={"E9": "9434765919"}).encode(), "return.csv").stopped


# What is handed back


def test_the_text_and_the_json_say_the_same_with_keys_that_stay() -> None:
    checked = check(filled(MARAC, edits={"E9": -1, "D10": "Derby"}))
    read = json.loads(checked.as_json())
    assert list(read) == ["accepted", "stopped", "partner", "quarter", "advice", "faults"]
    assert (read["accepted"], read["stopped"], read["partner"], read["quarter"]) == (False, False, MARAC, QUARTER)
    assert [list(one) for one in read["faults"]] == [["sheet", "row", "column", "kind", "problem", "repair"]] * 2
    lines = checked.as_text().splitlines()
    assert (
        lines[0]
        == read["advice"]
        == "2 things are to be mended. Mend them in your own file, save it and check it again."
    )
    assert lines[1] == "Return, row 9, column E (Value): The number is negative. Enter 0 or more."
    accepted = check(filled(MARAC))
    assert json.loads(accepted.as_json())["faults"] == []
    assert "never by ordinary e-mail" in accepted.as_text()


def test_every_kind_of_fault_is_declared_and_every_sentence_ends() -> None:
    kinds = set(get_args(Kind))
    for edits in (
        {"E9": -1},
        {"D9": "Derby", "E10": "<5", "F11": "nil"},
        {"E9": None},
        {"B2": "Nobody"},
        {"J6": "Name"},
    ):
        for fault in check(filled(MARAC, edits=edits)).faults:
            assert fault.kind in kinds
            assert fault.problem[0].isupper() or fault.problem[0] == "“"
            assert fault.problem[-1] in ".?"
            assert fault.repair[-1] == "."


def test_the_marked_workbook_lists_the_faults_and_marks_their_cells() -> None:
    edits = {"E9": -3, "D10": "Zzderby", "E11": "<5", "G12": "stafing"}
    content = filled(MARAC, edits=edits)
    checked = check(content)
    made = marked_workbook(content, "return.xlsx", checked)
    assert made == marked_workbook(content, "return.xlsx", checked)
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == [MEND, RETURN]
    listed = [tuple(cell.value for cell in row) for row in book[MEND].iter_rows(6, max_col=5)]
    assert listed == [(one.sheet, one.row, one.column, one.problem, one.repair) for one in checked.faults]
    sheet = book[RETURN]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == set(edits)
    for place in marked:
        assert sheet[place].border.left.style == "thick"
        assert sheet[place].fill.fgColor.rgb == "FFFFD966"
    assert (sheet["E9"].value, sheet["D10"].value, sheet["E11"].value, sheet["G12"].value) == (-3, None, None, None)
    assert (sheet["E8"].value, sheet["D8"].value, sheet["C8"].value) == (900, "Leicestershire", "All")


def test_the_marked_workbook_of_a_file_with_people_holds_the_list_alone() -> None:
    content = filled(MARAC, edits={"E9": "Zebedee Quokka", "E10": 731})
    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(content, "return.xlsx", check(content))))
    assert book.sheetnames == [MEND]
