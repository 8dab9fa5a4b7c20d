"""ONS residents and households: mid-year estimates, Census 2021, and the sums over LLR and beyond."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from vawg_metrics.areas import (
    COUNTY_PARTS,
    EAST_MIDLANDS,
    ENGLAND,
    ENGLAND_AND_WALES,
    LEICESTERSHIRE,
    LLR,
    NEIGHBOURING_FORCES,
)
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Fact, Reader
from vawg_metrics.sources.place_counts import Counted, Layout, cell_of, read_table
from vawg_metrics.sources.place_tables import (
    DISTRICT_CODES,
    Row,
    RowRejected,
    Verdict,
    calendar_year,
    check_authority,
    check_code,
    check_name,
    columns_likeness,
)

SEXES: Final = ("persons", "female", "male")
AGE_BANDS: Final = (
    "all", "0-15", "16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+", "16+", "18+",
)  # fmt: skip
OUTSIDE: Final = "an authority outside LLR"
NOT_USED: Final = "derived from percentages, not used"

_EAST_MIDLANDS_FORCES: Final = frozenset((LLR.code, *(force.code for force in NEIGHBOURING_FORCES)))
_BAND: Final = re.compile(r"^(all|\d+-\d+|\d+\+)$")


def _one_of(text: str, known: Sequence[str], what: str) -> str:
    if text not in known:
        raise RowRejected(f"'{text}' is not a {what}.", f"It is one of {', '.join(known)}.")
    return text


def _home_sums(code: str) -> tuple[str, ...]:
    return (LEICESTERSHIRE.code, LLR.code) if code in COUNTY_PARTS else (LLR.code,)


def _wider_sums(force: str) -> tuple[str, ...]:
    region = (EAST_MIDLANDS.code,) if force in _EAST_MIDLANDS_FORCES else ()
    nation = (ENGLAND.code,) if force.startswith("E") else ()
    return (*region, *nation, ENGLAND_AND_WALES.code)


def _residents(row: Row, adds_to: tuple[str, ...]) -> Verdict[Counted]:
    year = calendar_year(row["year"])
    sex = _one_of(row["sex"], SEXES, "sex")
    if not _BAND.match(row["age_band"]):
        raise RowRejected(f"'{row['age_band']}' is not an age band.", "Write it as all, 0-15 or 65+.")
    fact = cell_of(row["area_code"], year, "residents", sex, row["population"])
    key = (row["area_code"], row["year"], sex, row["age_band"])
    if row["age_band"] != "all":
        return Verdict(NOT_USED, key, None)
    return Verdict("residents of all ages", key, Counted((fact,), adds_to))


def _judge_authority(row: Row) -> Verdict[Counted]:
    check_authority(row["area_code"], row["area_name"], row["pfa_code"])
    # LLR itself comes from the table of forces: only the county, which that one lacks, is made here.
    in_county = row["area_code"] in COUNTY_PARTS
    return _residents(row, (LEICESTERSHIRE.code,) if in_county else ())


def _judge_force(row: Row) -> Verdict[Counted]:
    check_code(row["area_code"], "police force")
    check_name(row["area_code"], row["area_name"])
    return _residents(row, _wider_sums(row["area_code"]))


def _of_home(key: tuple[str, ...], code: str, reason: str, facts: tuple[Fact, ...]) -> Verdict[Counted]:
    if code not in DISTRICT_CODES:
        return Verdict(OUTSIDE, key, None)
    return Verdict(reason, key, Counted(facts, _home_sums(code)))


def _judge_women(row: Row) -> Verdict[Counted]:
    code, year = row["area_code"], calendar_year(row["year"])
    check_authority(code, row["area_name"], row["pfa_code"])
    fact = cell_of(code, year, "residents", "female 16+", row["females_16plus_est"])
    return _of_home((code, row["year"]), code, "women and girls aged 16 and over", (fact,))


def _judge_ages(row: Row) -> Verdict[Counted]:
    code, year = row["area_code"], Period("2024-01", "2024-12")  # the layout bears no year: it is mid-2024's
    check_authority(code, row["area_name"], row["pfa_name"])
    facts = tuple(cell_of(code, year, "residents", band, row[band]) for band in AGE_BANDS)
    return _of_home((code,), code, "residents by age band", facts)


def _judge_census(row: Row) -> Verdict[Counted]:
    code = row["area_code"]
    check_authority(code, row["area_name"], row["pfa_name"])
    census = re.match(r"^Census (\d{4})\b", row["basis"])
    if not census:
        raise RowRejected(f"'{row['basis']}' names no Census.", "Write the basis as published: Census 2021 ...")
    sex, band = _one_of(row["sex"], SEXES, "sex"), _one_of(row["age_band"], AGE_BANDS, "Census age band")
    fact = cell_of(code, calendar_year(census[1]), "census_residents", f"{sex} {band}", row["population"])
    return _of_home((code, census[1], sex, band), code, "Census residents by sex and age band", (fact,))


def _judge_households(row: Row) -> Verdict[Counted]:
    code, force = row["area_code"], row["pfa_code"]
    check_authority(code, row["area_name"], force)
    check_code(force, "police force")
    check_name(force, row["pfa_name"])
    fact = cell_of(code, Period("2021-01", "2021-12"), "households", "", row["households_census2021"])
    county = (LEICESTERSHIRE.code,) if code in COUNTY_PARTS else ()
    return Verdict("households", (code,), Counted((fact,), (*county, force, *_wider_sums(force))))


def _mid_year(covers: Period, what: str) -> str:
    first, last = covers.start[:4], covers.end[:4]
    return f"mid-{last}, {what}" if first == last else f"mid-{last} (from mid-{first}), {what}"


def _census(covers: Period, what: str) -> str:
    return f"Census {covers.start[:4]}, {what}"


LAYOUTS: Final = (
    Layout(
        "ONS residents of authorities",
        "ons_population",
        ("area_code", "area_name", "year", "sex", "age_band", "population", "value_type", "pfa_code", "pfa_name"),
        _judge_authority,
        partial(_mid_year, what="residents of local authorities by sex"),
        DISTRICT_CODES,
    ),
    Layout(
        "ONS residents of forces",
        "ons_population",
        ("area_code", "area_name", "year", "sex", "age_band", "population", "value_type"),
        _judge_force,
        partial(_mid_year, what="residents of police force areas by sex"),
        _EAST_MIDLANDS_FORCES,
        needs_forces=True,
    ),
    Layout(
        "ONS women aged 16 and over",
        "ons_population_16plus",
        ("area_code", "area_name", "year", "females_all", "females_16plus_est", "pfa_code", "pfa_name", "value_type"),
        _judge_women,
        partial(_mid_year, what="women and girls aged 16 and over, an estimate"),
        DISTRICT_CODES,
    ),
    Layout(
        "ONS residents by age",
        "ons_population_age",
        ("area_code", "area_name", "pfa_name", *AGE_BANDS),
        _judge_ages,
        partial(_mid_year, what="residents by age band"),
        DISTRICT_CODES,
    ),
    Layout(
        "Census residents",
        "census_2021",
        ("sex", "area_name", "area_code", "age_band", "population", "pfa_name", "basis"),
        _judge_census,
        partial(_census, what="residents by sex and age band"),
        DISTRICT_CODES,
    ),
    Layout(
        "Census households",
        "census_households",
        ("area_code", "area_name", "pfa_code", "pfa_name", "households_census2021"),
        _judge_households,
        partial(_census, what="households"),
        DISTRICT_CODES | _EAST_MIDLANDS_FORCES,
        needs_forces=True,
    ),
)
READERS: Final[tuple[Reader, ...]] = tuple(
    Reader(layout.name, partial(columns_likeness, layout.columns), partial(read_table, layout)) for layout in LAYOUTS
)
