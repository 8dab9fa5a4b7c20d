"""H-CLIC workbooks: read by sheet, title and label, whatever the layout of the quarter; bad ones are refused whole."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from vawg_metrics.areas import DISTRICTS
from vawg_metrics.periods import Period
from vawg_metrics.sources import homelessness
from vawg_metrics.sources.contract import Fact, Intake
from vawg_metrics.sources.incoming import Incoming

Rows = list[list[object]]
Book = dict[str, Rows]

LEICESTER, BLABY, RUTLAND = "E06000016", "E07000129", "E06000017"
HIDDEN = "Threatened with homelessness due to service of valid Section 21 Notice – Prevention Duty owed"


def sheet_xml(rows: Rows) -> str:
    """Rows as the XML of a worksheet with inline texts."""
    lines = []
    for row in rows:
        cells = "".join(
            f"<c><v>{cell}</v></c>"
            if isinstance(cell, int | float)
            else f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(cell))}</t></is></c>'
            for cell in row
        )
        lines.append(f"<row>{cells}</row>")
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def write_workbook(path: Path, book: Book) -> Incoming:
    """A workbook of the given sheets, as the reader receives it."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    names = list(book)
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    front = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{front}</Relationships>')
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'
        )
        for number, name in enumerate(names, 1):
            file.writestr(f"xl/worksheets/sheet{number}.xml", sheet_xml(book[name]))
    return Incoming(path)


def table(title: str, header: Rows, *columns: tuple[object, ...]) -> Rows:
    """A table: title, header, then England, Rest of England, a region twice, and Leicester, Blaby, Adur, Rutland."""
    areas = (
        ("E92000001", "ENGLAND"),
        ("-", "Rest of England"),
        ("E12000007", "London"),
        ("E12000007", "London"),
        (LEICESTER, "Leicester "),
        (BLABY, "Blaby"),
        ("E07000223", "Adur"),
        (RUTLAND, "Rutland"),
    )
    body: Rows = [[*area, *(column[place] for column in columns)] for place, area in enumerate(areas)]
    return [[title], *map(list, header), *body, [], ["Notes"], ["-", "suppressed"], ["..", "no data received"]]


def old_book(quarter: str = "April to June 2018") -> Book:
    """The layout of the first two years: one table A2 for both duties, the quarter in the sheet's name."""
    spans = f"\nEngland, {quarter}"
    duties: Rows = [
        ["", "", "Total initial assessments1,2"],
        ["", "", "Threatened with homelessness - \nPrevention duty owed"],
    ]
    duties[1] += ["Homeless - \nRelief duty owed4"]
    needs: Rows = [
        [
            "",
            "",
            "At risk of / has experienced sexual abuse / exploitation",
            "At risk of / has experienced domestic abuse",
        ]
    ]
    main: Rows = [["", "", "Total households owed a main duty (acceptances)1", ""], ["", "", "", "Domestic\n abuse"]]
    pairs = (10, 9, 5, 5, "1,004", 3, 2, ".."), (20, 9, 5, 5, 8, 2, 2, "..")
    return {
        "Contents": [["Revised 18th December 2019"]],
        "A1 - Apr-Jun 18": table(f"Table A1 - Number of households assessed{spans}", duties, *pairs),
        "A2 - Apr-Jun 18": table(
            f"Table A2 - Reason for loss of last settled home{spans}", [["", "", "Domestic abuse"]], pairs[0]
        ),
        "A3 - Apr-Jun 18": table(f"Table A3 – Support needs of households{spans}", needs, *pairs),
        "A10 - Apr-Jun 18": [["Table A10"]],
        "MD3 - Apr-Jun 18": table(
            f"Table MD3 - Priority need category of households owed a main duty{spans}",
            main,
            pairs[0],
            (1, 1, 1, 1, 0, "-", 1, ".."),
        ),
    }


def new_book(quarter: str = "July to September 2023") -> Book:
    """The layout since July 2023: A2P and A2R, victims and alleged perpetrators apart, left-over hidden headers."""
    spans = f"\nEngland, {quarter}"
    book = {name.split(" ")[0]: rows for name, rows in old_book(quarter).items()}
    del book["A2"], book["Contents"]
    book["A1"][1:3] = [
        ["", "", "Threatened with homelessness – Prevention Duty owed", "Already homeless – Relief Duty owed", HIDDEN],
        [
            "",
            "",
            "Threatened with homelessness within 56 days - \nPrevention duty owed",
            "Homeless - \nRelief duty owed4",
        ],
    ]
    header: Rows = [
        ["", "", "Domestic abuse"],
        ["", "", "Domestic abuse", "", ""],
        ["", "", "Total Domestic abuse", "Of which:"],
        ["", "", "", "Victim", "Alleged perpetrator", 'Retired "Domestic abuse" option'],
    ]
    total, victims, others, retired = (9,) * 8, (6,) * 8, (2,) * 8, (1,) * 8
    for sheet, duty in (("A2P", "prevention"), ("A2R_", "relief")):
        title = f"Table A2P - Number of households owed a {duty} duty by reason for loss{spans}"
        book[sheet] = table(title, header, total, victims, others, retired)
    return book


