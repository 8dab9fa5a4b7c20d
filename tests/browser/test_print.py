"""Every page of the dashboard on paper: what was chosen in words, charts whole, no controls, numbered sides."""

import io
from collections.abc import Callable
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import ROOT, settled, still
from tests.browser.test_sheets import INSIDE
from vawg_metrics.reading import Release

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
NAMES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "check_return")
WITH_CHARTS = ("preventing", "responding", "supporting", "sector", "compare", "measure", "explore")
OWN_WORDS = {"presenter": "LLR", "sheets": "Showing Charnwood, rates and shares."}  # what stands for the filters there
IN_CHECK = ("overview", "compare")  # the others are printed by ./check --proofs
EACH = [pytest.param(name, marks=() if name in IN_CHECK else pytest.mark.proof) for name in NAMES]
WIDTHS = [
    ("compare", 1920),
    ("responding", 1920),
    ("compare", 639),
    ("compare", 1024),
    ("responding", 390),
    ("responding", 1024),
]
PARTS = 4
TALL = 1024  # pixels between the margins
CONTROLS = (
    "stButton", "stDownloadButton", "stButtonGroup", "stToggle", "stCheckbox", "stTextInput", "stTextArea",
    "stSelectbox", "stMultiSelect", "stNumberInput", "stFileUploader", "stPageLink", "stSidebar", "stHeader",
)  # fmt: skip
DRAWN = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].map(chart => {
    const drawn = [...chart.querySelectorAll('.main-svg')].map(one => one.getBoundingClientRect());
    const box = chart.closest('[data-testid=stElementContainer]'), tall = Math.max(...drawn.map(one => one.height));
    return {
      wide: Math.max(...drawn.map(one => one.width)), tall: tall, left: Math.min(...drawn.map(one => one.left)),
      zoom: Number(getComputedStyle(chart).zoom), kept: getComputedStyle(box).breakInside,
      free: box.getBoundingClientRect().height - tall,
    };
})"""


def sides_of(page: Page) -> list[str]:
    """The words of each printed side, spaces put in order, once the page stands still."""
    still(page)
    content = page.pdf(prefer_css_page_size=True)
    reader = PdfReader(io.BytesIO(content))
    for side in reader.pages:
        assert (round(float(side.mediabox.width)), round(float(side.mediabox.height))) == (595, 842)
    return [" ".join(side.extract_text().split()) for side in reader.pages]


def begins(sides: list[str], page: Page, *heads: str) -> bool:
    """Whether the first side holds the first of each kind of heading; letters that are joined on paper are parted."""

    def letters(text: str) -> str:
        return "".join(normalize("NFKC", text).split())

    return all(letters(page.locator(head).first.inner_text()) in letters(sides[0]) for head in heads)


def whole_charts(page: Page, name: str) -> None:
    """Every chart is as wide as the sheet at most, on one side of it, and leaves no empty room below.

    A chart goes to paper as it was drawn for the window: its size there is that on the screen times its zoom.
    """
    page.emulate_media(media="screen")
    page.wait_for_timeout(500)
    screen = page.evaluate(DRAWN)
    page.emulate_media(media="print")
    paper = page.evaluate(DRAWN)
    assert bool(screen) or name not in WITH_CHARTS
    for before, after in zip(screen, paper, strict=True):
        assert after["zoom"] * before["wide"] <= INSIDE + 1 and after["zoom"] * before["tall"] <= TALL, before
        assert after["kept"] == "avoid" and after["left"] >= -1 and after["free"] < 12, after


def ready(page: Page, name: str) -> None:
    if name in WITH_CHARTS:
        page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=30_000)
    page.wait_for_timeout(800)


@pytest.mark.parametrize("name", EACH)
def test_a_page_on_paper(opened: OPEN, name: str) -> None:
    page = opened(f"/{name}?area=Charnwood&grain=year")
    ready(page, name)
    assert page.locator(".on-paper").filter(visible=True).count() == 0
    sides = sides_of(page)
    assert len(sides) >= 1 and all(len(side) > 60 for side in sides)
    said = OWN_WORDS.get(name, "Showing Charnwood, years, rates and shares. Edition")
    assert said in sides[0] and (name in OWN_WORDS or begins(sides, page, "h1"))
    if name != "presenter":
        for number, side in enumerate(sides, 1):
            assert f"Page {number} of {len(sides)}" in side
    for words in ("Leave this site", "Find a measure", "Make the ZIP", "Link to this view"):
        assert not [side for side in sides if words in side]
    whole_charts(page, name)
    for control in CONTROLS:
        assert page.get_by_test_id(control).filter(visible=True).count() == 0, control
    heads = page.evaluate("[...document.querySelectorAll('table thead')].map(one => getComputedStyle(one).display)")
    assert set(heads) <= {"table-header-group"}


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_every_measure_on_paper_begins_on_the_first_side(opened: OPEN, release: Release, part: int) -> None:
    for one in [one for one in release.catalogue.indicators if release.holds(one)][part::PARTS]:
        page = opened(f"/measure?indicator={one.id}&area=Oadby+and+Wigston")
        sides = sides_of(page)
        assert len(sides) <= 2 and begins(sides, page, "h1", "h2"), one.id
        page.context.close()


@pytest.mark.proof
@pytest.mark.parametrize(("name", "width"), WIDTHS)
def test_charts_are_whole_from_a_window_of_any_width(opened: OPEN, name: str, width: int) -> None:
    page = opened(f"/{name}", width=width)
    ready(page, name)
    whole_charts(page, name)


@pytest.mark.proof
@pytest.mark.parametrize("name", ["overview", "responding", "data"])
def test_a_dark_page_prints_black_on_white(opened: OPEN, name: str) -> None:
    page = opened(f"/{name}", theme="dark")
    settled(page)
    page.emulate_media(media="print")
    faint = page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] :is(p, li, h1, h2, td, th, dd)')]
        .filter(one => one.getClientRects().length)
        .map(one => getComputedStyle(one).color).filter(one => one !== 'rgb(0, 0, 0)')""")
    assert faint == []
    shades = page.evaluate("""() => ['.stApp', '[data-testid=stMain]', 'body']
        .map(one => getComputedStyle(document.querySelector(one)).backgroundColor)""")
    assert set(shades) == {"rgb(255, 255, 255)"}


@pytest.mark.proof
def test_the_head_of_a_long_table_is_repeated_on_each_side(opened: OPEN) -> None:
    page = opened("/data")
    page.get_by_text("Age of each source").first.click()
    page.get_by_text("Next edition due").wait_for(timeout=30_000)
    sides = sides_of(page)
    assert sum("Published Next edition due" in side for side in sides) >= 2
