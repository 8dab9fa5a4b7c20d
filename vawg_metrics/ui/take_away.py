"""Files of exactly what is shown, made only when somebody asks for one; and everything a page shows in one ZIP."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from vawg_metrics.outputs.formats import FORMATS, Format
from vawg_metrics.outputs.package import write_zip
from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.ui.frame import Chosen

Made = Callable[[], Parcel]
LEFT_OUT: Final = " What begins with the word Demonstration is left out: made-up figures are in no ZIP."
NO_ZIP: Final = "Made-up figures are in no ZIP. Each chart and table above can be taken away by itself."


def draw_files(chosen: Chosen, made: Made, key: str, stem: str, of: str, pictured: bool = True) -> None:
    """A button for each format. `made` makes the parcel when a file is asked for; `of` says of what, for the help."""
    with st.container(horizontal=True, key=f"files-{key}"):
        for suffix, form in FORMATS.items():
            if form.picture and not pictured:
                continue
            st.download_button(
                form.label,
                partial(_written, form, made, chosen),
                f"{stem}.{suffix}",
                form.mime,
                key=f"{suffix}-{key}",
                on_click="ignore",
                help=f"{form.label} of {of}",
            )


def _written(form: Format, made: Made, chosen: Chosen) -> bytes:
    return form.write(made(), chosen.release.boundaries)


def draw_whole_page(
    chosen: Chosen,
    name: str,
    title: str,
    made: Callable[[], Sequence[Parcel]],
    made_up: bool = False,
    empty: bool = False,
) -> None:
    """Everything that a page shows in one ZIP, made on request while it is said how far it is.

    `made_up` is whether the page shows made-up figures, which are in no ZIP; `empty` whether it shows nothing else.
    """
    with st.container(key=f"screen-only-{name}"):
        st.header("Take this page away", anchor="take-away")
        if empty:
            st.markdown(NO_ZIP if made_up else "There is nothing to take away yet: no measure of this page is held.")
            return
        _draw_zip(chosen, name, title, made, LEFT_OUT if made_up else "")


def _draw_zip(chosen: Chosen, name: str, title: str, made: Callable[[], Sequence[Parcel]], but: str) -> None:
    st.markdown(f"Every chart and table of this page in one ZIP, with a README and a description for programs.{but}")
    if not st.button("Make the ZIP", key=f"zip-{name}"):
        return
    bar = st.progress(0.0, "Reading the figures …")
    parcels = made()
    content = write_zip(
        name, title, parcels, chosen.release.boundaries,
        lambda done, of, what: bar.progress(done / max(1, of), f"{done} of {of} files: {what}"),
    )  # fmt: skip
    bar.progress(1.0, f"{len(parcels)} tables and their charts are ready.")
    size = f"{len(content) / 1e6:.1f} MB"
    st.download_button(
        f"ZIP of this page, {size}", content, f"{name}_{chosen.release.name}.zip", "application/zip",
        key=f"zip-file-{name}", on_click="ignore",
    )  # fmt: skip
