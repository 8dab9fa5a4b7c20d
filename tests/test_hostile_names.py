"""A hostile name of a place is text everywhere: on pages, in charts, in what is found, in files."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import DATA, ROOT
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.charts.multiples_plan import plan_multiples
from vawg_metrics.charts.screen import draw
from vawg_metrics.exploration import Asked, explore, totals
from vawg_metrics.outputs.explored import Layout, lay_out
from vawg_metrics.outputs.exploring import explored_parcel
from vawg_metrics.outputs.formats import FORMATS
from vawg_metrics.reading import Release, open_data, read
from vawg_metrics.search import find
from vawg_metrics.selection import Selection
from vawg_metrics.ui.markup import html_table, literal

pytestmark = [pytest.mark.real_data, pytest.mark.filterwarnings("default")]
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert('x')</script>\"><img src=x onerror=alert(1)>",
    "Long " + "x" * 300,
    "\u202egnikcatta :red[bold] **b** $x$ [a](javascript:alert(1))",
)
CODES = ("E07000223", "E07000032", "E06000001", "E07000106")  # four places outside LLR
ASKED = Asked(("sexual_offences_rate",), ("Melton", *HOSTILE), "year")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, in which four places outside LLR have hostile names."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(DATA / "published", data / "published")
    path = data / "published" / "provenance.json"
    content = json.loads(path.read_text("utf-8"))
    named = dict(zip(CODES, HOSTILE, strict=True))
    for area in content["areas"]:
        area["name"] = named.get(area["code"], area["name"])
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return data


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Release:
    return open_data(folder, load_catalogue())


def test_the_names_are_there(hostile: Release) -> None:
    assert set(HOSTILE) <= set(hostile.areas)
    held = {row["area"] for row in lay_out(hostile, ASKED, explore(hostile, ASKED), Layout()).records}
    assert held == {"Melton", *HOSTILE}


@pytest.mark.parametrize("across", ["", "area"])
def test_files_of_a_table_hold_them_as_text(hostile: Release, across: str) -> None:
    explored = explore(hostile, ASKED)
    layout = Layout(across=across)
    plan = plan_multiples(read(hostile, hostile.catalogue.indicator(ASKED.indicators[0]), Selection(ASKED.areas)))
    table = lay_out(hostile, ASKED, explored, layout)
    parcel = explored_parcel(hostile, ASKED, layout, table, totals(explored.figures), plan)
    rows = list(csv.reader(io.StringIO(FORMATS["csv"].write(parcel, None).decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+@\t\r")]
    assert any(cell == f"'{HOSTILE[0]}" for cell in cells)
    assert all(FORMATS[name].write(parcel, hostile.boundaries) for name in ("xlsx", "json"))
    assert "<" not in parcel.stem and "/" not in parcel.stem


def test_a_chart_on_the_screen_holds_no_markup_of_theirs(hostile: Release) -> None:
    one = hostile.catalogue.indicator("domestic_abuse_homelessness_rate")
    drawn = draw(plan_multiples(read(hostile, one, Selection(("LLR", "Melton", *HOSTILE))))).to_json()
    assert drawn is not None and "<script" not in drawn and "<img" not in drawn


def test_markdown_and_html_show_them_as_they_are_written() -> None:
    for name in HOSTILE:
        assert not set(literal(name).replace("\\", "")) - set(name.replace("\\", ""))
        assert "<script" not in html_table(name, (name, name), [(name, name)])
        assert "<img" not in html_table(name, (name, name), [(name, name)])
    assert literal("[a](b) :red[x]") == r"\[a\]\(b\) \:red\[x\]"


def test_the_pages_show_them_without_harm(folder: Path, monkeypatch: pytest.MonkeyPatch, hostile: Release) -> None:
    monkeypatch.setenv("VAWG_DATA", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    app.query_params["indicator"] = ["sexual_offences_rate"]
    app.query_params["place"] = list(HOSTILE)
    app.query_params["containing"] = ""
    app.switch_page("pages/explore.py")
    app.run()
    assert not app.exception
    html = " ".join(one.proto.body for one in app.get("html"))
    assert "&lt;script&gt;" in html and "=cmd|" in html
    assert "<script>alert" not in html and "<img src=x" not in html
    said = " ".join(one.value for one in app.markdown)
    assert "<script>" not in said.replace("\\<", "") and "](javascript" not in said


@pytest.mark.parametrize("name", HOSTILE)
def test_an_address_or_a_question_that_holds_one_is_answered_in_words(name: str) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    for key in ("area", "indicator", "place", "edition", "sort"):
        app.query_params[key] = name
    app.switch_page("pages/explore.py")
    app.run()
    assert not app.exception
    app.text_input(key="find").set_value(f"refuge {name}").run()
    assert not app.exception
    said = " ".join(one.value for one in app.markdown)
    assert "<script" not in said.replace("\\<", "") and "](javascript" not in said


def test_search_takes_them_for_words(hostile: Release) -> None:
    assert all(len(find(hostile, name).hits) <= 6 for name in HOSTILE)
