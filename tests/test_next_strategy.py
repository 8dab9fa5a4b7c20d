"""Another strategy by configuration alone: other priorities and places, measures carried over and one that ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DATA, ROOT
from vawg_metrics.areas import read_places
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.errors import FaultsFound

NEXT = ROOT / "tests" / "next_strategy"


def run(code: str, folder: Path = NEXT) -> dict[str, object]:
    """What a process that watches the strategy of a folder prints as JSON."""
    told = os.environ | {"VAWG_STRATEGY": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=told, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


READ = """
import json
from pathlib import Path
from vawg_metrics.catalogue.load import load_catalogue
from vawg_metrics.narrative import heading
from vawg_metrics.reading import open_data, read
from vawg_metrics.selection import Selection
release = open_data(Path("data"), load_catalogue())
offences = release.catalogue.indicator("sexual_offences_rate")
def of(*places):
    return read(release, offences, Selection(places))
catalogue = release.catalogue
print(json.dumps({
    "priorities": [one.id for one in catalogue.strategy.priorities],
    "measures": {one.id: [one.priority, one.retired] for one in catalogue.indicators},
    "on_sector": [one.id for one in catalogue.on_page("sector")],
    "heading": heading(of("LLR")),
    "melton": of("Melton").headline.compared.label,
    "unanswered": of("South Leicestershire").unanswered,
}))
"""


@pytest.mark.real_data
def test_it_loads_with_its_priorities_places_and_measures_and_reads_the_same_data() -> None:
    found = run(READ)
    assert found["priorities"] == ["safety", "sector"]
    measures = found["measures"]
    assert isinstance(measures, dict) and len(measures) == 6
    assert measures["sexual_offences_rate"] == ["safety", ""]
    assert measures["domestic_abuse_homelessness_victims_rate"] == ["sector", "2028-03"]
    assert "domestic_abuse_homelessness_victims_rate" not in found["on_sector"]  # type: ignore[operator]
    assert found["heading"] == (
        "Sexual offences recorded (all victims, both sexes): 3.3 per 1,000 residents (3,843), LLR, year to June 2025"
    ), "LLR is the sum of the places that existed"
    assert found["melton"] == "similar", "compared with the places that existed"
    assert "South Leicestershire exists from April 2028." in found["unanswered"]  # type: ignore[operator]


SUMMED = """
import json
from vawg_metrics.areas import DISTRICTS, LLR
from vawg_metrics.publication.existing import months_of
from vawg_metrics.periods import month_number
after = month_number("2028-06")
spans = [(one.name, *months_of(one.code)) for one in DISTRICTS]
print(json.dumps({"places": [name for name, first, last in spans if first <= after <= last]}))
"""


def test_from_april_2028_the_new_councils_stand_in_the_place_of_the_old() -> None:
    assert run(SUMMED)["places"] == ["Leicester", "North Leicestershire and Rutland", "South Leicestershire"]


PAGE = """
import json
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=180)
app.run()
texts = [one.value for one in app.title] + [one.value for one in app.markdown]
print(json.dumps({"texts": texts, "broken": len(app.exception)}))
"""


@pytest.mark.proof
@pytest.mark.real_data
def test_the_dashboard_opens_on_it_and_without_the_switch_on_the_old_one() -> None:
    found = run(PAGE)
    texts = " ".join(found["texts"])  # type: ignore[arg-type]
    assert found["broken"] == 0 and "made-up strategy for 2028" in texts and "the two priorities" in texts
    old = " ".join(run(PAGE, ROOT / "vawg_metrics" / "catalogue")["texts"])  # type: ignore[arg-type]
    assert "the LLR strategy on violence against women and girls" in old and "the five priorities" in old


def test_every_fault_of_a_carried_measure_is_named_at_once(tmp_path: Path) -> None:
    shutil.copytree(NEXT, tmp_path / "next")
    (tmp_path / "next" / "carried.toml").write_text(
        '[[measure]]\nid = "no_such"\n[[measure]]\nid = "../strategy"\n'
        '[[measure]]\nid = "sexual_offences_rate"\npriority = "elsewhere"\n'
        '[[measure]]\nid = "marac_cases_rate"\npriority = "safety"\nunit = "percent"\n',
        "utf-8",
    )
    with pytest.raises(FaultsFound) as raised:
        load_catalogue(tmp_path / "next")
    said = str(raised.value)
    for words in ("'no_such' is no measure", "'../strategy' is no measure", "'elsewhere' is no priority",
                  "unit cannot be said anew"):  # fmt: skip
        assert words in said


def test_every_fault_of_the_places_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "areas.toml").write_text(
        '[[area]]\ncode = "A"\nname = "One"\nkind = "district"\nvalid_from = "2028"\n'
        '[[area]]\ncode = "A"\nname = ""\nkind = "town"\nin_county = true\nmayor = "x"\n',
        "utf-8",
    )
    with pytest.raises(FaultsFound) as raised:
        read_places(tmp_path)
    said = str(raised.value)
    for words in ("valid_from is no month", "Its kind is none", "It has no name", "'mayor' means nothing", "code 'A'",
                  "0 areas of kind llr", "0 areas of kind unplaced", "there is none"):  # fmt: skip
        assert words in said


def test_a_folder_without_a_strategy_is_refused_in_words() -> None:
    told = os.environ | {"VAWG_STRATEGY": str(DATA)}
    done = subprocess.run(
        [sys.executable, "-m", "vawg_metrics", "check"], cwd=ROOT, env=told, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0 and "holds no strategy.toml" in done.stderr
