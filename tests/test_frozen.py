"""A frozen release: small, the same bytes twice, never overwritten, and read as the release that it was."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vawg_metrics.areas import HOME
from vawg_metrics.errors import FaultsFound
from vawg_metrics.figure import Figure
from vawg_metrics.frozen.freezing import freeze
from vawg_metrics.frozen.kept import (
    ABOUT,
    DEFINITIONS,
    FIGURES,
    MANIFEST,
    MOST_NAME,
    PACK,
    PANELS,
    Frozen,
    ReleaseRefused,
    frozen_in,
    frozen_named,
    slug_of,
)
from vawg_metrics.frozen.opening import open_frozen, pack_in
from vawg_metrics.reading import Reading, Release, read
from vawg_metrics.release import select_figures
from vawg_metrics.selection import ALL_YEARS, Selection
from vawg_metrics.strategy_folder import OWN
from vawg_metrics.unusual import unusual_in

pytestmark = pytest.mark.real_data
NAME, DAY = "Board September 2026", "2026-09-10"
MOST_BYTES = 1_500_000
SELECTIONS = (
    Selection(), Selection(("Charnwood", "Rutland"), ALL_YEARS, grain="native"),
    Selection(("Leicester",), "2024-04", grain="rolling12", measure="count"),
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(release: Release, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Frozen]:
    folder = tmp_path_factory.mktemp("releases")
    return folder, freeze(release, NAME, DAY, folder, OWN, b'{"parked": []}')


@pytest.fixture(scope="module")
def reopened(kept: tuple[Path, Frozen], release: Release) -> Release:
    return open_frozen(*kept, release)


@pytest.fixture
def copied(kept: tuple[Path, Frozen], tmp_path: Path) -> tuple[Path, Frozen]:
    """A copy that a test may damage."""
    shutil.copytree(kept[0], tmp_path / "releases")
    return tmp_path / "releases", kept[1]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def own_part(one: Reading) -> Reading:
    """A reading without what other councils' older figures give, which are not kept."""
    return replace(one, neighbours=None, comparators=())


def test_it_is_small_and_holds_what_it_lists(kept: tuple[Path, Frozen], release: Release) -> None:
    folder, frozen = kept
    held = bytes_of(folder / "board-september-2026")
    assert set(held) == {ABOUT, FIGURES, PANELS, DEFINITIONS, MANIFEST, PACK}
    assert {name: hashlib.sha256(held[name]).hexdigest() for name, _ in frozen.files} == dict(frozen.files)
    assert set(dict(frozen.files)) == set(held) - {ABOUT}
    assert sum(map(len, held.values())) < MOST_BYTES
    assert (frozen.name, frozen.day, frozen.edition) == (NAME, DAY, release.name)
    assert frozen_in(folder) == (frozen,) and pack_in(folder, frozen) == '{"parked": []}'


def test_the_same_release_gives_the_same_bytes(kept: tuple[Path, Frozen], release: Release, tmp_path: Path) -> None:
    again = freeze(release, NAME, DAY, tmp_path, OWN, b'{"parked": []}')
    assert again == kept[1] and bytes_of(tmp_path) == bytes_of(kept[0])


def test_a_name_is_taken_once(copied: tuple[Path, Frozen], release: Release) -> None:
    folder, frozen = copied
    before = bytes_of(folder)
    assert freeze(release, NAME, "2027-01-01", folder, OWN, b'{"parked": []}') == frozen
    with pytest.raises(ReleaseRefused, match="was frozen on 2026-09-10 with other figures"):
        freeze(release, NAME, DAY, folder, OWN, b'{"parked": [1]}')
    assert bytes_of(folder) == before
    for name in ("", "???", "x" * (MOST_NAME + 1)):
        with pytest.raises(ReleaseRefused, match="needs a name"):
            freeze(release, name, DAY, folder, OWN)
    assert bytes_of(folder) == before


@pytest.mark.parametrize(
    "selection", [SELECTIONS[0], *(pytest.param(one, marks=pytest.mark.proof) for one in SELECTIONS[1:])]
)
def test_every_reading_is_as_it_was(reopened: Release, release: Release, selection: Selection) -> None:
    for indicator in release.catalogue.indicators:
        old, new = (read(one, one.catalogue.indicator(indicator.id), selection) for one in (release, reopened))
        assert own_part(new) == own_part(old), indicator.id
        assert set(new.comparators) <= set(old.comparators)
    assert (reopened.name, reopened.frozen, reopened.demonstration) == (release.name, f"{NAME}, {DAY}", False)
    assert reopened.catalogue == release.catalogue and reopened.manifest == release.manifest


