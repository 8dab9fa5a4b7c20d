"""The steward's own server in a real browser: a return is checked and nothing of it is repeated; and the canaries."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENT, accessible, settled
from tests.filled_returns import FIRST_ROW, QUARTERS, check, filled, filled_csv
from tests.test_canaries import (
    MANY,
    PAGES,
    SHOWING,
    Heard,
    World,
    canary,
    check_hidden,
    check_kept,
    files_with,
    found_in,
    heard_of,
    made,
    more_commands,
    plant,
    shown_for,
)
from tests.test_uploads import STEWARD, STEWARD_WORDS, Served, served

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
NAME = "a-secret-name"
NUMBER = canary(200)
TEXT = "Leicstr"  # near to an allowed word, and never repeated itself
PERSON = "Margaret Atherstone-Quill"
FAULTS = {
    f"E{FIRST_ROW}": "<5", f"E{FIRST_ROW + 1}": -NUMBER, f"E{FIRST_ROW + 2}": NUMBER + 0.5, f"E{FIRST_ROW + 3}": None,
    f"D{FIRST_ROW + 4}": TEXT, f"E{FIRST_ROW + 6}": f"{NUMBER:,}",
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The dashboard as `./run --steward` starts it."""
    with served(tmp_path_factory.mktemp("own"), *STEWARD_WORDS, **STEWARD) as one:
        yield one


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def page(browser: Browser, own: Served, heard: Heard) -> Iterator[Page]:
    """The page of the check, opened cold; whatever the server sends to it is noted."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    heard.listen(page)
    page.goto(f"{own.address}/check_return")
    settled(page)
    yield page
    context.close()


def bring(page: Page, content: bytes, heading: str, name: str = f"{NAME}.xlsx", kind: str = XLSX) -> None:
    """Put a file into the box and wait for what is said of it."""
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("heading", name=heading, exact=True).wait_for(timeout=PATIENT)
    settled(page)


def repeats(page: Page, heard: Heard, own: Served, *texts: str) -> list[str]:
    """Which texts stand on the page, in its code, in what the server sent or in its log."""
    heard.take(page)
    everything = b"\n".join(heard.parts) + own.log.read_bytes()
    numbers = [NUMBER] if found_in(everything, [NUMBER]) else []
    return [*(text for text in (NAME, *texts) if text.encode() in everything), *map(str, numbers)]


def written(own: Served) -> list[str]:
    return own.writes.read_text().splitlines()


def test_every_fault_is_listed_and_nothing_of_the_file_is_repeated(page: Page, heard: Heard, own: Served) -> None:
    before = written(own)
    content = filled("marac", edits=FAULTS)
    expected = check(content).faults
    assert len(expected) >= len(FAULTS)
    bring(page, content, "What to mend")
    said = page.locator(".to-mend").inner_text()
    for one in expected:
        assert f"{one.problem} {one.repair}" in said and f"Row {one.row}" in said
    assert repeats(page, heard, own, TEXT) == []
    accessible(page)
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="Download the marked workbook").click()
    assert waiting.value.suggested_filename == "return-to-mend_marac_2026-27-q2.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    listed = [row for row in book["What to mend"].iter_rows(min_row=6, values_only=True) if row[3]]
    assert [(row[1], row[3]) for row in listed] == [(one.row, one.problem) for one in expected]
    assert written(own) == before and list(own.temporary.iterdir()) == []
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(500)
    over = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert over <= 0


def test_a_sound_return_is_told_how_to_be_accepted(page: Page, heard: Heard, own: Served) -> None:
    before = written(own)
    bring(page, filled_csv("marac").encode("utf-8-sig"), "Nothing is wrong", f"{NAME}.csv", "text/csv")
    page.get_by_text("python -m vawg_metrics returns accept FILE").wait_for(timeout=PATIENT)
    said = page.get_by_test_id("stMain").inner_text()
    assert "not accepted" in said
    assert "MARAC coordination" in said and f"{QUARTERS[0]} (July to September 2026)" in said
    assert "Cells read: 8: 8 with a number, 0 nil, 0 that cannot be supplied" in said
    assert page.get_by_role("button", name="Download the marked workbook").count() == 0
    assert repeats(page, heard, own) == []
    accessible(page)
    assert written(own) == before


def test_what_looks_like_a_person_stops_it_at_once(page: Page, heard: Heard, own: Served) -> None:
    before = written(own)
    content = filled("marac", edits={**FAULTS, f"H{FIRST_ROW + 1}": PERSON, f"K{FIRST_ROW}": "07700 900123"})
    bring(page, content, "Stopped", f"{PERSON}.xlsx")
    assert "data protection officer" in page.get_by_test_id("stMain").inner_text()
    assert page.locator(".to-mend li").count() == len(check(content).faults) > 0
    assert repeats(page, heard, own, PERSON, "Atherstone", "Margaret", "900123", TEXT) == []
    accessible(page)
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="Download the marked workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert book.sheetnames == ["What to mend"]
    assert "Atherstone" not in str(list(book.active.iter_rows(values_only=True)))
    assert written(own) == before and list(own.temporary.iterdir()) == []


def test_a_file_that_is_refused_by_the_box_is_not_named_either(page: Page, heard: Heard, own: Served) -> None:
    for name, content in ((f"{PERSON}.docx", b"x"), (f"{PERSON}.csv", b"x" * 5_400_000)):
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_text("Error:").first.wait_for(timeout=60_000)
        page.wait_for_timeout(300)
        assert repeats(page, heard, own, PERSON) == []
        page.reload()
        settled(page)


def test_leaving_the_page_lets_go_of_the_file(page: Page) -> None:
    bring(page, filled("marac"), "Nothing is wrong")
    page.get_by_test_id("stSidebar").get_by_role("link", name="About", exact=True).click()
    page.wait_for_url("**/about**", timeout=60_000)
    settled(page)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Check a return").click()
    page.wait_for_url("**/check_return**", timeout=60_000)
    settled(page)
    assert page.get_by_role("heading", name="Nothing is wrong").count() == 0
    assert page.locator("[data-testid=stFileChip]").count() == 0


def test_a_normal_server_has_no_such_page(opened: Callable[..., Page]) -> None:
    page = opened("/check_return")
    page.locator("h1").first.wait_for()  # beneath a notice, which hides it from roles
    assert page.locator("h1", has_text="Check a return").count() == 0
    assert page.locator("input[type=file]").count() == 0
    links = page.get_by_test_id("stSidebar").locator("a")
    assert links.count() > 5 and "Check a return" not in links.all_inner_texts()


@dataclass(frozen=True)
class Sown:
    """A world with canaries in its raw returns, what must not be seen of them, and what was released instead."""

    world: World
    numbers: frozenset[int]
    shown: set[int]


def sown_in(folder: Path) -> Sown:
    """The returns planted, accepted and released by the real commands."""
    world = made(folder)
    numbers = plant(world, MANY)
    assert {canary(one) for one in (*range(len(MANY)), 100)} <= numbers
    assert "Passed" in world.run("release", "--take-open", "--data", world.at("data"))
    return Sown(world, numbers, shown_for(world, MANY))


@pytest.fixture(scope="module")
def sown(tmp_path_factory: pytest.TempPathFactory) -> Sown:
    """One such world for all that only look at it."""
    return sown_in(tmp_path_factory.mktemp("sown"))


@pytest.mark.proof
def test_canaries_in_raw_returns_appear_in_nothing_that_commands_say_or_write(tmp_path: Path) -> None:
    sown = sown_in(tmp_path)
    more_commands(sown.world, MANY)
    check_kept(sown.world, MANY, sown.numbers)
    check_hidden(sown.world, sown.numbers)


@pytest.mark.proof
@pytest.mark.parametrize(
    "pages", [PAGES[first : first + 6] for first in range(0, len(PAGES), 6)], ids=lambda pages: pages[0]
)
def test_canaries_in_raw_returns_reach_no_browser(
    tmp_path: Path, browser: Browser, sown: Sown, pages: tuple[str, ...]
) -> None:
    told = {"VAWG_DATA": str(sown.world.at("data")), "VAWG_RETURNS": str(sown.world.at("restricted"))}
    with served(tmp_path, **told) as server:
        heard = heard_of(browser, server, (SHOWING, *pages))
    everything = b"\n".join(heard.parts)
    assert found_in(everything, sown.shown), "not even the released counts were heard, so the search proves nothing"
    assert found_in(everything, sown.numbers) == set()
    assert files_with(sown.numbers, tmp_path) == {}
