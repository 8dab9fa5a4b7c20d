"""The committed data is what ingest makes of the publishers' files, to the byte, in any order."""

import random
from pathlib import Path

import pytest

from tests.conftest import DATA
from tests.tiny_files import contents
from vawg_metrics.catalogue.definitions import Catalogue
from vawg_metrics.errors import FaultsFound
from vawg_metrics.ingest import Summary, ingest
from vawg_metrics.reading import open_data

PUBLISHERS = Path(__file__).resolve().parents[3] / "shared" / "publishers"
pytestmark = pytest.mark.real_data
NOBODYS = {
    "README.md", "ew_pfa_2020.geojson", "llr_districts.geojson", "llr_districts_simplified.geojson",
    "lsoa11_to_lsoa21_llr.csv", "lsoa_to_lad_ew.csv.gz", "lsoa_to_lad_llr.csv",
}  # fmt: skip
PARTS = 4


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> tuple[Path, Summary]:
    """The whole folder of publishers' files, ingested into nothing."""
    folder = tmp_path_factory.mktemp("whole") / "published"
    return folder, ingest([PUBLISHERS], folder, catalogue)


def test_the_publishers_folder_gives_the_committed_data_byte_for_byte(whole: tuple[Path, Summary]) -> None:
    made, held = contents(whole[0]), contents(DATA / "published")
    assert set(made) == set(held)
    assert [name for name in made if made[name] != held[name]] == []


def test_every_ledger_balances_and_nothing_is_rejected(whole: tuple[Path, Summary]) -> None:
    ledgers = [intake.ledger for taken in whole[1].taken for intake in taken.intakes]
    assert all(ledger.balances and ledger.read and not ledger.rejected for ledger in ledgers)
    assert len(whole[1].taken) == 70


def test_what_is_not_used_is_what_no_measure_needs(whole: tuple[Path, Summary]) -> None:
    assert {name for name, _ in whole[1].not_used} == NOBODYS


def test_the_folders_one_after_the_other_in_another_order_give_the_same(tmp_path: Path, catalogue: Catalogue) -> None:
    folders = [path for path in PUBLISHERS.iterdir() if path.is_dir()]
    random.Random(5).shuffle(folders)
    half = len(folders) // 2
    for run in (folders[:half], folders[half:]):
        ingest(run, tmp_path / "published", catalogue)
    assert contents(tmp_path / "published") == contents(DATA / "published")


@pytest.mark.proof
@pytest.mark.parametrize("part", range(PARTS))
def test_any_file_alone_can_be_opened_or_is_refused_in_words(tmp_path: Path, catalogue: Catalogue, part: int) -> None:
    files, told = sorted(path for path in PUBLISHERS.rglob("*") if path.is_file())[part::PARTS], set()
    for number, path in enumerate(files):
        data = tmp_path / str(number)
        try:
            if ingest([path], data / "published", catalogue).manifest.facts:
                open_data(data, catalogue)
        except FaultsFound as error:
            assert "not used" in str(error), error
            told.add(path.name)
    assert told == NOBODYS & {path.name for path in files}
