"""The report: one content for every format, the numbers of the screen, refusals, care, and nothing from the clock."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from vawg_metrics.areas import HOME, UNPLACED
from vawg_metrics.catalogue.load import HERE, load_catalogue
from vawg_metrics.charts.plotted import LOWER, UPPER, plotted
from vawg_metrics.commands.report_command import release_asked_for, report_command
from vawg_metrics.commands.said import DATA
from vawg_metrics.errors import FaultsFound
from vawg_metrics.frozen.freezing import freeze
from vawg_metrics.narrative import heading
from vawg_metrics.outputs.report.annex import COLUMNS, annex_of
from vawg_metrics.outputs.report.asked import Asked, ReportRefused, month_of, selection_of, years_held
from vawg_metrics.outputs.report.blocks import Grid, Part, Picture, Text, words_in
from vawg_metrics.outputs.report.chapters import NOTHING_SAID
from vawg_metrics.outputs.report.content import Report, report_of
from vawg_metrics.outputs.report.drawn import draw_pictures
from vawg_metrics.outputs.report.html import write_html
from vawg_metrics.outputs.report.making import KINDS, Made, make_report, write_report
from vawg_metrics.outputs.report.measures import Measure, measure_part
from vawg_metrics.outputs.report.opening import OLD
from vawg_metrics.outputs.report.pdf import NotPrinted
from vawg_metrics.outputs.report.review import ORDER, verdict_of
from vawg_metrics.outputs.report.words import CONTENT
from vawg_metrics.outputs.table import as_record
from vawg_metrics.priority_sheet import sheet_of
from vawg_metrics.reading import Release
from vawg_metrics.release import select_figures
from vawg_metrics.standing import standing_of
from vawg_metrics.year_to_date import GRAIN, year_to_date

pytestmark = pytest.mark.real_data
PRIORITIES = [one.id for one in load_catalogue().strategy.priorities]
PLACES = [area.name for area in HOME if area != UNPLACED]
OF_CHECK = ("LLR", "Leicestershire", "Melton")  # the other places are for ./check --proofs
YEAR = "2025-26"
ASKED = {"LLR": Asked(YEAR), "Melton": Asked(YEAR, "Melton"), "whole": Asked("", "LLR", True)}
BROKEN = re.compile(r"\b(None|nan|NaN|inf|null)\b(?! of)|\{|\}|\bTrue\b|\bFalse\b")
SPELT = re.compile(r"\bNone\b (?:of|is|has|was)\b|shown, none|none recorded")
BANNED = re.compile(
    r"\b(latest|now|current|currently|committed|withdrew|refused|best|worst|league|ranking|soar\w*|plummet\w*"
    r"|unassigned|releases?|ledgers?|official)\b",
    re.I,
)
ALLOWED = ("Not the same as committed", "not ranked", '--release "')


@pytest.fixture(scope="module", params=list(ASKED))
def report(request: pytest.FixtureRequest, release: Release) -> Report:
    return report_of(release, ASKED[request.param])


def every_text(part: Part) -> Iterator[str]:
    yield part.title
    for block in part.blocks:
        yield from words_in(block)
    for inner in part.parts:
        yield from every_text(inner)


def texts(report: Report) -> list[str]:
    return [words for part in report.parts for words in every_text(part)]


# The numbers of the screen


@pytest.mark.parametrize(
    "place", [pytest.param(one, marks=() if one in OF_CHECK else pytest.mark.proof) for one in PLACES]
)
def test_every_headline_and_tile_is_that_of_the_priority_sheet(release: Release, place: str) -> None:
    asked = Asked(YEAR, place)
    report = report_of(release, asked)
    for priority in release.catalogue.strategy.priorities:
        sheet = sheet_of(release, priority, selection_of(release, asked), month_of(release, asked))
        said = " | ".join(every_text(report.part(priority.id)))
        assert f"{sheet.heading}." in said and sheet.health in said and sheet.sentence in said
        assert all(question in said for question in sheet.questions)
        for tile in sheet.tiles:
            own = " | ".join(every_text(report.part_of(priority.id, _measure(report, priority.id, tile.indicator.id))))
            shown = (heading(tile.reading), tile.number, tile.place, tile.period, tile.change, tile.comparator,
                     tile.signal, tile.kind, tile.owner, tile.next_step, tile.instead)  # fmt: skip
            assert [words for words in shown if words not in own] == []


def _measure(report: Report, priority: str, id_: str) -> Measure:
    own = next(measures for sheet, measures in report.chapters if sheet.priority.id == priority)
    return next(one for one in own if one.reading.indicator.id == id_)


def test_the_annex_is_what_the_release_selects(release: Release, report: Report) -> None:
    rows = annex_of(report).records
    assert len({tuple(row[name] for name in ("indicator", "area_code", "grain", "period_end", "group"))
                for row in rows}) == len(rows) > 50  # fmt: skip
    part_years = 0
    for row in ({**one, "note": str(one["note"]).removeprefix(OLD).strip()} for one in rows):
        assert set(row) == set(COLUMNS) and row["source"] and row["period"]
        indicator, area = str(row["indicator"]), release.places[str(row["area_code"])]
        if row["grain"] == GRAIN:
            found = year_to_date(release, release.catalogue.indicator(indicator), area, report.end)
            figures, part_years = (found.before, found.after), part_years + 1
        else:
            figures = select_figures(release, indicator, (area.code,), str(row["grain"]), breakdown=True)
        records = [as_record(release.catalogue.indicator(indicator), one, release.name) for one in figures if one]
        same = [one for one in records if all(row[name] == one[name] for name in one)]
        assert len(same) == 1, row
    assert part_years > 2


def test_what_stops_before_the_strategy_is_in_the_annex_and_marked(release: Release, report: Report) -> None:
    starts = release.catalogue.strategy.starts
    rows = annex_of(report).records
    marked = {str(row["indicator"]) for row in rows if str(row["note"]).startswith(OLD)}
    stopped = [one for one in release.catalogue.indicators if standing_of(release, one) == "history"]
    assert marked == {one.id for one in stopped if one.priority in PRIORITIES} and len(marked) > 5
    assert marked == {str(row["indicator"]) for row in rows if row["indicator"] in marked}
    assert all(str(row["period_end"]) < starts for row in rows if row["indicator"] in marked)
    said = " | ".join(texts(report))
    assert [one.indicator.id for one in report.stopped if heading(one) not in said] == []


def test_every_number_that_a_chart_draws_and_every_headline_is_in_the_annex(report: Report) -> None:
    held: dict[str, set[object]] = {}
    for row in annex_of(report).records:
        held.setdefault(str(row["indicator"]), set()).update((row["value"], row["numerator"], row["lower"]))
    for measure in (one for _, own in report.chapters for one in own):
        own = held[measure.reading.indicator.id]
        assert measure.reading.headline is None or measure.reading.headline.numerator in own
        if measure.picture:
            numbers = plotted(measure.picture.plan)
            assert numbers.rows
            places = [at for at, name in enumerate(numbers.header) if at and name not in (LOWER, UPPER)]
            assert {row[at] for row in numbers.rows for at in places} - {None} <= own


def test_the_csv_holds_the_rows_of_the_annex(report: Report) -> None:
    parcel = annex_of(report)
    from vawg_metrics.outputs.csv_file import write_csv

    table, _, about = write_csv(parcel).decode("utf-8-sig").partition("\r\n\r\n")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == len(parcel.records)
    for row, record in zip(rows, parcel.records, strict=True):
        assert row["numerator"] == ("" if record["numerator"] is None else str(record["numerator"]))
        assert row["area"] == record["area"] and row["period"] == record["period"]
    assert "999" in about and report.release in about


# What it says


def test_the_parts_stand_in_their_order(report: Report) -> None:
    ids = [part.id for part in report.parts]
    review = ["baseline", "reached", "never", "carry"] if report.title.startswith("Review") else []
    assert ids == ["foreword", "summary", "strategy", "incomplete", "unusual", *review, *PRIORITIES, "reading",
                   "protection", "method", "sources", "accessibility", "words", "edition"]  # fmt: skip
    for id_ in PRIORITIES:
        inner = [part.id.removeprefix(f"{id_}-") for part in report.part(id_).parts]
        own = next(len(measures) for sheet, measures in report.chapters if sheet.priority.id == id_)
        assert inner[own:] == ["told", "actions", "ask", "missing"]


def test_every_measure_with_more_than_an_edition_has_one_chart(report: Report) -> None:
    for measure in (one for _, own in report.chapters for one in own):
        assert (measure.picture is None) == (measure.reading.grain == "edition")
        drawn = [block for block in measure_part(measure, "x").blocks if isinstance(block, Picture)]
        assert len(drawn) == (measure.picture is not None)
    assert all(one.alternative and one.caption[0].startswith("Chart: ") for one in report.pictures)
    assert len({one.id for one in report.pictures}) == len(report.pictures) > 8


def test_the_words_are_clean(report: Report) -> None:
    said = texts(report)
    assert [words for words in said if not words.strip()] == []
    assert [words for words in said if BROKEN.search(SPELT.sub("", words))] == []
    bare = {words: words for words in said}
    for words in said:
        for allowed in ALLOWED:
            bare[words] = bare[words].replace(allowed, "")
    assert [words for words in said if BANNED.search(bare[words])] == []
    assert [words for words in said if re.search(r"  |\.\.|;;|,,| ,", words)] == []


def test_no_cell_of_a_table_is_empty_and_captions_differ(report: Report) -> None:
    grids = [block for part in report.parts for block in part.every_block() if isinstance(block, Grid)]
    for grid in grids:
        assert grid.rows and sum(grid.widths) == 100 and len(grid.widths) == len(grid.header)
        assert all(len(row) == len(grid.header) and all(row) for row in grid.rows), grid.caption
    for part in report.parts:
        own = [block.caption for block in part.every_block() if isinstance(block, Grid)]
        assert len(own) == len(set(own))


def test_what_is_missing_names_who_would_supply_it(release: Release, report: Report) -> None:
    awaited = [one for one in release.catalogue.indicators if not one.retired and not release.holds(one)]
    said = {id_: " | ".join(every_text(report.part(id_))) for id_ in PRIORITIES}
    assert [one.id for one in awaited if one.priority in said and one.title not in said[one.priority]] == []
    assert sum(one.priority in said for one in awaited) == 47


def test_the_opening_says_what_is_incomplete(release: Release) -> None:
    report = report_of(release, ASKED["LLR"])
    said = " ".join(every_text(report.part("incomplete")))
    assert "None of 11 sources covers all of 2025-26." in said
    assert "9 of 12" in said and "3 of 12" in said
    assert "April to December 2025" in said and "April to December 2024" in said


def test_a_district_says_what_is_told_for_the_whole_force(release: Release) -> None:
    report = report_of(release, ASKED["Melton"])
    assert "Only published for the whole force: there is no figure for Melton; LLR shown." in texts(report)
    assert any("Melton" in words for words in every_text(report.part("summary")))


def test_the_review_counts_each_measure_once_and_by_its_direction(release: Release) -> None:
    report = report_of(release, ASKED["whole"])
    measures = {one.reading.indicator.id: one for _, own in report.chapters for one in own}
    points = [block for block in report.part("reached").blocks if hasattr(block, "points")]
    counted = {words: int(lead.rstrip(":")) for lead, words in points[0].points}
    assert sum(counted.values()) == len(measures) and set(counted) <= set(ORDER)
    for one in measures.values():
        told = one.reading.progress.change
        directed = told is not None and told.verdict != "untold" and one.reading.indicator.direction != "neither"
        assert (verdict_of(one) in ORDER[:2]) == directed
    assert "47 measures have no figure" in " ".join(every_text(report.part("never")))


@pytest.mark.parametrize("asked", [Asked("2024-25"), Asked("2024-25", "Melton"), Asked("2024-25", "LLR", True)])
def test_nothing_from_after_the_time_of_a_report_is_called_unusual_in_it(release: Release, asked: Asked) -> None:
    report = report_of(release, asked)
    own = [one for _, measures in report.chapters for one in measures]
    late = [one for one in own if one.reading.point and one.point is None]
    assert late and all(one.signal.startswith("not judged for ") for one in late)
    assert all(one.point.period.end <= report.end for one in own if one.point and one.point.period)
    assert not any("Unusual in" in one.signal for one in own)
    assert not any(row["signal"] and str(row["period_end"]) > report.end for row in annex_of(report).records)
    for id_ in ("unusual", "summary"):
        said = " ".join(every_text(report.part(id_)))
        assert "not judged for" in said and "December 2025" in said and "usual range" not in said


# Care


def test_every_report_opens_with_help_and_a_note_before_children_and_deaths(release: Release, report: Report) -> None:
    numbers = [line.number for line in release.catalogue.support_lines]
    assert len(numbers) >= 3 and "999" in numbers
    assert all(any(number in line for line in report.help_lines) for number in numbers)
    assert "abuse" in report.note and "deaths" in report.note
    for part in report.parts:
        inner = " ".join(words for one in (*part.parts, part) for words in every_text(one))
        if part.id in (*PRIORITIES, "never") and re.search(r"\b(children|child|deaths?)\b", inner, re.I):
            first = part.blocks[0]
            assert isinstance(first, Text) and first.kind == "note" and first.words.startswith("The next part speaks")


def test_what_survivors_said_stands_where_it_is_theirs(release: Release, tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    assert NOTHING_SAID in texts(report_of(release, ASKED["LLR"], content))
    entry = content / "you_said_we_did" / "one.md"
    entry.write_text("## Letters came too late\n\nWe did: they go out in a week.\n\nReviewed: October 2026\n", "utf-8")
    report = report_of(release, ASKED["LLR"], content)
    assert "Letters came too late. We did: they go out in a week. Reviewed October 2026." in texts(report)
    assert NOTHING_SAID not in texts(report)
    entry.write_text("## Dr Smith said so\n\nWe did: nothing.\n\nReviewed: October 2026\n", "utf-8")
    with pytest.raises(FaultsFound, match="a name with a title"):
        report_of(release, ASKED["LLR"], content)


# What is refused


def test_made_up_figures_are_refused(release: Release) -> None:
    with pytest.raises(ReportRefused, match="demonstration"):
        report_of(replace(release, demonstration=True), ASKED["LLR"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked("2025-27"), "is not a financial year"),
        (Asked("2025"), "is not a financial year"),
        (Asked("0000-01"), "is not a financial year"),
        (Asked("2021-22"), "ends before the strategy begins"),
        (Asked("2027-28"), "No figure held here ends in 2027-28"),
        (Asked(YEAR, "Nowhere"), "no place of this report"),
        (Asked(YEAR, UNPLACED.name), "no place of this report"),
        (Asked(), "Name a financial year"),
    ],
)
def test_what_cannot_be_reported_is_said(release: Release, asked: Asked, words: str) -> None:
    with pytest.raises(ReportRefused, match=words):
        report_of(release, asked)


def test_every_year_that_the_page_offers_can_be_made(release: Release) -> None:
    assert years_held(release) == ("2025-26", "2024-25", "2023-24")
    for year in years_held(release):
        assert report_of(release, Asked(year)).title.endswith(year)


# Editions


def test_the_days_come_from_the_release(release: Release) -> None:
    present = report_of(release, ASKED["LLR"])
    assert present.stamp.isoformat() == "2026-01-01" and "not frozen" in present.edition
    frozen = report_of(replace(release, frozen="Board, September 2026, 2026-09-15"), ASKED["LLR"])
    assert frozen.stamp.isoformat() == "2026-09-15"
    assert frozen.edition == f"Edition {release.name}, frozen as 'Board, September 2026' on 15 September 2026."
    assert '--release "Board, September 2026"' in " ".join(every_text(frozen.part("edition")))


@pytest.mark.proof
def test_the_newest_frozen_release_is_taken_and_says_the_same(release: Release, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA / "published", data / "published")
    assert release_asked_for(data, "").frozen == ""
    for name, day in (("Board May 2026", "2026-05-02"), ("Board September 2026", "2026-09-15")):
        freeze(release, name, day, data / "releases", HERE)
    newest = release_asked_for(data, "")
    assert newest.frozen == "Board September 2026, 2026-09-15"
    assert release_asked_for(data, "board may").frozen == "Board May 2026, 2026-05-02"
    kept, present = report_of(newest, ASKED["Melton"]), report_of(release, ASKED["Melton"])
    for one, other in zip(kept.chapters, present.chapters, strict=True):
        assert [m.tile.number for m in one[1]] == [m.tile.number for m in other[1]]
        assert [m.heading for m in one[1]] == [m.heading for m in other[1]]


# The tiny world: another strategy, folders, and what is missing on a machine


def test_a_strategy_of_one_priority_makes_a_report_too(tiny: Release) -> None:
    report = report_of(tiny, Asked("2024-25"))
    assert [part.id for part in report.parts][5:7] == ["sector", "reading"]
    html = write_html(report, draw_pictures(report)).decode("utf-8")
    assert "Tiny figures" in html and "None yet" not in html


@pytest.fixture(scope="module")
def made(tiny: Release) -> Made:
    """A small report on a machine that has neither Pango nor a browser."""

    def lacking(*_: object) -> bytes:
        raise NotPrinted("No Pango.")

    heard: list[tuple[int, int, str]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vawg_metrics.outputs.report.pdf.shutil.which", lambda _: None)
        patch.setattr("vawg_metrics.outputs.report.pdf._by_weasyprint", lacking)
        found = make_report(tiny, Asked("2024-25", "Melton"), lambda *one: heard.append(one))
    assert [done for done, _, _ in heard] == list(range(len(heard))) and heard[-1][0] == heard[-1][1]
    return found


def test_what_cannot_be_printed_is_named_and_the_rest_is_made(made: Made) -> None:
    assert list(made.files) == [kind for kind in KINDS if kind != "pdf"]
    (words,) = made.missing
    assert "The PDF was not made." in words and "No Pango." in words and "CHROMIUM" in words


def test_a_folder_keeps_what_is_not_of_the_report(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "minutes.docx").write_bytes(b"theirs")
    own = folder / made.file_name("html")
    own.write_bytes(b"an older report")
    written = write_report(made, folder)
    assert {path.name for path in folder.iterdir()} == {"minutes.docx", *(path.name for path in written)}
    assert (folder / "minutes.docx").read_bytes() == b"theirs"
    assert own.read_bytes() == made.files["html"]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write_report(made, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_in_the_place_of_a_file_is_refused(made: Made, tmp_path: Path) -> None:
    (tmp_path / made.file_name("csv")).mkdir()
    with pytest.raises(FaultsFound, match="is a folder where a file of the report belongs"):
        write_report(made, tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(FaultsFound, match="cannot be written"):
        write_report(made, tmp_path / "file")


def test_the_command_asks_for_a_year_or_the_whole(tmp_path: Path) -> None:
    found = CliRunner().invoke(report_command, ["--out", str(tmp_path)])
    assert found.exit_code == 2 and "Say --year 2025-26" in found.output
    found = CliRunner().invoke(report_command, ["--year", YEAR, "--area", "Nowhere", "--out", str(tmp_path)])
    assert found.exit_code == 2 and "Nowhere" in found.output


def test_the_command_says_what_cannot_be_made(tmp_path: Path) -> None:
    found = CliRunner().invoke(report_command, ["--year", "2027-28", "--out", str(tmp_path / "new")])
    assert found.exit_code == 1 and "No figure held here ends in 2027-28" in found.output
    assert not (tmp_path / "new").exists()


@pytest.mark.proof
def test_the_command_writes_every_format_from_the_real_data(tmp_path: Path) -> None:
    found = CliRunner().invoke(report_command, ["--year", YEAR, "--area", "Melton", "--out", str(tmp_path)])
    assert found.exit_code == 0, found.output
    assert "Wrote 7 files" in found.output
    assert len(list(tmp_path.iterdir())) == len(KINDS)
    assert release_asked_for(DATA, "").name in found.output
