"""A priority on a page: its tiles from its core measures, every word of them from the figures and the registers."""

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.test_actions import action
from tests.test_catalogue import BANNED
from vawg_metrics.catalogue.actions import NO_NEXT_STEP, TO_BE_CONFIRMED
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.charts.lead_plan import NO_CHART, plan_lead
from vawg_metrics.charts.paper import draw_inset, draw_svg
from vawg_metrics.figure import Usual
from vawg_metrics.methods.signals import OUTSIDE
from vawg_metrics.priority_sheet import KINDS, MOST_TILES, MOST_UNKNOWN, Sheet, Tile, _shape, sheet_of, tiled
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.standing import standing_of
from vawg_metrics.ui.sheet_markup import Picture, sheet_html
from vawg_metrics.ui.signs import MEANINGS, sign

MONTH = "2026-11"
PRIORITIES = load_catalogue().strategy.priorities
PLACES = ("LLR", "Melton", "Leicester", "Rutland")
CASES = list(product(PRIORITIES, PLACES))


@pytest.fixture(scope="module")
def sheets(release: Release) -> dict[tuple[str, str], Sheet]:
    """Every sheet of some places."""
    return {(one.id, place): sheet_of(release, one, Selection((place,)), MONTH) for one, place in CASES}


def every_text(sheet: Sheet) -> list[str]:
    """All that a reader of a sheet sees."""
    texts = [sheet.heading, sheet.sentence, sheet.health, *sheet.unknown_named, *sheet.questions]
    for tile in sheet.tiles:
        texts += [tile.title, tile.number, tile.period, tile.change, tile.comparator, tile.signal, tile.kind]
        texts += [tile.owner, tile.next_step, tile.place, tile.instead, *(one.words for one in tile.actions)]
    return texts


# The tiny world


def tiny_sheet(tiny: Release, **changes: object) -> Sheet:
    catalogue = replace(tiny.catalogue, **changes)  # type: ignore[arg-type]
    return sheet_of(replace(tiny, catalogue=catalogue), catalogue.strategy.priorities[0], Selection(("Melton",)), MONTH)


def test_a_sheet_has_eight_tiles_at_most_and_says_what_is_awaited(tiny: Release) -> None:
    sheet = tiny_sheet(tiny)
    assert len(sheet.tiles) == MOST_TILES
    assert sheet.unknown == (("not collected", "a partner"),)
    assert sheet.lead is sheet.tiles[0].reading
    assert "given_up" not in {tile.indicator.id for tile in sheet.tiles}


def test_a_tile_takes_owner_and_next_step_from_the_actions_that_should_move_it(tiny: Release) -> None:
    first, second, *_ = (tile.indicator.id for tile in tiny_sheet(tiny).tiles)
    moving = action(priority="sector", should_move=(first, "not_collected"), owner="the board", next_step="Meet.")
    elsewhere = action(id="b", priority="other", should_move=(second,), owner=TO_BE_CONFIRMED, next_step="")
    foreign = action(id="c", priority="other", should_move=("not_collected",))
    whole = action(id="d", priority="", should_move=())
    sheet = tiny_sheet(tiny, actions=(whole, foreign, elsewhere, moving))
    tiles = {tile.indicator.id: tile for tile in sheet.tiles}
    assert (tiles[first].owner, tiles[first].next_step, tiles[first].actions) == ("the board", "Meet.", (moving,))
    owner = sheet.priority.owner
    assert (tiles[second].owner, tiles[second].next_step, tiles[second].actions) == (owner, NO_NEXT_STEP, (elsewhere,))
    assert sheet.actions == (moving, elsewhere, whole)
    assert all(tile.owner == owner for id_, tile in tiles.items() if id_ not in (first, second))


@pytest.mark.parametrize(
    ("rule", "side", "direction", "shape"),
    [("", 0, "higher", "usual"), (OUTSIDE, 1, "higher", "improvement"), (OUTSIDE, -1, "higher", "concern"),
     (OUTSIDE, 1, "lower", "concern"), (OUTSIDE, 1, "neither", "changed")],
)  # fmt: skip
def test_a_shape_says_what_the_newest_judged_point_means(
    tiny: Release, rule: str, side: int, direction: str, shape: str
) -> None:
    tile = next(tile for tile in tiny_sheet(tiny).tiles if tile.reading.headline)
    usual = Usual(10.0, 5.0, 15.0, 12, rule, side, "")
    assert tile.reading.headline is not None
    point = replace(tile.reading.headline, usual=usual, numerator=50)
    indicator = replace(tile.indicator, direction=direction)  # type: ignore[arg-type]
    reading = replace(tile.reading, point=point, indicator=indicator)
    assert _shape(reading) == shape
    assert _shape(replace(reading, point=replace(point, usual=replace(usual, centre=None)))) == ""
    assert _shape(replace(reading, point=None)) == ""
    small = replace(point, grain="quarter", numerator=4)
    assert _shape(replace(reading, point=small)) == ""