def taken(tmp_path: Path, book: Book) -> Intake:
    """The one intake of a workbook; its name says nothing about its content."""
    (intake,) = homelessness.read(write_workbook(tmp_path / "download (3).xlsx", book))
    assert intake.ledger.balances
    return intake


def cell(intake: Intake, area: str, item: str, part: str = "") -> Fact:
    (found,) = [fact for fact in intake.facts if (fact.area, fact.item, fact.part) == (area, item, part)]
    return found


def problems(tmp_path: Path, book: Book) -> list[str]:
    return [f"{fault.row}: {fault.problem}" for fault in taken(tmp_path, book).faults]


def test_the_first_layout_gives_one_part_for_both_duties(tmp_path: Path) -> None:
    intake = taken(tmp_path, old_book())
    assert intake.faults == ()
    assert (intake.source, intake.edition) == ("homelessness", "April to June 2018, revised")
    assert intake.covers == Period("2018-04", "2018-06")
    assert cell(intake, LEICESTER, "owed", "prevention").count == 1004
    assert cell(intake, LEICESTER, "owed", "relief").count == 8
    assert cell(intake, BLABY, "owed_domestic_abuse", "both").count == 3
    assert cell(intake, "E92000001", "support_need_domestic_abuse").count == 20
    assert cell(intake, "E92000001", "support_need_sexual_abuse").count == 10
    assert not any("victims" in fact.item for fact in intake.facts)


def test_a_true_zero_a_suppressed_cell_and_an_unknown_one_are_three_things(tmp_path: Path) -> None:
    intake = taken(tmp_path, old_book())
    found = [cell(intake, area, "priority_need_domestic_abuse") for area in (LEICESTER, BLABY, RUTLAND)]
    assert [(fact.count, fact.marker) for fact in found] == [(0, ""), (None, "suppressed"), (None, "missing")]


def test_a_district_without_a_row_is_unknown_and_never_zero(tmp_path: Path) -> None:
    intake = taken(tmp_path, old_book())
    for item, part in {(fact.item, fact.part) for fact in intake.facts}:
        held = {fact.area: fact for fact in intake.facts if (fact.item, fact.part) == (item, part)}
        assert {area.code for area in DISTRICTS} <= set(held)
        assert (held["E07000130"].count, held["E07000130"].marker) == (None, "missing")


def test_the_ledger_says_where_each_row_went(tmp_path: Path) -> None:
    ledger = taken(tmp_path, old_book()).ledger
    assert ledger.read == 4 * 8
    assert ledger.kept == {"table A1": 5, "table A2": 5, "table A3": 5, "table MD3": 5}
    assert ledger.set_aside == {"Rest of England": 4, "other regions": 8}


def test_neighbouring_councils_are_kept_and_named_and_others_set_aside(tmp_path: Path) -> None:
    book = old_book()
    for rows in book.values():
        for row in rows:
            if row and row[0] == "E07000223":
                row[:2] = ["E08000016", "Barnsley R"]
            elif row and row[0] == RUTLAND:
                row[:2] = ["E09000001", "City of London"]
    intake = taken(tmp_path, book)
    assert [(area.code, area.name) for area in intake.places] == [("E08000038", "Barnsley")]
    assert intake.ledger.set_aside["other councils"] == 4


def test_the_later_layout_gives_each_duty_and_the_victims_apart(tmp_path: Path) -> None:
    intake = taken(tmp_path, new_book())
    assert intake.faults == ()
    assert intake.edition == "July to September 2023"
    for part in ("prevention", "relief"):
        assert cell(intake, LEICESTER, "owed_domestic_abuse", part).count == 9
        assert cell(intake, LEICESTER, "owed_domestic_abuse_victims", part).count == 6
        assert cell(intake, LEICESTER, "owed_domestic_abuse_perpetrators", part).count == 2
    assert not any(fact.part == "both" for fact in intake.facts)


def test_a_table_of_both_duties_is_taken_before_one_of_prevention_alone(tmp_path: Path) -> None:
    book = old_book()
    book["A2p"] = new_book()["A2P"]
    intake = taken(tmp_path, book)
    assert intake.faults == ()
    assert {fact.part for fact in intake.facts if fact.item == "owed_domestic_abuse"} == {"both"}


