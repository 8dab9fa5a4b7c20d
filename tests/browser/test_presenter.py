"""A board pack driven from the keyboard in a real browser: every screen fits, and what is parked is kept."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import accessible, settled, still
from vawg_metrics.board_pack import CHARTS, Pack, Screen, code_of
from vawg_metrics.catalogue.load import load_catalogue

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
LAST = 13  # a title, the eleven core measures, the questions parked
HELD = [one.id for one in load_catalogue().indicators if one.public and not one.retired]
EVERYTHING = [(id_, view) for id_ in HELD for view in CHARTS]
A_PACK = 28
FAULTS = """() => {
  const found = [];
  const over = (one, two) => [
    Math.min(one.right, two.right) - Math.max(one.left, two.left),
    Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top)];
  const main = document.querySelector("[data-testid=stMain]");
  if (main.scrollHeight > innerHeight || main.scrollWidth > innerWidth) found.push(`scrolls: ${main.scrollHeight}`);
  const foot = document.querySelector(".foot").getBoundingClientRect();
  for (const part of document.querySelectorAll(".message, .notes, .opening, .st-key-presented-park form, .alone"))
    if (part.getBoundingClientRect().bottom > foot.top + 1) found.push(`${part.className} runs into the small lines`);
  for (const part of document.querySelectorAll(".st-key-presented h1, .st-key-presented p, .st-key-presented li")) {
    if (!part.textContent.trim()) continue;
    const least = part.closest(".foot") ? 18 : 32;
    if (parseFloat(getComputedStyle(part).fontSize) < least) found.push(`small: ${part.textContent.slice(0, 30)}`);
    if (part.scrollWidth > part.clientWidth + 1) found.push(`cut: ${part.textContent.slice(0, 30)}`);
  }
  const chart = document.querySelector("[data-testid=stPlotlyChart]");
  if (!chart) return found;
  const box = chart.querySelector(".main-svg").getBoundingClientRect();
  const shown = (one) => one.textContent.trim() && one.getBoundingClientRect().width > 0
    && getComputedStyle(one).visibility !== "hidden" && getComputedStyle(one).opacity !== "0";
  const texts = [...chart.querySelectorAll("text")].filter(shown).map((one) => {
    const { left, right, top, bottom, height } = one.getBoundingClientRect();
    const free = height * 0.18;  // a line's box is taller than its letters
    const size = parseFloat(getComputedStyle(one).fontSize);
    return { words: one.textContent.slice(0, 30), left, right, top: top + free, bottom: bottom - free, size };
  });
  for (const [at, one] of texts.entries()) {
    if (one.size < 32) found.push(`small: ${one.words}`);
    if (one.left < box.left - 1 || one.right > box.right + 1 || one.top < box.top - 2 || one.bottom > box.bottom + 2)
      found.push(`outside the chart: ${one.words}`);
    for (const two of texts.slice(at + 1)) {
      const [wide, high] = over(one, two);
      if (wide > 2 && high > 2) found.push(`${one.words} covers ${two.words}`);
    }
  }
  if (!texts.length) found.push("the chart has no words");
  return found;
}"""


@pytest.fixture
def presented(opened: OPEN) -> Callable[..., Page]:
    """Open a screen on a projector."""

    def open_screen(screen: int = 1, pack: str = "core", width: int = 1280, height: int = 720, **more: Any) -> Page:  # noqa: ANN401
        page = opened(f"/presenter?pack={pack}&screen={screen}", width=width, height=height, **more)
        shows(page, screen)
        return page

    return open_screen


def shows(page: Page, screen: int) -> None:
    """Wait until a screen is shown whole."""
    page.wait_for_function("at => new URLSearchParams(location.search).get('screen') === at", arg=str(screen))
    page.locator(".bar .at").filter(has_text=f"{screen} of ").wait_for()
    still(page)  # before, the chart of the screen that was left may stand there yet
    if page.locator("[data-testid=stPlotlyChart]").count():
        page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg text", state="attached", timeout=30_000)


def press(page: Page, key: str, screen: int) -> None:
    page.keyboard.press(key)
    shows(page, screen)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def fits(page: Page) -> list[str]:
    """What does not fit the screen, covers something or is too small to be read across a room, once it stands still."""
    if page.evaluate(FAULTS):
        still(page)
    return list(page.evaluate(FAULTS))


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.proof)])
def test_a_whole_pack_is_driven_from_the_keyboard_and_every_screen_fits(
    presented: Callable[..., Page], theme: str
) -> None:
    page = presented(theme=theme)
    before = page.evaluate("history.length")
    for screen in range(1, LAST + 1):
        assert page.locator("h1").count() == 1
        finding = (page.locator("h1").text_content() or "").replace("\xa0", " ")
        assert fits(page) == [], finding
        said = (page.locator(".bar .said").text_content() or "").replace("\xa0", " ")
        assert said.startswith(f"{screen} of {LAST}: ") and (screen == 1 or finding in said)
        if screen in (1, 5, 11):
            accessible(page)
        if screen < LAST:
            press(page, ("ArrowRight", "PageDown", "ArrowDown")[screen % 3], screen + 1)
    page.keyboard.press("PageDown")  # there is nothing after the last
    for number, key in enumerate(("ArrowLeft", "PageUp", "ArrowUp"), 1):
        press(page, key, LAST - number)
    press(page, "Home", 1)
    press(page, "End", LAST)
    assert page.evaluate("history.length") == before
    assert page.get_by_test_id("stSidebar").count() == 0
    assert page.get_by_role("button", name="Leave this site").count() == 0


@pytest.mark.proof
def test_buttons_turn_as_keys_do_and_the_ends_say_so(presented: Callable[..., Page]) -> None:
    page = presented()
    for name, screen in (("Next", 2), ("Last", LAST), ("Back", LAST - 1), ("First", 1)):
        page.get_by_role("button", name=name, exact=True).click()
        shows(page, screen)
    for name, ended in (("First", "true"), ("Back", "true"), ("Next", "false"), ("Last", "false")):
        assert page.get_by_role("button", name=name, exact=True).get_attribute("aria-disabled") == ended
    boxes = [button.bounding_box() for button in page.locator(".bar button:visible").all()]
    assert all(box and box["height"] >= 24 and box["width"] >= 24 for box in boxes)


@pytest.mark.proof
def test_quick_presses_are_all_counted_and_three_shifts_leave_nothing(presented: Callable[..., Page]) -> None:
    page = presented()
    for _ in range(4):
        page.keyboard.press("PageDown")
    shows(page, 5)
    for _ in range(6):
        page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert asked(page)["screen"] == ["5"]


@pytest.mark.proof
def test_the_same_address_shows_the_same_screen_elsewhere(presented: Callable[..., Page], opened: OPEN) -> None:
    page = presented(6)
    page.get_by_label("Place").select_option("Melton")
    page.wait_for_function("location.search.includes('place=Melton')")
    shows(page, 6)
    link = urlsplit(page.url)
    fresh = opened(f"{link.path}?{link.query}", width=1280, height=720)
    shows(fresh, 6)
    assert fresh.locator(".st-key-presented").inner_text() == page.locator(".st-key-presented").inner_text()
    assert "Melton" in (fresh.locator("h1").text_content() or "")
    assert urlsplit(fresh.url).query == link.query


@pytest.mark.proof
@pytest.mark.parametrize("key", ["0", "r"])
def test_a_place_is_changed_and_one_key_returns_to_the_prepared_one(presented: Callable[..., Page], key: str) -> None:
    page = presented(8)
    finding = page.locator("h1").text_content()
    before = page.evaluate("history.length")
    page.get_by_label("Place").select_option("North West Leicestershire")
    page.wait_for_function("location.search.includes('place=')")
    shows(page, 8)
    assert "North West Leicestershire" in (page.locator("h1").text_content() or "")
    assert fits(page) == []
    assert page.get_by_role("button", name="Return").is_visible()
    page.locator("h1").click()
    page.keyboard.press(key)
    page.wait_for_function("!location.search.includes('place=')")
    shows(page, 8)
    assert page.locator("h1").text_content() == finding
    assert page.evaluate("history.length") == before


@pytest.mark.proof
def test_notes_are_shown_on_demand(presented: Callable[..., Page]) -> None:
    notes = "Thank those who sent returns.\n" + "Then say what is not known, and to whom it matters most. " * 9
    pack = code_of(Pack("Noted", (Screen("sexual_offences_rate", ("LLR",), "districts", notes.strip()),)))
    page = presented(2, pack)
    assert page.get_by_text("Thank those who sent").count() == 0
    page.keyboard.press("n")
    page.get_by_text("Thank those who sent").wait_for()
    assert page.get_by_role("button", name="Notes").get_attribute("aria-pressed") == "true"
    page.wait_for_timeout(500)
    assert fits(page) == []
    accessible(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg", timeout=30_000)
    assert page.get_by_text("Thank those who sent").count() == 0


def test_a_parked_question_is_in_the_saved_file_and_survives_loading(
    presented: Callable[..., Page], opened: OPEN, tmp_path: Path
) -> None:
    page = presented(6)
    page.keyboard.press("p")
    box = page.get_by_label("Question to park")
    box.wait_for()
    page.wait_for_function("document.activeElement?.tagName === 'TEXTAREA'")
    assert fits(page) == []
    accessible(page)
    page.keyboard.press("Control+End")
    page.keyboard.type(" nprr0 and by when?")
    page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    assert asked(page)["screen"] == ["6"]
    question = "Is the share of offences without a district understood, and will it be mended at the source?"
    assert box.input_value() == f"{question} nprr0 and by when?"
    box.press("Enter")  # goes on, and begins no line
    page.wait_for_function("document.activeElement?.tagName === 'INPUT'")
    page.keyboard.type("Leicestershire Police")
    page.keyboard.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('pack') !== 'core'", timeout=30_000)
    shows(page, 6)
    assert page.get_by_text("Parked: 1 question stands on the last screen.").first.is_visible()
    assert fits(page) == []
    assert page.evaluate("document.activeElement.shadowRoot?.activeElement?.name") == "park"
    press(page, "End", LAST)
    assert "and by when?" in page.locator(".opening").inner_text()
    page.get_by_role("button", name="Close").click()
    page.wait_for_url("**/pack**")
    settled(page)
    assert page.get_by_text("and by when?").count() > 0
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the board pack").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    parked = json.loads(path.read_text("utf-8"))["parked"]
    assert parked == [
        {
            "question": f"{question} nprr0 and by when?",
            "screen": "sexual_offences_rate",
            "who": "Leicestershire Police",
        }
    ]
    other = opened("/pack")
    other.locator("input[type=file]").set_input_files(path)
    other.get_by_text("11 screens and 1 parked question loaded").wait_for()
    settled(other)
    other.get_by_role("link", name="Open the presentation").click()
    other.wait_for_url("**/presenter**")
    other.locator(".bar .at").wait_for()
    other.keyboard.press("End")
    shows(other, LAST)
    assert "Leicestershire Police" in other.locator(".opening").inner_text()


@pytest.mark.proof
def test_a_file_that_is_no_pack_changes_nothing(opened: OPEN, tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text('{"kind": "other"}', "utf-8")
    page = opened("/pack")
    page.locator("input[type=file]").set_input_files(tmp_path / "other.json")
    page.get_by_text("It is not a board pack.").wait_for()
    assert asked(page)["pack"] == ["core"]


@pytest.mark.proof
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1440, 900)])
def test_a_larger_screen_shows_the_same_larger(presented: Callable[..., Page], width: int, height: int) -> None:
    page = presented(6, width=width, height=height)
    assert fits(page) == []
    tall = page.evaluate("document.querySelector('h1').getBoundingClientRect().height")
    assert tall == pytest.approx(76 * min(width / 1280, height / 720), rel=0.1)


@pytest.mark.proof
@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_the_screens_without_scrolling_sideways(presented: Callable[..., Page], width: int) -> None:
    page = presented(6, width=width, height=844)
    over = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert over <= 0
    chart = page.locator("[data-testid=stPlotlyChart] .main-svg").first.bounding_box()
    assert chart is not None and chart["x"] >= 0 and chart["x"] + chart["width"] <= width
    accessible(page)


def packs() -> Iterator[tuple[str, tuple[str, ...], Pack]]:
    """Every chart of every measure, for LLR and for two of the longest names."""
    for places in (("LLR",), ("North West Leicestershire", "Oadby and Wigston")):
        for start in range(0, len(EVERYTHING), A_PACK):
            screens = tuple(Screen(id_, places, view) for id_, view in EVERYTHING[start : start + A_PACK])
            yield f"{places[0]}-{start}", places, Pack("Everything", screens)


@pytest.mark.proof
@pytest.mark.parametrize(("places", "pack"), [pytest.param(two, three, id=one) for one, two, three in packs()])
def test_every_chart_of_every_measure_fits_a_projector(
    presented: Callable[..., Page], places: tuple[str, ...], pack: Pack
) -> None:
    page = presented(2, code_of(pack))
    faults = []
    for number, screen in enumerate(pack.screens, 2):
        shows(page, number)
        faults += [(screen.indicator, screen.view, fault) for fault in fits(page)]
        page.keyboard.press("PageDown")
    assert faults == []
