"""Under a card: where its figures come from, how old they are, what is counted and what to be careful about."""

from collections.abc import Sequence
from typing import Final

from vawg_metrics.charts.credit import MADE_UP
from vawg_metrics.exploration import asked_by
from vawg_metrics.narrative import population_words
from vawg_metrics.outputs.explored import Layout, command, reading_id
from vawg_metrics.periods import month_number, month_words
from vawg_metrics.reading import Reading
from vawg_metrics.statements import Statement
from vawg_metrics.ui.markup import folded, named_lines, paragraph
from vawg_metrics.wording import age_words

METHODS: Final = '<p class="quiet"><a href="about#methods">How every method works, with its formula and source</a></p>'
STEPS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def definition(reading: Reading, today: str) -> str:
    """The source line, and the definition folded beneath it, as HTML; `today` is a month."""
    indicator = reading.indicator
    changes = (f"{one.date_words or month_words(one.month)}: {one.what}" for one in reading.changes)
    rows = (
        ("Question", (indicator.question,)),
        ("Who is counted", (indicator.whom,)),
        ("Counted", indicator.includes),
        ("Not counted", indicator.excludes),
        ("Be careful", (*indicator.caveats, population_words(reading))),
        ("Recording changes", changes),
        ("Method", (indicator.method,)),
        ("Why it matters", (indicator.why,)),
        ("A question for the board", (indicator.ask,)),
        ("Status", ("Proposed, to be confirmed by the partnership.",)),
        *(() if reading.demonstration else _again(reading)),
    )
    inside = "".join(named_lines(name, lines) for name, lines in rows)
    return paragraph(source_line(reading, today)) + folded(
        "What is counted, what is not, and what to be careful about", inside + METHODS
    )


def _again(reading: Reading) -> tuple[tuple[str, tuple[str]], ...]:
    """By what the same figures are found again; no command ever sees what is made up."""
    return (
        ("Figure id of the trend", (reading_id(reading),)),
        ("The trend's figures are printed by", (command(asked_by(reading), Layout()),)),
    )


def arithmetic(told: Sequence[Statement]) -> str:
    """The tests behind what is said, folded, as HTML: question, method, numbers, result."""
    lines = [
        named_lines(behind.asked, (f"{behind.method}.", f"Numbers: {behind.numbers}.", f"Result: {behind.result}."))
        for one in told
        for behind in one.evidence
    ]
    if not lines:
        return ""
    return folded("The arithmetic and the tests", "".join(lines) + METHODS)


def source_line(reading: Reading, today: str) -> str:
    """Publisher, dataset, edition, and how old the newest figure is."""
    source = reading.source
    if reading.demonstration:
        return f"{MADE_UP[:1].upper()}{MADE_UP[1:]}."
    if source is None:
        return ""
    if not reading.newest:
        return f"Source: {source.publisher}, {source.dataset}. Edition {reading.release}."
    editions = {one.edition for one in reading.provenance}
    edition = (
        next(iter(editions)) if len(editions) == 1 else f"{len(reading.provenance)} files, listed on the Data page"
    )
    later = "; newer figures probably exist and are not held here" if _past_due(reading, today) else ""
    age = age_words(reading.newest, today)
    said = f"Source: {source.publisher}, {source.dataset} ({edition}). Held {age}{later}."
    headline = reading.headline
    if headline and headline.period and headline.period.end != reading.newest:
        said += f" The figure that leads goes {age_words(headline.period.end, today)}."
    return f"{said} Edition {reading.release}."


def _past_due(reading: Reading, today: str) -> bool:
    """Whether the publisher's next edition should be out, by its rhythm and its usual lag."""
    step = STEPS.get(reading.source.rhythm) if reading.source else None
    if step is None or reading.source is None:
        return False
    return month_number(today) - month_number(reading.newest) >= step + reading.source.lag_months
