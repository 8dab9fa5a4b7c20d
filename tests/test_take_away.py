"""Every format of a parcel opens again with the same figures, whatever the words in it are."""

import csv
import hashlib
import io
import json
import re
import sys
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.readings import OPENED, OUTCOMES, districts, figure, indicator, reading, run
from vawg_metrics import __main__ as command_line
from vawg_metrics.areas import Area
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plotted import LOWER, UPPER, plotted
from vawg_metrics.errors import FaultsFound
from vawg_metrics.outputs.change_columns import CHANGE_COLUMNS
from vawg_metrics.outputs.columns import MEANING, meanings, title_of
from vawg_metrics.outputs.csv_file import pure_csv, write_csv
from vawg_metrics.outputs.data_package import DESCRIPTOR
from vawg_metrics.outputs.formats import FORMATS, usable
from vawg_metrics.outputs.json_file import write_json
from vawg_metrics.outputs.package import write_zip
from vawg_metrics.outputs.parcel import parcel_of
from vawg_metrics.outputs.shorthand import SHORTHAND, cell_shorthand, row_shorthand
from vawg_metrics.outputs.table import COLUMNS, VIEW_COLUMNS, as_record
from vawg_metrics.outputs.whole import KEY, write_everything
from vawg_metrics.outputs.workbook import write_xlsx
from vawg_metrics.outputs.workbook_cells import MOST_CHARACTERS, cell_text, headers
from vawg_metrics.reading import FIRST, LAST, Reading, Release, read, select_figures
from vawg_metrics.selection import Selection

ROOT = Path(__file__).resolve().parents[1]
BOUNDARIES = json.loads((ROOT / "static" / "districts.geojson").read_text("utf-8"))
SHARE = indicator(unit="percent", per=100, unit_words="", breakdown=OUTCOMES)
GAPPED = reading(
    [*run("LLR", "2023-03", [40, None, 7, 9]), *run("Rutland", "2023-03", [4, 5, 6, 7])], changes=(OPENED,)
)
PLACED = districts((319, 74, 47, 94, None, 53, 49, 62, 18))
LIMITED = tuple(
    one if one.value is None else replace(one, lower=0.9 * one.value, upper=1.1 * one.value) for one in PLACED
)
BESIDE = reading(run("LLR", "2025-03", [8], "year"), districts=LIMITED, headline=LIMITED[0])
STACKED = reading(
    [
        *run("LLR", "2024-03", [9, 9], "year", SHARE),
        *(
            figure("LLR", end, count, "year", group=one.id, of=SHARE)
            for end in ("2024-03", "2025-03")
            for count, one in enumerate(OUTCOMES.groups, 3)
        ),
    ],
    SHARE,
)
PARCELS = {
    "trend": parcel_of(GAPPED),
    "districts": parcel_of(BESIDE, "districts"),
    "map": parcel_of(BESIDE, "map"),
    "groups": parcel_of(STACKED, "groups"),
    "nothing": parcel_of(reading([])),
}
DRAWN = [name for name in PARCELS if name != "nothing"]
HOSTILE = {
    "formula": "=cmd|' /C calc'!A0",
    "reference": "Hooray!A1",
    "sum": "@SUM(1+1)",
    "quotes": "\"quotes\", and 'more'",
    "script": "<script>alert(1)</script>",
    "long": "x" * 300,
    "wordy": "word " * 60,
    "leftward": "\u202egnp.exe",
    "control": "a\x00\x07\x1bb\x9f",
    "hidden formula": "\x01=1+1",
    "tab": "\t=1+1",
    "lines": "one\r\n=1+1",
    "address": "https://example.org/x",
    "path": "../../../etc/passwd",
    "comment": "<!-- --> ]]> &amp; _x0041_",
}
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def hostile(words: str) -> Reading:
    """A reading whose place, title and caution are these words."""
    place = Area("E07000999", words, "district")
    measure = indicator(title=words, caveats=(words,), method=words)
    figures = [replace(one, note=words) for one in run(place, "2023-03", [41, None, 43, 44], of=measure)]
    return reading(figures, measure, Selection((words,)), areas=(place,), headline=figures[0])


