"""The report in a real browser: made on its page, downloaded, opened from the disk, printed where WeasyPrint is not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import accessible, axe
from tests.test_report_formats import checked_pdf
from vawg_metrics.outputs.report.asked import Asked
from vawg_metrics.outputs.report.content import Report, report_of
from vawg_metrics.outputs.report.drawn import draw_pictures
from vawg_metrics.outputs.report.html import write_html
from vawg_metrics.outputs.report.making import KINDS
from vawg_metrics.outputs.report.pdf import CHROMIUM, NotPrinted, write_pdf
from vawg_metrics.reading import Release

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
OPEN = Callable[..., Page]
KINDS_OF_REPORT = {"LLR": Asked("2025-26"), "Melton": Asked("2025-26", "Melton"), "whole": Asked("", "LLR", True)}


@pytest.fixture(
    scope="module",
    params=[pytest.param(one, marks=() if one == "whole" else pytest.mark.proof) for one in KINDS_OF_REPORT],
)
def written(request: pytest.FixtureRequest, release: Release) -> tuple[Report, bytes]:
    """A report and its HTML."""
    report = report_of(release, KINDS_OF_REPORT[request.param])
    return report, write_html(report, draw_pictures(report))


@pytest.fixture
def from_disk(browser: Browser, tmp_path: Path) -> Iterator[Callable[[bytes, int], Page]]:
    """Open an HTML file from the disk without scripts' help; nothing else may be asked for."""
    asked: list[str] = []
    contexts = []

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            asked.append(request.url)

    def open_file(content: bytes, width: int) -> Page:
        path = tmp_path / "report.html"
        path.write_bytes(content)
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        page = contexts[-1].new_page()
        page.on("request", note)
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert asked == []


def test_the_html_has_no_fault_and_fits_every_width(
    written: tuple[Report, bytes], from_disk: Callable[[bytes, int], Page]
) -> None:
    _, html = written
    for width in (1440, 390, 320):
        page = from_disk(html, width)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        broken = "[...document.images].filter(one => !one.complete || one.naturalWidth < 100).length"
        assert page.evaluate(broken) == 0


def test_the_first_key_leads_to_the_content(
    written: tuple[Report, bytes], from_disk: Callable[[bytes, int], Page]
) -> None:
    page = from_disk(written[1], 1440)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_browser_prints_a_tagged_pdf_where_weasyprint_cannot(
    written: tuple[Report, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> bytes:
        raise NotPrinted("No Pango.")

    report, html = written
    monkeypatch.setattr("vawg_metrics.outputs.report.pdf._by_weasyprint", lacking)
    content, by = write_pdf(html, report.stamp)
    assert by == CHROMIUM and content == write_pdf(html, report.stamp)[0]
    pdf = checked_pdf(content, report)
    assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{report.stamp:%Y%m%d}")


def test_a_report_is_made_on_its_page(opened: OPEN, tmp_path: Path) -> None:
    page = opened("/report?area=Melton")
    accessible(page)
    page.get_by_role("button", name="Make the report").click()
    page.get_by_role("button", name="CSV, for analysts").wait_for(timeout=200_000)
    page.wait_for_timeout(500)
    accessible(page)
    for kind in KINDS.values():
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=f"{kind.name}, {kind.whom}").click()
        assert waiting.value.suggested_filename.startswith("progress-report_2025-26_melton_")
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name.endswith(kind.ending) and path.stat().st_size > 5_000
    (pdf,) = tmp_path.glob("*.pdf")
    with pikepdf.open(pdf) as opened_pdf:
        assert str(opened_pdf.docinfo["/Title"]) == "Annual progress report 2025-26: Melton"
    page.reload()
    page.get_by_role("button", name="HTML, for the public").wait_for(timeout=60_000)  # it stays ready


def test_the_same_address_asks_for_the_same_report(opened: OPEN) -> None:
    page = opened("/report?year=whole&place=Melton&made_from=present")
    said = page.get_by_test_id("stMain").inner_text()
    assert "This makes the review of the whole strategy for Melton" in said
    assert "place=Melton" in page.url and "year=whole" in page.url
