"""Files to take away: their names, their rows, and what they say of themselves."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readings import OPENED, OUTCOMES, districts, figure, indicator, reading, run
from vawg_metrics.areas import BESIDE, HOME
from vawg_metrics.charts.credit import LICENCE, MAP_CREDIT
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.figure import Compared, Usual
from vawg_metrics.methods.funnel import HIGH_998
from vawg_metrics.methods.signals import OUTSIDE
from vawg_metrics.outputs.about import ABOUT
from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.parcel import parcel_of
from vawg_metrics.outputs.picture import write_png, write_svg
from vawg_metrics.outputs.safe_text import harmless
from vawg_metrics.outputs.table import COLUMNS, VIEW_COLUMNS, as_record, records_as_csv, view_records
from vawg_metrics.reading import Reading
from vawg_metrics.selection import Selection
from vawg_metrics.statements import statements

BOUNDARIES = json.loads((Path(__file__).resolve().parents[1] / "static" / "districts.geojson").read_text("utf-8"))
GAPPED = reading([*run("LLR", "2023-03", [40, None, 7]), *run("Rutland", "2023-03", [4, 5, 6])], changes=(OPENED,))


def rows_of(content: bytes) -> tuple[list[dict[str, str]], list[list[str]]]:
    """The table of a CSV and the pairs under it."""
    table, _, rest = content.decode("utf-8-sig").partition("\r\n\r\n")
    return list(csv.DictReader(io.StringIO(table))), list(csv.reader(io.StringIO(rest)))


@pytest.mark.parametrize("view", PLANS)
@pytest.mark.parametrize("suffix", ["csv", "svg", ".png"])
def test_names_have_four_parts_that_every_file_system_bears(view: str, suffix: str) -> None:
    name = file_name(reading(run("Oadby and Wigston", "2023-03", [4, 5])), suffix, view)
    assert re.fullmatch(r"[a-z0-9-]+(_[a-z0-9-]+){3}\.(csv|svg|png)", name)


def test_a_name_says_measure_areas_period_and_release() -> None:
    assert file_name(GAPPED, "csv") == "invented-rate_llr-and-rutland_2023-01-to-2023-09_0123456789.csv"
    assert file_name(GAPPED) == "invented-rate_llr-and-rutland_2023-01-to-2023-09_0123456789"
    assert file_name(reading([figure("LLR", "2025-03", 3, "edition")])).split("_")[2] == "edition"
    assert file_name(reading([])).split("_")[2] == "none"
    assert file_name(GAPPED, "svg", "map").split("_")[1:3] == ["map-of-districts", "2023-07-to-2023-09"]


def test_views_of_one_reading_have_names_of_their_own() -> None:
    assert len({file_name(GAPPED, "svg", view) for view in PLANS}) == len(PLANS)


def test_a_row_has_every_column_unrounded_and_a_gap_is_empty_with_its_marker() -> None:
    rate = indicator()
    known = as_record(rate, figure("LLR", "2023-03", 1, denominator=3), "abc")
    gap = as_record(rate, GAPPED.figures[1], "abc")
    assert tuple(known) == COLUMNS
    assert known["value"] == 1000 / 3
    assert (gap["numerator"], gap["value"], gap["marker"]) == (None, None, "missing")
    assert (known["period_start"], known["period_end"], known["release"]) == ("2023-01", "2023-03", "abc")


def test_no_rows_are_a_header() -> None:
    assert records_as_csv([]) == ",".join(COLUMNS) + "\n"


@given(st.text(min_size=1))
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    cell = harmless(text)
    assert isinstance(cell, str) and cell.endswith(text)
    assert cell[0] not in "=+-@\t\r\n"


@pytest.mark.parametrize("number", [-3, -0.5, 0, 7])
def test_numbers_stay_numbers(number: float) -> None:
    assert harmless(number) == number
    assert records_as_csv([{"value": number}], ["value"]) == f"value\n{number}\n"


def test_a_csv_holds_exactly_the_rows_of_its_view() -> None:
    rows, _ = rows_of(write_csv(parcel_of(GAPPED)))
    assert [row["area"] for row in rows] == ["LLR"] * 3 + ["Rutland"] * 3
    assert tuple(rows[0]) == VIEW_COLUMNS
    assert rows[0]["title"] == "Households helped"
    assert (rows[1]["numerator"], rows[1]["value"], rows[1]["marker"]) == ("", "", "missing")
    assert float(rows[5]["value"]) == GAPPED.figures[5].value


def test_districts_come_with_the_comparators_that_are_drawn_and_no_others() -> None:
    own = districts((319, 74, 47, 94, 201, 53, 49, 62, 18))
    adur = figure(replace(BESIDE[0], code="E07000223", name="Adur"), "2025-03", 9, "year")
    beside = figure(BESIDE[0], "2025-03", 30, "year")
    one = reading([own[2]], districts=own, headline=own[2], comparators=(adur, beside))
    assert [row["area"] for row in view_records(one, "districts")] == [*(one.area.name for one in own), BESIDE[0].name]
    assert len(view_records(one, "map")) == len(own)


def test_groups_are_those_of_the_area_that_is_drawn() -> None:
    share = indicator(unit="percent", per=100, unit_words="", breakdown=OUTCOMES)
    groups = [figure(area, "2025-03", 9, "year", group="out", of=share) for area in ("LLR", "Rutland")]
    one = reading(
        [*run("LLR", "2025-03", [9], "year", share), *run("Rutland", "2025-03", [9], "year", share), *groups], share
    )
    assert [(row["area"], row["group"]) for row in view_records(one, "groups")] == [("LLR", "out")]


def test_parts_are_those_of_the_periods_that_are_stacked_and_the_settled_one() -> None:
    share = indicator(unit="percent", per=100, unit_words="", breakdown=OUTCOMES)
    ends = ("2023-11", "2024-03", "2025-02", "2025-03")
    groups = [figure("LLR", end, 9, "rolling12", group=one.id, of=share) for end in ends for one in OUTCOMES.groups]
    whole = [*run("LLR", "2025-03", [9], "rolling12", share), *run("Rutland", "2025-03", [9], "rolling12", share)]
    rolling = reading([*whole, *groups], share)
    assert {row["period_end"] for row in view_records(rolling, "groups")} == {"2024-03", "2025-03"}
    monthly = [figure("LLR", "2025-03", 9, "month", group=one.id, of=share) for one in OUTCOMES.groups]
    settled = tuple(groups[-len(OUTCOMES.groups) :])
    first = run("LLR", "2025-03", [9], "month", share)
    one = reading([*first, *monthly], share, headline=whole[0], headline_groups=settled)
    assert {row["grain"] for row in view_records(one, "groups")} == {"month", "rolling12"}
    assert "Only LLR, the first place chosen, is shown in parts." in write_csv(parcel_of(rolling, "groups")).decode(
        "utf-8-sig"
    )
    assert "shown in parts" not in write_csv(parcel_of(one, "groups")).decode("utf-8-sig")


def test_a_csv_says_what_it_is_under_the_table() -> None:
    _, pairs = rows_of(write_csv(parcel_of(GAPPED)))
    said = {name: words for name, words, *_ in pairs}
    assert pairs[0][0] == ABOUT
    assert said["Shown"] == "LLR and Rutland, rates and shares."
    assert said["Be careful"] == "Councils record in different ways."
    assert said["Recording change"] == "July 2024: Counted anew."
    assert said["Small counts"].endswith("Do not draw or quote it alone.")
    assert "cover" in said["Source"] or "2025" in said["Source"]
    assert (said["Edition"], said["Licence"]) == ("0123456789", f"{LICENCE}.")
    assert all(len(pair) == len(VIEW_COLUMNS) for pair in pairs)
    assert MAP_CREDIT in write_csv(parcel_of(GAPPED, "map")).decode("utf-8-sig")


def test_programs_read_the_table_with_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(write_csv(parcel_of(GAPPED)))
    frame = pd.read_csv(path)
    assert frame.columns[0] == "indicator"
    assert pd.api.types.is_numeric_dtype(frame["value"]) and pd.api.types.is_numeric_dtype(frame["numerator"])
    assert len(frame.dropna(subset=["release"])) == len(GAPPED.figures)


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert write_csv(parcel_of(GAPPED)) == write_csv(parcel_of(GAPPED))


def test_a_hostile_note_is_harmless_in_the_file() -> None:
    noted = reading([replace(one, note="=1+1") for one in run("LLR", "2023-03", [4, 5])])
    rows, _ = rows_of(write_csv(parcel_of(noted)))
    assert {row["note"] for row in rows} == {"'=1+1"}


@pytest.mark.parametrize("view", PLANS)
def test_every_view_can_be_taken_away_as_a_picture(view: str) -> None:
    own = districts((319, 74, 47, 94, 201, 53, 49, 62, 18))
    one = reading(run("LLR", "2024-03", [8, 9], "year"), districts=own, headline=own[-1])
    assert write_svg(parcel_of(one, view), BOUNDARIES).startswith(b"<?xml")
    assert write_png(parcel_of(one, view), BOUNDARIES).startswith(b"\x89PNG")


def test_a_picture_says_its_filters_source_edition_and_licence() -> None:
    svg = write_svg(parcel_of(GAPPED)).decode("utf-8")
    for words in ("Shown: LLR and Rutland", "Source:", "Edition 0123456789", LICENCE):
        assert words in svg


def test_every_area_of_the_home_can_stand_in_a_name() -> None:
    for area in HOME:
        chosen = reading(run(area, "2023-03", [4, 5]), selection=Selection((area.name,)))
        assert file_name(chosen, "csv").isascii()


# What was judged


def judged_reading() -> Reading:
    """A reading whose headline has limits, a comparison and a signal."""
    one = replace(
        figure("Melton", "2025-03", 40, "quarter"),
        lower=28.6, upper=54.5, method="Byar",
        compared=Compared(HIGH_998, 90, 30_000, 3.0, 22.0, 66.0), usual=Usual(20.0, 8.0, 32.0, 24, OUTSIDE, 1, ""),
    )  # fmt: skip
    return reading([one], headline=one, point=one)


def test_a_row_carries_limits_method_comparison_and_signal() -> None:
    names = ("lower", "upper", "method", "comparison", "comparison_verdict", "signal")
    row = as_record(indicator(), judged_reading().figures[0], "abc")
    judged = [row[name] for name in names]
    assert judged == [28.6, 54.5, "Byar", "high 99.8 %", "higher than the rest", "beyond a limit, above"]
    plain = as_record(indicator(), figure("LLR", "2025-03", 4), "abc")
    assert [plain[name] for name in names] == [None, None, "", "", "", ""]


def test_a_file_says_what_the_card_says_with_the_test_behind_it() -> None:
    found = judged_reading()
    _, pairs = rows_of(write_csv(parcel_of(found)))
    said = [pair[1] for pair in pairs if pair[0] == "Finding"]
    tests = [pair[1] for pair in pairs if pair[0] == "Test"]
    assert said == [one.text for one in statements(found)]
    assert tests == [behind.words() for one in statements(found) for behind in one.evidence]
    assert len(tests) == 4


def test_the_usual_range_is_taken_away_for_the_first_place_alone() -> None:
    both = reading([*run("Melton", "2023-03", [40, 41]), *run("Rutland", "2023-03", [6, 7])])
    assert {row["area"] for row in view_records(both, "usual")} == {"Melton"}
    assert "melton-usual-range" in file_name(both, "csv", "usual")
