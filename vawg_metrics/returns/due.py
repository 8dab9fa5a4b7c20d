"""When returns are due, and until when a supplier may object: working days in England."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import holidays

from vawg_metrics.catalogue.returned import Partner
from vawg_metrics.periods import Period, month_number, quarter_named, shifted

if TYPE_CHECKING:
    from vawg_metrics.returns.store import Accepted

HERE: Final = ZoneInfo("Europe/London")


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, moved ones included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether it is Monday to Friday and no bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(day: date, days: int) -> date:
    """The working day that is `days` working days after a day, which itself does not count."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def day_of(time: datetime) -> date:
    """The day in England on which something happened."""
    return time.astimezone(HERE).date()


def end_of(period: Period) -> date:
    """The last day of a period."""
    after = month_number(shifted(period.end, 1))
    return date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def due_date(partner: Partner, quarter: str) -> date:
    """The last day on which a return for a quarter is on time."""
    return end_of(quarter_named(quarter)) + timedelta(days=partner.due_days)


def objection_deadline(accepted_at: datetime, working_days: int) -> date:
    """The last day on which a supplier may object to a return: so many working days after it was accepted."""
    return working_days_after(day_of(accepted_at), working_days)


def ripe(accepted: "Accepted", today: date) -> bool:
    """Whether a release may take a return: the last day to object is over."""
    return today > accepted.open_until


def kept_until(quarter: str, keep_months: int) -> date:
    """The last day on which the raw values of a quarter are kept."""
    period = quarter_named(quarter)
    return end_of(Period.ending(shifted(period.end, keep_months), 1))


def day_words(day: date) -> str:
    """A day as people write it: `Monday 5 October 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def time_words(time: datetime) -> str:
    """A time as people in England write it: `Monday 5 October 2026, 14:05`."""
    return f"{day_words(day_of(time))}, {time.astimezone(HERE):%H:%M}"
