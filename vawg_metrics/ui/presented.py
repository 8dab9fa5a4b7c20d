"""What stands on the screens of a presentation: a title, one message at a time, and the questions parked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape, unescape
from typing import Final

import streamlit as st

from vawg_metrics.board_pack import Pack, Parked, Screen
from vawg_metrics.charts.credit import source_name
from vawg_metrics.charts.districts_words import IN_SHORT
from vawg_metrics.charts.enlarged import STILL, fitted
from vawg_metrics.charts.lettering import wrapped
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.charts.screen import draw_large
from vawg_metrics.comparator import wider_words
from vawg_metrics.methods.signals import meaning
from vawg_metrics.narrative import heading
from vawg_metrics.periods import month_words
from vawg_metrics.reading import Reading, Release
from vawg_metrics.selection import Selection
from vawg_metrics.statements import change, finding, judged_word
from vawg_metrics.ui.opened import reading_of
from vawg_metrics.ui.signs import MEANINGS, sign
from vawg_metrics.wording import finding_words, listed, unbroken

ACROSS: Final = 78  # letters of a line of the screen
MOST_ROWS: Final = 10  # lines of large type below a title
MOST_NOTES: Final = 420  # letters of the small lines
NARROW: Final = 30  # letters of a line beside the chart
MOST_BESIDE: Final = 11  # such lines
BAND_WORDS: Final = "The band is the usual range."
KEYS_WORDS: Final = (
    "Arrow or Page keys turn, Home and End go to the ends. N shows the notes, P parks a question, "
    "0 returns to the prepared place. F11 fills the screen. Close stands on the first and the last screen."
)
MORE_NOTES: Final = " More notes stand with the measure."
TAG: Final = re.compile("<[^>]+>")
KEPT: Final = "They are kept in this browser tab only: save the pack on the Board pack page."
NO_NOTES: Final = "This screen has no notes: they are kept with the measures."


def title_html(release: Release, pack: Pack, sentence: str) -> str:
    """The first screen: what this is, for which place, on which edition, and how far its figures reach."""
    strategy = release.catalogue.strategy
    rows = [
        f"<h1>{escape(strategy.product)}: {escape(strategy.name)}</h1>",
        f'<p class="lead">{escape(pack.name)}</p>',
        f"<p><strong>Place.</strong> {escape(listed(pack.places))}</p>",
        f"<p><strong>Edition.</strong> {escape(release.name)}</p>",
        f"<p><strong>Reach.</strong> {escape(reach_words(release, pack))}</p>",
        "<p>Measures are proposed, not yet agreed by the partnership. Each number stands for people.</p>",
        f'<p class="warned">{escape(sentence)}</p>' if sentence else "",
        f'<p class="keys">{KEYS_WORDS}</p>',
    ]
    return f'<div class="opening">{"".join(rows)}</div>'


def reach_words(release: Release, pack: Pack) -> str:
    """The newest months that the measures of a pack are held for."""
    found = {release.reaches[one.indicator].newest for one in pack.screens if one.indicator in release.reaches}
    newest = sorted(found - {""})
    if not newest:
        return "No figure of a month is held for these measures."
    first, last = month_words(newest[0]), month_words(newest[-1])
    return f"Figures end in {first}." if first == last else f"Figures end between {first} and {last}."


def closing_html(release: Release, parked: Sequence[Parked]) -> str:
    """The last screen: the questions parked, as many as large type has room for."""
    rows, shown, room = [], 0, MOST_ROWS
    for one in parked:
        about = release.catalogue.indicator(one.screen).title if one.screen else "the pack as a whole"
        said = f"About: {about}." + (f" Who could answer: {one.who}." if one.who else "")
        room -= -(-len(one.question) // ACROSS) + -(-len(said) // ACROSS)
        if room < 1:
            break
        rows.append(f"<li><strong>{escape(one.question)}</strong><br>{escape(said)}</li>")
        shown += 1
    more = len(parked) - shown
    rest = f"<p>{more} more {'is' if more == 1 else 'are'} listed on the Board pack page and in its file.</p>"
    empty = "<p>Nothing was parked.</p>" if not parked else ""
    kept = f"<p>{KEPT}</p>" if parked else ""
    body = f"<ol>{''.join(rows)}</ol>" if rows else ""
    return f'<div class="opening"><h1>Questions parked</h1>{body}{rest if more else ""}{kept}{empty}</div>'


def shown_reading(release: Release, screen: Screen, place: str) -> Reading:
    """The reading of a screen, for another place first where one was asked for."""
    areas = (place, *(one for one in screen.areas[1:] if one != place)) if place else screen.areas
    return reading_of(release, release.name, screen.indicator, Selection(areas))


def plan_of(release: Release, screen: Screen, reading: Reading) -> Plan:
    """The plan of a screen's one chart."""
    selection = reading.selection
    if screen.view == "usual" and reading.point:
        selection = replace(selection, grain=reading.point.grain)
    elif screen.view == "groups":
        selection = replace(selection, grain="rolling12")
    return PLANS[screen.view](reading_of(release, release.name, screen.indicator, selection))


def draw_plan(plan: Plan, reading: Reading, key: str) -> None:
    """The one chart of a screen, or in words why there is none."""
    headline = reading.headline
    if headline is not None and reading.indicator.native_period == "edition":
        st.html(f'<p class="alone">{escape(finding_words(reading.indicator, headline))}</p>')
        return
    if plan.empty:
        st.html(f'<p class="instead">{escape(plan.empty)}</p>')
        return
    drawn = draw_large(plan, dark=st.context.theme.type == "dark")
    st.plotly_chart(drawn, key=key, config=STILL, alt=plan.alternative, theme=None, height="stretch")