def inside(content: bytes) -> Mapping[str, bytes]:
    """The members of a ZIP by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def sheets_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def data_of(content: bytes) -> list[dict[str, object]]:
    """The rows of the sheet Data under their header."""
    header, *rows = sheets_of(content)["Data"].iter_rows(values_only=True)
    return [dict(zip((str(name) for name in header), row, strict=True)) for row in rows]


def valid(path: Path) -> None:
    """Assert that the Frictionless library finds every table as its descriptor says."""
    elsewhere = [one for one in sys.path if Path(one or ".").resolve() != ROOT]  # it looks for plugins on the path
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        warnings.simplefilter("ignore")
        patched.setattr(sys, "path", elsewhere)
        import frictionless

        report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["name", "type", "note"])
    assert report.stats["tasks"] > 0


# Columns


def test_every_column_has_a_type_a_title_and_a_description() -> None:
    written = {*COLUMNS, *VIEW_COLUMNS, *CHANGE_COLUMNS}
    assert not written - set(MEANING)
    for one in MEANING.values():
        assert one.type in ("string", "integer", "number")
        assert one.title and one.description.endswith(".")
    assert (MEANING["numerator"].type, MEANING["denominator"].type, MEANING["value"].type) == (
        "integer", "integer", "number",
    )  # fmt: skip


def test_cells_are_of_the_type_of_their_column() -> None:
    kinds = {"string": str, "integer": int, "number": int | float}
    cells = [
        (column, record[column.name]) for one in PARCELS.values() for record in one.records
        for column in meanings(one.columns)
    ]  # fmt: skip
    assert {column.type for column, cell in cells if cell is not None} == set(kinds)
    assert not [
        (column.name, cell) for column, cell in cells if cell is not None and not isinstance(cell, kinds[column.type])
    ]


def test_a_column_that_a_view_made_is_a_number_where_its_cells_are() -> None:
    made = meanings(("Melton", "Oz", "area"), [{"Melton": 3, "Oz": "[x]", "area": "x"}, {"Melton": None}])
    assert [one.type for one in made] == ["number", "string", "string"]
    assert (title_of("value"), title_of("Melton")) == ("Value", "Melton")


# Shorthand


@pytest.mark.parametrize(
    ("numerator", "value", "marker", "row", "cell"),
    [
        (None, None, "missing", "[x]", "[x]"),
        (None, None, "incomplete", "[x]", "[x]"),
        (None, None, "not_collected", "[x]", "[x]"),
        (None, None, "suppressed", "[c]", "[c]"),
        (None, None, "protected", "[c]", "[c]"),
        (None, None, "not_due", "[z]", "[z]"),
        (8, None, "", "[z]", "[z]"),
        (8, None, "provisional", "[z] [p]", "[z]"),
        (8, 2.0, "provisional", "[p]", ""),
        (8, 2.0, "revised", "[r]", ""),
        (8, 2.0, "incomplete", "[u]", ""),
        (8, 2.0, "", "", ""),
    ],
)
def test_shorthand_says_why_a_number_is_unknown(
    numerator: int | None, value: float | None, marker: str, row: str, cell: str
) -> None:
    record = {"numerator": numerator, "value": value, "marker": marker}
    assert row_shorthand(record) == row
    assert set(row.split()) <= set(SHORTHAND)
    if value is None:
        assert cell_shorthand(record, "value") == cell


def test_what_a_figure_never_had_is_not_applicable() -> None:
    plain = {"numerator": 8, "value": 8, "marker": "provisional"}
    assert cell_shorthand(plain, "denominator", divided=False) == "[z]"
    assert {cell_shorthand(plain, name) for name in ("lower", "upper", "rest_value", "usual_mean")} == {"[z]"}
    unknown = {"numerator": None, "value": None, "marker": "suppressed"}
    assert (cell_shorthand(unknown, "lower"), cell_shorthand(unknown, "rest_value")) == ("[c]", "[z]")
    assert cell_shorthand(unknown, "denominator") == "[c]"


# The same figures in every format


@pytest.mark.parametrize("name", PARCELS)
def test_every_format_gives_the_figures_back(name: str) -> None:
    parcel = PARCELS[name]
    numbers = [one.name for one in meanings(parcel.columns) if one.type != "string"]
    told = [{column: record[column] for column in parcel.columns} for record in parcel.records]
    assert json.loads(write_json(parcel))["records"] == told
    rows = list(csv.DictReader(io.StringIO(pure_csv(parcel).decode("utf-8"))))
    assert len(rows) == len(told)
    for row, record in zip(rows, told, strict=True):
        for column in parcel.columns:
            if column in numbers:
                assert (float(row[column]) if row[column] else None) == record[column]
            else:
                assert row[column] == record[column]
    if not told:
        return
    for cells, record in zip(data_of(write_xlsx(parcel)), told, strict=True):
        for column in numbers:
            known = record[column] is not None
            assert cells[column] == pytest.approx(record[column], rel=1e-14) if known else cells[column] in SHORTHAND
        assert cells["area"] == record["area"]


def test_a_second_reader_finds_numbers_in_the_workbook_too() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsx(PARCELS["trend"])))
    header, *rows = book.get_sheet_by_name("Data").to_python()
    values = [row[header.index("value")] for row in rows]
    assert values == [one.value if one.known else "[x]" for one in GAPPED.figures]


def test_json_says_what_it_is_and_what_each_column_means() -> None:
    whole = json.loads(write_json(PARCELS["trend"]))
    assert list(whole) == ["title", "edition", "about", "columns", "records"]
    assert (whole["title"], whole["edition"]) == (PARCELS["trend"].title, "0123456789")
    assert [(one["name"], one["text"]) for one in whole["about"]] == list(PARCELS["trend"].about)
    assert [one["name"] for one in whole["columns"]] == list(VIEW_COLUMNS)
    assert {"name", "type", "title", "description"} == set(whole["columns"][0])
    assert whole["records"][1]["value"] is None


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", DRAWN)
def test_the_same_parcel_gives_the_same_bytes(name: str, suffix: str) -> None:
    write = FORMATS[suffix].write
    assert write(PARCELS[name], BOUNDARIES) == write(PARCELS[name], BOUNDARIES)


def test_pictures_are_offered_only_where_something_is_drawn() -> None:
    assert list(usable(PARCELS["trend"])) == ["csv", "xlsx", "json", "svg", "png"]
    assert list(usable(PARCELS["nothing"])) == ["csv", "xlsx", "json"]
    edition = parcel_of(reading([figure("LLR", "2025-03", 3, "edition")]))
    assert not edition.plan.empty and list(usable(edition)) == ["csv", "xlsx", "json"]
    assert "Chart" not in sheets_of(write_xlsx(edition)).sheetnames


# The workbook


@pytest.mark.parametrize("name", PARCELS)
def test_a_workbook_has_its_sheets_with_one_table_each_and_no_merged_cell(name: str) -> None:
    book = sheets_of(write_xlsx(PARCELS[name]))
    chart = ["Chart"] if name in DRAWN else []
    assert book.sheetnames == ["Cover", "Data", *chart, "Notes"]
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert len(sheet.tables) == (sheet.title != "Cover")
        for table in sheet.tables.values():
            assert table.ref.startswith("A1:") and sheet.freeze_panes == "A2"
            assert [one.name for one in table.tableColumns] == [cell.value for cell in sheet[1]]
    assert book.properties.title == PARCELS[name].title[:255]
    assert "Open Government Licence" in book.properties.description
    assert book.properties.created.year == 1980


def test_the_shorthand_stands_where_a_number_is_unknown_and_in_its_own_column() -> None:
    rows = data_of(write_xlsx(PARCELS["trend"]))
    names = list(rows[0])
    assert names.index("shorthand") == names.index("marker") + 1
    gap = rows[1]
    assert (gap["numerator"], gap["value"], gap["lower"], gap["shorthand"]) == ("[x]", "[x]", "[x]", "[x]")
    assert (rows[0]["value"], rows[0]["shorthand"], rows[0]["lower"]) == (40, None, "[z]")


def test_cover_and_notes_say_what_the_workbook_is() -> None:
    parcel = PARCELS["trend"]
    book = sheets_of(write_xlsx(parcel))
    cover = [row[0] for row in book["Cover"].iter_rows(values_only=True)]
    assert cover[0] == parcel.title
    assert {"Edition 0123456789", "Contents", *(f"{sign} {words}" for sign, words in SHORTHAND.items())} <= set(cover)
    links = [cell.hyperlink for (cell,) in book["Cover"].iter_rows() if cell.hyperlink]
    assert [one.location for one in links] == ["'Data'!A1", "'Chart'!A1", "'Notes'!A1"]
    assert not [one for one in links if one.target]
    pairs = list(book["Notes"].iter_rows(min_row=2, values_only=True))
    assert pairs[: len(parcel.about)] == list(parcel.about)
    assert {f"Column {name}" for name in (*VIEW_COLUMNS, "shorthand")} <= {name for name, _ in pairs}


@pytest.mark.parametrize("name", DRAWN)
def test_the_chart_is_native_and_draws_the_plotted_numbers(name: str) -> None:
    plan, numbers = PARCELS[name].plan, plotted(PARCELS[name].plan)
    content = write_xlsx(PARCELS[name])
    parts = inside(content)
    chart = ElementTree.fromstring(parts["xl/charts/chart1.xml"])
    series = [place for place, one in enumerate(numbers.header) if place and one not in (LOWER, UPPER)]
    assert chart.find(f"{CHART}chart") is not None
    assert len(chart.findall(f".//{CHART}ser")) == len(series) > 0
    said = "".join(chart.itertext())
    assert plan.title in said and numbers.header[0] in said
    drawing = parts["xl/drawings/drawing1.xml"].decode("utf-8")
    assert ElementTree.fromstring(drawing) is not None
    assert re.search(r'descr="[^"]{20}', drawing)
    kind = {"line": "lineChart", "bar": "barChart", "stack": "barChart"}[numbers.kind]
    assert chart.find(f".//{CHART}{kind}") is not None
    assert ('grouping val="stacked"' in parts["xl/charts/chart1.xml"].decode()) == (numbers.kind == "stack")
    rows = list(sheets_of(content)["Chart"].iter_rows(min_row=2, values_only=True))
    assert [row[: len(numbers.header)] for row in rows] == [
        tuple(pytest.approx(cell) if isinstance(cell, float) else cell for cell in row) for row in numbers.rows
    ]


def test_an_unknown_number_of_the_chart_is_blank_and_a_gap() -> None:
    content = write_xlsx(PARCELS["trend"])
    cells = sheets_of(content)["Chart"]
    assert [cells.cell(row, 2).value for row in range(2, 6)] == [40, None, 7, 9]
    line = ElementTree.fromstring(inside(content)["xl/charts/chart1.xml"]).find(f".//{CHART}ser/{CHART}val")
    assert line is not None and len(line.findall(f".//{CHART}pt")) == 3
    assert b'dispBlanksAs val="zero"' not in inside(content)["xl/charts/chart1.xml"]


def test_limits_are_whiskers_and_no_series() -> None:
    numbers = plotted(PARCELS["districts"].plan)
    assert LOWER in numbers.header
    chart = ElementTree.fromstring(inside(write_xlsx(PARCELS["districts"]))["xl/charts/chart1.xml"])
    (whiskers,) = chart.findall(f".//{CHART}errBars")
    assert {one.tag for one in whiskers} >= {f"{CHART}plus", f"{CHART}minus"}


def test_bars_begin_at_zero() -> None:
    for name in DRAWN:
        chart = ElementTree.fromstring(inside(write_xlsx(PARCELS[name]))["xl/charts/chart1.xml"])
        low = chart.find(f".//{CHART}valAx/{CHART}scaling/{CHART}min")
        assert low is not None and float(low.attrib["val"]) == 0


def test_a_table_without_rows_says_that_there_is_no_figure() -> None:
    (only,) = data_of(write_xlsx(PARCELS["nothing"]))
    assert only["indicator"] == "There is no figure."


def test_headers_are_never_empty_or_alike_and_cells_never_too_long() -> None:
    assert headers(["Melton", "MELTON", "", "=1", "x" * 400]) == [
        "Melton", "MELTON (2)", "Column 3", "'=1", "x" * 248 + "…",
    ]  # fmt: skip
    assert len(cell_text("y" * 40_000)) == MOST_CHARACTERS
    long = replace(PARCELS["trend"], about=(("Note", "y" * 40_000),))
    assert len(str(sheets_of(write_xlsx(long))["Notes"]["B2"].value)) == MOST_CHARACTERS


# Hostile words


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_words_become_a_formula_or_a_link_in_a_workbook(kind: str) -> None:
    content = write_xlsx(parcel_of(hostile(HOSTILE[kind])))
    book = sheets_of(content)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert texts and not [text for text in texts if text[0] in "=+-@\t\r\n\x01"]
    assert not [name for name, body in inside(content).items() if name.startswith("xl/worksheets/") and b"<f>" in body]
    assert not [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]
    for name, body in inside(content).items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(body)
    assert "Chart" in book.sheetnames


def test_what_xml_cannot_hold_is_replaced_and_other_words_are_kept() -> None:
    rows = {kind: data_of(write_xlsx(parcel_of(hostile(words))))[0]["area"] for kind, words in HOSTILE.items()}
    assert rows["control"] == "a\ufffd\ufffd\ufffdb\ufffd"
    assert cell_text("half \ud800 a letter") == "half \ufffd a letter"
    assert rows["formula"] == "'=cmd|' /C calc'!A0"
    assert rows["hidden formula"] == "'\ufffd=1+1"
    for kept in ("quotes", "script", "long", "leftward", "address", "comment"):
        assert rows[kept] == HOSTILE[kept]


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font:UserWarning")
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_leave_every_other_format_whole(kind: str) -> None:
    words = HOSTILE[kind]
    parcel = parcel_of(hostile(words))
    svg = ElementTree.fromstring(FORMATS["svg"].write(parcel, None))
    assert not [one for one in svg.iter() if one.tag.endswith(("script", "foreignObject", "}a"))]
    assert not [name for one in svg.iter() for name in one.attrib if name.lower().startswith("on")]
    Image.open(io.BytesIO(FORMATS["png"].write(parcel, None))).verify()
    records = json.loads(write_json(parcel))["records"]
    assert records[0]["area"] == words
    text = write_csv(parcel).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows[0]) == len(VIEW_COLUMNS)
    assert not [cell for row in rows for cell in row if cell and cell[0] in "=+@\t\r\n\x00\x01"]


def test_hostile_words_leave_a_zip_with_plain_names(tmp_path: Path) -> None:
    one = replace(parcel_of(hostile(HOSTILE["control"])), plan=Plan(title="", subtitle="", empty="Nothing."))
    parcels = [replace(one, stem=words, title=words, about=(("Source", words),)) for words in HOSTILE.values()]
    members = inside(write_zip("../=evil", HOSTILE["script"], parcels))
    assert len([name for name in members if name.startswith("tables/")]) == len(parcels)
    assert not [name for name in members if not re.fullmatch(r"([a-z]+/)?[A-Za-z0-9_-]+\.[a-z]+", name)]
    assert max(map(len, members)) < 140
    unpacked(members, tmp_path)
    valid(tmp_path / DESCRIPTOR)


def unpacked(members: Mapping[str, bytes], folder: Path) -> None:
    for name, body in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)


# The ZIP


def test_a_zip_has_tables_pictures_notes_and_says_how_far_it_is() -> None:
    told: list[tuple[int, int, str]] = []
    parcels = [PARCELS["trend"], PARCELS["map"], PARCELS["nothing"]]
    content = write_zip("a-page", "A page", parcels, BOUNDARIES, lambda *one: told.append(one))
    members = inside(content)
    stems = [one.stem for one in parcels]
    assert set(members) == {
        "README.txt", DESCRIPTOR, *(f"tables/{stem}.csv" for stem in stems), *(f"notes/{stem}.txt" for stem in stems),
        *(f"charts/{stem}.{suffix}" for stem in stems[:2] for suffix in ("svg", "png")),
    }  # fmt: skip
    assert [one[:2] for one in told] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    readme = members["README.txt"].decode("utf-8")
    for words in ("# A page", "Edition 0123456789", "Open Government Licence", "suppressed", "Crown copyright", *stems):
        assert words in readme
    assert PARCELS["trend"].about[0][1] in members[f"notes/{stems[0]}.txt"].decode("utf-8")
    assert content == write_zip("a-page", "A page", parcels, BOUNDARIES)


def test_a_zip_is_a_data_package_that_validates(tmp_path: Path) -> None:
    members = inside(write_zip("a-page", "A page", [PARCELS[name] for name in PARCELS], BOUNDARIES))
    unpacked(members, tmp_path)
    valid(tmp_path / DESCRIPTOR)
    whole = json.loads(members[DESCRIPTOR])
    assert whole["profile"] == "tabular-data-package"
    assert [one["name"] for one in whole["licenses"]] == ["OGL-UK-3.0"]
    assert whole["sources"][0]["title"].startswith("Office for Invented Statistics")
    for one in whole["resources"]:
        body = members[one["path"]]
        assert (one["bytes"], one["hash"]) == (len(body), f"sha256:{hashlib.sha256(body).hexdigest()}")
        assert not body.startswith(b"\xef\xbb\xbf")
        assert one["schema"]["missingValues"] == [""]


def test_the_validator_would_find_a_changed_table(tmp_path: Path) -> None:
    unpacked(inside(write_zip("a-page", "A page", [PARCELS["trend"]])), tmp_path)
    (table,) = (tmp_path / "tables").iterdir()
    table.write_bytes(table.read_bytes().replace(b",40,", b",many,"))
    with pytest.raises(AssertionError, match=r"type-error|hash-count|byte-count"):
        valid(tmp_path / DESCRIPTOR)


def test_two_parcels_of_one_stem_both_stay() -> None:
    twice = [PARCELS["nothing"], replace(PARCELS["nothing"], title="Another"), PARCELS["nothing"]]
    names = [name for name in inside(write_zip("p", "P", twice)) if name.startswith("tables/")]
    assert len(names) == len(set(names)) == 3


@pytest.mark.real_data
def test_a_zip_of_real_cards_validates(release: Release, tmp_path: Path) -> None:
    found = {id_: read(release, release.catalogue.indicator(id_), Selection()) for id_ in (
        "violence_sexual_offences_rate", "domestic_abuse_homelessness_rate", "women_and_girls")}  # fmt: skip
    unpacked(inside(write_zip("real", "Real", [parcel_of(one) for one in found.values()])), tmp_path)
    valid(tmp_path / DESCRIPTOR)


# The whole release


@pytest.fixture
def in_tiny_world(tiny: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line opens the tiny world."""
    monkeypatch.setattr(command_line, "load_catalogue", lambda: tiny.catalogue)
    monkeypatch.setattr(command_line, "open_data", lambda folder, catalogue: tiny)


