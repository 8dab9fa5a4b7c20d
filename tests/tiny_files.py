"""Tiny publishers' files in the real layouts, with invented numbers, for the real readers."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.tiny import VIOLENCE
from vawg_metrics.areas import DISTRICTS, UPPER_TIERS
from vawg_metrics.sources.children import COLUMNS as CHILDREN_COLUMNS
from vawg_metrics.sources.geography import NEIGHBOUR_COLUMNS
from vawg_metrics.sources.police_uk_layouts import OUTCOME_TABLE, STREET

HOME = "Leicestershire Police"
OPEN, SHUT = "Under investigation", "Unable to prosecute suspect"
RESIDENT_COLUMNS = (
    "area_code", "area_name", "year", "sex", "age_band", "population", "value_type", "pfa_code", "pfa_name",
)  # fmt: skip


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, its folder made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def street(month: str = "2025-01", counts: Mapping[tuple[str, str], int] | None = None, force: str = HOME) -> str:
    """A month of data.police.uk: so many offences of violence by place and last outcome."""
    asked = {("Leicester", OPEN): 3, ("Melton", SHUT): 2, ("", OPEN): 1} if counts is None else counts
    rows = []
    for (place, outcome), times in asked.items():
        lsoa = ["E01013679", f"{place} 001A"] if place else ["", ""]
        row = ["f" * 64, month, force, force, "-1.1", "52.6", "On or near Invented Lane", *lsoa, VIOLENCE, outcome, ""]
        rows += [row] * times
    return table(STREET.columns, rows)


def outcomes(month: str = "2025-01") -> str:
    """A month of the outcomes layout of data.police.uk: one offence in Leicester."""
    row = ["f" * 64, month, HOME, HOME, "-1.1", "52.6", "On or near Invented Lane", "E01013679", "Leicester 001A", SHUT]
    return table(OUTCOME_TABLE.columns, [row])


def children(factor: Mapping[str, object], years: Sequence[str] = ("2024", "2025"), added: object = 0) -> str:
    """Table C3 for the three upper tiers; `factor` gives Domestic_Abuse_parent by place, every other count is 50."""
    rows = []
    for year in years:
        for area in UPPER_TIERS:
            keys = (year, "Reporting year", "Local authority", "E92000001", "E12000004", area.code, area.name)
            cells = dict.fromkeys(CHILDREN_COLUMNS[7:], 50) | {
                "Domestic_Abuse_parent": factor.get(area.name, 50),
                "Domestic_Abuse_child": added,
            }
            rows.append((*keys, *cells.values()))
    return table(CHILDREN_COLUMNS, rows)


def residents(years: Sequence[str] = ("2024",), per_rank: int = 100) -> str:
    """Mid-year estimates of persons in the nine districts: 100, 200, ... unless told otherwise."""
    rows = [
        (area.code, area.name, year, "persons", "all", per_rank * rank, "published", "E23000021", "Leicestershire")
        for year in years
        for rank, area in enumerate(DISTRICTS, 1)
    ]
    return table(RESIDENT_COLUMNS, rows)


def neighbours(nearest: tuple[str, str] = ("E07000223", "Adur")) -> str:
    """One statistical neighbour for each district: a file that gives a document and no facts."""
    return table(NEIGHBOUR_COLUMNS, [(area.code, area.name, "global", 1, *nearest) for area in DISTRICTS])


def publishers_folder(folder: Path) -> Path:
    """A folder of four publishers' files and one that is nobody's."""
    write(folder / "police" / "2025-01-street.csv", street())
    write(folder / "police" / "2025-02-street.csv", street("2025-02"))
    write(folder / "children.csv", children({"Leicester": 927}))
    write(folder / "residents.csv", residents())
    write(folder / "neighbours.csv", neighbours())
    write(folder / "notes.csv", "a,b\n1,2\n")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, hidden ones too, with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