def message_html(release: Release, reading: Reading, banded: bool, parked: int = 0) -> str:
    """Beside the chart: the question for the board, the newest signal, whom it counts and to when, what is beside it.

    A `banded` chart shows a usual range, and the message says so; so it does of a question `parked` just now. What
    has no room left in large type is not said: first the priority, then what stands beside the figure.
    """
    indicator = reading.indicator
    names = {one.id: one.short for one in release.catalogue.strategy.priorities}
    said = [f'<p class="warned">{escape(sentence)}</p>' for sentence in reading.unanswered]
    if parked:
        said.append(f'<p class="warned">{parked_words(parked)}</p>')
    if banded:
        said.append(f"<p><strong>{BAND_WORDS}</strong></p>")
    if not release.holds(indicator):
        said.append(f"<p><strong>Not held.</strong> Who could supply it: {escape(indicator.supplier)}.</p>")
    said.append(f"<p><strong>To ask.</strong> {escape(indicator.ask)}</p>")
    said.append("" if reading.unanswered else _signal(reading))
    to = f" Held to {month_words(reading.newest)}." if reading.newest else ""
    said.append(f"<p><strong>Counted.</strong> {escape(_capital(indicator.whom))}.{to}</p>")
    wider = wider_words(release, reading, reading.selection)
    last = f"<p><strong>Beside it.</strong> {escape(unbroken(wider))}, same period.</p>" if wider else ""
    first = f"<p><strong>{escape(names.get(indicator.priority, 'Context'))}</strong></p>"
    rows = [row for row in said if row]
    for whole in ([first, *rows, last], [*rows, last], [first, *rows]):
        if lines_of(row for row in whole if row) <= MOST_BESIDE:
            rows = whole
            break
    return f'<div class="message">{"".join(rows)}</div>'


def lines_of(rows: Iterable[str], letters: int = NARROW) -> float:
    """How many lines of large type some paragraphs take beside the chart, a third of one between each two."""
    found = [len(wrapped(unescape(TAG.sub("", row)), letters)) for row in rows]
    return sum(found) + 0.3 * max(len(found) - 1, 0)


def parked_words(parked: int) -> str:
    """That a question was parked, and where it stands."""
    return f"Parked: {'1 question stands' if parked == 1 else f'{parked} questions stand'} on the last screen."


def _signal(reading: Reading) -> str:
    """The newest judged point of the place that leads, its shape before its words; nothing where none is judged."""
    point = reading.point
    if point is None or point.usual is None or point.usual.centre is None:
        return ""
    side = point.usual.side if point.usual.rule else 0
    shape = meaning(side, reading.indicator.direction).replace("usual", "")
    words = judged_word(reading) + (f": {MEANINGS[shape]}" if shape else "")
    return f"<p>{sign(shape)} {escape(point.area.name)}, {escape(unbroken(words))}.</p>"


def notes_html(screen: Screen, reading: Reading, plan: Plan) -> str:
    """What the speaker says: the notes of the pack, or without any those sentences of the figures that have room."""
    if screen.notes:
        return _notes(screen.notes.splitlines())
    rows: list[str] = []
    for one in (finding(reading).text, change(reading).text, *plan.notes):
        if one and one not in IN_SHORT and beside_chart(_notes([*rows, unbroken(one)])):
            rows.append(unbroken(one))
    return _notes(rows or ["No notes for this screen."])


def _notes(rows: Iterable[str]) -> str:
    paragraphs = "".join(f"<p>{escape(row)}</p>" for row in rows)
    return f'<section class="notes" aria-label="Speaker notes"><h2>Notes</h2>{paragraphs}</section>'


def beside_chart(notes: str) -> bool:
    """Whether notes have room beside the chart; longer ones take its place."""
    return lines_of(re.findall("<(?:h2|p)>.*?</(?:h2|p)>", notes), NARROW - 2) <= MOST_BESIDE - 1  # in their frame


def foot_html(release: Release, small: str, made_on: str = "") -> str:
    """The small lines: the source and what it leaves open, that a link was `made_on` another edition, and help."""
    if made_on and made_on != release.name:
        small = f"This link was made on edition {made_on[:20]}, whose figures may differ. {small}"
    held = release.catalogue.support_lines
    lines = " · ".join(f"<strong>{escape(one.number)}</strong> {escape(one.name)}" for one in held)
    return f'<footer class="foot"><p>{escape(small)}</p><p class="help">{lines}</p></footer>'


def source_line(reading: Reading, plan: Plan) -> str:
    """The chart's source and edition, and as many notes as three small lines hold: the chart's own, then `unlike`."""
    said = f"{f'Source: {source_name(reading)}. ' if source_name(reading) else ''}Edition {reading.release}."
    notes = [IN_SHORT.get(note, note) for note in fitted(plan).notes] if not plan.empty else []
    notes += [reading.indicator.unlike] if reading.indicator.unlike else []
    kept = ""
    for note in notes:
        if len(said) + len(kept) + len(note) < MOST_NOTES - len(MORE_NOTES):
            kept = f"{kept} {note}"
    more = any(note not in kept for note in notes)
    return f"{said}{kept}{MORE_NOTES if more else ''}"


def finding_of(reading: Reading) -> str:
    """The title of a screen."""
    return unbroken(heading(reading))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
