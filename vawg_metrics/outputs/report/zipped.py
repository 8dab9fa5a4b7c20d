"""Office files without a clock: the same parts in the same order, with the release's day and British English."""

import io
import re
import zipfile
from datetime import date
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
CORE: Final = "docProps/core.xml"
_DATES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_LANGUAGE: Final = re.compile(rb'((?:w:val|w:eastAsia|lang)=")en-US"')
INNER: Final = (".xlsx",)


def settled(content: bytes, stamp: date) -> bytes:
    """A ZIP of Office with no time of the clock in it, and British English where American was the default.

    The workbooks inside, which hold the numbers of charts, are settled too.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(written, "w") as out:
        for one in whole.infolist():
            body = whole.read(one)
            if one.filename.endswith(INNER):
                body = settled(body, stamp)
            elif one.filename == CORE:
                body = _DATES.sub(rb"\g<1>" + f"{stamp.isoformat()}T00:00:00Z".encode() + rb"\g<2>", body)
            elif one.filename.endswith(".xml"):
                body = _LANGUAGE.sub(rb'\g<1>en-GB"', body)
            out.writestr(zipfile.ZipInfo(one.filename, EPOCH), body, zipfile.ZIP_DEFLATED)
    return written.getvalue()
