"""What analysts and members do in a real browser: find, compare, explore, take away, and open a pasted link."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import choose, settled

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
ANSWERED = ".st-key-found"


def ask(page: Page, question: str) -> Locator:
    """One action: a question and Enter."""
    box = page.get_by_label("Find a measure")
    box.fill(question)
    box.press("Enter")
    page.wait_for_selector(ANSWERED, timeout=30_000)
    settled(page)
    return page.locator(ANSWERED)


def downloaded(page: Page, button: Locator, folder: Path) -> Path:
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def reached(page: Page, *parts: str) -> None:
    """Wait until the address says what is asked for."""
    for part in parts:
        page.wait_for_function(f"location.href.includes({json.dumps(part)})", timeout=30_000)
    settled(page)


@pytest.mark.proof
def test_from_home_to_the_csv_of_two_districts_in_four_actions(opened: OPEN, tmp_path: Path) -> None:
    page = opened("/")
    before = page.evaluate("history.length")
    found = ask(page, "stalking and harassment Charnwood and Melton")  # 1
    found.get_by_role("link").first.click()  # 2
    reached(page, "/measure", "area=Charnwood&area=Melton", "indicator=stalking_harassment_rate")
    choose(page, "From", "The last three years held")  # 3
    reached(page, "from=3years")
    assert page.evaluate("history.length") == before + 1
    button = page.get_by_role("button", name="CSV", exact=True).first
    rows = list(csv.DictReader(io.StringIO(downloaded(page, button, tmp_path).read_text("utf-8-sig"))))  # 4
    held = {row["area"]: row["numerator"] for row in rows if row["area"] in ("Charnwood", "Melton")}
    assert held == {"Charnwood": "1713", "Melton": "466"}
    assert {row["period_end"] for row in rows if row["area"] == "Melton"} == {"2025-06"}  # all that is held


@pytest.mark.parametrize("path", ["/about"])
def test_a_question_asked_in_the_room_is_answered_in_two_actions(opened: OPEN, path: str) -> None:
    page = opened(path)
    found = ask(page, "what is the charge rate in Melton?")
    assert "7.8 % (106 of 1,352), Melton, 2024" in found.inner_text().replace("\xa0", " ")
    found.get_by_role("link").first.click()
    reached(page, "/measure", "area=Melton")
    heading = page.get_by_role("heading", level=2).first.text_content() or ""
    assert "7.8 % (106 of 1,352), Melton" in heading.replace("\xa0", " ")
    assert page.locator(ANSWERED).count() == 0


@pytest.mark.proof
def test_what_is_not_held_is_found_with_who_could_supply_it(opened: OPEN) -> None:
    page = opened("/preventing?area=Rutland")
    found = ask(page, "refuge")
    assert "Not held. Council commissioners" in found.inner_text()
    found.get_by_role("link").first.click()
    reached(page, "/measure", "area=Rutland")
    assert (
        page.get_by_role("heading", level=1).text_content() == "Referrals to safe accommodation that could not be met"
    )
    assert page.get_by_text("Not held.", exact=True).is_visible()


@pytest.mark.proof
def test_a_district_is_chosen_on_the_map(opened: OPEN) -> None:
    page = opened("/compare?indicator=violence_sexual_offences_rate", height=1600)
    chart = page.locator("[data-testid=stPlotlyChart]").first
    page.wait_for_selector("[data-testid=stPlotlyChart] .choroplethlayer path", timeout=30_000)
    page.wait_for_timeout(500)
    assert chart.locator(".choroplethlayer path").count() == 9  # the whole map, with no network
    box = chart.locator(".choroplethlayer path").nth(1).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.6)
    page.wait_for_function("location.search.split('area=').length > 2", timeout=30_000)
    settled(page)
    name = page.evaluate("new URLSearchParams(location.search).get('area')")
    assert name != "LLR"
    assert f", {name}," in (page.get_by_role("heading", level=2).first.text_content() or "")


def test_a_pasted_link_shows_the_same_view_on_another_machine(opened: OPEN) -> None:
    address = (
        "/explore?area=Melton&area=LLR&from=all&grain=year&indicator=violence_sexual_offences_rate"
        "&indicator=domestic_abuse_homelessness_share&place=Rutland&across=period&sort=area&containing=r"
    )
    first = opened(address)
    reached(first, "edition=")
    link = urlsplit(first.url)
    second = opened(f"{link.path}?{link.query}")
    assert urlsplit(second.url).query == link.query
    rows = [page.locator(".explored").inner_text() for page in (first, second)]
    assert rows[0] == rows[1] and "Melton" in rows[0]
    assert first.locator("[data-testid=stCode]").first.text_content() == (
        second.locator("[data-testid=stCode]").first.text_content()
    )


def test_a_link_made_on_another_edition_says_so(opened: OPEN) -> None:
    page = opened("/compare?area=Blaby&indicator=sexual_offences_rate&edition=0123456789")
    assert page.get_by_text("This link was made on edition 0123456789").is_visible()
    assert page.get_by_role("heading", level=2).first.text_content().count("Blaby") == 1


@pytest.mark.proof
def test_the_view_of_a_card_has_an_address_of_its_own(opened: OPEN) -> None:
    page = opened("/responding?area=Leicester")
    card = page.locator(".st-key-card-sexual_offences_rate")
    card.scroll_into_view_if_needed()
    card.get_by_text("Map", exact=True).click()
    settled(page)
    link = card.get_by_role("link", name="Link to this view")
    page.wait_for_function("e => e.href.includes('view=map')", arg=link.element_handle(), timeout=30_000)
    parts = urlsplit(str(link.get_attribute("href")))
    alone = opened(f"/measure?{parts.query}")
    assert "view=map" in parts.query and "area=Leicester" in parts.query
    alone.wait_for_selector("[data-testid=stPlotlyChart] .choroplethlayer path", timeout=30_000)


@pytest.mark.proof
@pytest.mark.parametrize("path", ["/responding?area=Charnwood", "/compare?indicator=domestic_abuse_homelessness_rate"])
def test_a_whole_page_is_taken_away_in_one_zip(opened: OPEN, tmp_path: Path, path: str) -> None:
    page = opened(path)
    button = page.get_by_role("button", name="Make the ZIP")
    button.scroll_into_view_if_needed()
    button.click()
    ready = page.get_by_role("button", name="ZIP of this page")
    ready.wait_for(timeout=90_000)
    with zipfile.ZipFile(downloaded(page, ready, tmp_path)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {"README.txt", "datapackage.json"} <= set(names)
        described = {one["path"] for one in json.loads(archive.read("datapackage.json"))["resources"]}
        assert described == {name for name in names if name.startswith("tables/")}
    assert sum(name.endswith(".png") for name in names) >= 3
    assert sum(name.endswith(".svg") for name in names) == sum(name.endswith(".png") for name in names)


@pytest.mark.proof
def test_views_are_saved_taken_away_and_loaded_again(opened: OPEN, tmp_path: Path) -> None:
    page = opened("/explore?indicator=sexual_offences_rate&area=Melton")
    page.get_by_label("Name of this view").fill("=Melton <b>first</b>")
    page.get_by_role("button", name="Save this view").click()
    kept = page.get_by_role("link", name="=Melton <b>first</b>")
    kept.wait_for(timeout=30_000)
    path = downloaded(page, page.get_by_role("button", name="Download the saved views"), tmp_path)
    other = opened("/explore")
    other.locator("input[type=file]").set_input_files(path)
    link = other.get_by_role("link", name="=Melton <b>first</b>")
    link.wait_for(timeout=30_000)
    link.click()
    reached(other, "area=Melton", "indicator=sexual_offences_rate")
    bad = tmp_path / "bad.json"
    bad.write_text('{"kind": "something else"}', "utf-8")
    other.locator("input[type=file]").set_input_files(bad)
    other.get_by_text("It is not a file of saved views").wait_for(timeout=30_000)


@pytest.mark.proof
@pytest.mark.parametrize("path", ["/compare", "/explore", "/measure"])
def test_every_control_is_reached_and_seen_by_keyboard(opened: OPEN, path: str) -> None:
    page = opened(path, height=1200)
    page.get_by_role("button", name="CSV", exact=True).last.scroll_into_view_if_needed()
    page.wait_for_timeout(1000)
    wanted = page.evaluate(_CONTROLS)
    assert wanted > 8
    seen: set[str] = set()
    page.evaluate("document.activeElement.blur(); document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    for _ in range(wanted + 120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(_FOCUSED))
    missing = page.evaluate(_MISSING, list(seen))
    assert missing == []


_CONTROLS = """() => {
  const inside = document.querySelector('[data-testid=stMain]');
  const all = [...inside.querySelectorAll('button, a[href], input, summary, [role=combobox], textarea')];
  let number = 0;
  for (const one of all) {
    const shown = one.getBoundingClientRect().width && one.checkVisibility() && !one.disabled && one.tabIndex >= 0;
    // The framework shows its own button to copy a text only to a mouse: the text can be selected by keys.
    if (!shown || one.getAttribute('aria-hidden') === 'true' || one.getAttribute('kind') === 'elementToolbar') continue;
    const group = one.closest('[role=radiogroup], [role=toolbar]'); // arrows move within a group
    one.dataset.control = group?.dataset.number ?? String(number++);
    if (group) group.dataset.number = one.dataset.control;
  }
  return number;
}"""
_FOCUSED = """() => {
  let one = document.activeElement;
  while (one && one.shadowRoot && one.shadowRoot.activeElement) one = one.shadowRoot.activeElement;
  return one?.dataset?.control ?? '';
}"""
_MISSING = """seen => [...document.querySelectorAll('[data-control]')]
  .filter(one => !seen.includes(one.dataset.control)).map(one => one.outerHTML.slice(0, 160))"""
