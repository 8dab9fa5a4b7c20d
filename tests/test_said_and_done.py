"""What people said and what was done: kept in one shape, without anything that could tell who said it."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from vawg_metrics.catalogue.said_and_done import Said, faults_of, read_said
from vawg_metrics.errors import FaultsFound

SOUND = (
    "## Waiting rooms should have two ways in\n\nWe did: asked every service for a second\nway in.\n\n"
    "Reviewed: May 2026\n"
)


def test_what_is_kept_in_the_project_has_its_shape() -> None:
    assert read_said(ROOT / "content" / "you_said_we_did") is not None


def test_an_entry_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Not an entry\n", "utf-8")
    (tmp_path / "one.md").write_text(SOUND, "utf-8")
    assert read_said(tmp_path) == (
        Said("Waiting rooms should have two ways in", "asked every service for a second way in.", "May 2026"),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not a heading of the second level"),
        (SOUND.replace("## ", "# "), "is not a heading of the second level"),
        (SOUND.replace("We did: ", "We "), "does not say once what was done"),
        (SOUND.replace("Reviewed: May 2026", ""), "does not say once when it was reviewed"),
        (SOUND.replace("May 2026", "last spring"), "gives no month of its review"),
        (SOUND + "\nMore.", "goes on after its review"),
        (SOUND + "\n## Another", "has more than one heading"),
        (SOUND.replace("We did", "Some background.\n\nWe did"), "has text between"),
        (SOUND.replace("every service", "jo.bloggs@example.org"), "looks like an e-mail address"),
        (SOUND.replace("every service", "0116 496 0123"), "looks like a telephone number"),
        (SOUND.replace("every service", "+44 7700 900123"), "looks like a telephone number"),
        (SOUND.replace("every service", "a house in LE1 4XX"), "looks like a postcode"),
        (SOUND.replace("every service", "Mrs Bloggs"), "looks like a name with a title"),
        (SOUND.replace("every service", "https://example.org"), "looks like a web address"),
        (SOUND.replace("every service", "<b>every</b> service"), "has a link or a tag"),
    ],
)
def test_each_fault_is_named_and_no_text_is_repeated(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "one.md").write_text(text, "utf-8")
    with pytest.raises(FaultsFound) as caught:
        read_said(tmp_path)
    assert "one.md" in str(caught.value) and problem in str(caught.value)
    for secret in ("bloggs", "Bloggs", "4XX", "900123", "496", "example.org"):
        assert secret not in str(caught.value)


def test_years_and_numbers_of_people_are_no_telephone_numbers() -> None:
    text = SOUND.replace("every service", "12 services in 2025/26, 1,204 letters and 999")
    assert not list(faults_of("one.md", text))
