"""The steward's page on which a return is checked: in memory, with no word of the file on the screen or in the log."""

from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

import streamlit as st

from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.outputs.naming import plain
from vawg_metrics.periods import quarter_named, quarter_words
from vawg_metrics.returns.checked import Checked
from vawg_metrics.returns.checking import check_return
from vawg_metrics.returns.contract import Return
from vawg_metrics.returns.faults import FILE, ReturnFault
from vawg_metrics.returns.marked import marked_workbook
from vawg_metrics.returns.sheet import SHEETS
from vawg_metrics.ui.frame import Chosen
from vawg_metrics.ui.uploads import MOST_MEBIBYTES

PROMISE: Final = """
Every fault of a filled template, found at once: where it is, what is wrong and how to mend it.

**Nothing is stored.** The file is read in this server's memory and nowhere else: it is written to no disk and to no
log, and is let go of when you take it out of the box or leave this page. Stop the server when you have done. Of a file
with faults nothing is repeated here, and of no file its name. The dashboard cannot open the folder of returns, so last
quarter's values are those that stand in the file itself.
"""
LABEL: Final = f"The filled template, Excel or CSV, at most {MOST_MEBIBYTES} MB"
ACCEPT: Final = "python -m vawg_metrics returns accept FILE"
MOST_ROWS_NAMED: Final = 12
HERE: Final = Path(__file__).parent
MENDED_BOX: Final = st.components.v2.component("file_box", html="", js=(HERE / "file_box.js").read_text("utf-8"))
STYLE: Final = "<style>.to-mend li { max-width: 72ch; margin-bottom: 0.75rem; }</style>"


class CheckFailed(RuntimeError):
    """The check itself broke. It says nothing of the file, and hides what came before it, which might."""


def draw_promise() -> None:
    """What the page does with a file, before one is chosen."""
    st.title("Check a return", anchor=False)
    st.markdown(PROMISE)


def draw_check(chosen: Chosen) -> None:
    """The box for a file, and what was found in it."""
    with st.container(key="check-return"):
        st.html(STYLE)
        file = st.file_uploader(LABEL, type=["xlsx", "csv"], key="check-return-file", max_upload_size=MOST_MEBIBYTES)
        MENDED_BOX(key="mended-box")
    if file is None:
        return
    checked = checked_in_memory(file.getvalue(), file.name, chosen.release.catalogue)
    if checked.return_ is None:
        _draw_faults(checked)
        marked = partial(_marked, file.getvalue(), checked)
        st.download_button(
            "Download the marked workbook", marked, marked_name(checked), FORMATS["xlsx"].mime, key="marked-return",
            on_click="ignore", help="The list of what to mend, and a copy of the return with the faulty cells marked",
        )  # fmt: skip
    else:
        _draw_sound(chosen.release.catalogue, checked.return_)


def checked_in_memory(content: bytes, name: str, catalogue: Catalogue) -> Checked:
    """The check; should it break, an error without a word of the file."""
    try:
        return check_return(content, name, catalogue)
    except Exception as error:
        broken = type(error).__name__
    raise CheckFailed(f"The check of a return broke ({broken}). Nothing of the file is told here.")


def marked_name(checked: Checked) -> str:
    """The name of the marked workbook: made of the register's words, not of the file's own name."""
    known = (checked.partner_id, checked.quarter)
    return "_".join(("return-to-mend", *(plain(one) for one in known if one))) + ".xlsx"


def _marked(content: bytes, checked: Checked) -> bytes:
    try:
        return marked_workbook(content, "", checked)
    except Exception as error:
        broken = type(error).__name__
    raise CheckFailed(f"The marked workbook could not be made ({broken}). Nothing of the file is told here.")


def _draw_faults(checked: Checked) -> None:
    st.header("Stopped" if checked.stopped else "What to mend", anchor=False)
    st.markdown(checked.advice)
    st.html("".join(_sheet(sheet, list(faults)) for sheet, faults in groupby(checked.faults, lambda one: one.sheet)))


def _draw_sound(catalogue: Catalogue, found: Return) -> None:
    st.header("Nothing is wrong", anchor=False)
    nil = sum(one.state == "nil" for one in found.given)
    cannot = sum(one.state == "cannot supply" for one in found.given)
    st.markdown(
        f"* **Partner:** {catalogue.partner(found.partner).name}\n"
        f"* **Quarter:** {quarter_words(quarter_named(found.quarter))}\n"
        f"* **Cells read:** {len(found.given)}: {len(found.given) - nil - cannot} with a number, {nil} nil, "
        f"{cannot} that cannot be supplied"
    )
    st.markdown(
        "Checked, and **not accepted**: nothing was kept. To accept it, give this command with the file's own name in "
        "place of FILE; it checks again, against what the partner sent before. With `--receipt RECEIPT.txt` it also "
        "writes the supplier's receipt."
    )
    st.code(ACCEPT, language=None, wrap_lines=True)


def _sheet(sheet: str, faults: Sequence[ReturnFault]) -> str:
    """The faults of a sheet as a list: the same fault of many rows is one line."""
    rows: dict[tuple[str, str, str], list[int]] = {}
    for one in faults:
        rows.setdefault((one.column, one.problem, one.repair), []).append(one.row)
    items = "".join(
        f"<li><strong>{escape(_place(held, column))}</strong><br>{escape(problem)} {escape(repair)}</li>"
        for (column, problem, repair), held in rows.items()
    )
    heading = "The file as a whole" if sheet == FILE else f"Sheet {sheet}" if sheet in SHEETS else sheet
    return f'<h3>{escape(heading)}</h3><ul class="to-mend">{items}</ul>'


def _place(rows: Sequence[int], column: str) -> str:
    """Rows and column in words: `Rows 8 to 11 and 14, column E (Value)`."""
    spans = [f"{first} to {last}" if last - first > 1 else " and ".join(map(str, sorted({first, last})))
             for first, last in _spans(sorted({row for row in rows if row}))]  # fmt: skip
    named = ", ".join(spans[:MOST_ROWS_NAMED])
    more = f" and {len(spans) - MOST_ROWS_NAMED} places more" if len(spans) > MOST_ROWS_NAMED else ""
    word = "Row" if len(spans) == 1 and spans[0].isdigit() else "Rows"
    parts = [f"{word} {named}{more}" if spans else "", f"column {column}" if column else ""]
    text = ", ".join(part for part in parts if part) or "The whole of it"
    return text[0].upper() + text[1:]


def _spans(rows: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans
