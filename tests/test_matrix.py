"""The matrix says of each place and measure what the measure's own card says, and nothing without its test."""

from dataclasses import replace

import pytest

from tests.readings import figure, indicator
from vawg_metrics.against_rest import Claim, claim_beside_rest
from vawg_metrics.areas import DISTRICTS, LLR
from vawg_metrics.comparison import compare
from vawg_metrics.figure import Usual
from vawg_metrics.matrix import AREAS, Cell, Row, chance_words, matrix_of, side_of, signal_of, trend_word, word_of
from vawg_metrics.methods.funnel import HIGH_95, HIGH_998, LOW_95, LOW_998, SIMILAR
from vawg_metrics.methods.signals import OUTSIDE
from vawg_metrics.reading import Release, judged_point, newest_settled, read
from vawg_metrics.selection import Selection
from vawg_metrics.statements import finding

WORDS = {
    HIGH_998: "higher than the rest",
    HIGH_95: "perhaps higher than the rest",
    SIMILAR: "similar to the rest",
    LOW_95: "perhaps lower than the rest",
    LOW_998: "lower than the rest",
}


def cell(label: str | None = None, numerator: int = 40, point: int = 0, grain: str = "year") -> Cell:
    claim = Claim(label, 1.2, 1.1, 1.3, 0.95, "by hand") if label else None
    one = figure("Melton", "2025-03", numerator, grain)
    usual = Usual(10.0, 5.0, 15.0, 24, OUTSIDE if point else "", point, "")
    return Cell(one.area, one, "", claim, None, replace(one, usual=usual))


@pytest.mark.parametrize("label", WORDS)
def test_a_measure_without_direction_is_only_higher_lower_or_similar(label: str) -> None:
    assert word_of(indicator(direction="neither"), cell(label)) == WORDS[label]


@pytest.mark.parametrize(("direction", "label", "wanted"), [
    ("higher", HIGH_998, True), ("higher", LOW_95, False), ("lower", LOW_998, True), ("lower", HIGH_95, False),
])  # fmt: skip
def test_a_measure_with_a_direction_says_whether_it_is_the_wanted_one(direction: str, label: str, wanted: bool) -> None:
    said = word_of(indicator(direction=direction), cell(label))
    assert said == f"{WORDS[label]}, {'the wanted way' if wanted else 'not the wanted way'}"
    assert word_of(indicator(direction=direction), cell(SIMILAR)) == "similar to the rest"


def test_nothing_is_said_without_a_claim_or_of_a_small_quarter() -> None:
    assert word_of(indicator(), cell()) == "" and side_of(cell()) == 0
    assert word_of(indicator(), cell(HIGH_998, numerator=4, grain="quarter")) == ""
    assert word_of(indicator(), cell(HIGH_998, numerator=5, grain="quarter")) == "higher than the rest"


@pytest.mark.parametrize(("direction", "side", "sign"), [
    ("neither", 1, "changed"), ("higher", 1, "improvement"), ("higher", -1, "concern"), ("lower", 1, "concern"),
    ("lower", -1, "improvement"), ("lower", 0, ""),
])  # fmt: skip
def test_a_sign_says_what_an_unusual_point_means(direction: str, side: int, sign: str) -> None:
    assert signal_of(indicator(direction=direction), cell(point=side)) == sign


def test_the_newest_point_of_a_district_has_no_sign_where_it_is_a_small_quarter() -> None:
    assert signal_of(indicator(), cell(numerator=4, point=1, grain="quarter")) == ""
    assert signal_of(indicator(), cell(numerator=5, point=1, grain="quarter")) == "changed"


@pytest.mark.real_data
def test_a_matrix_up_to_a_month_has_nothing_that_ends_later(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.core]
    early = {row.indicator.id: row for row in matrix_of(release, measures, "2021-12")}
    held = [row for row in early.values() if row.period]
    assert held and all(row.period and row.period.end <= "2021-12" for row in held)
    later = early["sexual_offences_rate"]
    assert later.period is None and {one.reason for one in later.cells} == {"not held for this period"}
    assert all(one.figure is None and word_of(later.indicator, one) == "" for one in later.cells)


@pytest.mark.real_data
@pytest.mark.parametrize(("id_", "district", "llr"), [
    ("survivor_agreed_measures", "published for LLR only", True),
    ("sexual_offences_no_district_share", "published for LLR only", True),
    ("assessments_parent_domestic_abuse", "published for the county as a whole", True),
    ("people_waiting_for_support", "not held", False),
])  # fmt: skip
def test_a_place_without_a_figure_says_why(release: Release, id_: str, district: str, llr: bool) -> None:
    (row,) = matrix_of(release, [release.catalogue.indicator(id_)])
    at = {one.area.name: one for one in row.cells}
    assert at["Melton"].figure is None and at["Melton"].reason == district
    assert (at["LLR"].figure is not None) == llr


