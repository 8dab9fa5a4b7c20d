"""The demonstration in a real browser: its switch, its banner, its files; and the templates for partners."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, axe, served, settled
from vawg_metrics.ui.frame import BARE

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
WORD = "Demonstration"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem not in BARE)  # nothing is made up there


def accessible(page: Page) -> None:
    page.mouse.move(0, 0)  # a hint that hovers over what was clicked belongs to no landmark of the page
    page.wait_for_function(
        "() => !document.querySelector('#stFloatingOverlayPortal')?.childElementCount", timeout=10_000
    )
    assert axe(page) == []


def banner_stays(page: Page) -> None:
    """At the top of what is seen, however far down the page."""
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 1200)")
    page.wait_for_timeout(300)
    box = page.locator(".demonstration").bounding_box()
    assert box is not None and 0 <= box["y"] < 120


def test_the_switch_of_a_session_marks_its_pages_and_files_and_not_its_address(opened: OPEN) -> None:
    page = opened("/preview")
    assert page.locator(".demonstration").count() == 0
    page.get_by_test_id("stMain").get_by_text("Show the demonstration").click()
    page.wait_for_selector(".demonstration", timeout=90_000)
    settled(page)
    accessible(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Lived experience").click()
    page.wait_for_url("**/lived_experience**", timeout=30_000)
    page.wait_for_selector(".st-key-card-people_contributing [data-testid=stPlotlyChart]", timeout=60_000)
    settled(page)
    assert WORD.lower() not in page.url.lower()
    card = page.locator(".st-key-card-people_contributing")
    assert card.get_by_role("heading", level=2).text_content().startswith(WORD)
    banner_stays(page)
    accessible(page)
    with page.expect_download(timeout=30_000) as waiting:
        card.get_by_role("button", name="CSV", exact=True).first.click()
    assert waiting.value.suggested_filename.startswith(f"{WORD}_people-contributing_")
    assert waiting.value.path().read_text("utf-8-sig").startswith(f"{WORD},")
    page.emulate_media(media="print")
    assert page.locator(".demonstration").is_visible()
    again = opened("/lived_experience")
    assert again.locator(".demonstration").count() == 0


def test_what_is_awaited_offers_its_template(opened: OPEN) -> None:
    page = opened("/measure?indicator=marac_cases_rate")
    assert page.get_by_text("Not held.", exact=True).is_visible()
    page.get_by_text("Templates for partners").click()
    for label, suffix, start in (("Excel", "xlsx", b"PK"), ("CSV", "csv", b"\xef\xbb\xbf")):
        button = page.get_by_role("button", name=f"Template as {label}")
        button.wait_for(timeout=30_000)
        with page.expect_download(timeout=60_000) as waiting:
            button.click()
        name = waiting.value.suggested_filename
        assert name.startswith("return-template_marac_20") and name.endswith(suffix)
        assert waiting.value.path().read_bytes().startswith(start)
    accessible(page)


@pytest.fixture(scope="module")
def shown_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard that was started with the demonstration on."""
    with served(tmp_path_factory.mktemp("demonstration") / "log.txt", VAWG_DEMONSTRATION="1") as found:
        yield found


@pytest.mark.proof
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", [*PAGES, "measure?indicator=domestic_abuse_deaths", "explore?indicator=marac_cases_rate"]
)
def test_every_page_stays_accessible_and_narrow_with_the_banner(
    browser: Browser, shown_to_all: str, name: str, theme: str
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{shown_to_all}/{name}")
    page.wait_for_selector(".foot", timeout=180_000)
    settled(page)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".demonstration").is_visible()
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(800)
    over = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert over <= 0
    context.close()


@pytest.mark.proof
def test_nothing_that_takes_the_focus_hides_behind_the_banner(browser: Browser, shown_to_all: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{shown_to_all}/supporting")
    page.wait_for_selector(".foot", timeout=180_000)
    settled(page)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 3000)")
    page.keyboard.press("Tab")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => {
                const held = document.activeElement;
                if (!held || !held.closest('[data-testid=stMainBlockContainer]')) return false;
                const own = held.getBoundingClientRect();
                const over = document.querySelector('.demonstration').getBoundingClientRect();
                return own.height > 0 && own.bottom > 0 && own.bottom <= over.bottom && own.top < over.bottom;
            }"""
        )
        assert not hidden
    context.close()
