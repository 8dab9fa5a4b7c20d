"""A tiny world: invented counts whose every sum tells which places, months and parts are in it.

All nine districts are in it, for the county needs seven of them and LLR nine. The weight of a district is a power
of two, so that a sum over places can be read like a binary number: 254 is the county, 511 the nine districts and
1,023 all that the force recorded. Counts also grow with the month and with the district's rank, so that a mean of
shares, a share of sums and a share of neighbouring months are different numbers.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vawg_metrics.areas import DISTRICTS, ENGLAND, ENGLAND_AND_WALES, LEICESTERSHIRE, LLR, UNPLACED, UPPER_TIERS, Area
from vawg_metrics.catalogue.definitions import Catalogue, Indicator, Priority, Source, Strategy
from vawg_metrics.catalogue.registers import Download, KnownFault, RecordingChange
from vawg_metrics.catalogue.terms import Breakdown, Group, Term
from vawg_metrics.periods import quarter, shifted, year_ending
from vawg_metrics.published import MANIFEST, Manifest, Provenance, Stored, pack_facts
from vawg_metrics.sources.contract import Fact, FactMarker

VIOLENCE = "Violence and sexual offences"
DERBYSHIRE = Area("E23000018", "Derbyshire", "force")
COUNTED = (*(area.code for area in DISTRICTS), UNPLACED.code)
RANK = {code: rank for rank, code in enumerate(COUNTED)}
WEIGHT = {code: 2**rank for code, rank in RANK.items()}
CODES = {area.name: area.code for area in (*DISTRICTS, LEICESTERSHIRE, LLR, UNPLACED, ENGLAND, DERBYSHIRE)}

FIRST_MONTH, MONTHS, GAP = "2023-01", 21, "2023-03"
KEPT = {  # the share of a district's crimes that kept their place in a month
    ("Harborough", "2023-05"): 0.0,
    ("Oadby and Wigston", "2023-07"): 0.4,
    ("Blaby", "2023-08"): 0.6,  # over half of the usual month: few, and no failure
}
UNSETTLED = ("Rutland", "2024-02")  # nothing has an outcome yet
NO_ROBBERY = ("Melton", "2023-06")
QUARTERS = tuple(quarter(year, number) for year in ("2023/24", "2024/25") for number in (1, 2, 3, 4))[:6]
NOT_SUPPLIED = ("Charnwood", 2)  # every count of the quarter
SUPPRESSED = ("Melton", 4)  # only the relief duty

Cells = dict[Fact, tuple[str, ...]]


def month_of(number: int) -> str:
    """The month this many months after the first."""
    return shifted(FIRST_MONTH, number)


def street_parts(code: str, number: int) -> dict[str, int]:
    """Violence recorded in an area and month by last outcome: weight * (41 + m + m % 3) + rank in all."""
    weight, rank = WEIGHT[code], RANK[code]
    return {
        "Suspect charged": weight * (1 + number % 3),
        "Local resolution": 3 * weight,
        "Investigation complete; no suspect identified": 5 * weight,
        "Formal action is not in the public interest": 2 * weight,
        "Unable to prosecute suspect": 10 * weight + rank,
        "Under investigation": weight * (20 + number),
    }


def lost_parts(number: int) -> dict[str, dict[str, int]]:
    """For each district whose crimes lost their place in a month: what is left, as its only outcome."""
    month = month_of(number)
    kept = {CODES[name]: share for (name, when), share in KEPT.items() if when == month}
    totals = {code: sum(street_parts(code, number).values()) for code in kept}
    return {code: {"Under investigation": max(1, int(totals[code] * share))} for code, share in kept.items()}


def placed_parts(code: str, number: int) -> dict[str, int]:
    """Violence by last outcome as the files have it: what a district lost has no district recorded."""
    lost = lost_parts(number)
    if code in lost:
        return lost[code]
    parts = street_parts(code, number)
    if code == UNPLACED.code:
        for district, left in lost.items():
            for part, count in street_parts(district, number).items():
                parts[part] += count - left.get(part, 0)
    if (code, month_of(number)) == (CODES[UNSETTLED[0]], UNSETTLED[1]):
        return {"Under investigation": sum(parts.values())}
    return parts


def street_facts() -> Iterator[Fact]:
    """Twenty-one months less one, by crime type and outcome; the faults of real files are in them."""
    for number in range(MONTHS):
        month = month_of(number)
        if month == GAP:
            continue
        for code in COUNTED:
            for part, count in placed_parts(code, number).items():
                yield Fact(code, month, month, VIOLENCE, part, count)
            yield Fact(code, month, month, "Burglary", "Under investigation", 1000 * WEIGHT[code])
            if (code, month) == (CODES[NO_ROBBERY[0]], NO_ROBBERY[1]):
                yield Fact(code, month, month, "Robbery", "", 0)
            else:
                yield Fact(code, month, month, "Robbery", "Under investigation", 1)
        yield Fact(DERBYSHIRE.code, month, month, VIOLENCE, "Suspect charged", 7 * (number + 1))


def homelessness_facts() -> Iterator[Fact]:
    """Six quarters: Charnwood did not supply the third, Melton's relief duties of the fifth are suppressed."""
    for number, when in enumerate(QUARTERS):
        for code in (*(area.code for area in DISTRICTS), ENGLAND.code):
            weight = WEIGHT.get(code, 5000)
            cells = {
                ("owed_domestic_abuse", "prevention"): weight,
                ("owed_domestic_abuse", "relief"): weight * (6 + number) + RANK.get(code, 0),
                ("owed", "prevention"): 20 * weight,
                ("owed", "relief"): weight * (30 + 2 * number),
                ("main_duty", ""): weight * (100 - number * number),
            }
            for (item, part), count in cells.items():
                found: int | None = count
                marker: FactMarker = ""
                if (code, number) == (CODES[NOT_SUPPLIED[0]], NOT_SUPPLIED[1]):
                    found, marker = None, "missing"
                if (code, number, item, part) == (CODES[SUPPRESSED[0]], SUPPRESSED[1], "owed_domestic_abuse", "relief"):
                    found, marker = None, "suppressed"
                yield Fact(code, when.start, when.end, item, part, found, marker)


