"""Made-up figures: off at first, marked by the first word of whatever they stand in, and never among what is real."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import DATA
from vawg_metrics.catalogue.definitions import Catalogue, Indicator
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.charts import screen
from vawg_metrics.charts.changes_plan import plan_changes
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.charts.paper import draw_svg
from vawg_metrics.charts.plan import BarsPlan, MapPlan, Plan, StacksPlan, TrendPlan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.comparison import compare
from vawg_metrics.demonstration import demonstrated, open_demonstration
from vawg_metrics.exploration import Asked, explore, totals
from vawg_metrics.narrative import alternative, caption, heading, rounding_words
from vawg_metrics.outputs.comparing import beside_parcel, change_parcel, places_parcel, stem_of, time_parcel
from vawg_metrics.outputs.explored import Layout, lay_out
from vawg_metrics.outputs.exploring import explored_parcel
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.naming import file_name
from vawg_metrics.outputs.parcel import Parcel, parcel_of
from vawg_metrics.outputs.whole import write_everything
from vawg_metrics.protection.building import protect
from vawg_metrics.protection.writing import write_protected
from vawg_metrics.reading import Reading, Release, open_data, read
from vawg_metrics.release import totals_of
from vawg_metrics.returns.contract import Given, Return, asked_of
from vawg_metrics.selection import Selection
from vawg_metrics.statements import statements
from vawg_metrics.ui.demonstration import BANNER, release_for
from vawg_metrics.ui.layout_only import layout_heading
from vawg_metrics.ui.places_table import places_table
from vawg_metrics.ui.tables import figure_table

ROOT = Path(__file__).resolve().parents[1]
WORD = "Demonstration"
pytestmark = [pytest.mark.real_data, pytest.mark.filterwarnings("default")]
CATALOGUE = load_catalogue()
FROM_PARTNERS = [one for one in CATALOGUE.indicators if one.from_partners]
SUPPLIED = [one.id for one in FROM_PARTNERS if not one.layout_only and CATALOGUE.suppliers_of(one)]
LAYOUT_ONLY = [one.id for one in FROM_PARTNERS if one.layout_only]
SELECTIONS = [
    Selection(),
    Selection(("Melton", "LLR")),
    Selection(("Leicester", "Rutland"), measure="count"),
    Selection(("Leicestershire",), grain="rolling12"),
]


@pytest.fixture(scope="session")
def made_up(release: Release) -> Release:
    """The demonstration beside the real data."""
    return open_demonstration(DATA, release)


def readings(made_up: Release, id_: str) -> Iterator[Reading]:
    for selection in SELECTIONS:
        yield read(made_up, made_up.catalogue.indicator(id_), selection)


# What is made up, and what is read from where


def test_it_makes_up_what_partners_supply_and_nothing_else(release: Release, made_up: Release) -> None:
    held = {one.id for one in made_up.catalogue.indicators if made_up.holds(one)}
    assert held == set(SUPPLIED) and len(held) > 30
    assert made_up.demonstration and not release.demonstration
    assert made_up.name == f"demonstration-{made_up.name.rpartition('-')[2]}" and made_up.name != release.name
    assert LAYOUT_ONLY and not held & set(LAYOUT_ONLY)


def test_a_measure_is_read_from_it_only_where_nothing_real_is_held(release: Release, made_up: Release) -> None:
    for one in CATALOGUE.indicators:
        assert release_for(release, None, one) is release
        assert release_for(release, made_up, one) is (made_up if one.id in SUPPLIED else release)


def only(*ids: str) -> Catalogue:
    """The catalogue of a few measures, which their partners supply and nothing else."""
    partners = tuple(
        replace(one, supplies=tuple(id_ for id_ in one.supplies if id_ in ids)) for one in CATALOGUE.partners
    )
    measures = tuple(CATALOGUE.indicator(id_) for id_ in ids)
    return replace(CATALOGUE, indicators=measures, partners=partners, fingerprint="a few")


def returned(catalogue: Catalogue, partner_id: str, quarter: str) -> Return:
    partner = catalogue.partner(partner_id)
    asked = asked_of(catalogue, partner, quarter)
    return Return(partner_id, quarter, tuple(Given(*cell.key, 40 if cell.line.part_of else 90) for cell in asked))


def test_an_indicators_demonstration_vanishes_with_its_first_real_return(tmp_path: Path) -> None:
    few = only("helpline_answered_share", "marac_cases_rate")
    sent = returned(few, "helpline", "2025-26 Q4")
    write_protected(tmp_path / "protected", protect(few, (sent,), b"a key of this test", date(2026, 7, 1)).facts)
    real = open_data(DATA, few, tmp_path / "protected")
    measure = few.indicator("helpline_answered_share")
    assert real.holds(measure) and measure not in demonstrated(few, real)
    made_up = open_demonstration(DATA, real)
    assert not made_up.holds(measure) and made_up.holds(few.indicator("marac_cases_rate"))
    assert release_for(real, made_up, measure) is real
    assert not heading(read(real, measure, Selection())).startswith(WORD)


# Marks


def hovers_of(plan: Plan) -> Iterator[str]:
    if isinstance(plan, TrendPlan):
        yield from (point.text for line in plan.lines for point in line.points if point.text)
    elif isinstance(plan, BarsPlan):
        yield from (bar.hover for block in plan.blocks for bar in block)
    elif isinstance(plan, StacksPlan):
        yield from (words for stack in plan.stacks for words in stack.hovers)
    elif isinstance(plan, MapPlan):
        yield from (shade.hover for shade in plan.shades if "not published" not in shade.hover)


def marked_plan(plan: Plan) -> None:
    assert plan.title.startswith(WORD)
    if plan.empty:
        return
    assert plan.alternative.startswith(WORD) and plan.subtitle.startswith(WORD)
    assert all(words.startswith(WORD) for words in hovers_of(plan))
    assert "no partner has sent" in " ".join(plan.footer)
    screen.draw(plan).to_dict()


def captions(table: str) -> list[str]:
    return re.findall(r"<caption>(.*?)</caption>", table)


def marked_parcel(parcel: Parcel) -> None:
    assert parcel.demonstration and parcel.stem.startswith(WORD) and parcel.title.startswith(WORD)
    assert parcel.plan.title.startswith(WORD) and parcel.columns[0] == WORD
    lines = FORMATS["csv"].write(parcel, None).decode("utf-8-sig").splitlines()
    assert lines[0].startswith(f"{WORD},")
    assert all(line.startswith(f"{WORD}: made up,") for line in lines[1 : 1 + len(parcel.records)])
    about = dict(parcel.about)
    assert ["About this file", about["About this file"]] in [row[:2] for row in csv.reader(lines) if row]
    assert about["About this file"].startswith(WORD) and "Command" not in about and "Figure id" not in about


@pytest.mark.parametrize("id_", SUPPLIED)
def test_the_first_word_of_every_heading_chart_caption_table_and_file_is_demonstration(
    made_up: Release, id_: str
) -> None:
    for reading in readings(made_up, id_):
        for words in (heading(reading), caption(reading), alternative(reading), file_name(reading)):
            assert words.startswith(WORD)
        for view, planned in PLANS.items():
            marked_plan(planned(reading))
            assert captions(figure_table(reading, view)) and all(
                words.startswith(WORD) for words in captions(figure_table(reading, view))
            )
            marked_parcel(parcel_of(reading, view))
        assert not any(word in f"{heading(reading)} {said(reading)}" for word in ("None", "nan", " ,", "  "))


def said(reading: Reading) -> str:
    return " ".join(one.text for one in statements(reading))


@pytest.mark.parametrize("id_", SUPPLIED)
def test_compared_and_explored_it_is_marked_too(made_up: Release, id_: str) -> None:
    indicator = made_up.catalogue.indicator(id_)
    found = compare(made_up, indicator, Selection(("Melton", "LLR")))
    changes, multiples = plan_changes(found), plan_multiples(found.everywhere)
    for plan in (changes, multiples):
        marked_plan(plan)
    assert captions(places_table(found, {})) and all(one.startswith(WORD) for one in captions(places_table(found, {})))
    assert stem_of(found, "places-compared").startswith(f"{WORD}_{id_.replace('_', '-')}_places-compared_")
    for parcel in (
        places_parcel(found, PLANS["districts"](found.reading)), change_parcel(found, changes),
        time_parcel(found, multiples), beside_parcel(found),
    ):  # fmt: skip
        marked_parcel(parcel)
    for parts in (False, True):
        asked = Asked((id_,), ("all districts", "LLR"), parts=parts)
        answer = explore(made_up, asked)
        for across in ("", "area", "period"):
            layout = Layout(across=across, show=("limits", "change"))
            table = lay_out(made_up, asked, answer, layout)
            if table.records:
                plan = PLANS["trend"](found.reading)
                marked_parcel(explored_parcel(made_up, asked, layout, table, totals(answer.figures), plan))


@pytest.mark.parametrize("id_", [*SUPPLIED[:1], *(pytest.param(one, marks=pytest.mark.proof) for one in SUPPLIED[1:])])
def test_workbook_json_and_picture_begin_with_the_word(made_up: Release, id_: str) -> None:
    parcel = parcel_of(read(made_up, made_up.catalogue.indicator(id_), Selection()))
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(parcel, None)))
    assert str(book["Cover"]["A1"].value).startswith(WORD) and str(book["Cover"]["A2"].value).startswith(WORD)
    assert book["Data"]["A1"].value == WORD and str(book["Data"]["A2"].value).startswith(WORD)
    assert str(book.properties.title).startswith(WORD)
    assert json.loads(FORMATS["json"].write(parcel, None))["title"].startswith(WORD)
    svg = draw_svg(parcel.plan).decode()
    assert f'<title id="title">{WORD}' in svg and f'<desc id="desc">{WORD}' in svg


def test_real_figures_are_not_marked(release: Release) -> None:
    reading = read(release, release.catalogue.indicator("sexual_offences_rate"), Selection())
    parcel = parcel_of(reading)
    assert WORD not in f"{heading(reading)} {caption(reading)} {parcel.stem} {parcel.columns} {parcel.plan.title}"
    assert not parcel.demonstration


@pytest.mark.parametrize("id_", LAYOUT_ONLY)
def test_a_measure_of_layout_only_has_a_marked_heading_without_a_number(id_: str) -> None:
    words = layout_heading(CATALOGUE.indicator(id_))
    assert words.startswith(f"{WORD}: ") and words.endswith(": layout only")
    assert not re.search(r"\d", words)


# How far the truth may lie from a count


def test_a_card_says_once_how_far_the_truth_may_lie(made_up: Release) -> None:
    words = {id_: rounding_words(read(made_up, made_up.catalogue.indicator(id_), Selection())) for id_ in SUPPLIED}
    assert words["marac_cases_rate"] == (
        "Counts of people from partners are rounded to base 5: the true count lies within 4 of the one shown (9 if "
        "its return was revised later), and 0 may be 0 to 4; over four quarters it lies within 16."
    )
    assert words["people_waiting_for_support"].endswith("0 may be 0 to 4.")
    assert {id_ for id_, said in words.items() if not said} == {
        id_ for id_ in SUPPLIED if not CATALOGUE.indicator(id_).rounded
    }


def test_a_share_of_few_gives_its_counts_and_says_why_it_has_no_value(made_up: Release) -> None:
    reading = read(made_up, made_up.catalogue.indicator("safe_accommodation_unmet_share"), Selection())
    few = [one for one in reading.districts if one.marker == "protected" and one.known]
    assert few
    bars = {bar.name: bar.text for block in PLANS["districts"](reading).blocks for bar in block}  # type: ignore[attr-defined]
    assert all(bars[one.area.name].startswith("about ") and "no share given" in bars[one.area.name] for one in few)
    assert "no share is given of fewer than 30" in figure_table(reading, "districts")


# Pages


def opened(name: str, **parameters: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180)
    for key, value in parameters.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py")
    return app.run()


def shown(app: AppTest) -> list[str]:
    """What a page says, the banner and the style left out."""
    found = [one.value for one in (*app.title, *app.header, *app.subheader, *app.markdown, *app.code)]
    found += [one.proto.body for one in app.get("html") if "<style>" not in one.proto.body]
    found += [one.label for one in app.get("expander")]
    return [words for words in found if BANNER not in words]


def bannered(app: AppTest) -> bool:
    return any(BANNER in one.proto.body for one in app.get("html"))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setenv("VAWG_DEMONSTRATION", "1")


@pytest.mark.parametrize("name", ["overview", "data", "not_held"])
def test_overview_data_and_what_is_not_held_are_the_same_with_and_without(name: str, on: Callable[[], None]) -> None:
    without = opened(name)
    on()
    with_it = opened(name)
    assert bannered(with_it) and not bannered(without)
    assert shown(with_it) == shown(without)


def test_the_matrix_and_a_real_measure_are_the_same_with_and_without(on: Callable[[], None]) -> None:
    asked = {"indicator": "sexual_offences_rate", "matrix": "all"}
    without = opened("compare", **asked)
    on()
    with_it = opened("compare", **asked)
    assert not with_it.exception and any("places-matrix" in one for one in shown(with_it))
    assert shown(with_it) == shown(without)


def test_a_priority_shows_what_is_made_up_after_what_is_real_and_lists_it_as_awaited_all_the_same(
    on: Callable[[], None],
) -> None:
    without = opened("lived_experience")
    assert WORD not in " ".join(one.value for one in without.header)
    on()
    with_it = opened("lived_experience")
    assert not with_it.exception
    headings = [one.value for one in with_it.header]
    made_up = [one for one in headings if one.startswith(WORD)]
    mine = [one for one in FROM_PARTNERS if "lived_experience" in (one.priority, *one.also_on)]
    assert len(made_up) == len(mine)
    assert sum(one.endswith("layout only") for one in made_up) == sum(one.layout_only for one in mine)
    assert [one for one in headings if not one.startswith(WORD)] == [one.value for one in without.header]
    assert any("Commissioning decisions with survivors involved: 21 of 40" in one for one in made_up)


def test_off_a_page_lists_what_is_missing_and_offers_its_template() -> None:
    app = opened("supporting")
    said = " ".join(one.value for one in app.markdown)
    wanted = "Who could supply it: MARAC coordination. By when: each quarter, once a return is agreed."
    assert wanted in said.replace("\\", "")
    box = app.selectbox(key="template-partner-supporting")
    assert "MARAC coordination" in box.options and "Board secretariat" not in box.options
    quarters = app.selectbox(key="template-quarter-supporting").options
    assert all(re.fullmatch(r"\d{4}-\d\d Q[1-4] \([A-Z][a-z]+ to [A-Z][a-z]+ \d{4}\)", one) for one in quarters)


def test_a_session_turns_it_on_and_off_and_no_address_knows_of_it() -> None:
    app = opened("preview")
    assert not bannered(app) and not app.toggle(key="preview-demonstration").value
    app.toggle(key="preview-demonstration").set_value(True).run()
    assert not app.exception and bannered(app)
    app.switch_page("pages/sector.py").run()
    assert not app.exception and bannered(app)
    assert any(one.value.startswith(WORD) for one in app.header)
    assert WORD.lower() not in json.dumps(dict(app.query_params)).lower()
    assert bannered(app.switch_page("pages/preview.py").run())
    app.toggle(key="preview-demonstration").set_value(False).run()
    assert not bannered(app)
    assert not bannered(opened("sector"))  # another session never saw it


def test_made_up_measures_open_alone_compared_explored_and_found(on: Callable[[], None]) -> None:
    on()
    app = opened("measure", indicator="marac_cases_rate")
    assert not app.exception and app.title[0].value.startswith(WORD)
    app = opened("measure", indicator=LAYOUT_ONLY[0])
    assert not app.exception and app.header[0].value.endswith("layout only")
    app = opened("compare", indicator="vawg_offences_rate")
    assert not app.exception
    assert all(one.value.startswith(WORD) for one in app.header[:3])
    app = opened("explore", indicator=["vawg_offences_rate", "marac_cases_rate"])
    assert not app.exception and "Rows 1 to" in " ".join(shown(app))
    assert all(one.startswith(WORD) for page in shown(app) for one in captions(page))
    app.text_input(key="find").set_value("MARAC repeats").run()
    assert not app.exception and any(f"{WORD}: MARAC cases that are repeats" in one for one in shown(app))


def test_no_table_mixes_made_up_rows_with_real_ones(on: Callable[[], None]) -> None:
    on()
    app = opened("explore", indicator=["marac_cases_rate", "sexual_offences_rate"])
    said = " ".join(shown(app))
    assert not app.exception and "Made-up figures stand in no table with real ones" in said
    tables = [one for one in shown(app) if "<caption>Rows" in one]
    assert tables and "marac" not in tables[0].lower()


@pytest.mark.proof
@pytest.mark.parametrize("page", ["measure", "compare", "explore"])
@pytest.mark.parametrize("id_", SUPPLIED)
def test_every_made_up_measure_opens_on_every_page(on: Callable[[], None], id_: str, page: str) -> None:
    on()
    for place in (["LLR"], ["Melton", "Leicestershire", "Rutland"]):
        app = opened(page, indicator=id_, area=place, parts="yes", show="change")
        assert not app.exception and not app.error and len(app.title) == 1


@pytest.mark.proof
@pytest.mark.parametrize("name", ["preventing", "responding", "supporting", "lived_experience", "sector"])
def test_every_awaited_measure_has_a_marked_card_on_its_page(on: Callable[[], None], name: str) -> None:
    on()
    app = opened(name)
    assert not app.exception
    headings = " ".join(one.value for one in app.header)
    for one in FROM_PARTNERS:
        if one.priority == name and (one.id in SUPPLIED or one.layout_only):
            assert f"{WORD}: {one.title}" in headings


@pytest.mark.proof
def test_the_whole_export_never_holds_made_up_figures(release: Release, tmp_path: Path, on: Callable[[], None]) -> None:
    on()
    write_everything(release, tmp_path / "whole")
    for path in (tmp_path / "whole").rglob("*"):
        if path.is_file():
            assert b"Demonstration:" not in path.read_bytes()
    assert not any((tmp_path / "whole" / "figures" / f"{id_}.csv").exists() for id_ in SUPPLIED)


def test_a_longer_period_of_a_stock_is_its_last_day(made_up: Release) -> None:
    reading = read(made_up, made_up.catalogue.indicator("people_waiting_for_support"), Selection())
    assert heading(reading).endswith(", LLR, end of March 2026")
    assert "people were waiting for support in LLR at the end of March 2026" in said(reading)
    one = replace(reading, headline=replace(reading.headline, numerator=1, within=0))  # type: ignore[type-var]
    assert said(one).startswith("1 person was waiting for support")


def units(unit: str) -> list[Indicator]:
    return [one for one in CATALOGUE.indicators if one.unit == unit and one.id in SUPPLIED]


def test_days_ratios_and_pounds_are_said_with_their_units(made_up: Release) -> None:
    for unit, words in (("days", r": \d+ days, LLR"), ("pounds", r": £[\d,]+"), ("ratio", r": \d\.\d \(\d+ of \d+\)")):
        assert units(unit)
        for one in units(unit):
            reading = read(made_up, made_up.catalogue.indicator(one.id), Selection())
            assert re.search(words, heading(reading))
            assert not re.search(r", \.|Number of (median|yearly)", caption(reading))
    ratio = read(made_up, made_up.catalogue.indicator("adviser_posts_ratio"), Selection())
    assert re.search(r"adviser posts were filled in LLR .*, against \d+ adviser posts recommended", said(ratio))


@pytest.mark.parametrize("id_", SUPPLIED)
def test_every_made_up_measure_has_a_value_of_llr(made_up: Release, id_: str) -> None:
    """A denominator that is not held for the periods of returns would show here first."""
    held = [one for figures in totals_of(made_up, id_, "E23000021").values() for one in figures]
    assert any(one.value is not None for one in held) or not made_up.catalogue.indicator(id_).denominator
