"""The report as a tagged PDF, printed from the HTML master by WeasyPrint, or by Chromium where that cannot run."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from vawg_metrics.errors import ShownError

WEASY, CHROMIUM = "WeasyPrint", "Chromium"
VARIANT: Final = "pdf/ua-1"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST: Final = 60  # seconds that a browser may take
QUIET: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")
_DATES: Final = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_NODES: Final = re.compile(rb"\(node(\d{8})\)")
_IDENTITY: Final = re.compile(rb"/ID ?\[<[0-9A-Fa-f]+> ?<[0-9A-Fa-f]+>\]")


class NotPrinted(ShownError):
    """No program that prints a PDF is there: the other formats are made without it."""


def write_pdf(html: bytes, stamp: date) -> tuple[bytes, str]:
    """The PDF of an HTML file, and the program that printed it; the same HTML, the same bytes.

    NotPrinted names what is missing where neither program can run.
    """
    lacking = []
    for name, printed in ((WEASY, _by_weasyprint), (CHROMIUM, _by_chromium)):
        try:
            return printed(html, stamp), name
        except NotPrinted as error:
            lacking.append(str(error))
    raise NotPrinted(f"The PDF was not made. {' '.join(lacking)}")


def _by_weasyprint(html: bytes, stamp: date) -> bytes:
    try:
        import weasyprint
    except (ImportError, OSError):
        raise NotPrinted("WeasyPrint needs Pango, which is not installed (on Debian: libpango-1.0-0).") from None
    identity = sha256(html).digest()[:16]
    within = weasyprint.urls.URLFetcher(allowed_protocols=("data",), fail_on_errors=True)  # nothing outside the file
    document = weasyprint.HTML(string=html.decode("utf-8"), url_fetcher=within)
    written = document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identity, custom_metadata=False)
    if not isinstance(written, bytes):
        raise NotPrinted("WeasyPrint gave no file.")
    return written


def _by_chromium(html: bytes, stamp: date) -> bytes:
    browser = find_browser()
    if not browser:
        raise NotPrinted("Chromium or Chrome was not found either: set CHROMIUM to its path.")
    with tempfile.TemporaryDirectory(prefix="report-") as aside:
        page, target = Path(aside, "report.html"), Path(aside, "report.pdf")
        page.write_bytes(html)
        command = [
            browser, *QUIET, f"--user-data-dir={aside}/profile", "--no-pdf-header-footer", "--export-tagged-pdf",
            "--generate-pdf-document-outline", f"--print-to-pdf={target}", page.as_uri(),
        ]  # fmt: skip
        _run(command)
        if not target.exists():
            raise NotPrinted(f"{Path(browser).name} printed nothing.")
        return _stamped(target.read_bytes(), html, stamp)


def find_browser() -> str:
    """Chromium or Chrome, as CHROMIUM names it or as it is found; '' where there is none."""
    named = os.environ.get("CHROMIUM", "")
    return next((found for name in (named, *BROWSERS) if name and (found := shutil.which(name))), "")


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotPrinted(f"{Path(command[0]).name} could not print ({type(error).__name__}).") from None


def _stamped(pdf: bytes, html: bytes, stamp: date) -> bytes:
    """A browser's PDF with the release's day and id in the place of the clock's, each as long as before."""
    day = f"D:{stamp:%Y%m%d}000000+00'00'".encode()

    def dated(found: re.Match[bytes]) -> bytes:
        head = b"/" + found[1] + b" ("
        return head + day[: len(found[0]) - len(head) - 1].ljust(len(found[0]) - len(head) - 1) + b")"

    def named(found: re.Match[bytes]) -> bytes:
        letters = sha256(html).hexdigest().upper().encode()
        return re.sub(rb"[0-9A-Fa-f]{16,}", lambda one: letters[: len(one[0])].ljust(len(one[0]), b"0"), found[0])

    ranks = {number: rank for rank, number in enumerate(sorted(set(_NODES.findall(pdf))))}
    pdf = _NODES.sub(lambda one: b"(node%08d)" % ranks[one[1]], pdf)  # a browser counts on from page to page
    return _IDENTITY.sub(named, _DATES.sub(dated, pdf))
