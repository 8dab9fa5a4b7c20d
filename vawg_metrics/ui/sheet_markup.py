"""The HTML of a priority's sheet: every text escaped, the same on the screen and on paper."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from vawg_metrics.catalogue.actions import NO_NEXT_STEP, Action
from vawg_metrics.outputs.report.blocks import Text
from vawg_metrics.outputs.report.chapters import content_note
from vawg_metrics.priority_sheet import Sheet, Tile
from vawg_metrics.reading import Release
from vawg_metrics.selection import Selection
from vawg_metrics.ui.signs import MEANINGS, sign
from vawg_metrics.ui.surround import LICENCE
from vawg_metrics.wording import in_sentence, unbroken

ROOMY: Final = 3  # more tiles than these run their words together, two beside each other
SHORT: Final = 20
OF_ACTION: Final = ("Should move", "Owner", "Next step")
SPELLED: Final = {
    "LLR": "Leicester, Leicestershire and Rutland",
    "MARAC": "multi-agency risk assessment conference",
}
NO_ACTION: Final = "No action or aim names this measure."


@dataclass(frozen=True)
class Picture:
    """A chart for a sheet: its SVG, its text alternative, its caption and notes; without SVG, why there is none."""

    svg: bytes
    alternative: str
    caption: str
    notes: tuple[str, ...]


def sheet_html(sheet: Sheet, picture: Picture | None, selection: Selection, release: Release) -> str:
    """The whole sheet: finding, chart, tiles, how sound the data is, what is not known, questions, actions, help."""
    priority, key = sheet.priority, f"sheet-{sheet.priority.id}"
    strategy = release.catalogue.strategy
    tiles = "".join(_tile(sheet, tile) for tile in sheet.tiles)
    said = f"{sheet.heading}."
    columns = len(sheet.tiles) if len(sheet.tiles) <= ROOMY else 2
    return (
        f'<article class="{_classes(sheet)}" aria-labelledby="{key}">'
        f'<h2 id="{key}">{priority.number}. {escape(priority.title)}: {escape(sheet.place)}</h2>'
        f'<p class="sheet-under">{escape(strategy.product)}, {escape(strategy.short_name)}. '
        f"Owner of this priority: {escape(sheet.priority.owner)}. Showing {escape(selection.words())}. "
        "Measures are proposed, to be confirmed by the partnership."
        f"{_care(sheet)}</p>"
        f'<p class="sheet-finding"><strong>{_text(said)}</strong> {_text(sheet.sentence)}</p>'
        f"{_figure(picture)}"
        f'<ul class="tiles tiles-{columns}">{tiles}</ul>'
        f'<p class="sheet-health"><strong>How sound the data is.</strong> {_text(sheet.health)}</p>'
        f'<div class="sheet-below">{_unknown(sheet)}'
        f"{_section('Questions the board might ask', sheet.questions)}</div>{_actions(sheet)}"
        f'<div class="sheet-foot"><p>{_help(release)}</p><p>{_spelled(sheet)}</p>'
        f"<p>{LICENCE} Edition {escape(release.name)}.</p></div></article>"
    )


def crowded(sheet: Sheet) -> bool:
    """Whether it has so many tiles that its words need less room each."""
    return len(sheet.tiles) > ROOMY


def _classes(sheet: Sheet) -> str:
    full = " sheet-full" if len(sheet.tiles) > 2 * ROOMY else ""
    return f"sheet{' sheet-crowded' if crowded(sheet) else ''}{full}"


def _text(words: str) -> str:
    return escape(unbroken(words))


def _capital(words: str) -> str:
    return _text(f"{words[:1].upper()}{words[1:]}")


def _care(sheet: Sheet) -> str:
    """A note where the page speaks of children who live with abuse, or of deaths."""
    texts = [sheet.heading, *(tile.title for tile in sheet.tiles), *sheet.unknown_named]
    said = " ".join(one.words for one in content_note(texts) if isinstance(one, Text))
    return f" <strong>{_text(said.replace('The next part', 'This page'))}</strong>" if said else ""


def _spelled(sheet: Sheet) -> str:
    """What the initials that stand on the sheet mean."""
    texts = " ".join((sheet.place, sheet.heading, *(tile.place for tile in sheet.tiles), *sheet.unknown_named))
    return " ".join(f"{short}: {escape(long)}." for short, long in SPELLED.items() if short in texts)


def _figure(picture: Picture | None) -> str:
    if picture is None:
        return ""
    if not picture.svg:
        return f'<p class="sheet-empty">{_text(picture.alternative)}</p>'
    source = f"data:image/svg+xml;base64,{base64.b64encode(picture.svg).decode('ascii')}"
    caption = " ".join((picture.caption, *picture.notes))
    return (
        '<figure class="sheet-figure"><div class="figure-wrap" tabindex="0" role="region" aria-label="Chart">'
        f'<img src="{source}" alt="{_text(picture.alternative)}"></div>'
        f"<figcaption>{_text(caption)}</figcaption></figure>"
    )


def _tile(sheet: Sheet, tile: Tile) -> str:
    whose = ", ".join(part for part in (tile.place, tile.period) if part)
    instead = f'<p class="tile-instead">{_text(tile.instead)}</p>' if tile.place != sheet.place and tile.instead else ""
    moved = "; ".join(one.words for one in tile.actions) or NO_ACTION
    rows = (
        ("Change", _text(tile.change)),
        ("Beside others", _text(tile.comparator)),
        ("Signal", _signal(tile)),
        ("Kind", _text(tile.kind)),
        ("Meant to move it", _text(moved)),
        ("Owner", _capital(tile.owner)),
        ("Next step", _capital(tile.next_step)),
    )
    listed_rows = " ".join(f"<div><dt>{name}</dt> <dd>{_ended(words)}</dd></div>" for name, words in rows if words)
    return (
        f'<li class="tile"><h3>{_text(tile.title)}</h3> <p class="tile-number">{_text(tile.number)}</p> '
        f'<p class="tile-when">{_text(whose)}</p>{instead}<dl>{listed_rows}</dl></li>'
    )


def _ended(words: str) -> str:
    return words if words.endswith((".", "?")) else f"{words}."


def _signal(tile: Tile) -> str:
    """The shape with its meaning, and what the newest judged point is; without a shape, why none is judged."""
    if not tile.shape:
        return f"{_capital(tile.signal)}."
    if tile.shape == "usual":
        return f"{sign('')} {_capital(tile.signal)}."
    return f"{sign(tile.shape)} {_capital(MEANINGS[tile.shape])}: {_text(tile.signal)}."


def _section(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f"<section><h3>{escape(title)}</h3><ul>{items}</ul></section>" if items else ""


def _unknown(sheet: Sheet) -> str:
    """What is not held, with who could supply it."""
    named = [f"{line[:1].upper()}{line[1:]}" if line[:4] != "and " else line for line in sheet.unknown_named]
    return _section("What we do not know", named)


def _actions(sheet: Sheet) -> str:
    """The actions and aims in a table, beside the measures that each should move; what they share is said once."""
    title = "Actions and aims, and what they should move"
    if not sheet.actions:
        return _section(title, ("None is recorded yet.",))
    rows = "".join(_action(one, sheet) for one in sheet.actions)
    said = [f"{source[:1].upper()}{source[1:]}." for source in dict.fromkeys(one.source for one in sheet.actions)]
    said += dict.fromkeys(one.note for one in sheet.actions if one.note)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Action or aim", *OF_ACTION))
    return (
        f'<section class="sheet-actions"><table class="figures prose"><caption>{title}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{_text(' '.join(said))}</p></section>"
    )


def _action(action: Action, sheet: Sheet) -> str:
    shown = {tile.indicator.id: tile.indicator.title for tile in sheet.tiles}
    here = [in_sentence(shown[id_]) for id_ in action.should_move if id_ in shown]
    more = len(action.should_move) - len(here)
    others = f"{more} {'other ' if here else ''}measure{'s' if more > 1 else ''} not on this page" if more else ""
    named = [f"{len(here)} on this page"] if here and crowded(sheet) else here
    others = f"{more} not" if named != here and more else others
    moved = "; ".join([*named, *([others] if others else [])]) or "no measure"
    cells = (moved, action.owner, action.next_step or NO_NEXT_STEP)
    rest = "".join(_cell(name, words) for name, words in zip(OF_ACTION, cells, strict=True))
    return f'<tr><th scope="row">{_text(action.words)}</th>{rest}</tr>'


def _cell(name: str, words: str) -> str:
    return f'<td data-name="{name}"{" data-short" if len(words) <= SHORT else ""}>{_text(words)}</td>'


def _help(release: Release) -> str:
    return " · ".join(f"{escape(one.name)} {escape(one.number)}" for one in release.catalogue.support_lines)