def export(*words: str) -> Result:
    return CliRunner().invoke(command_line.main, ["export", *words])


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("in_tiny_world")
def test_everything_is_exported_and_validates(tiny: Release, tmp_path: Path) -> None:
    result = export("--all", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert tiny.name in result.stdout
    held = files_in(tmp_path / "out")
    measures = [one.id for one in tiny.catalogue.indicators if one.id in tiny.reaches]
    expected = {f"{name}.{suffix}" for name in ("measures", "areas", "sources") for suffix in ("csv", "json")}
    expected |= {f"figures/{id_}.{suffix}" for id_ in measures for suffix in ("csv", "json")}
    assert set(held) == {"README.md", DESCRIPTOR, "figures.parquet", *expected}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    valid(tmp_path / "out" / DESCRIPTOR)
    listed = {one["path"]: one["hash"] for one in json.loads(held[DESCRIPTOR])["files"]}
    assert listed == {
        name: f"sha256:{hashlib.sha256(body).hexdigest()}" for name, body in held.items() if name != DESCRIPTOR
    }


def test_every_figure_is_in_the_export_in_every_format(tiny: Release, tmp_path: Path) -> None:
    told: list[int] = []
    summary = write_everything(tiny, tmp_path / "out", lambda done, of, what: told.append(of - done))
    ((count,),) = tiny.warehouse.rows("select count(*) from figure")
    table = pq.read_table(tmp_path / "out" / "figures.parquet")
    assert (summary.figures, table.num_rows, told[-1]) == (count, count, 0)
    kinds = {one.name: str(one.type) for one in table.schema}
    assert tuple(kinds) == COLUMNS
    assert (kinds["numerator"], kinds["value"], kinds["area"]) == ("int64", "double", "string")
    rows = table.to_pylist()
    assert len({tuple(row[name] for name in KEY) for row in rows}) == count
    id_ = "charged_share"
    measure = tiny.catalogue.indicator(id_)
    wanted = [as_record(measure, one, tiny.name) for one in select_figures(tiny, id_, (), "", FIRST, LAST, True)]
    assert any(one["breakdown"] for one in wanted) and any(one["value"] is None for one in wanted)
    assert [row for row in rows if row["indicator"] == id_] == wanted
    assert json.loads((tmp_path / "out" / "figures" / f"{id_}.json").read_text("utf-8"))["records"] == wanted
    with (tmp_path / "out" / "figures" / f"{id_}.csv").open(encoding="utf-8", newline="") as file:
        assert [row["value"] for row in csv.DictReader(file)] == [
            "" if one["value"] is None else str(one["value"]) for one in wanted
        ]


def test_the_definitions_of_all_measures_go_with_the_figures(tiny: Release, tmp_path: Path) -> None:
    write_everything(tiny, tmp_path / "out")
    with (tmp_path / "out" / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["indicator"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(tiny.catalogue.ids)
    assert (rows["not_collected"]["collected"], rows["violence_rate"]["collected"]) == ("no", "yes")
    assert "charged: Charged" in rows["charged_share"]["groups"]


def test_an_earlier_export_is_replaced_whole_and_gives_the_same_bytes(tiny: Release, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    write_everything(tiny, folder)
    first = files_in(folder)
    (folder / "README.md").write_text("altered")
    (folder / "figures" / "robberies.csv").unlink()
    write_everything(tiny, folder)
    assert files_in(folder) == first
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("in_tiny_world")
def test_a_folder_of_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    result = export("--all", str(tmp_path / "thesis"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "thesis: the folder is not empty and is no earlier export. Name a folder" in result.stderr
    assert files_in(tmp_path) == {"thesis/chapter.txt": b"mine"}


def test_a_file_of_mine_in_an_earlier_export_is_not_lost(tiny: Release, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_everything(tiny, folder)
    (folder / "figures" / "my notes.txt").write_text("mine")
    before = files_in(tmp_path)
    with pytest.raises(FaultsFound, match=r"no part of an earlier export: figures/my notes\.txt"):
        write_everything(tiny, folder)
    assert files_in(tmp_path) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"generator": "another", "files": []}', '{"files": 3}', "\x00"])
def test_a_descriptor_of_another_does_not_make_a_folder_ours(text: str, tiny: Release, tmp_path: Path) -> None:
    (tmp_path / DESCRIPTOR).write_text(text)
    with pytest.raises(FaultsFound, match="no earlier export"):
        write_everything(tiny, tmp_path)
    assert files_in(tmp_path) == {DESCRIPTOR: text.encode()}


def test_a_file_is_no_folder_and_a_failure_leaves_no_trace(
    tiny: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FaultsFound, match="it is no folder"):
        write_everything(tiny, tmp_path / "file")
    folder = tmp_path / "out"
    write_everything(tiny, folder)
    before = files_in(tmp_path)

    def interrupted(done: int, of: int, what: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_everything(tiny, folder, interrupted)
    real = Path.rename
    monkeypatch.setattr(Path, "rename", lambda one, to: full() if one.name == "new" else real(one, to))
    with pytest.raises(FaultsFound, match="it cannot be written"):
        write_everything(tiny, folder)
    assert files_in(tmp_path) == before


def full() -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.usefixtures("in_tiny_world")
def test_export_without_all_is_a_usage_error_that_says_so(tmp_path: Path) -> None:
    result = export(str(tmp_path / "out"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--all" in result.stderr and not (tmp_path / "out").exists()
    assert export("--all").exit_code == 2
    assert "Example:" in export("--help").stdout


def test_without_data_export_is_a_sentence_and_exit_1(tmp_path: Path) -> None:
    result = export("--all", str(tmp_path / "out"), "--data", str(tmp_path / "none"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no published facts are held" in result.stderr and not (tmp_path / "out").exists()
