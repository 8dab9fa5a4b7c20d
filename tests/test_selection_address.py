"""What an address asks for that does not exist is said, never silently changed."""

from vawg_metrics.selection import Selection


def test_what_does_not_exist_is_named() -> None:
    asked = {"area": ["Charnwood", "Narnia"], "grain": ["fortnight"], "from": ["2019-13"], "measure": ["count"]}
    selection = Selection.from_parameters(asked)
    assert selection == Selection(("Charnwood",), measure="count")
    assert selection.misread(asked) == "'Narnia', 'fortnight', '2019-13'"


def test_a_whole_address_is_taken_without_a_word() -> None:
    asked = {"area": ["Melton", "LLR"], "from": ["all"], "to": ["2025-03"], "grain": ["quarter"], "measure": ["rate"]}
    assert Selection.from_parameters(asked).misread(asked) == ""


def test_a_fifth_area_is_named() -> None:
    asked = {"area": ["LLR", "Blaby", "Melton", "Rutland", "Charnwood"]}
    assert Selection.from_parameters(asked).misread(asked) == "'Charnwood'"


def test_a_span_that_ends_before_it_begins_says_so() -> None:
    backwards = Selection(start="2025-06", end="2024-01")
    assert backwards.backwards and "ends before it begins" in backwards.words()
    assert not Selection(end="2024-01").backwards and not Selection(start="all", end="2024-01").backwards
