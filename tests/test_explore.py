"""Explore and `figures`: one table asked in two ways, laid out as asked, checked and made again."""

import re
import shlex
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT
from vawg_metrics import __main__ as command_line
from vawg_metrics.areas import DISTRICTS
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.exploration import ALL_DISTRICTS, SUITS, Asked, explore, figure_id, totals
from vawg_metrics.narrative import never_joined
from vawg_metrics.outputs.change_columns import CHANGE_COLUMNS
from vawg_metrics.outputs.explored import ALWAYS_SETS, Layout, Table, command, lay_out
from vawg_metrics.outputs.exploring import definition_text
from vawg_metrics.outputs.table import records_as_csv
from vawg_metrics.reading import Release
from vawg_metrics.ui.explore import _apart
from vawg_metrics.wording import unit_name

MEASURES = ("violence_rate", "charged_share")
ASKED = Asked(MEASURES, ("Leicester", "LLR"), "quarter")


def table_of(release: Release, asked: Asked = ASKED, layout: Layout | None = None) -> Table:
    return lay_out(release, asked, explore(release, asked), layout or Layout())


def test_measures_come_one_after_the_other_and_places_in_their_order(tiny: Release) -> None:
    rows = table_of(tiny).records
    assert list(dict.fromkeys(row["indicator"] for row in rows)) == list(MEASURES)
    assert list(dict.fromkeys(row["area"] for row in rows if row["indicator"] == MEASURES[0])) == ["LLR", "Leicester"]


def test_all_nine_districts_are_one_word(tiny: Release) -> None:
    nine = table_of(tiny, replace(ASKED, areas=(ALL_DISTRICTS,)))
    named = table_of(tiny, replace(ASKED, areas=tuple(area.name for area in DISTRICTS)))
    assert nine.records == named.records and nine.records
    assert nine.id != named.id


def test_the_grain_that_suits_is_the_one_of_the_screen(tiny: Release) -> None:
    found = {row["indicator"]: row["grain"] for row in table_of(tiny, replace(ASKED, grain=SUITS)).records}
    indicators = {one: tiny.catalogue.indicator(one) for one in MEASURES}
    assert found == {one: indicator.screen_grain or indicator.native_period for one, indicator in indicators.items()}


def test_sets_of_columns_are_there_only_when_asked_for(tiny: Release) -> None:
    assert {"lower", "signal", "comparison", "comparison_verdict"} <= set(table_of(tiny).columns)
    bare = table_of(tiny, layout=Layout(show=())).columns
    assert not {"lower", "upper", "signal", "usual_mean", "comparison", "comparison_verdict", *CHANGE_COLUMNS} & set(
        bare
    )
    assert set(CHANGE_COLUMNS) <= set(table_of(tiny, layout=Layout(show=("change",))).columns)


def test_a_change_is_from_the_same_months_of_the_year_before_or_says_why_not(tiny: Release) -> None:
    asked = Asked(("homeless_share", "violence_rate"), ("Leicester", "Blaby", "Charnwood"), "quarter")
    rows = table_of(tiny, asked, Layout(show=("change",))).records
    tested = [row for row in rows if row["change"] is not None]
    assert tested and any(row["change_note"] for row in rows)
    for row in tested:
        assert row["change_from_end"] == f"{int(str(row['period_end'])[:4]) - 1}{str(row['period_end'])[4:]}"
        assert row["change_verdict"] in ("higher", "lower", "untold")
        before = next(
            one for one in rows
            if (one["indicator"], one["area"], one["period_end"])
            == (row["indicator"], row["area"], row["change_from_end"])
        )  # fmt: skip
        assert row["change_from_value"] == before["value"]


