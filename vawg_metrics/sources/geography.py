"""ONS geography: which partnership, force and region an authority is in, and which authorities are like it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from vawg_metrics.areas import DISTRICTS, EAST_MIDLANDS, LLR, NEIGHBOURING_FORCES, Area, AreaKind
from vawg_metrics.errors import Fault
from vawg_metrics.periods import Period
from vawg_metrics.sources.cells import capped
from vawg_metrics.sources.contract import Intake, Reader
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.place_tables import (
    DISTRICT_CODES,
    NOTHING_COVERED,
    Row,
    RowRejected,
    Verdict,
    absent_districts,
    calendar_year,
    check_authority,
    check_code,
    check_name,
    columns_likeness,
    sort_rows,
)

LOOKUP_COLUMNS: Final = (
    "lad_code", "lad_name", "csp_code", "csp_name", "pfa_code", "pfa_name", "region_code", "region_name", "edition",
)  # fmt: skip
NEIGHBOUR_COLUMNS: Final = ("lad_code", "lad_name", "model", "rank", "neighbour_code", "neighbour_name")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A small table as CSV in UTF-8 with plain line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _known_or(area: Area) -> Area:
    known = {own.code: own for own in (*DISTRICTS, *NEIGHBOURING_FORCES, LLR, EAST_MIDLANDS)}
    return known.get(area.code, area)


def _judge_membership(row: Row) -> Verdict[Row]:
    check_authority(row["lad_code"], row["lad_name"], row["pfa_code"])
    check_code(row["csp_code"], "partnership")
    check_code(row["pfa_code"], "police force")
    check_name(row["pfa_code"], row["pfa_name"])
    check_code(row["region_code"], "region")
    calendar_year(row["edition"][-4:])
    return Verdict("an authority in a partnership, force and region", (row["lad_code"], row["csp_code"]), row)


def _contradictions(file: str, rows: Iterable[Row]) -> list[Fault]:
    said: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        for code in ("lad", "csp", "pfa", "region"):
            said.setdefault((row[f"{code}_code"], "name", code), set()).add(row[f"{code}_name"])
        for column in ("pfa_code", "region_code"):
            said.setdefault((row["lad_code"], column, "lad"), set()).add(row[column])
        said.setdefault(("the file", "edition", ""), set()).add(row["edition"])
    return [
        Fault(file, "", f"{code} has more than one {what}: {' and '.join(sorted(answers))}.", "Keep one.")
        for (code, what, _), answers in said.items()
        if len(answers) > 1
    ]


def _places(rows: Iterable[Row]) -> tuple[Area, ...]:
    kinds: tuple[tuple[str, AreaKind], ...] = (
        ("lad", "authority"), ("csp", "partnership"), ("pfa", "force"), ("region", "region"),
    )  # fmt: skip
    found = set()
    for row in rows:
        for column, kind in kinds:
            code = row[f"{column}_code"]
            found.add(_known_or(Area(code, row[f"{column}_name"], "nation" if code.startswith("W92") else kind)))
    return tuple(sorted(found, key=lambda area: area.code))


def read_lookup(incoming: Incoming) -> tuple[Intake, ...]:
    """The look-up of local authority, Community Safety Partnership, force and region: places and `memberships.csv`.

    One row is one authority in one partnership; an authority may have several partnerships but one force
    and one region. Wales stands among the regions and is a nation.
    """
    table = sort_rows(incoming, LOOKUP_COLUMNS, _judge_membership)
    rows, faults = table.values, list(table.faults)
    if rows:
        faults += _contradictions(incoming.name, rows)
    if rows and not table.ledger.rejected:
        faults += absent_districts(incoming.name, (row["lad_code"] for row in rows))
    columns = ("lad_code", "csp_code", "pfa_code", "region_code")
    memberships = sorted({tuple(row[column] for column in columns) for row in rows})
    edition = rows[0]["edition"] if rows else ""
    return (
        Intake(
            source="ons_geography",
            edition=edition,
            covers=calendar_year(edition[-4:]) if rows else NOTHING_COVERED,
            facts=(),
            ledger=table.ledger,
            faults=capped(faults),
            places=_places(rows),
            documents={"memberships.csv": csv_bytes(columns, memberships)},
        ),
    )


def _judge_neighbour(row: Row) -> Verdict[Row]:
    if row["lad_code"] not in DISTRICT_CODES:
        raise RowRejected(f"'{row['lad_code']}' is not one of the nine districts of LLR.", "Restore its code.")
    check_name(row["lad_code"], row["lad_name"])
    check_code(row["neighbour_code"], "local authority")
    check_name(row["neighbour_code"], row["neighbour_name"])
    if not re.match(r"^[1-9]\d*$", row["rank"]):
        raise RowRejected(f"'{row['rank']}' is not a rank.", "Ranks are 1, 2, 3 and so on.")
    if not row["model"]:
        raise RowRejected("the model is empty.", "Write global, demographic or economic.")
    return Verdict("a neighbour of a district", (row["lad_code"], row["model"], int(row["rank"])), row)


def read_neighbours(incoming: Incoming) -> tuple[Intake, ...]:
    """ONS statistical nearest neighbours of the nine districts, by model and rank: places and `neighbours.csv`."""
    table = sort_rows(incoming, NEIGHBOUR_COLUMNS, _judge_neighbour)
    rows, faults = table.values, list(table.faults)
    if rows and not table.ledger.rejected:
        faults += absent_districts(incoming.name, (row["lad_code"] for row in rows))
    ordered = sorted(rows, key=lambda row: (row["lad_code"], row["model"], int(row["rank"])))
    columns = ("lad_code", "model", "rank", "neighbour_code", "neighbour_name")
    places = {_known_or(Area(row["neighbour_code"], row["neighbour_name"], "authority")) for row in rows}
    models = sorted({row["model"] for row in rows})
    furthest = max((int(row["rank"]) for row in rows), default=0)
    return (
        Intake(
            source="ons_neighbours",
            edition=f"the {furthest} nearest for each district by {len(models)} models ({', '.join(models)})",
            # The file bears no date; it uses the authority codes that came into force in April 2025.
            covers=Period("2025-01", "2025-12"),
            facts=(),
            ledger=table.ledger,
            faults=capped(faults),
            places=tuple(sorted(places, key=lambda area: area.code)),
            documents={"neighbours.csv": csv_bytes(columns, ([row[name] for name in columns] for row in ordered))},
        ),
    )


READERS: Final[tuple[Reader, ...]] = (
    Reader("ONS look-up of areas", partial(columns_likeness, LOOKUP_COLUMNS), read_lookup),
    Reader("ONS nearest neighbours", partial(columns_likeness, NEIGHBOUR_COLUMNS), read_neighbours),
)