@pytest.mark.real_data
def test_every_cell_agrees_with_the_comparison_of_its_measure(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.core and one.native_period != "edition"]
    agreed = 0
    for row in matrix_of(release, measures):
        places = {one.area: one for one in compare(release, row.indicator, Selection()).places}
        for one in row.cells:
            place = places.get(one.area)
            assert one.figure == (place.figure if place else None), (row.indicator.id, one.area.name)
            if place is None or one.figure is None or not one.figure.settled:
                continue
            assert (one.trend, one.point) == (place.trend, place.point)
            assert one.claim == claim_beside_rest(row.indicator, place.figure)
            assert bool(one.claim) == bool(word_of(row.indicator, one)) or one.small
            agreed += 1
    assert agreed > 70


@pytest.mark.real_data
def test_every_cell_agrees_with_the_reading_of_its_place(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.core and one.native_period != "edition"]
    rows = matrix_of(release, measures)
    assert [row.indicator for row in rows] == measures
    claimed = 0
    for row in rows:
        assert [one.area for one in row.cells] == list(AREAS) == [*DISTRICTS, LLR]
        lead = newest_settled(release, row.indicator, LLR, Selection())
        assert lead is not None and row.period == lead.period
        for one in row.cells:
            if one.figure is None:
                assert one.reason
                continue
            reading = read(release, row.indicator, Selection((one.area.name,)))
            assert one.point == judged_point(release, row.indicator, one.area)
            if reading.headline == one.figure:
                assert one.trend == reading.trend
                said = word_of(row.indicator, one)
                directed = finding(reading).directed
                assert directed == (side_of(one) != 0), (row.indicator.id, one.area.name, said)
                claimed += directed
    assert claimed > 10


@pytest.mark.real_data
def test_a_trend_is_named_only_where_five_years_were_tested(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if one.public]
    cells = [one for row in matrix_of(release, measures) for one in row.cells]
    told = [one for one in cells if trend_word(one)]
    assert told and all(one.trend is not None and len(one.trend.figures) == 5 for one in told)


@pytest.mark.real_data
def test_the_chance_of_each_sign_is_the_one_of_the_board_and_they_are_added_up(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if release.holds(one) and one.native_period != "edition"]
    rows = matrix_of(release, measures)
    board = {(one[0], one[1]): one[2] for one in release.warehouse.rows("select indicator, area, chance from panel")}
    shown = [(row.indicator, one) for row in rows for one in row.cells if one.figure and one.figure.known]
    judged = {(measure.id, one.area.code): one.chance for measure, one in shown if one.chance is not None}
    assert len(judged) > 50
    shared = judged.keys() & board.keys()
    assert len(shared) > 40 and all(judged[key] == board[key] for key in shared)
    assert all(0 < chance < 0.1 for chance in judged.values() if chance is not None)  # the others end before the board
    said = chance_words(rows)
    marked = sum(signal_of(measure, one) != "" for measure, one in shown)
    total = sum(chance for chance in judged.values() if chance is not None)
    assert f"Of {len(judged)} cells whose newest point is judged, {marked} are marked as unusual; " in said
    assert f"chance alone would mark about {total:.1f}." in said
    apart = [side_of(one) != 0 for measure, one in shown if word_of(measure, one)]
    assert f"Of {len(apart)} cells compared with the rest of LLR, {sum(apart)} say higher or lower" in said
    assert f"at most about {len(apart) / 20:.1f}." in said


@pytest.mark.parametrize(("points", "words"), [
    ((0, 0), "Of 2 cells whose newest point is judged, none is marked as unusual; chance alone would mark about 0.1."),
    ((1, 0), "Of 2 cells whose newest point is judged, 1 is marked as unusual; chance alone would mark about 0.1."),
])  # fmt: skip
def test_without_comparisons_only_the_signs_are_counted(points: tuple[int, int], words: str) -> None:
    cells = tuple(replace(cell(point=point), chance=0.03) for point in points)
    assert chance_words([Row(indicator(), None, cells)]) == words
    unjudged = tuple(replace(one, chance=None, point=None) for one in cells)
    assert chance_words([Row(indicator(), None, unjudged)]) == ""
