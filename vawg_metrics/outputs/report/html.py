"""The report as one HTML file that needs no script and no network: the master that the PDF is printed from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vawg_metrics.outputs.report.blocks import led_in
from vawg_metrics.outputs.report.content import Report
from vawg_metrics.outputs.report.drawn import Drawn
from vawg_metrics.outputs.safe_text import bearable
from vawg_metrics.wording import unbroken

HERE: Final = Path(__file__).parent
TEMPLATE, STYLE = "report.html.j2", "report.css"


def write_html(report: Report, drawn: Mapping[str, Drawn]) -> bytes:
    """The report as HTML: the same report, the same bytes."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=False
    )
    environment.filters["unbroken"] = unbroken
    environment.globals["led_in"] = led_in
    written = environment.get_template(TEMPLATE).render(
        report=report, pictures={id_: one.address for id_, one in drawn.items()}, style=style(report)
    )
    return bearable(written).encode("utf-8")


def style(report: Report) -> Markup:
    """The style sheet, with the widths of the tables' columns and what stands at the foot of each printed page."""
    widths = sorted({width for part in report.parts for block in part.every_block()
                     for width in getattr(block, "widths", ())})  # fmt: skip
    columns = "".join(f".w{width} {{ width: {width}%; }}\n" for width in widths)
    foot = f"{report.short_name}. Edition {report.release}. In danger call 999."
    boxes = (
        f'@page {{ @bottom-left {{ content: "{_quoted(foot)}"; font: 8pt Arial, "Liberation Sans", sans-serif; '
        "vertical-align: top; padding-top: 4mm; width: 80%; }\n"
        '@bottom-right { content: "Page " counter(page) " of " counter(pages); '
        'font: 8pt Arial, "Liberation Sans", sans-serif; vertical-align: top; padding-top: 4mm; } }\n'
    )
    return Markup((HERE / STYLE).read_text("utf-8") + columns + boxes)


def _quoted(text: str) -> str:
    """Text inside the quotes of a style sheet, every sign but plain ones by its number."""
    return "".join(sign if sign.isalnum() or sign in " .,:-" else f"\\{ord(sign):06x}" for sign in text)