def test_four_unknown_measures_are_named_with_who_could_supply_them_and_the_others_by_name_alone(tiny: Release) -> None:
    sheet = tiny_sheet(tiny)
    pairs = tuple((f"measure {number} (of two)", "a partner (or two)") for number in range(MOST_UNKNOWN + 2))
    names = tuple(f"{title} ({supplier})" for title, supplier in pairs)
    others = "and measure 4 (of two); measure 5 (of two)"
    assert replace(sheet, unknown=pairs).unknown_named == (*names[:MOST_UNKNOWN], others)
    assert replace(sheet, unknown=pairs[:MOST_UNKNOWN]).unknown_named == names[:MOST_UNKNOWN]


# The real data


@pytest.mark.real_data
def test_a_sheet_with_two_measures_that_are_no_series_with_one_another_says_so(
    sheets: dict[tuple[str, str], Sheet],
) -> None:
    said = 'with a domestic abuse support need": not the same count as "Households of victims owed'
    assert {one for one, _ in sheets if said in sheets[one, "LLR"].health} == {"supporting"}


@pytest.mark.real_data
@pytest.mark.parametrize(("priority", "place"), CASES, ids=lambda one: getattr(one, "id", one))
def test_every_sheet_says_all_that_a_board_needs(
    release: Release, sheets: dict[tuple[str, str], Sheet], priority: object, place: str
) -> None:
    sheet = sheets[priority.id, place]  # type: ignore[attr-defined]
    assert 1 <= len(sheet.tiles) <= MOST_TILES and sheet.sentence.endswith(".") and sheet.questions
    for tile in sheet.tiles:
        assert all((tile.title, tile.number, tile.period, tile.change, tile.comparator, tile.signal))
        assert tile.kind in KINDS.values() and tile.owner and tile.next_step
        assert tile.shape in ("", "usual", "concern", "improvement", "changed")
        assert tile.place == place or tile.instead, "a figure of another place says why"
    for text in every_text(sheet):
        assert not BANNED.search(text.replace(" % limits", "")), text
    own = [one for one in release.catalogue.on_page(sheet.priority.id) if one.priority == sheet.priority.id]
    awaited = [one for one in own if standing_of(release, one) == "awaited"]
    held = [one for one in own if standing_of(release, one) == "held"]
    assert len(sheet.unknown) == len(awaited)
    assert sheet.health.startswith(f"{len(held)} of {len(own)} measures of this priority ")
    assert all(one.supplier in line for one, line in zip(awaited, sheet.unknown, strict=True))


@pytest.mark.real_data
def test_numbers_of_a_tile_are_those_of_its_reading(sheets: dict[tuple[str, str], Sheet]) -> None:
    for sheet in sheets.values():
        for tile in sheet.tiles:
            headline = tile.reading.headline
            assert headline is not None and headline.numerator is not None
            assert f"{headline.numerator:,}" in tile.number
            assert (", provisional" in tile.period) == (headline.marker == "provisional")
    lead = sheets["preventing", "LLR"].tiles[0]
    assert lead.number == "13 % (116 of 917)" and "East Midlands 21 % and England 27 %" in lead.comparator


@pytest.mark.real_data
def test_a_district_is_set_beside_the_rest_of_llr(sheets: dict[tuple[str, str], Sheet]) -> None:
    first = sheets["supporting", "Melton"].tiles[0]
    assert first.comparator.startswith("Lower than the other eight districts together (2.2 per 1,000 households). ")
    told = sheets["preventing", "Melton"].tiles[0]
    assert told.comparator.startswith("Not to be told from the other eight districts together (13 %). ")
    assert "districts together" not in sheets["preventing", "LLR"].tiles[0].comparator