def test_every_figure_of_llr_and_of_those_beside_it_is_kept(reopened: Release, release: Release) -> None:
    def figures(one: Release) -> set[Figure]:
        return {
            figure
            for indicator in one.catalogue.indicators
            for figure in select_figures(one, indicator.id, codes, "", breakdown=True)
        }

    kinds = ("force", "region", "nation")
    codes = tuple(code for code, area in release.places.items() if area in HOME or area.kind in kinds)
    assert figures(reopened) == figures(release)
    assert unusual_in(reopened).board.believed == unusual_in(release).board.believed


def test_what_is_sealed_stays_sealed(reopened: Release) -> None:
    with pytest.raises(Exception, match=r"external|disabled"):
        reopened.warehouse.rows("select * from read_csv('/etc/hostname')")


@pytest.mark.parametrize("name", [FIGURES, PANELS, DEFINITIONS, MANIFEST, PACK])
@pytest.mark.parametrize("damage", ["removed", "altered"])
def test_damage_is_said_with_its_file(copied: tuple[Path, Frozen], release: Release, name: str, damage: str) -> None:
    folder, frozen = copied
    path = folder / frozen.slug / name
    path.unlink() if damage == "removed" else path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ReleaseRefused, match=f"{name} is missing or not as it was frozen. Restore data/releases"):
        open_frozen(folder, frozen, release)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"day": 1, "name": 2, "edition": 3, "files": 4}'])
def test_a_damaged_document_is_said(copied: tuple[Path, Frozen], content: str) -> None:
    folder, frozen = copied
    (folder / frozen.slug / ABOUT).write_text(content, "utf-8")
    with pytest.raises(ReleaseRefused, match="cannot be read"):
        frozen_in(folder)


@pytest.mark.parametrize("name", ["../outside.toml", "/etc/strategy.toml", "indicators/evil.py"])
def test_definitions_stay_inside(copied: tuple[Path, Frozen], release: Release, name: str) -> None:
    def evil(whole: zipfile.ZipFile) -> None:
        whole.writestr(name, "x = 1")

    _refused(copied, release, evil, "hold a strange file")


def test_definitions_are_not_unpacked_without_end(copied: tuple[Path, Frozen], release: Release) -> None:
    def large(whole: zipfile.ZipFile) -> None:
        whole.writestr("large.toml", b"#" * 5_000_001, zipfile.ZIP_DEFLATED)

    _refused(copied, release, large, "are too large")


def _refused(copied: tuple[Path, Frozen], release: Release, put: Callable[[zipfile.ZipFile], None], why: str) -> None:
    """A frozen release whose ZIP holds something more, its fingerprints mended, is refused."""
    folder, frozen = copied
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as whole:
        put(whole)
    (folder / frozen.slug / DEFINITIONS).write_bytes(content.getvalue())
    mended = dict(frozen.files) | {DEFINITIONS: hashlib.sha256(content.getvalue()).hexdigest()}
    with pytest.raises(ReleaseRefused, match=why):
        open_frozen(folder, replace(frozen, files=tuple(sorted(mended.items()))), release)


def test_figures_that_are_none_are_refused(copied: tuple[Path, Frozen], release: Release) -> None:
    folder, frozen = copied
    (folder / frozen.slug / FIGURES).write_bytes(b"no parquet")
    mended = dict(frozen.files) | {FIGURES: hashlib.sha256(b"no parquet").hexdigest()}
    with pytest.raises(FaultsFound, match="a row is refused"):
        open_frozen(folder, replace(frozen, files=tuple(sorted(mended.items()))), release)


def test_releases_are_in_order_and_found_by_the_start_of_a_name(tmp_path: Path) -> None:
    made = [Frozen("2026-09-10", "Board September 2026", "a"), Frozen("2026-06-11", "Board June 2026", "b"),
            Frozen("2026-12-10", "Board September 2026, second", "c")]  # fmt: skip
    for one in made:
        (tmp_path / one.slug).mkdir()
        (tmp_path / one.slug / ABOUT).write_text(one.text(), "utf-8")
    assert [one.edition for one in frozen_in(tmp_path)] == ["b", "a", "c"]
    for words in ("Board June 2026", "board-june-2026", "board jun", "BOARD JU"):
        assert frozen_named(tmp_path, words).edition == "b"
    assert frozen_named(tmp_path, "Board September 2026").edition == "a"  # the whole name before the start of another
    for words in ("board", "Board September", "", "?", "x" * 500):
        with pytest.raises(ReleaseRefused, match="Frozen releases: Board June 2026; Board September 2026; "):
            frozen_named(tmp_path, words)
    with pytest.raises(ReleaseRefused, match="none is frozen yet"):
        frozen_named(tmp_path / "nowhere", "board")
    assert json.loads(made[0].text())["name"] == made[0].name


def test_names_become_folders() -> None:
    assert slug_of("Board September 2026") == "board-september-2026"
    assert slug_of("  Conseil d'été / 2026  ") == "conseil-d-ete-2026"
    assert slug_of("../../etc") == "etc" and slug_of("…") == ""
    assert len(slug_of("word " * 40)) <= MOST_NAME
