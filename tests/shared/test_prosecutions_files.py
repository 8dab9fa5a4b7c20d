"""CPS case outcomes: the real file reconciles, and its national row is the sum of its areas."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

from vawg_metrics.areas import ENGLAND_AND_WALES, LLR, NEIGHBOURING_FORCES
from vawg_metrics.periods import Period
from vawg_metrics.sources.contract import Intake
from vawg_metrics.sources.incoming import Incoming
from vawg_metrics.sources.prosecutions import ADMINISTRATIVE, CATEGORIES, READERS

SHARED = Path(__file__).resolve().parents[3] / "shared" / "publishers"
FILE = SHARED / "cps" / "cps_case_outcomes_by_area_monthly_tidy.csv"


@cache
def case_outcomes() -> Intake:
    incoming = Incoming(FILE)
    assert READERS[0].likeness(incoming) == 1
    (found,) = READERS[0].read(incoming)
    return found


def test_every_row_is_kept_or_set_aside() -> None:
    found = case_outcomes()
    assert (found.faults, found.ledger.balances, found.ledger.read) == ((), True, 25_155)
    assert found.ledger.kept == {"LLR": 45 * 13, "comparator": 5 * 45 * 13}
    assert found.ledger.set_aside == {"area not compared": 37 * 45 * 13}


def test_45_of_51_months_are_held_for_each_area_and_category() -> None:
    found = case_outcomes()
    months = {fact.start for fact in found.facts}
    assert found.covers == Period("2014-01", "2018-03")
    assert set(found.covers) - months == {"2015-11", "2016-02", "2016-03", "2017-04", "2017-05", "2017-06"}
    areas = {LLR.code, ENGLAND_AND_WALES.code, *(area.code for area in NEIGHBOURING_FORCES)}
    assert {(fact.area, fact.item) for fact in found.facts} == {(area, item) for area in areas for item in CATEGORIES}
    assert len(found.facts) == len(areas) * 45 * len(CATEGORIES) * 2


def test_sexual_offence_prosecutions_by_outcome() -> None:
    totals: Counter[tuple[str, str]] = Counter()
    for fact in case_outcomes().facts:
        if fact.item == "Sexual Offences":
            totals[fact.area, fact.part] += fact.count or 0
    assert (totals[LLR.code, "convictions"], totals[LLR.code, "unsuccessful"]) == (831, 300)
    assert totals[ENGLAND_AND_WALES.code, "convictions"] == 42_101
    assert totals[ENGLAND_AND_WALES.code, "unsuccessful"] == 15_717


def test_the_national_row_is_the_sum_of_the_42_areas_in_every_cell() -> None:
    national: Counter[tuple[str, str, str]] = Counter()
    summed: Counter[tuple[str, str, str]] = Counter()
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            into = national if row["cps_area"] == "National" else summed
            for part in ("convictions", "unsuccessful"):
                into[row["month"], row["principal_offence_category"], part] += int(float(row[part] or 0))
    assert national == summed
    assert len(national) == 45 * 13 * 2


def test_only_convictions_of_administrative_closures_are_empty_and_zeros_are_written_elsewhere() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["principal_offence_category"] for row in rows if not row["convictions"]} == {ADMINISTRATIVE}
    assert all(not row["convictions"] for row in rows if row["principal_offence_category"] == ADMINISTRATIVE)
    assert all(row["unsuccessful"] for row in rows)
    assert any(row["convictions"] == "0.0" for row in rows)
    assert all(fact.marker == "" for fact in case_outcomes().facts)
