"""When returns are due and met: working days round Christmas and Easter, deadlines, and the measure of punctuality."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.periods import quarter_named
from vawg_metrics.returns.contract import Return
from vawg_metrics.returns.due import (
    day_of,
    day_words,
    due_date,
    end_of,
    is_working_day,
    kept_until,
    objection_deadline,
    ripe,
    time_words,
    working_days_after,
)
from vawg_metrics.returns.ledger import Entry
from vawg_metrics.returns.status import quarters_due, returns_due_and_met, status
from vawg_metrics.returns.store import Accepted

Q1, Q2, Q3 = "2026-27 Q1", "2026-27 Q2", "2026-27 Q3"


def at(year: int, month: int, day: int, hour: int = 12) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


# Working days


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 25), "Christmas Day, a Friday"),
        (date(2026, 12, 26), "Boxing Day, a Saturday"),
        (date(2026, 12, 28), "the Monday in place of Boxing Day"),
        (date(2027, 1, 1), "New Year's Day"),
        (date(2027, 3, 26), "Good Friday"),
        (date(2027, 3, 29), "Easter Monday"),
        (date(2027, 12, 27), "the Monday in place of Christmas Day"),
        (date(2027, 12, 28), "the Tuesday in place of Boxing Day"),
        (date(2026, 8, 31), "the summer bank holiday"),
        (date(2026, 10, 3), "a Saturday"),
        (date(2026, 10, 4), "a Sunday"),
    ],
)
def test_nobody_works_on(day: date, words: str) -> None:
    assert not is_working_day(day), words


@pytest.mark.parametrize("day", [date(2026, 8, 3), date(2026, 12, 24), date(2026, 11, 30), date(2027, 3, 17)])
def test_a_holiday_of_scotland_or_northern_ireland_is_worked_in_england(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "deadline"),
    [
        (date(2026, 10, 5), date(2026, 10, 12)),  # a plain week
        (date(2026, 10, 2), date(2026, 10, 9)),  # a Friday
        (date(2026, 10, 3), date(2026, 10, 9)),  # a Saturday counts for nothing
        (date(2026, 12, 23), date(2027, 1, 4)),  # 24, 29, 30, 31, 4: Christmas, Boxing Day moved, New Year
        (date(2026, 12, 24), date(2027, 1, 5)),
        (date(2027, 3, 24), date(2027, 4, 2)),  # 25, 30, 31, 1, 2: Good Friday and Easter Monday
        (date(2027, 3, 25), date(2027, 4, 5)),
    ],
)
def test_five_working_days_after(day: date, deadline: date) -> None:
    assert working_days_after(day, 5) == deadline


def test_no_working_days_after_a_day_is_that_day() -> None:
    assert working_days_after(date(2026, 12, 25), 0) == date(2026, 12, 25)


def test_a_day_is_the_day_in_england() -> None:
    assert day_of(at(2026, 7, 1, 23)) == date(2026, 7, 2)  # summer time
    assert day_of(at(2026, 12, 1, 23)) == date(2026, 12, 1)
    assert objection_deadline(at(2026, 7, 1, 23), 5) == date(2026, 7, 9)
    assert time_words(at(2026, 7, 1, 23)) == "Thursday 2 July 2026, 00:00"
    assert day_words(date(2026, 10, 5)) == "Monday 5 October 2026"


def test_a_release_waits_until_the_last_day_to_object_is_over() -> None:
    one = Accepted(Return("marac", Q2, ()), 1, at(2026, 12, 23), date(2027, 1, 4))
    assert [ripe(one, date(2027, 1, day)) for day in (3, 4, 5)] == [False, False, True]


# Terms


def test_a_quarter_is_due_so_many_days_after_its_end(catalogue: Catalogue) -> None:
    partner = replace(catalogue.partner("marac"), due_days=30)
    assert due_date(partner, Q2) == date(2026, 10, 30)
    assert due_date(partner, "2026-27 Q4") == date(2027, 4, 30)
    assert end_of(quarter_named(Q3)) == date(2026, 12, 31)


def test_raw_values_are_kept_for_whole_months() -> None:
    assert kept_until(Q2, 24) == date(2028, 9, 30)
    assert kept_until(Q2, 5) == date(2027, 2, 28)
    assert kept_until(Q3, 0) == date(2026, 12, 31)


# What is due and met


@pytest.fixture
def agreed(catalogue: Catalogue) -> Catalogue:
    """MARAC and the helpline have agreed to send from the second quarter of 2026-27, the programmes from the same."""
    from_q2 = {"marac", "helpline", "prevention_programmes"}
    partners = tuple(replace(one, agreed_from=Q2) if one.id in from_q2 else one for one in catalogue.partners)
    return replace(catalogue, partners=partners)


def took(partner: str, quarter: str, when: datetime, version: int = 1) -> Entry:
    return Entry(when, "accept", partner, quarter, "steward", version, "f" * 64, date(2026, 11, 6))


def gave_back(partner: str, quarter: str, when: datetime, version: int = 1) -> Entry:
    return Entry(when, "withdraw", partner, quarter, "steward", version)


def test_nothing_is_due_while_nothing_is_agreed(catalogue: Catalogue) -> None:
    rows = status(catalogue, (), date(2030, 1, 1))
    assert [(one.partner, one.state) for one in rows] == [(one.id, "nothing agreed") for one in catalogue.partners]
    assert returns_due_and_met(catalogue, (), Q3, date(2030, 1, 1)) == (0, 0)


def test_quarters_are_due_once_they_are_over(agreed: Catalogue) -> None:
    partner = agreed.partner("marac")
    assert list(quarters_due(agreed, partner, date(2026, 9, 30))) == []
    assert list(quarters_due(agreed, partner, date(2026, 10, 1))) == [Q2]
    assert list(quarters_due(agreed, partner, date(2027, 1, 1))) == [Q2, Q3]


def test_a_partner_of_yearly_measures_owes_the_fourth_quarter_only(agreed: Catalogue) -> None:
    partner = agreed.partner("prevention_programmes")
    assert list(quarters_due(agreed, partner, date(2028, 1, 1))) == ["2026-27 Q4"]


def states(catalogue: Catalogue, ledger: tuple[Entry, ...], today: date) -> dict[tuple[str, str], str]:
    return {(one.partner, one.quarter): one.state for one in status(catalogue, ledger, today) if one.quarter}


def test_each_return_is_on_time_late_overdue_or_not_due_yet(agreed: Catalogue) -> None:
    assert states(agreed, (), date(2026, 10, 30))["marac", Q2] == "not due yet"
    assert states(agreed, (), date(2026, 10, 31))["marac", Q2] == "overdue"
    ledger = (took("marac", Q2, at(2026, 10, 30)), took("helpline", Q2, at(2026, 10, 31)))
    found = states(agreed, ledger, date(2026, 11, 2))
    assert (found["marac", Q2], found["helpline", Q2]) == ("on time", "late")


def test_midnight_on_the_due_day_is_in_england(agreed: Catalogue) -> None:
    """The 30th of October at 23:30 UTC is winter time: still the 30th."""
    ledger = (took("marac", Q2, datetime(2026, 10, 30, 23, 30, tzinfo=UTC)),)
    assert states(agreed, ledger, date(2026, 11, 2))["marac", Q2] == "on time"


def test_a_correction_makes_nothing_late_and_a_withdrawal_does(agreed: Catalogue) -> None:
    early, late = at(2026, 10, 20), at(2026, 11, 20)
    corrected = (took("marac", Q2, early), took("marac", Q2, late, 2))
    (row,) = [one for one in status(agreed, corrected, date(2026, 12, 1)) if one.partner == "marac"]
    assert (row.state, row.version, row.received_at) == ("on time", 2, late)
    withdrawn = (took("marac", Q2, early), gave_back("marac", Q2, early))
    assert states(agreed, withdrawn, date(2026, 12, 1))["marac", Q2] == "overdue"
    sent_again = (*withdrawn, took("marac", Q2, late, 2))
    assert states(agreed, sent_again, date(2026, 12, 1))["marac", Q2] == "late"


def test_a_return_that_nobody_asked_for_is_listed_and_not_counted(agreed: Catalogue) -> None:
    ledger = (took("police", Q2, at(2026, 10, 20)), took("marac", Q1, at(2026, 7, 20)))
    found = states(agreed, ledger, date(2027, 1, 5))
    assert (found["police", Q2], found["marac", Q1]) == ("not asked for", "not asked for")
    assert returns_due_and_met(agreed, ledger, Q3, date(2027, 1, 5)) == (2, 0)


def test_failed_checks_and_releases_are_counted(agreed: Catalogue) -> None:
    failed = Entry(at(2026, 10, 1), "check-failed", "marac", Q2, "steward")
    released = Entry(at(2026, 11, 10), "released", "marac", Q2, "steward", 1, "f" * 64, release="2026-11")
    ledger = (failed, failed, took("marac", Q2, at(2026, 10, 20)), released)
    (row,) = [one for one in status(agreed, ledger, date(2026, 11, 12)) if one.partner == "marac"]
    assert (row.failed_checks, row.release, row.open_until) == (2, "2026-11", date(2026, 11, 6))


def test_punctuality_is_of_the_returns_that_fell_due_in_a_whole_quarter(agreed: Catalogue) -> None:
    """Returns for July to September fall due in October, so they are of the third quarter."""
    ledger = (took("marac", Q2, at(2026, 10, 30)), took("helpline", Q2, at(2026, 11, 1)))
    assert returns_due_and_met(agreed, ledger, Q3, date(2026, 12, 31)) == (0, 0)  # not over yet
    assert returns_due_and_met(agreed, ledger, Q3, date(2027, 1, 1)) == (2, 1)
    assert returns_due_and_met(agreed, ledger, Q2, date(2027, 1, 1)) == (0, 0)
