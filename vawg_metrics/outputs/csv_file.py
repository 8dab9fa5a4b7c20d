"""The figures of one parcel as a CSV that says what it is.

The table begins in the first row, so that spreadsheets can filter it and programs can read it; what the file is about
follows under the table and an empty line, as pairs in the first two columns, which are text in the table too. A
program that takes those rows for data finds no number and no release in them, and its columns stay numbers. The file
begins with a byte order mark, without which Excel garbles every letter beyond ASCII.
"""

import csv
import io

from vawg_metrics.outputs.parcel import Parcel
from vawg_metrics.outputs.safe_text import harmless
from vawg_metrics.outputs.table import records_as_csv


def write_csv(parcel: Parcel) -> bytes:
    """The rows of a parcel and what they mean, as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    blank = [""] * (len(parcel.columns) - 2)
    for name, words in parcel.about:
        writer.writerow([harmless(name), harmless(words), *blank])
    table = records_as_csv(parcel.records, parcel.columns)
    return (table + "\n" + text.getvalue()).replace("\n", "\r\n").encode("utf-8-sig", "replace")


def pure_csv(parcel: Parcel) -> bytes:
    """The rows alone, without a byte order mark: what a program that checks every cell can read."""
    return records_as_csv(parcel.records, parcel.columns).encode("utf-8", "replace")