def test_a_workbook_is_known_by_its_content(tmp_path: Path) -> None:
    for number, book in enumerate((old_book(), new_book())):
        assert homelessness.likeness(write_workbook(tmp_path / f"{number}.xlsx", book)) == 1.0
    book = new_book()
    book["Sheet4"] = book.pop("MD3")
    assert homelessness.likeness(write_workbook(tmp_path / "renamed.xlsx", book)) >= 0.6
    others = {"A1": [["Table A1: police recorded crime"]], "A3": [["Table A3: arrests"]]}
    assert homelessness.likeness(write_workbook(tmp_path / "others.xlsx", others)) < 0.6
    text = tmp_path / "A1.csv"
    text.write_text("A1,A2,A3,MD3\n1,2,3,4\n")
    assert homelessness.likeness(Incoming(text)) == 0.0


def test_every_fault_of_a_workbook_is_found_at_once(tmp_path: Path) -> None:
    book = new_book()
    del book["MD3"]
    leicester = book["A1"].index(next(row for row in book["A1"] if row[0] == LEICESTER))
    book["A1"][leicester][2:4] = ["about 900", -4]
    book["A1"][leicester + 1][0] = "E0700012"
    book["A1"][-5][:2] = ["E06000099", "Rutland"]
    book["A3"][1][3] = "Domestic abuse or at risk of it"
    assert problems(tmp_path, book) == [
        ": table MD3 is missing.",
        "sheet A1, row 8: owed of Leicester: 'about 900' is not a whole number.",
        "sheet A1, row 8: owed of Leicester: -4 is a negative count.",
        "sheet A1, row 9: 'E0700012' (Blaby) is not the code of an area.",
        "sheet A1, row 11: Rutland carries the code E06000099, and its code is E06000017.",
        "sheet A3: the column for 'support_need_domestic_abuse' of table A3 is missing or was renamed.",
    ]


def test_a_doubled_column_and_a_lost_split_are_faults(tmp_path: Path) -> None:
    book = new_book()
    book["A2P"][4][3:5] = ["Survivor", "Others"]
    book["A2R_"][4][5] = "Victim"
    assert problems(tmp_path, book) == [
        "sheet A2P: the column for 'owed_domestic_abuse_victims' of table A2P is missing or was renamed.",
        "sheet A2P: the column for 'owed_domestic_abuse_perpetrators' of table A2P is missing or was renamed.",
        "sheet A2R_: the column for 'owed_domestic_abuse_victims' of table A2R stands 2 times.",
    ]


def test_a_row_twice_must_say_the_same(tmp_path: Path) -> None:
    book = old_book()
    rows = book["A1 - Apr-Jun 18"]
    blaby = next(row for row in rows if row[:1] == [BLABY])
    rows.insert(6, list(blaby))
    assert taken(tmp_path, book).ledger.set_aside["the same row twice"] == 1
    rows.insert(6, [BLABY, "Blaby", 99, 99])
    assert problems(tmp_path, book) == [
        "sheet A1 - Apr-Jun 18, row 8: Blaby stands twice with different figures.",
        "sheet A1 - Apr-Jun 18, row 11: Blaby stands twice with different figures.",
    ]


@pytest.mark.parametrize(
    ("quarter", "problem"),
    [
        ("January to June 2020", "'January to June 2020' is not a quarter of the year."),
        ("Smarch to June 2020", "the title does not name a quarter such as 'April to June 2025'."),
        ("October to December 2099", "December 2099 lies in the future."),
    ],
)
def test_an_impossible_quarter_is_refused(tmp_path: Path, quarter: str, problem: str) -> None:
    assert {fault.problem for fault in taken(tmp_path, old_book(quarter)).faults} == {problem}


def test_sheets_of_two_quarters_or_under_the_wrong_title_are_refused(tmp_path: Path) -> None:
    book = new_book()
    book["A3"][0][0] = str(book["A3"][0][0]).replace("2023", "2024")
    book["A2P"], book["A2R_"] = book["A2R_"], book["A2P"]
    assert problems(tmp_path, book) == [
        "sheet A2P, row 1: the title of table A2P does not hold the words 'prevention duty'.",
        "sheet A2R_, row 1: the title of table A2R does not hold the words 'relief duty'.",
        "table A3: its title names July to September 2024, and other tables name July to September 2023.",
    ]


def test_a_header_without_rows_is_refused(tmp_path: Path) -> None:
    book = old_book()
    book["A2 - Apr-Jun 18"] = book["A2 - Apr-Jun 18"][:2]
    assert problems(tmp_path, book) == ["sheet A2 - Apr-Jun 18: there is no row with an area code (such as E06000016)."]


def test_a_flood_of_faults_is_cut_after_fifty(tmp_path: Path) -> None:
    book = old_book()
    rows = book["A1 - Apr-Jun 18"]
    rows[5:5] = [["E0", f"Place {number}", 1, 1] for number in range(60)]
    faults = taken(tmp_path, book).faults
    assert len(faults) == 51
    assert faults[-1].problem == "there are 10 more faults."
