"""What changed, in a real browser: two editions chosen, read, taken away, printed, and opened again by address."""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import accessible, served, settled
from tests.conftest import DATA
from tests.earlier import write_earlier
from vawg_metrics.board_pack import Pack, Parked, Screen, write_pack
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.frozen.freezing import freeze
from vawg_metrics.release import open_data
from vawg_metrics.strategy_folder import OWN

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
QUESTION = "Why is <b>Melton</b> *different*?"
PAIR = "before=board-september-2026&after=present"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a copy of the data beside which one earlier edition is kept."""
    folder = tmp_path_factory.mktemp("editions")
    data = folder / "data"
    shutil.copytree(DATA / "published", data / "published")
    pack = Pack("Board", (Screen("rape_recorded", ("LLR",)),), (Parked(QUESTION, "rape_recorded", "The police"),))
    earlier = open_data(write_earlier(folder / "earlier"), load_catalogue())
    freeze(earlier, "Board September 2026", "2026-09-10", data / "releases", OWN, write_pack(pack).encode("utf-8"))
    with served(folder / "log.txt", VAWG_DATA=str(data)) as found:
        yield found


def choose_edition(page: Page, label: str, option: str) -> None:
    page.get_by_test_id("stMain").get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option).click(timeout=15_000)


def test_the_last_meeting_is_compared_with_the_present_in_the_order_of_an_agenda(opened: OPEN, tmp_path: Path) -> None:
    page = opened("/changes")
    page.wait_for_function(f"location.search.includes('{PAIR}')", timeout=30_000)
    headings = page.get_by_role("heading", level=2).all_text_contents()
    assert [text[:2] for text in headings[:9]] == [f"{number}." for number in range(1, 10)]
    said = page.get_by_test_id("stMain").inner_text()
    assert "police figures from data.police.uk, Street-level crime, for October to December 2025 (2 measures)." in said
    assert QUESTION in said  # as it was written: neither markup nor emphasis
    assert (
        "would flag by chance alone" in said
        and "Nothing." not in said
        and "No definition of a measure changed." in said
    )
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="CSV: every section").click()
    assert waiting.value.suggested_filename == "what-changed_all_board-september-2026_present.csv"
    waiting.value.save_as(tmp_path / "all.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"))))
    months = {(row["period_start"], row["period_end"]) for row in rows if row["section"] == "periods"}
    assert months == {(f"2025-{month}",) * 2 for month in (10, 11, 12)} | {("2025-10", "2025-12")}


@pytest.mark.proof
def test_another_pair_stands_in_the_address_and_opens_again(opened: OPEN) -> None:
    page = opened("/changes")
    page.wait_for_function(f"location.search.includes('{PAIR}')", timeout=30_000)
    before = page.evaluate("history.length")
    choose_edition(page, "After", "Board September 2026 (frozen 10 September 2026)")
    page.wait_for_function("location.search.includes('after=board-september-2026')", timeout=30_000)
    settled(page)
    assert page.get_by_text("The two editions hold the same figures under the same definitions.").is_visible()
    choose_edition(page, "Before", "The figures as they are held")
    page.wait_for_function("location.search.includes('before=present')", timeout=30_000)
    settled(page)
    assert page.evaluate("history.length") == before
    first = page.get_by_test_id("stMain").inner_text()
    assert "There are no new police figures since the last meeting." in first and "no longer held" in first
    again = opened("/changes" + page.evaluate("location.search"))
    assert again.get_by_test_id("stMain").inner_text() == first
    lost = opened("/changes?before=nowhere&after=present")
    assert lost.get_by_text("The address asks for the edition nowhere, which is not kept here.").is_visible()


@pytest.mark.parametrize("theme", [pytest.param("light", marks=pytest.mark.proof), "dark"])
def test_it_is_accessible_narrow_and_on_paper(opened: OPEN, theme: str) -> None:
    page = opened(f"/changes?{PAIR}", theme=theme)
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_timeout(800)
    over = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
    assert over <= 0
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="CSV: every section").is_visible()
    assert not page.get_by_label("Before", exact=True).is_visible()
    assert page.get_by_text("This compares Board September 2026 (frozen 10 September 2026), edition").is_visible()
    assert len(page.pdf(format="A4")) > 10_000
