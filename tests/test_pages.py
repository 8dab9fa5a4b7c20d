"""Pages run by Streamlit's own test runner: cold from their address, filters taken, damage said in a sentence."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.ui.frame import BARE
from vawg_metrics.ui.markup import html_table

ROOT = Path(__file__).resolve().parents[1]
NAMES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem not in BARE)  # see test_presenter.py
pytestmark = [pytest.mark.real_data, pytest.mark.filterwarnings("default")]


def opened(name: str, **parameters: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    for key, value in parameters.items():
        app.query_params[key.rstrip("_")] = value
    if name:
        app.switch_page(f"pages/{name}.py")
    return app.run()


def text_of(app: AppTest) -> str:
    return " ".join([one.value for one in (*app.title, *app.header, *app.markdown, *app.error, *app.code)])


@pytest.mark.parametrize("name", NAMES)
def test_a_page_runs_cold_with_its_filters(name: str) -> None:
    app = opened(name, area=["Charnwood", "Melton"], from_="2024-04", grain="quarter", measure="count")
    assert not app.exception
    assert app.multiselect(key="area").value == ["Charnwood", "Melton"]
    assert app.selectbox(key="from").value == "2024-04"
    assert app.selectbox(key="grain").value == "quarter"
    assert app.selectbox(key="measure").value == "count"
    assert len(app.title) == 1


MEASURES = load_catalogue().indicators
OPENED = [
    (one.id, page) for one in MEASURES for page in ("measure", "compare", "explore") if page == "measure" or one.public
]
OF_CHECK = OPENED[::23]  # the others are opened by ./check --proofs


@pytest.mark.parametrize(
    ("id_", "page"), [pytest.param(*one, marks=() if one in OF_CHECK else pytest.mark.proof) for one in OPENED]
)
def test_every_measure_opens_alone_compared_and_explored(id_: str, page: str) -> None:
    app = opened(page, area=["Melton", "LLR"], indicator=id_, place="all districts", show="change")
    assert not app.exception
    assert len(app.title) == 1
    compared = load_catalogue().indicator(id_).native_period != "edition" or page != "compare"
    assert ("The address asks for" in text_of(app)) != compared


def test_rows_go_back_to_their_first_page_when_fewer_are_left() -> None:
    app = opened("explore", indicator="violence_sexual_offences_rate", place="all districts")
    app.number_input(key="explore-page").set_value(7).run()
    assert not app.exception
    app.selectbox(key="grain").set_value("quarter").run()
    assert not app.exception
    assert app.number_input(key="explore-page").value == 1
    app.text_input(key="explore-containing").set_value("nowhere at all").run()
    assert not app.exception and "No row answers this." in text_of(app)


def test_a_filter_reaches_every_card() -> None:
    app = opened("supporting")
    app.multiselect(key="area").set_value(["Rutland"]).run()
    assert not app.exception
    cards = [one.value for one in app.header if "homelessness" in one.value]
    assert cards and all("Rutland" in one for one in cards)


def test_the_overview_opens_with_what_it_is_how_far_it_reaches_and_what_it_is_not() -> None:
    said = text_of(opened(""))
    assert "What is known, from published figures, about the five priorities." in said
    assert "Police figures held here stop at December 2025: 24 of the strategy's 36 months." in said
    assert "Measures are proposed, not yet agreed by the partnership." in said
    assert "17 of 71 measures reach into the strategy; 7 stop before it; the other 47 are not held." in said


@pytest.mark.parametrize("content", [None, "{", '{"facts": {}, "documents": {}, "files": [], "areas": []}'])
def test_missing_or_damaged_data_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    (tmp_path / "published").mkdir()
    if content is not None:
        (tmp_path / "published" / "provenance.json").write_text(content, "utf-8")
    monkeypatch.setenv("VAWG_DATA", str(tmp_path))
    app = opened("responding")
    assert not app.exception
    assert "The figures cannot be shown" in text_of(app)
    assert "git checkout data" in text_of(app)


def test_a_table_of_sentences_becomes_a_list_on_a_phone_and_one_of_signs_or_numbers_stays_a_table() -> None:
    long = "What a change does, said in a sentence that is longer than one line of a table."
    assert 'class="figures prose"' in html_table("Changes", ("When", "What"), [("2018", long)])
    assert 'data-name="What"' in html_table("Changes", ("When", "What"), [("2018", long)])
    assert "prose" not in html_table("Years", ("Measure", "2018"), [(long, "+")])
    assert "prose" not in html_table("Figures", ("Place", "Value", "Note"), [("Melton", "1", long)], (1,))
