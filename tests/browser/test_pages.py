"""Every page in a real browser: cold from its address, both sizes, both themes, without help from outside."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, accessible, choose, settled
from vawg_metrics.ui.frame import BARE

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
NAMES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem not in BARE)  # see test_presenter.py
WITH_CHARTS = ("preventing", "responding", "supporting", "sector", "compare")
IN_CHECK = ("overview", "responding")  # the other dark pages are opened by ./check --proofs
DARK = [pytest.param(name, marks=() if name in IN_CHECK else pytest.mark.proof) for name in NAMES]
OPEN = Callable[..., Page]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_cold_accessible_with_its_charts_and_fits_a_narrow_screen(opened: OPEN, name: str) -> None:
    page = opened(f"/{name}?area=Charnwood&grain=year")
    assert page.title().endswith("Progress in figures")
    assert page.locator("h1").count() == 1
    assert page.get_by_text("Charnwood").count() > 0
    assert page.locator("[data-testid=stException]").count() == 0
    if name in WITH_CHARTS:
        drawn(page)
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(800)
    over = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert over <= 0
    cut = "[...document.querySelectorAll('.prose')].filter((one) => one.scrollWidth > one.parentElement.clientWidth)"
    assert page.evaluate(f"{cut}.map((one) => one.innerText.slice(0, 80))") == []


@pytest.mark.parametrize("name", DARK)
def test_a_dark_page_is_accessible_and_prints_on_white_without_controls(opened: OPEN, name: str) -> None:
    page = opened(f"/{name}", theme="dark")
    if name in WITH_CHARTS:
        page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=30_000)
    accessible(page)
    page.emulate_media(media="print")
    assert not page.get_by_test_id("stSidebar").is_visible()
    assert not page.get_by_role("button", name="Leave this site").is_visible()
    assert not page.get_by_label("Find a measure").is_visible()
    shade = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert shade == "rgb(255, 255, 255)"
    assert len(page.pdf(format="A4")) > 10_000


def drawn(page: Page) -> None:
    """Every chart has a size; there are at least two."""
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=30_000)
    charts = page.locator("[data-testid=stPlotlyChart]")
    assert charts.count() >= 2
    for place in range(charts.count()):
        assert charts.nth(place).bounding_box()["height"] > 100


def test_a_filter_changes_what_is_said_and_the_address_and_adds_no_step_to_the_history(opened: OPEN) -> None:
    page = opened("/responding")
    before = page.evaluate("history.length")
    choose(page, "Areas, up to four side by side", "Melton")
    page.wait_for_function("location.search.includes('area=Melton')", timeout=30_000)
    settled(page)
    assert "area=LLR" in page.evaluate("location.search")
    assert page.evaluate("history.length") == before
    assert page.get_by_text("LLR and Melton").count() > 0
    assert "LLR and Melton" in page.locator("[role=status].said").text_content()


def test_filters_stay_when_the_page_changes(opened: OPEN) -> None:
    page = opened("/responding?area=Rutland&measure=count")
    page.get_by_test_id("stSidebar").get_by_role("link", name="Supporting").click()
    page.wait_for_url("**/supporting**", timeout=30_000)
    page.wait_for_function("location.search.includes('area=Rutland')", timeout=30_000)
    settled(page)
    assert "measure=count" in page.evaluate("location.search")
    assert page.get_by_role("heading", level=1).text_content().startswith("Supporting")


@pytest.mark.parametrize("way", ["button", "keys"])
def test_there_is_a_way_out(opened: OPEN, way: str) -> None:
    page = opened("/supporting", may_ask="bbc.co.uk")
    page.route("**/*bbc.co.uk/**", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: "bbc.co.uk" in request.url, timeout=15_000):
        if way == "button":
            page.get_by_role("button", name="Leave this site").click()
        else:
            for _ in range(18):  # on a busy machine three may take longer than the two seconds that count
                page.keyboard.press("Shift")
                page.wait_for_timeout(250)


def test_the_csv_of_a_card_holds_what_the_screen_shows(opened: OPEN, tmp_path: Path) -> None:
    page = opened("/responding?area=Leicester")
    card = page.locator(".st-key-card-sexual_offences_rate")
    assert "1,557" in card.get_by_role("heading", level=2).text_content()
    with page.expect_download(timeout=30_000) as waiting:
        card.get_by_role("button", name="CSV", exact=True).first.click()
    waiting.value.save_as(tmp_path / waiting.value.suggested_filename)
    assert waiting.value.suggested_filename.startswith("sexual-offences-rate_by-place_2024-07-to-2025-06_")
    text = (tmp_path / waiting.value.suggested_filename).read_text("utf-8-sig")
    assert "1557" in text
    assert any("1557" in row for row in csv.reader(io.StringIO(text)))


def test_the_overview_lists_what_is_unusual_with_what_chance_alone_would_give(opened: OPEN) -> None:
    page = opened("/overview")
    heading = page.get_by_role("heading", name="Unusual in the newest month or quarter held (to December 2025)")
    heading.scroll_into_view_if_needed()
    assert page.get_by_text("would flag by chance alone").is_visible()
    listed = page.locator(".st-key-linked-unusual")
    assert "usual range" in listed.text_content()
    link = listed.get_by_role("link").first
    place, _, title = link.text_content().partition(": ")
    link.click()
    page.wait_for_url("**/measure**", timeout=30_000)
    settled(page)
    assert "view=usual" in page.url and title in page.get_by_test_id("stMain").inner_text()
    assert page.get_by_test_id("stMain").get_by_text(place).count() > 0


@pytest.mark.parametrize("theme", ["dark"])
def test_a_card_shows_its_usual_range_and_the_test_behind_it(opened: OPEN, theme: str) -> None:
    page = opened("/supporting?area=Leicester", theme=theme)
    card = page.locator(".st-key-card-domestic_abuse_homelessness_rate")
    card.scroll_into_view_if_needed()
    card.get_by_text("Usual range", exact=True).click()
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=30_000)
    settled(page)
    assert "The band is the usual range" in card.text_content()
    card.get_by_text("The arithmetic and the tests").click()
    assert card.get_by_text("exact conditional (binomial) test").first.is_visible()
    assert card.get_by_role("link", name="How every method works").first.get_attribute("href") == "about#methods"
    accessible(page)