@pytest.mark.parametrize("across", ["area", "period"])
def test_across_holds_the_same_numbers_and_shorthand_for_what_is_unknown(tiny: Release, across: str) -> None:
    flat = table_of(tiny).records
    crossed = table_of(tiny, layout=Layout(across=across))
    cells = [row[name] for row in crossed.records for name in crossed.columns[7:-1] if row.get(name) is not None]
    numbers = sorted(float(str(cell)) for cell in cells if not str(cell).startswith("["))
    assert numbers == sorted(float(str(row["value"])) for row in flat if row["value"] is not None)
    signs = [cell for cell in cells if str(cell).startswith("[")]
    assert len(signs) == sum(row["value"] is None for row in flat) > 0


def test_a_crossed_row_says_its_unit(tiny: Release) -> None:
    for measure in ("rate", "count"):
        crossed = table_of(tiny, layout=Layout(across="area", measure=measure))
        for row in crossed.records:
            indicator = tiny.catalogue.indicator(str(row["indicator"]))
            assert row["unit"] == (unit_name(indicator) if measure == "rate" else "number")


@pytest.mark.real_data
@pytest.mark.parametrize("across", ["", "area"])
def test_a_whole_share_keeps_its_sign_on_the_screen(across: str) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    asked = {"indicator": "domestic_abuse_prevention_stage_share", "place": "Harborough", "grain": "year"}
    for key, value in (asked | ({"across": across} if across else {})).items():
        app.query_params[key] = value
    app.switch_page("pages/explore.py").run()
    assert not app.exception
    html = " ".join(one.proto.body for one in app.get("html")).replace("\xa0", " ")
    assert re.search('<td class="number"[^>]*>0 %</td>', html)
    assert "value: % of households owed a duty because of domestic abuse" in html


def test_counts_are_crossed_when_counts_are_asked_for(tiny: Release) -> None:
    crossed = table_of(tiny, layout=Layout(across="area", measure="count"))
    flat = {(row["indicator"], row["period_end"], row["area"]): row["numerator"] for row in table_of(tiny).records}
    for row in crossed.records:
        for name in ("LLR", "Leicester"):
            wanted = flat[(row["indicator"], row["period_end"], name)]
            assert row[name] == wanted or (wanted is None and str(row[name]).startswith("["))


@pytest.mark.parametrize(("column", "down"), list(product(["value", "area", "period_end"], [False, True])))
def test_rows_are_sorted_by_any_column_and_what_is_unknown_comes_last(tiny: Release, column: str, down: bool) -> None:
    rows = table_of(tiny, layout=Layout(sort=column, down=down)).records
    held = [row[column] for row in rows]
    known = [one for one in held if one is not None]
    assert held[: len(known)] == known
    assert known == sorted(known, reverse=down)  # type: ignore[type-var]
    assert len(rows) == len(table_of(tiny).records)


def test_an_unknown_column_is_named_with_those_that_exist(tiny: Release) -> None:
    with pytest.raises(LookupError, match=r"There is no column 'colour'\. There are: indicator"):
        table_of(tiny, layout=Layout(sort="colour"))


def test_a_filter_keeps_the_rows_that_hold_its_text(tiny: Release) -> None:
    rows = table_of(tiny, layout=Layout(containing="leicester")).records
    assert rows and {row["area"] for row in rows} == {"Leicester"}
    known = table_of(tiny, layout=Layout(known=True)).records
    assert all(row["numerator"] is not None for row in known) and len(known) < len(table_of(tiny).records)


def test_totals_are_those_of_the_rows(tiny: Release) -> None:
    checks = totals(explore(tiny, replace(ASKED, parts=True)).figures)
    assert [one.indicator for one in checks] == list(MEASURES)
    for one in checks:
        rows = [row for row in table_of(tiny).records if row["indicator"] == one.indicator]
        assert one.rows == len(rows)
        assert one.numerator == sum(int(str(row["numerator"])) for row in rows if row["numerator"] is not None)
        assert one.words().startswith(f"{one.indicator} by quarter: {one.rows} rows")


CHANGES: list[dict[str, Any]] = [{"areas": ("LLR",)}, {"first": "2024-01"}, {"parts": True}]


