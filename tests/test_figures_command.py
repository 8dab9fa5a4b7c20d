"""`figures` on the command line: the figures of the screen, gaps as rows, data alone on stdout, and no guessing."""

import csv
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import DATA
from vawg_metrics import __main__ as command_line
from vawg_metrics.areas import DISTRICTS, HOME
from vawg_metrics.periods import month_number, month_text
from vawg_metrics.publication import grains_of
from vawg_metrics.reading import Release, select_figures

LEAST_COLUMNS = [
    "indicator", "area", "area_code", "grain", "period_start", "period_end", "breakdown", "group", "numerator",
    "denominator", "value", "marker", "release",
]  # fmt: skip
Rows = list[dict[str, str]]


@pytest.fixture
def in_tiny_world(tiny: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line opens the tiny world."""
    monkeypatch.setattr(command_line, "load_catalogue", lambda: tiny.catalogue)
    monkeypatch.setattr(command_line, "open_data", lambda folder, catalogue: tiny)


@pytest.fixture
def in_real_world(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line opens the real data, which was opened once for all."""
    monkeypatch.setattr(command_line, "load_catalogue", lambda: release.catalogue)
    monkeypatch.setattr(command_line, "open_data", lambda folder, catalogue: release)


def run(*words: str) -> Result:
    return CliRunner().invoke(command_line.main, ["figures", *words])


def rows(*words: str) -> Rows:
    """What is printed, as rows; nothing on stderr, exit 0."""
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def one(*words: str) -> dict[str, str]:
    (found,) = rows(*words)
    return found


# The shape


@pytest.mark.usefixtures("in_tiny_world")
def test_the_columns_are_there_in_their_order(tiny: Release) -> None:
    header = next(csv.reader(io.StringIO(run("violence_rate").stdout)))
    assert [name for name in header if name in LEAST_COLUMNS] == LEAST_COLUMNS
    assert {row["release"] for row in rows("violence_rate")} == {tiny.name}


@pytest.mark.usefixtures("in_tiny_world")
def test_every_row_has_every_column_and_lines_end_plainly() -> None:
    text = run("charged_share", "--breakdown").stdout
    assert "\r" not in text and text.endswith("\n") and not text.endswith("\n\n")
    assert {len(row) for row in csv.reader(io.StringIO(text))} == {len(text.splitlines()[0].split(","))}


@pytest.mark.usefixtures("in_tiny_world")
def test_the_grain_is_the_native_one_unless_asked_otherwise() -> None:
    assert {row["grain"] for row in rows("violence_rate")} == {"month"}
    assert {row["grain"] for row in rows("homeless_share")} == {"quarter"}
    assert {row["grain"] for row in rows("sexual_rate")} == {"year"}
    assert rows("violence_rate", "--grain", "native") == rows("violence_rate")
    for grain in ("quarter", "year", "rolling12"):
        assert {row["grain"] for row in rows("violence_rate", "--grain", grain)} == {grain}


@pytest.mark.usefixtures("in_tiny_world")
def test_the_printed_figures_are_those_of_the_screen_unrounded(tiny: Release) -> None:
    printed = rows("violence_rate", "--grain", "rolling12")
    shown = select_figures(tiny, "violence_rate", (), "rolling12")
    assert len(printed) == len(shown)
    for row, figure in zip(printed, shown, strict=True):
        assert figure.period is not None
        assert (row["area"], row["area_code"]) == (figure.area.name, figure.area.code)
        assert (row["period_start"], row["period_end"]) == (figure.period.start, figure.period.end)
        assert row["numerator"] == ("" if figure.numerator is None else str(figure.numerator))
        assert (float(row["value"]) if row["value"] else None) == figure.value
        assert row["marker"] == figure.marker


@pytest.mark.usefixtures("in_tiny_world")
def test_a_third_is_printed_with_all_its_digits() -> None:
    found = one("charged_share", "--area", "Leicester", "--grain", "quarter", "--from", "2024-03", "--to", "2024-03")
    assert float(found["value"]) == 100 * 6 / 66


@pytest.mark.usefixtures("in_tiny_world")
def test_json_says_the_same_as_csv() -> None:
    words = ("charged_share", "--area", "LLR", "--breakdown")
    result = run(*words, "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    plain = [{key: "" if value is None else str(value) for key, value in row.items()} for row in found]
    assert plain == rows(*words)
    gap = next(row for row in found if row["period_end"] == "2023-03")
    assert (gap["numerator"], gap["value"]) == (None, None)


@pytest.mark.usefixtures("in_tiny_world")
def test_the_groups_are_printed_when_asked_for_and_add_up() -> None:
    assert {row["breakdown"] for row in rows("charged_share")} == {""}
    words = ("charged_share", "--area", "Leicester", "--from", "2024-01", "--to", "2024-01", "--breakdown")
    found = rows(*words)
    assert (found[0]["group"], len(found)) == ("", 7)
    assert sum(int(row["numerator"]) for row in found if row["breakdown"]) == 53
    assert [row["breakdown"] for row in rows("violence_rate", "--area", "LLR", "--breakdown")] == [""] * 21


@pytest.mark.usefixtures("in_tiny_world")
def test_a_gap_is_a_row_with_an_empty_value_and_a_marker() -> None:
    found = one("violence_rate", "--area", "LLR", "--from", "2023-03", "--to", "2023-03")
    assert (found["numerator"], found["value"], found["marker"]) == ("", "", "missing")
    ends = [row["period_end"] for row in rows("violence_rate", "--area", "LLR")]
    assert all(month_number(after) - month_number(before) == 1 for before, after in pairwise(ends))


@pytest.mark.usefixtures("in_tiny_world")
def test_a_true_zero_is_a_zero_and_no_gap() -> None:
    found = one("robberies", "--area", "Melton", "--from", "2023-06", "--to", "2023-06")
    assert (found["numerator"], found["value"], found["marker"]) == ("0", "0", "")


# What is asked


@pytest.mark.usefixtures("in_tiny_world")
def test_areas_are_side_by_side_in_the_order_of_the_screen_and_never_summed() -> None:
    found = rows("violence_rate", "--area", "Melton", "--area", "LLR", "--from", "2024-01", "--to", "2024-01")
    assert [row["area"] for row in found] == ["LLR", "Melton"]
    assert {row["area"] for row in rows("violence_rate")} == {area.name for area in HOME} | {"Derbyshire"}
    assert {row["area_code"] for row in rows("violence_rate", "--area", "Leicestershire")} == {"E10000018"}


@pytest.mark.usefixtures("in_tiny_world")
def test_a_period_belongs_to_a_span_when_its_last_month_does() -> None:
    ends = [row["period_end"] for row in rows("sexual_rate", "--area", "LLR", "--from", "2024-06", "--to", "2024-06")]
    assert ends == ["2024-06"]
    span = ("--area", "LLR", "--from", "2023-12", "--to", "2024-03")
    assert [row["period_end"] for row in rows("violence_rate", "--grain", "quarter", *span)] == ["2023-12", "2024-03"]
    assert [row["period_end"] for row in rows("violence_rate", "--grain", "year", *span)] == ["2024-03"]
    assert len(rows("violence_rate", *span)) == 4


@pytest.mark.usefixtures("in_tiny_world")
@pytest.mark.parametrize(("id_", "grain"), [("homeless_share", "month"), ("sexual_rate", "quarter")])
def test_a_grain_that_a_measure_lacks_gives_a_header_and_the_reason(id_: str, grain: str) -> None:
    result = run(id_, "--grain", grain)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == run(id_).stdout.splitlines()[:1]
    assert f"{id_} is not published by {grain}" in result.stderr
    assert run(id_, "--grain", grain, "--format", "json").stdout.strip() == "[]"


@pytest.mark.usefixtures("in_tiny_world")
def test_a_district_of_a_force_measure_gives_a_header_and_the_reason() -> None:
    result = run("rape_charged", "--area", "Charnwood")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert "rape_charged" in result.stderr


@pytest.mark.usefixtures("in_tiny_world")
def test_a_measure_that_is_not_collected_says_who_could_supply_it() -> None:
    result = run("not_collected")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)
    assert "a partner" in result.stderr and "No return has come." in result.stderr


@pytest.mark.usefixtures("in_tiny_world")
@pytest.mark.parametrize("more", [(), ("--from", "2024-01"), ("--to", "2024-01"), ("--grain", "year")])
def test_a_measure_of_the_edition_or_without_figures_stops_nothing(more: tuple[str, ...]) -> None:
    for id_ in ("agreed_share", "given_up"):
        result = run(id_, *more)
        assert result.exit_code in (0, 2), result.exception
        assert result.stdout.splitlines()[:1] in ([], run("violence_rate").stdout.splitlines()[:1])
        assert "None" not in result.stderr and "0000" not in result.stderr
    assert one("agreed_share")["grain"] == "edition"


@pytest.mark.usefixtures("in_tiny_world")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("violence_rat",), "There is no measure 'violence_rat'. Did you mean 'violence_rate'?"),
        (("violence_rate", "--area", "Charnwod"), "There is no area 'Charnwod'. Did you mean 'Charnwood'?"),
        (("violence_rate", "--area", "charnwood"), "Did you mean 'Charnwood'?"),
        (("violence_rate", "--area", "LLR", "--area", "Oz"), "There is no area 'Oz'."),
        (("violence_rate", "--area", "Hinckley & Bosworth"), "Did you mean 'Hinckley and Bosworth'?"),
        (("violence_rate", "--from", "2024-13"), "'2024-13' is not a month"),
        (("violence_rate", "--to", "2024"), "'2024' is not a month"),
        (("violence_rate", "--from", "soon"), "'soon' is not a month"),
        (("violence_rate", "--from", "2030-01"), "held from 2023-01 to 2024-09"),
        (("violence_rate", "--to", "2019-12"), "held from 2023-01 to 2024-09"),
        (("violence_rate", "--from", "2024-03", "--to", "2024-01"), "2024-03"),
    ],
)
def test_what_does_not_exist_is_one_clear_line_and_exit_2(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.usefixtures("in_tiny_world")
def test_an_unknown_measure_or_area_is_told_what_exists(tiny: Release) -> None:
    told = run("nothing_like_it").stderr
    assert all(id_ in told for id_ in tiny.catalogue.ids)
    told = run("violence_rate", "--area", "Atlantis").stderr
    assert all(area.name in told for area in HOME)


@pytest.mark.usefixtures("in_tiny_world")
@pytest.mark.parametrize("words", [("--grain", "week"), ("--format", "xml"), ("--colour",)])
def test_an_option_that_does_not_exist_is_exit_2(words: tuple[str, ...]) -> None:
    result = run("violence_rate", *words)
    assert (result.exit_code, result.stdout) == (2, "")


def test_without_data_it_is_a_sentence_and_exit_1(tmp_path: Path) -> None:
    result = run("women_and_girls", "--data", str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no published facts are held" in result.stderr


# The real data


@pytest.mark.real_data
def test_the_real_data_is_opened_by_the_command_itself() -> None:
    result = run("rape_charged_share", "--grain", "year", "--data", str(DATA))
    assert (result.exit_code, result.stderr) == (0, "")
    found = [row for row in csv.DictReader(io.StringIO(result.stdout)) if row["area"] == "LLR"]
    assert [(row["period_end"], row["numerator"], row["denominator"]) for row in found] == [("2019-03", "28", "976")]


@pytest.mark.real_data
@pytest.mark.usefixtures("in_real_world")
def test_november_and_december_2022_are_rows_with_a_marker_for_every_place() -> None:
    for id_ in ("violence_sexual_offences_rate", "violence_sexual_offences_charged_share"):
        found = rows(
            id_, "--from", "2022-11", "--to", "2022-12", *(word for area in HOME for word in ("--area", area.name))
        )
        assert len(found) == 2 * len(HOME)
        assert {(row["numerator"], row["value"], row["marker"]) for row in found} == {("", "", "missing")}


@pytest.mark.real_data
@pytest.mark.usefixtures("in_real_world")
def test_every_measure_prints_at_every_grain(release: Release) -> None:
    for indicator in release.catalogue.indicators:
        for grain in ("native", "month", "quarter", "year", "rolling12"):
            result = run(indicator.id, "--grain", grain, "--area", "LLR", "--breakdown")
            assert result.exit_code == 0, (indicator.id, grain, result.output)
            published = indicator.public and (grain == "native" or grain in grains_of(indicator))
            assert (len(result.stdout.splitlines()) > 1) == published or "no figure" in result.stderr
            assert bool(result.stderr) != (len(result.stdout.splitlines()) > 1)


@pytest.mark.real_data
@pytest.mark.usefixtures("in_real_world")
def test_a_name_of_llr_means_one_place_and_another_one_is_told_by_its_code(release: Release) -> None:
    names = [area.name for area in release.manifest.every_area]
    codes = {row["area_code"] for row in rows("recorded_crime_rate", *(w for a in HOME for w in ("--area", a.name)))}
    assert codes <= {area.code for area in HOME}
    assert names.count("Dorset") > 1
    found = rows("recorded_crime_rate", "--area", "Dorset")  # a force and a partnership
    assert len({row["area_code"] for row in found}) == len(found) == 2


@pytest.mark.real_data
def test_every_area_has_a_row_for_every_period_between_its_first_and_last(release: Release) -> None:
    reach = """
    select indicator, area, grain, count(distinct period_end), min(period_end), max(period_end) from figure
    where breakdown = '' and grain in ('month', 'rolling12') and indicator like 'violence%' group by all
    """
    for indicator, area, grain, held, first, last in release.warehouse.rows(reach):
        assert held == last - first + 1, (indicator, area, grain, month_text(first), month_text(last))
    assert {area.code for area in DISTRICTS} <= {row[1] for row in release.warehouse.rows(reach)}
