"""Every format of a report: made from one content, in a folder of which nothing else is touched, or in memory."""

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vawg_metrics.errors import Fault, FaultsFound
from vawg_metrics.outputs.csv_file import write_csv
from vawg_metrics.outputs.report.annex import annex_of
from vawg_metrics.outputs.report.asked import Asked
from vawg_metrics.outputs.report.content import Report, report_of
from vawg_metrics.outputs.report.drawn import Drawn, Told, draw_pictures
from vawg_metrics.outputs.report.html import write_html
from vawg_metrics.outputs.report.pdf import NotPrinted, write_pdf
from vawg_metrics.outputs.workbook import write_xlsx
from vawg_metrics.release import Release


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: its name, the end of its file's name, its media type, and whom it is for."""

    name: str
    ending: str
    mime: str
    whom: str


OFFICE: Final = "application/vnd.openxmlformats-officedocument"
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "html": Kind("HTML", ".html", "text/html", "for the public"),
        "summary": Kind("Plain words", "_plain_words.html", "text/html", "the summary alone, to translate or to print"),
        "pdf": Kind("PDF", ".pdf", "application/pdf", "for the public, to print"),
        "docx": Kind("DOCX", ".docx", f"{OFFICE}.wordprocessingml.document", "for officers, to edit"),
        "pptx": Kind("PPTX", ".pptx", f"{OFFICE}.presentationml.presentation", "for officers, slides to edit"),
        "xlsx": Kind("XLSX", "_figures.xlsx", f"{OFFICE}.spreadsheetml.sheet", "for analysts, every figure"),
        "csv": Kind("CSV", "_figures.csv", "text/csv", "for analysts, every figure"),
    }
)


@dataclass(frozen=True)
class Made:
    """A report in every format that could be made, by its kind, and in words what could not."""

    report: Report
    files: Mapping[str, bytes]
    missing: tuple[str, ...] = ()
    printed_by: str = ""

    def file_name(self, kind: str) -> str:
        """The name of a format's file."""
        return f"{self.report.stem}{KINDS[kind].ending}"


def make_report(release: Release, asked: Asked, told: Told | None = None) -> Made:
    """Every format of a report in memory; `told` hears how far it is. ReportRefused says why there is none."""
    report = report_of(release, asked)
    steps = len(report.pictures) + len(KINDS)
    done = [0]

    def say(what: str) -> None:
        if told:
            told(done[0], steps, what)
        done[0] += 1

    drawn = draw_pictures(report, say)
    say("HTML")
    files, missing, by = {"html": write_html(report, drawn)}, [], ""
    say(KINDS["summary"].name)
    files["summary"] = write_html(_summary_of(report), drawn)
    say("PDF")
    try:
        files["pdf"], by = write_pdf(files["html"], report.stamp)
    except NotPrinted as error:
        missing.append(str(error))
    for kind, write in _office(report, drawn).items():
        say(KINDS[kind].name)
        files[kind] = write()
    if told:
        told(steps, steps, "ready")
    return Made(report, MappingProxyType(files), tuple(missing), by)


def _summary_of(report: Report) -> Report:
    """The report with its summary as the only part, which then begins no page of its own."""
    return replace(report, parts=(replace(report.part("summary"), new_page=False),))


def _office(report: Report, drawn: Mapping[str, Drawn]) -> Mapping[str, Callable[[], bytes]]:
    """What writes each of the other formats, in their order."""
    from vawg_metrics.outputs.report.docx import write_docx
    from vawg_metrics.outputs.report.pptx import write_pptx

    annex = annex_of(report)
    return {
        "docx": lambda: write_docx(report, drawn),
        "pptx": lambda: write_pptx(report),
        "xlsx": lambda: write_xlsx(annex),
        "csv": lambda: write_csv(annex),
    }


def write_report(made: Made, folder: Path) -> tuple[Path, ...]:
    """Write a report's files into a folder, which may exist: those of the same names are replaced, nothing else is.

    FaultsFound says what is in the way; a file is there whole or not at all.
    """
    where = folder.absolute()
    try:
        where.mkdir(parents=True, exist_ok=True)
        return tuple(_put(where / made.file_name(kind), content) for kind, content in made.files.items())
    except OSError as error:
        problem = f"a file cannot be written ({error.strerror or error})."
        raise FaultsFound([Fault(str(folder), "", problem, "Name another folder, or make room.")]) from error


def _put(path: Path, content: bytes) -> Path:
    """A file beside its place, then in it in one step; what is no file there is refused."""
    if path.is_dir() and not path.is_symlink():
        raise FaultsFound([Fault(str(path), "", "is a folder where a file of the report belongs.", "Move it away.")])
    handle, aside = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except OSError:
        Path(aside).unlink(missing_ok=True)
        raise
    return path
