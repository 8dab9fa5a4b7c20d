"""What stands on the screens of a presentation: a title, one message at a time, and the questions parked."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Final

import streamlit as st

from vawg_metrics.board_pack import Pack, Parked, Screen
from vawg_metrics.charts.credit import source_words
from vawg_metrics.charts.enlarged import STILL
from vawg_metrics.charts.plan import Plan
from vawg_metrics.charts.plans import PLANS
from vawg_metrics.charts.screen import draw_large
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
MOST_ROWS: Final = 12  # lines of large type below a title
MOST_NOTES: Final = 280  # letters of the small lines
BAND_WORDS: Final = "The band is the usual range."
KEYS_WORDS: Final = (
    "Arrow or Page keys turn, Home and End go to the ends. N shows the notes, P parks a question, "
    "0 returns to the prepared place. F11 fills the screen. Close stands on the first and the last screen."
)


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
        f"<p>{KEYS_WORDS}</p>",
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
        said = f"Asked of: {about}." + (f" Who could answer: {one.who}." if one.who else "")
        room -= -(-len(one.question) // ACROSS) + -(-len(said) // ACROSS)
        if room < 1:
            break
        rows.append(f"<li><strong>{escape(one.question)}</strong><br>{escape(said)}</li>")
        shown += 1
    more = len(parked) - shown
    rest = f"<p>{more} more {'is' if more == 1 else 'are'} listed on the Board pack page and in its file.</p>"
    empty = "<p>Nothing was parked.</p>" if not parked else ""
    body = f"<ol>{''.join(rows)}</ol>" if rows else ""
    return f'<div class="opening"><h1>Questions parked</h1>{body}{rest if more else ""}{empty}</div>'


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


def message_html(release: Release, reading: Reading, banded: bool) -> str:
    """Beside the chart: the question for the board, the newest signal, whom it counts and to when.

    A `banded` chart shows a usual range, and the message says so.
    """
    indicator = reading.indicator
    names = {one.id: one.short for one in release.catalogue.strategy.priorities}
    rows = [f"<p><strong>{escape(names.get(indicator.priority, 'Context'))}</strong></p>"]
    if banded:
        rows = [f"<p><strong>{BAND_WORDS}</strong></p>"]
    rows += [f'<p class="warned">{escape(sentence)}</p>' for sentence in reading.unanswered]
    if not release.holds(indicator):
        rows.append(f"<p><strong>Not held.</strong> Who could supply it: {escape(indicator.supplier)}.</p>")
    rows.append(f"<p><strong>To ask.</strong> {escape(indicator.ask)}</p>")
    rows.append("" if reading.unanswered else _signal(reading))
    to = f" Held to {month_words(reading.newest)}." if reading.newest else ""
    rows.append(f"<p><strong>Counted.</strong> {escape(_capital(indicator.whom))}.{to}</p>")
    return f'<div class="message">{"".join(rows)}</div>'


def _signal(reading: Reading) -> str:
    """The newest judged point, its shape before its words; nothing where none is judged."""
    point = reading.point
    if point is None or point.usual is None or point.usual.centre is None:
        return ""
    side = point.usual.side if point.usual.rule else 0
    shape = meaning(side, reading.indicator.direction).replace("usual", "")
    words = _capital(judged_word(reading)) + (f": {MEANINGS[shape]}" if shape else "")
    return f"<p>{sign(shape)} {escape(unbroken(words))}.</p>"


def notes_html(screen: Screen, reading: Reading) -> str:
    """What the speaker says: the notes of the pack, or without any the sentences of the figures."""
    if screen.notes:
        rows = "".join(f"<p>{escape(line)}</p>" for line in screen.notes.splitlines())
    else:
        said = [finding(reading).text, change(reading).text]
        rows = "".join(f"<p>{escape(unbroken(one))}</p>" for one in said if one) or "<p>No notes for this screen.</p>"
    return f'<section class="notes" aria-label="Speaker notes"><h2>Notes</h2>{rows}</section>'


def foot_html(release: Release, small: str, made_on: str = "") -> str:
    """The small lines: the source and what it leaves open, that a link was `made_on` another edition, and help."""
    if made_on and made_on != release.name:
        small = f"This link was made on edition {made_on[:20]}, whose figures may differ. {small}"
    held = release.catalogue.support_lines
    lines = " · ".join(f"<strong>{escape(one.number)}</strong> {escape(one.name)}" for one in held)
    return f'<footer class="foot"><p>{escape(small)}</p><p class="help">{lines}</p></footer>'


def source_line(reading: Reading, plan: Plan) -> str:
    """The chart's source and edition, and as many of its notes as two small lines hold."""
    source = source_words(reading)
    said = f"{f'Source: {source}. ' if source else ''}Edition {reading.release}."
    for note in plan.notes if not plan.empty else ():
        if len(said) + len(note) >= MOST_NOTES:
            return f"{said} More notes stand with the measure."
        said = f"{said} {note}"
    return said


def finding_of(reading: Reading) -> str:
    """The title of a screen."""
    return unbroken(heading(reading))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
