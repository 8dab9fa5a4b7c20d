"""Small pieces of HTML, every text escaped: tables, folds, lists. One piece costs the screen one message."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from string import punctuation
from typing import Final

SHORT: Final = 15
LONG: Final = 60


def literal(text: str) -> str:
    """A text that Markdown shows as it is written: every sign of its own is made harmless."""
    return "".join(f"\\{sign}" if sign in punctuation else " " if sign in "\r\n\t" else sign for sign in text)


def html_table(
    caption: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Iterable[int] = (),
    spoken: Mapping[str, str] | None = None,
) -> str:
    """A table with a caption and row headers; columns `numbers` are set right, signs in `spoken` are read as words.

    On a phone a table with sentences beside its row headers, and without numbers, becomes a list: each cell stands
    after the name of its column.
    """
    right, rows = set(numbers), list(rows)
    prose = " prose" if not right and any(len(text) > LONG for row in rows for text in row[1:]) else ""
    named = [f' data-name="{escape(name)}"' if prose else "" for name in header]
    kind = [' class="number"' if place in right else "" for place in range(len(header))]
    head = "".join(f'<th scope="col"{kind[place]}>{escape(name)}</th>' for place, name in enumerate(header))
    body = []
    for row in rows:
        first = f'<th scope="row"{kind[0]}>{escape(row[0])}</th>'
        cells = ((text, _cell(text, spoken or {})) for text in row[1:])
        rest = "".join(
            f"<td{kind[place]}{named[place]}{_whole(text)}>{cell}</td>" for place, (text, cell) in enumerate(cells, 1)
        )
        body.append(f"<tr>{first}{rest}</tr>")
    return (
        f'<div class="figure-wrap" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="figures{prose}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _whole(text: str) -> str:
    """Short cells, such as a month or a range, stay on one line."""
    return ' data-short=""' if len(text) <= SHORT else ""


def _cell(text: str, spoken: Mapping[str, str]) -> str:
    if text not in spoken:
        return escape(text)
    return f'<span aria-hidden="true">{escape(text)}</span><span class="unseen">{escape(spoken[text])}</span>'


def folded(summary: str, inside: str) -> str:
    """A fold: closed on the screen, open on paper. `inside` is HTML."""
    return f'<details class="fold"><summary>{escape(summary)}</summary><div>{inside}</div></details>'


def paragraph(text: str) -> str:
    """A paragraph, or nothing where there is no text."""
    return f'<p class="quiet">{escape(text)}</p>' if text else ""


def on_this_page(label: str, parts: Iterable[tuple[str, str]]) -> str:
    """A list of the parts of a page, each a link to its anchor; `label` names it to assistive technology."""
    links = "".join(f'<li><a href="#{escape(anchor)}">{escape(words)}</a></li>' for anchor, words in parts)
    return f'<nav aria-label="{escape(label)}"><p class="quiet">On this page:</p><ul>{links}</ul></nav>'


def named_lines(name: str, lines: Iterable[str]) -> str:
    """A name with its one line beside it, or its several lines as a list under it; nothing where there are none."""
    held = [line for line in lines if line]
    if not held:
        return ""
    title = escape(name if name.endswith("?") else f"{name}.")
    if len(held) == 1:
        return f'<p class="quiet"><strong>{title}</strong> {escape(held[0])}</p>'
    items = "".join(f"<li>{escape(line)}</li>" for line in held)
    return f'<p class="quiet"><strong>{title}</strong></p><ul>{items}</ul>'