def partnership_facts() -> Iterator[Fact]:
    """Years to June 2021 and June 2024, none between; LLR as published is not the sum, to tell which is taken."""
    for when, factor in ((year_ending("2021-06"), 3), (year_ending("2024-06"), 5)):
        for code in COUNTED:
            yield Fact(code, when.start, when.end, "Sexual offences", "", factor * WEIGHT[code])
            yield Fact(code, when.start, when.end, "Stalking and harassment", "", 9 * WEIGHT[code])
        yield Fact(LLR.code, when.start, when.end, "Sexual offences", "", factor * 1023 + 1)


def force_facts() -> Iterator[Fact]:
    """The force by years that end in September, and one that ends in March and belongs to another series."""
    for end, count, marker in (("2021-09", 700, "revised"), ("2022-09", 800, ""), ("2023-03", 5000, "")):
        when = year_ending(end)
        yield Fact(LLR.code, when.start, when.end, "Sexual offences", "", count, marker)  # type: ignore[arg-type]


def population_facts() -> Iterator[Fact]:
    """Residents of 2018, 2022 and 2023; LLR has estimates of its own, of 2022 and 2023, and the county none."""
    for year, per_weight in ((2018, 900), (2022, 1000), (2023, 1100)):
        start, end = f"{year}-01", f"{year}-12"
        for area in DISTRICTS:
            marker: FactMarker = "provisional" if (area.name, year) == ("Blaby", 2023) else ""
            yield Fact(area.code, start, end, "residents", "persons", per_weight * WEIGHT[area.code], marker)
            yield Fact(area.code, start, end, "residents", "female", (per_weight // 2 + 7) * WEIGHT[area.code], marker)
        if year > 2018:
            yield Fact(LLR.code, start, end, "residents", "persons", 511 * per_weight + 11)
        yield Fact(DERBYSHIRE.code, start, end, "residents", "persons", 1_000_000)


def household_facts() -> Iterator[Fact]:
    """Households of the Census of 2021."""
    for area in DISTRICTS:
        yield Fact(area.code, "2021-01", "2021-12", "households", "", 400 * WEIGHT[area.code])
    yield Fact(ENGLAND.code, "2021-01", "2021-12", "households", "", 10_000_000)


def children_facts() -> Iterator[Fact]:
    """Upper tiers by years to March; Rutland's of 2023 is suppressed."""
    for number, end in enumerate(("2022-03", "2023-03", "2024-03")):
        when = year_ending(end)
        for rank, area in enumerate(UPPER_TIERS):
            hidden = (area.name, end) == ("Rutland", "2023-03")
            count = None if hidden else 10 * 3**rank + number
            yield Fact(area.code, when.start, when.end, "factor", "", count, "suppressed" if hidden else "")
            yield Fact(area.code, when.start, when.end, "episodes", "", 100 * 2**rank)


def outcome_facts() -> Iterator[Fact]:
    """One financial year of offences by outcome, for the force and for England and Wales."""
    for number in range(4):
        when = quarter("2022/23", number + 1)
        for code, times in ((LLR.code, 1), (ENGLAND_AND_WALES.code, 40)):
            for offence, base in (("19C", 10), ("19D", 3), ("8Q", 1000)):
                for part, count in (("1", number), ("1A", 1), ("14", 2 * number), ("16", 2), ("15", base), ("NA", 4)):
                    yield Fact(code, when.start, when.end, offence, part, count * times)


def world() -> dict[str, tuple[Fact, ...]]:
    """Every fact of the tiny world, by source."""
    return {
        "police_uk_street": tuple(street_facts()),
        "homelessness": tuple(homelessness_facts()),
        "ons_csp": tuple(partnership_facts()),
        "ons_pfa": tuple(force_facts()),
        "ons_population": tuple(population_facts()),
        "census_households": tuple(household_facts()),
        "children_in_need": tuple(children_facts()),
        "home_office_outcomes": tuple(outcome_facts()),
    }


def write_world(folder: Path, facts: Mapping[str, tuple[Fact, ...]] | None = None) -> Manifest:
    """Write facts by source as ingest would, with a file of provenance for each source."""
    folder.mkdir(parents=True)
    stored: dict[str, Stored] = {}
    files = []
    for number, (source, own) in enumerate((world() if facts is None else facts).items()):
        record = provenance(source, own, f"{number:08x}")
        stored[source], content = pack_facts(source, dict.fromkeys(own, (record.id,)))
        (folder / stored[source].file).write_bytes(content)
        files.append(record)
    manifest = Manifest(stored, {}, tuple(files), (DERBYSHIRE, ENGLAND, ENGLAND_AND_WALES))
    (folder / MANIFEST).write_text(manifest.text(), "utf-8")
    return manifest


def provenance(source: str, facts: tuple[Fact, ...], id_: str) -> Provenance:
    """A record of one invented file whose rows are its facts."""
    covers = (min(fact.start for fact in facts), max(fact.end for fact in facts))
    rows = len(facts)
    return Provenance(id_ * 8, source, f"{source}.csv", "tiny", covers, rows, (("rows", rows),), (), rows)


def count_of(view: str, condition: str, expression: str = "sum(count)", **over: str) -> Term:
    """A term of the tiny catalogue."""
    return Term(f"counted in {view}", view, condition, expression, **over)  # type: ignore[arg-type]


RESIDENTS = count_of("residents", "sex = 'persons'", over_time="carried")
HOUSEHOLDS = count_of("households", "true", over_time="carried")
OWED_ABUSE = count_of("homelessness", "item = 'owed_domestic_abuse'")
WAITING = count_of("homelessness", "item = 'main_duty'", over_time="latest")
RAPE = "offence_code in ('19C', '19D')"
ALL_VIOLENCE = f"crime_type = '{VIOLENCE}'"
GROUPS = ("charged", "out_of_court", "unable_to_prosecute", "no_suspect", "other", "not_yet_known")


def counting(group: str) -> str:
    """The expression that counts one group of outcomes."""
    return f"sum(count) filter (where outcome_group = '{group}')"


def measure(id_: str, order: int, numerator: Term | None, **changes: Any) -> Indicator:  # noqa: ANN401
    """An indicator of the tiny catalogue: a rate by month unless said otherwise."""
    plain: dict[str, Any] = {
        "code": f"T{order}", "title": id_.replace("_", " ").capitalize(), "question": "How many?", "priority": "sector",
        "kind": "outcome", "direction": "neither", "unit": "count", "whom": "all victims, both sexes",
        "native_period": "month", "geography": "district", "disclosure": "published", "why": "", "ask": "",
        "asked_as": (), "includes": (), "excludes": (), "caveats": (), "method": "", "source": "police_uk_street",
    }  # fmt: skip
    return Indicator(id=id_, order=order, numerator=numerator, **(plain | changes))


def tiny_catalogue() -> Catalogue:
    """One measure of every kind that publication knows, one retired and one not collected."""
    rate = {"unit": "rate", "per": 1000, "unit_words": "per 1,000 residents"}
    share = {"unit": "percent", "per": 100}
    homeless = {"source": "homelessness", "native_period": "quarter"}
    force = {"geography": "force", "native_period": "year"}
    groups = tuple(Group(name, name.replace("_", " ").capitalize(), counting(name)) for name in GROUPS)
    indicators = (
        measure("violence_rate", 10, count_of("street_crime", ALL_VIOLENCE), denominator=RESIDENTS, **rate,
                geography="district_and_unplaced"),
        measure("violence_by_household", 15, count_of("street_crime", ALL_VIOLENCE), denominator=HOUSEHOLDS, **rate,
                geography="district_and_unplaced"),
        measure("charged_share", 20, count_of("street_crime", ALL_VIOLENCE, counting("charged")), **share,
                denominator=count_of("street_crime", ALL_VIOLENCE,
                                     "sum(count) filter (where outcome_group <> 'not_yet_known')"),
                breakdown=Breakdown("outcome", True, groups), within_download=True, mature_after_months=4,
                geography="district_and_unplaced"),
        measure("robberies", 30, count_of("street_crime", "crime_type = 'Robbery'"), geography="district_and_unplaced"),
        measure("homeless_share", 40, OWED_ABUSE, denominator=count_of("homelessness", "item = 'owed'"),
                **share, **homeless, screen_grain="rolling12"),
        measure("prevented_share", 50, denominator=OWED_ABUSE, **share, **homeless, numerator=count_of(
            "homelessness", "item = 'owed_domestic_abuse' and duty = 'prevention'")),
        measure("homeless_rate", 60, OWED_ABUSE, denominator=HOUSEHOLDS, **(rate | homeless)),
        measure("waiting", 70, WAITING, **homeless),
        measure("homeless_per_waiting", 80, OWED_ABUSE, denominator=WAITING, unit="ratio", **homeless),
        measure("sexual_rate", 90, count_of("csp_crime", "offence = 'Sexual offences'", over_time="none"),
                denominator=RESIDENTS, **rate, source="ons_csp", native_period="year", year_ends=6,
                geography="district_and_unplaced"),
        measure("stalking_rate", 100, count_of("csp_crime", "offence = 'Stalking and harassment'", over_time="none"),
                denominator=RESIDENTS, **rate, source="ons_csp", native_period="year", year_ends=6,
                geography="district_and_unplaced"),
        measure("unplaced_share", 110, count_of("csp_unplaced", "offence = 'Sexual offences'", over_areas="none",
                                                over_time="none"), **share, **force, source="ons_csp",
                denominator=count_of("csp_crime", "offence = 'Sexual offences'", over_areas="none", over_time="none")),
        measure("force_rate", 120, count_of("force_crime", "offence = 'Sexual offences'", over_areas="none",
                                            over_time="none"), **rate, **force, source="ons_pfa", year_ends=9,
                denominator=count_of("residents", "sex = 'persons'", over_areas="none", over_time="carried")),
        measure("women", 130, count_of("residents", "sex = 'female'", over_time="none"), source="ons_population",
                native_period="year", year_ends=12),
        measure("factor_share", 140, count_of("children", "factor = 'factor'", over_time="none"), **share,
                denominator=count_of("children", "factor = 'episodes'", over_time="none"), geography="upper",
                source="children_in_need", native_period="year"),
        measure("rape_charged", 150, count_of("offence_outcomes", RAPE, counting("charged"), over_areas="none"),
                denominator=count_of("offence_outcomes", RAPE, over_areas="none"), **share, **(force | {
                    "native_period": "quarter"}), source="home_office_outcomes"),
        measure("agreed_share", 160, count_of("catalogue_measures", "true", "sum(count) filter (where agreed)",
                                              over_areas="none", over_time="none"), **share, source="catalogue",
                denominator=count_of("catalogue_measures", "true", over_areas="none", over_time="none"),
                geography="force", native_period="edition", agreed_with_survivors=True),
        measure("not_collected", 170, None, collected=False, supplier="a partner", awaits="No return has come."),
        measure("given_up", 180, count_of("street_crime", ALL_VIOLENCE), retired="2025-01"),
    )  # fmt: skip
    sources = {one.source for one in indicators} | {"census_households"}
    return Catalogue(
        Strategy("Tiny strategy", "Tiny", "Tiny figures", "2024-01", "2026-12", True, (
            Priority("sector", 1, "Sector", "Sector", "To test", "nobody", "sector"),)),
        indicators,
        tuple(Source(name, "A publisher", name, "OGL", "", "monthly", 2, "") for name in sorted(sources)),
        (RecordingChange("change", "2023-10", "Counting changed", "What changed", ("violence_rate",)),),
        (KnownFault("police_uk_street", "2023-02", "2023-02", ("charged_share",), "missing", "outcomes are unknown"),),
        (Download("police_uk_street", "first", "2023-01", "2023-04"),
         Download("police_uk_street", "second", "2023-05", "2024-09")),
        (),
        "tiny",
    )  # fmt: skip