def test_an_id_changes_with_what_decides_a_table_and_with_nothing_else(tiny: Release) -> None:
    ids = [
        table_of(tiny, asked, layout).id
        for asked in (
            ASKED,
            replace(ASKED, areas=("LLR",)),
            replace(ASKED, first="2024-01"),
            replace(ASKED, parts=True),
        )
        for layout in (Layout(), Layout(sort="value"), Layout(across="area"), Layout(containing="x"))
    ]
    assert len(set(ids)) == len(ids)
    assert table_of(tiny).id == ids[0]
    assert figure_id("another", {}, ASKED) != figure_id(tiny.name, {}, ASKED)
    assert figure_id(tiny.name, {"violence_rate": 2}, ASKED) != figure_id(tiny.name, {"violence_rate": 1}, ASKED)


LAYOUTS = [
    Layout(),
    Layout(show=()),
    Layout(show=("limits", "change")),
    Layout(across="area", measure="count"),
    Layout(across="period", sort="area"),
    Layout(sort="value", down=True, known=True),
    Layout(containing='Lei\'s "odd" = text'),
    Layout(containing="-leicester"),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=range(len(LAYOUTS)))
@pytest.mark.parametrize(
    "asked",
    [ASKED, Asked(("violence_rate",), (ALL_DISTRICTS, "LLR"), SUITS, "2023-04", "2024-03", True)],
    ids=["two measures", "districts"],
)
def test_the_command_prints_the_same_table(
    tiny: Release, monkeypatch: pytest.MonkeyPatch, asked: Asked, layout: Layout
) -> None:
    monkeypatch.setattr(command_line, "load_catalogue", lambda: tiny.catalogue)
    monkeypatch.setattr(command_line, "open_data", lambda folder, catalogue: tiny)
    words = shlex.split(command(asked, layout))
    assert words[:4] == ["python", "-m", "vawg_metrics", "figures"]
    result = CliRunner().invoke(command_line.main, words[3:])
    assert result.exit_code == 0, result.output
    table = table_of(tiny, asked, layout)
    assert result.stdout == records_as_csv(table.records, table.columns)


def test_of_several_measures_one_that_cannot_answer_says_so_and_the_others_answer(tiny: Release) -> None:
    asked = Asked(("violence_rate", "sexual_rate"), ("LLR",), "month")
    table = table_of(tiny, asked)
    assert {row["indicator"] for row in table.records} == {"violence_rate"}
    assert table.notes == ("sexual_rate is not published by month; it is by year.",)


def test_measures_of_like_names_in_one_table_say_so_once_and_so_does_the_definition(catalogue: Catalogue) -> None:
    ids = ("stalking_harassment_rate", "violence_sexual_offences_rate", "stalking_harassment_force_rate")
    district, other, force = map(catalogue.indicator, ids)
    assert never_joined((district, other, force)) == (f'"{district.title}": n{district.unlike[1:]}',)
    assert never_joined((force, district)) == (f'"{force.title}": n{force.unlike[1:]}',)
    assert never_joined((district, other)) == ()
    assert district.unlike in definition_text(district, None)


@pytest.mark.real_data
def test_changes_of_recording_between_the_months_asked_for_are_said_and_so_is_a_place_without_figures(
    release: Release,
) -> None:
    force, district = "stalking_harassment_force_rate", "stalking_harassment_rate"
    asked = Asked((force, district), ("LLR", "Melton"), SUITS, "2022-01")
    like, parted = _apart(release, asked)  # the series by district begins after the change
    assert "not the same count as" in like
    assert parted.startswith(release.catalogue.indicator(force).title) and "spring 2023" in parted
    assert "2018" not in parted
    assert _apart(release, replace(asked, indicators=(district,))) == ()
    assert table_of(release, asked).notes == (f"{force} has no figure for Melton in this selection.",)


def test_every_set_of_columns_has_its_switch() -> None:
    assert tuple(name for name in ("limits", "comparison", "signal")) == ALWAYS_SETS
