"""The verdict in a file is the one that the screen says, of every figure that is compared with the rest of LLR."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.readings import figure, indicator
from vawg_metrics.areas import DISTRICTS, UPPER_TIERS
from vawg_metrics.catalogue.definitions import Indicator
from vawg_metrics.charts.changes_plan import plan_changes
from vawg_metrics.charts.districts_plan import plan_districts
from vawg_metrics.comparison import compare
from vawg_metrics.figure import Compared, Figure
from vawg_metrics.matrix import matrix_of, verdict_of
from vawg_metrics.methods.change import rate_ratio
from vawg_metrics.methods.funnel import HIGH_998
from vawg_metrics.methods.intervals import newcombe
from vawg_metrics.outputs.comparing import matrix_parcel, places_parcel
from vawg_metrics.outputs.table import as_record, view_records
from vawg_metrics.reading import Release, read
from vawg_metrics.release import FIRST, LAST, select_figures
from vawg_metrics.selection import Selection
from vawg_metrics.statements import finding
from vawg_metrics.ui.matrix import matrix_html
from vawg_metrics.ui.places_table import changes_by_name, places_table

LEVELS = {"99.8 %": (0.998, 0.95), "95 %": (0.95,), "similar": ()}
SAID = re.compile(r"(?:: |, which |, )(perhaps higher|perhaps lower|higher|lower) than |cannot be told from")
FILE_WORD = re.compile(r"^(perhaps higher|perhaps lower|higher|lower) than the rest|^similar to the rest")


def naive_word(measure: Indicator, one: Figure) -> str:
    """The word from the rule alone: a side at the first level where the published label and both counts exclude it."""
    assert one.compared is not None
    if one.small_quarter:
        return ""
    rest = (one.compared.rest_numerator, one.compared.rest_denominator)
    published = one.compared.label
    levels = next(held for name, held in LEVELS.items() if published.endswith(name))
    side = 1 if published.startswith("high") else -1
    for level in levels:
        if measure.limits_by == "wilson":
            told, none = newcombe(one.numerator or 0, one.denominator or 0, *rest, level), 0.0
        else:
            told, none = rate_ratio(rest[0], one.numerator or 0, rest[1], one.denominator or 0, level), 1.0  # type: ignore[assignment]
        if told.lower > none or told.upper < none:
            word = f"{'' if level == 0.998 else 'perhaps '}{'higher' if side > 0 else 'lower'} than the rest"
            if one.breakdown or measure.direction == "neither":
                return word
            wanted = (side > 0) == (measure.direction == "higher")
            return f"{word}, {'' if wanted else 'not '}the wanted way"
    return "similar to the rest"


def compared_in(release: Release) -> Iterator[tuple[Indicator, Figure]]:
    for measure in release.catalogue.indicators:
        if measure.id in release.reaches:
            for one in select_figures(release, measure.id, (), "", FIRST, LAST, True):
                if one.compared:
                    yield measure, one


@pytest.mark.proof
@pytest.mark.real_data
def test_every_figure_that_is_compared_has_the_verdict_of_the_rule_in_its_row(release: Release) -> None:
    weakened: Counter[str] = Counter()
    for measure, one in compared_in(release):
        row = as_record(measure, one, release.name)
        assert row["comparison_verdict"] == naive_word(measure, one), (measure.id, one)
        weakened[f"{row['comparison']}: {row['comparison_verdict']}"] += 1
    assert sum(weakened.values()) > 10_000
    assert any(key.startswith("high 99.8 %: perhaps higher") for key in weakened)
    assert weakened["low 95 %: similar to the rest"] > 100  # the label alone would have said lower


@pytest.mark.real_data
@pytest.mark.proof
def test_the_card_of_every_measure_and_place_says_what_its_file_says(release: Release) -> None:
    told: Counter[str] = Counter()
    for measure in release.catalogue.indicators:
        if measure.id not in release.reaches or measure.native_period == "edition" or measure.retired:
            continue
        for area in dict.fromkeys((*DISTRICTS, *UPPER_TIERS)):
            reading = read(release, measure, Selection((area.name,)))
            row = next((one for one in view_records(reading) if same(one, reading.headline)), None)
            if row is None or reading.headline is None:
                continue
            said, held = SAID.search(finding(reading).text), FILE_WORD.search(str(row["comparison_verdict"]))
            assert bool(said) == bool(held), (measure.id, area.name, finding(reading).text, row["comparison_verdict"])
            if said and held:
                assert said[1] == held[1], (measure.id, area.name, finding(reading).text)
                told[held[1] or "similar"] += 1
    assert min(told[word] for word in ("similar", "higher", "lower", "perhaps higher", "perhaps lower")) > 0


def same(row: dict[str, object], headline: Figure | None) -> bool:
    return (
        headline is not None
        and headline.period is not None
        and (row["area_code"], row["grain"], row["period_end"], row["breakdown"])
        == (headline.area.code, headline.grain, headline.period.end, "")
    )


class Cells(HTMLParser):
    """The rows of a table in HTML, each cell its texts one after the other."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += f"{data}|"


@pytest.mark.real_data
@pytest.mark.proof
def test_the_tables_of_compare_and_the_matrix_say_what_their_files_say(release: Release) -> None:
    measures = [one for one in release.catalogue.indicators if release.holds(one) and not one.retired]
    measures = [one for one in measures if one.native_period != "edition"]
    checked = 0
    for measure in measures:
        found = compare(release, measure, Selection())
        drawn = Cells(places_table(found, changes_by_name(plan_changes(found)))).rows[1:]
        rows = {str(row["area"]): row for row in places_parcel(found, plan_districts(found.reading)).records}
        for cells in drawn:
            assert cells[5].strip("|–") == rows[cells[0].strip("|")]["comparison_verdict"], (measure.id, cells)
            checked += 1
    rows_of_matrix = matrix_of(release, measures)
    records = matrix_parcel(rows_of_matrix, release.name).records
    in_matrix = [cell for row in Cells(matrix_html(rows_of_matrix)).rows[1:] for cell in row[1:]]
    for cell, record in zip(in_matrix, records, strict=True):
        assert [text for text in cell.split("|") if "the rest" in text] == [
            word for word in (record["comparison_verdict"],) if word
        ]
    assert checked > 150


def test_a_small_quarter_has_no_verdict_and_a_part_has_no_wanted_way() -> None:
    compared = Compared(HIGH_998, 90, 30_000, 3.0, 22.0, 66.0)
    lower = indicator(direction="lower")

    def made(numerator: int, group: str = "") -> Figure:
        return replace(figure("Melton", "2025-03", numerator, "quarter", group=group), compared=compared)

    assert verdict_of(lower, made(40)) == "higher than the rest, not the wanted way"
    assert verdict_of(lower, made(40, "charged")) == "higher than the rest"
    assert verdict_of(lower, made(4)) == "" == verdict_of(lower, figure("Melton", "2025-03", 40))
