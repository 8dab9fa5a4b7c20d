"""Priority on a page in a real browser: chosen and linked, and one side of A4 each when printed."""

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import ROOT, accessible, settled
from vawg_metrics.areas import HOME
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.priority_sheet import MOST_TILES, sheet_of
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.ui.sheet_markup import sheet_html
from vawg_metrics.ui.sheets import picture_of

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
PRIORITIES = load_catalogue().strategy.priorities
INSIDE = 688  # pixels between the margins of A4, as house.css sets them
LEAST_CHART = 90  # pixels: 24 mm
PLACES = [area.name for area in HOME if area.kind != "unplaced"]
IN_CHECK = ("LLR", "Melton")


def printed(page: Page) -> list[str]:
    """The text of each side of the page on paper."""
    content = page.pdf(prefer_css_page_size=True)
    return [side.extract_text() for side in PdfReader(io.BytesIO(content)).pages]


def fits(page: Page) -> None:
    """Nothing of a sheet lies outside its side, and its chart is large enough to be read."""
    page.set_viewport_size({"width": INSIDE, "height": 1000})
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    sizes = page.evaluate("""() => [...document.querySelectorAll('.sheet')].map(sheet => {
        const inside = [...sheet.querySelectorAll('*')].map(one => one.getBoundingClientRect());
        const box = sheet.getBoundingClientRect();
        const chart = sheet.querySelector('.sheet-figure img');
        return {
          over: Math.max(...inside.map(one => one.bottom)) - box.bottom,
          wide: Math.max(...inside.map(one => one.right)) - box.right,
          chart: chart ? chart.getBoundingClientRect().height : null,
          id: sheet.getAttribute('aria-labelledby'),
        };
    })""")
    assert sizes
    for one in sizes:
        assert one["over"] <= 0.5 and one["wide"] <= 0.5, one
        assert one["chart"] is None or one["chart"] >= LEAST_CHART, one


@pytest.mark.parametrize(
    "place", [pytest.param(one, marks=() if one in IN_CHECK else pytest.mark.proof) for one in PLACES]
)
def test_all_five_priorities_of_a_place_print_as_five_whole_sides(opened: OPEN, place: str) -> None:
    page = opened(f"/sheets?priority=all&area={place}")
    sides = printed(page)
    assert len(sides) == len(PRIORITIES)
    for number, (side, priority) in enumerate(zip(sides, PRIORITIES, strict=True), 1):
        assert f"{priority.number}. {priority.title}: {place}" in " ".join(side.split())
        assert f"Showing {place}, rates and shares." in " ".join(side.split())
        assert re.search(rf"Page {number} of {len(PRIORITIES)}", side) and "0808 2000 247" in side
        assert "Find a measure" not in side and "Leave this site" not in side and "Priority on a page" not in side
    fits(page)


@pytest.mark.proof
@pytest.mark.parametrize(("priority", "place"), list(product([one.id for one in PRIORITIES], IN_CHECK)))
def test_one_priority_prints_as_one_side(opened: OPEN, priority: str, place: str) -> None:
    sides = printed(opened(f"/sheets?priority={priority}&area={place}"))
    assert len(sides) == 1 and "Page 1 of 1" in sides[0]


def test_the_first_priority_is_shown_and_another_is_chosen_by_the_keyboard_and_kept_in_the_address(
    opened: OPEN,
) -> None:
    page = opened("/sheets?area=Melton")
    heading = page.locator(".sheet h2")
    assert heading.text_content() == f"1. {PRIORITIES[0].title}: Melton"
    assert "priority=" not in page.evaluate("location.search")
    before = page.evaluate("history.length")
    page.get_by_test_id("stMain").get_by_role("radio", name="Preventing").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.wait_for_function("location.search.includes('priority=responding')", timeout=30_000)
    settled(page)
    assert heading.text_content() == f"2. {PRIORITIES[1].title}: Melton"
    assert page.evaluate("history.length") == before
    page.reload()
    settled(page)
    assert heading.text_content() == f"2. {PRIORITIES[1].title}: Melton"
    accessible(page)


def test_a_priority_that_does_not_exist_is_said_and_several_places_are_explained(opened: OPEN) -> None:
    page = opened("/sheets?priority=nonsense&area=Rutland&area=LLR")
    assert page.get_by_text("The address asks for the priority nonsense, which does not exist.").is_visible()
    assert page.get_by_text("One place stands on a page: Rutland, the first chosen of 2.").is_visible()
    assert page.locator(".sheet h2").text_content().endswith(": Rutland")


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.proof), "dark"])
def test_signs_and_chart_are_there_in_both_themes_and_the_foot_with_help_once(opened: OPEN, theme: str) -> None:
    page = opened("/sheets?priority=supporting", theme=theme)
    loaded = "one => one.complete && one.naturalWidth > 0 && one.getBoundingClientRect().width > 0"
    for images in (page.locator(".tile img.sign"), page.locator(".sheet-figure img")):
        assert images.count() >= 1
        assert all(images.nth(place).evaluate(loaded) for place in range(images.count()))
    assert len(page.locator(".sheet-figure img").get_attribute("alt")) > 30
    assert page.get_by_text("0808 2000 247").filter(visible=True).count() == 1
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth") <= 0


@pytest.mark.proof
def test_the_signs_of_the_matrix_are_drawn(opened: OPEN) -> None:
    """st.html takes every <svg> out of a page, so a sign is an image: once they were missing."""
    signs = opened("/compare").locator(".places-matrix img.sign")
    assert signs.count() > 20
    assert signs.first.evaluate("one => one.complete && one.naturalWidth > 0")


@pytest.mark.parametrize("numbers", [(MOST_TILES,), pytest.param(range(1, MOST_TILES), marks=pytest.mark.proof)])
def test_every_number_of_tiles_fits_one_side(release: Release, opened: OPEN, numbers: Iterable[int]) -> None:
    one = Selection(("Melton",))
    sheets = [sheet_of(release, priority, one, "2026-11") for priority in PRIORITIES]
    every = [tile for sheet in sheets for tile in sheet.tiles]
    longest = sorted(every, key=lambda tile: len(tile.title + tile.change + tile.comparator), reverse=True)
    page = opened("/sheets?area=Melton")
    for number in numbers:
        full = replace(sheets[1], tiles=tuple(longest[:number]))
        page.emulate_media(media="screen")
        page.evaluate(
            "html => { document.querySelector('.sheet').outerHTML = html }",
            sheet_html(full, picture_of(full), one, release),
        )
        page.wait_for_timeout(150)
        assert page.locator(".tile").count() == number
        assert len(printed(page)) == 1, f"{number} tiles"
        fits(page)


def test_the_paper_of_the_tests_is_that_of_the_style() -> None:
    style = (ROOT / "vawg_metrics" / "ui" / "house.css").read_text("utf-8")
    margin = re.search(r"size: A4; margin: \d+mm (\d+)mm", style)
    assert margin and int((210 - 2 * int(margin[1])) / 25.4 * 96) in (INSIDE - 1, INSIDE)