@pytest.mark.real_data
def test_core_measures_of_the_priority_stand_first_and_the_page_s_own_leads(release: Release) -> None:
    for priority in PRIORITIES:
        shown = tiled(release, priority)
        own = [one.priority == priority.id for one in shown]
        assert own == sorted(own, reverse=True)
        assert all(one.core for one in shown) or sum(one.core for one in shown) < 3
    responding = next(one for one in PRIORITIES if one.id == "responding")
    assert tiled(release, responding)[0].id == "violence_sexual_offences_charged_share"


@pytest.mark.real_data
def test_the_chart_is_the_leading_measure_s_and_drawn_without_title_or_margin(
    sheets: dict[tuple[str, str], Sheet],
) -> None:
    empty = [key for key, sheet in sheets.items() if sheet.lead and plan_lead(sheet.lead).empty]
    assert {key[0] for key in empty} == {"lived_experience"}
    assert all(plan_lead(sheets[key].lead).empty == NO_CHART for key in empty)  # type: ignore[arg-type]
    plan = plan_lead(sheets["responding", "LLR"].lead)  # type: ignore[arg-type]
    low, high, whole = draw_inset(plan, 1.0), draw_inset(plan, 1.6), draw_svg(plan)
    heights = [float(re.search(rb'height="([\d.]+)pt"', svg)[1]) for svg in (low, high, whole)]  # type: ignore[index]
    assert heights[1] - heights[0] == pytest.approx(0.6 * 72, abs=0.5)
    assert heights[2] > heights[1] + 100
    assert draw_inset(plan, 1.0) == low


# Its HTML


def page_of(release: Release, sheet: Sheet) -> str:
    return sheet_html(sheet, Picture(b"<svg/>", "What it shows", "Caption.", ("Note.",)), Selection(("LLR",)), release)


@pytest.mark.real_data
def test_the_page_holds_every_word_of_its_sheet_escaped(release: Release, sheets: dict[tuple[str, str], Sheet]) -> None:
    from html import escape

    for sheet in sheets.values():
        page = page_of(release, sheet)
        for text in every_text(sheet):
            shown = escape(text.replace(" %", "\u00a0%"))
            assert shown in page or f"{shown[:1].upper()}{shown[1:]}" in page, text
        assert "Showing LLR, rates and shares." in page and release.name in page and "0808 2000 247" in page
        for one in sheet.actions:
            assert escape(one.words) in page
    hostile = replace(sheet, heading='<script>alert("x")</script>', tiles=(replace(sheet.tiles[0], owner="<b>me</b>"),))
    page = page_of(release, hostile)
    assert "<script" not in page and "<b>" not in page


@pytest.mark.real_data
@pytest.mark.parametrize("shape", ["", "usual", "concern", "improvement", "changed"])
def test_a_signal_is_said_in_words_and_by_its_shape(
    release: Release, sheets: dict[tuple[str, str], Sheet], shape: str
) -> None:
    sheet = sheets["preventing", "LLR"]
    tile: Tile = replace(sheet.tiles[0], shape=shape, signal="here it lies")
    page = page_of(release, replace(sheet, tiles=(tile,)))
    said = MEANINGS.get(shape, "")
    assert ('class="sign"' in page) == bool(shape)
    assert sign("" if shape == "usual" else shape) in page or not shape
    expected = f"{said[:1].upper()}{said[1:]}: here it lies." if said and shape else "Here it lies."
    assert expected in page
    others = [sign(one) for one in MEANINGS if one != ("" if shape == "usual" else shape)]
    assert not [one for one in others if one in page]


@pytest.mark.real_data
def test_a_page_that_speaks_of_children_or_deaths_says_so_first(
    release: Release, sheets: dict[tuple[str, str], Sheet]
) -> None:
    children, deaths = "This page speaks of children who live with abuse.", "This page speaks of deaths."
    assert children in page_of(release, sheets["preventing", "LLR"])
    sector = sheets["sector", "LLR"]
    assert "This page speaks" not in page_of(release, sector)
    unknown = (("deaths related to domestic abuse", "the police"),)
    assert deaths in page_of(release, replace(sector, unknown=unknown))


def test_every_sign_has_a_shape_of_its_own() -> None:
    assert len({sign(one) for one in MEANINGS}) == len(MEANINGS) == 4


def test_no_action_is_said_in_words(tiny: Release, catalogue: Catalogue) -> None:
    page = page_of(
        replace(tiny, catalogue=replace(tiny.catalogue, support_lines=catalogue.support_lines)), tiny_sheet(tiny)
    )
    assert "None is recorded yet." in page and "No action or aim names this measure." in page
