"""The text of the files, from made-up descriptions. After a wanted change: python -m tests.generate.test_files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from attune_sql.errors import AttuneSqlError, RowShapeError
from attune_sql.generate.files import files
from attune_sql.generate.layout import docstring
from attune_sql.generate.names import camel, enum_name
from attune_sql.generate.shapes import shapes
from tests.generate.made_up import BIGINT, BOOKINGS, JSONB, STATE, computed, described, stored

GOLDEN = Path(__file__).parent / "golden"
MADE = files(BOOKINGS, "tests.generate.models")


@pytest.mark.parametrize("name", MADE)
def test_the_text_is_the_golden_one(name: str) -> None:
    assert MADE[name] == (GOLDEN / name).read_text()


def test_the_text_does_not_depend_on_the_order_of_the_operations() -> None:
    shuffled = random.Random(1).sample(BOOKINGS, len(BOOKINGS))
    assert files(shuffled, "tests.generate.models") == MADE


def test_without_operations_the_files_are_empty_but_whole() -> None:
    made = files([])
    assert "ROWS: dict[tuple[str, tuple[str, ...]], type[tuple[Any, ...]]] = {}" in made["rows.py"]
    assert "class Queries:" in made["sync.pyi"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("attune.execution_status_enum", "ExecutionStatus"),
        ("attune.enum", "Enum"),
        ('attune."my mood"', "MyMood"),
        ('"odd.schema".mood_type', "Mood"),
        ('attune."2fa"', "Type2fa"),
    ],
)
def test_an_enum_is_named_after_its_type(name: str, expected: str) -> None:
    assert enum_name(name) == expected


def test_a_name_is_in_camel_case() -> None:
    assert camel("work_queue", "list_by_ref", "Row") == "WorkQueueListByRefRow"


def test_names_that_meet_are_told_apart() -> None:
    one = (stored("id", BIGINT), stored("state", STATE))
    same = [
        described("-- name: find()^\nSELECT 1", {}, one, "one", *namespace)
        for namespace in (("a", "booking"), ("b", "booking"), ("booking_state",))
    ]
    own = (computed("id", BIGINT),)
    same.append(described("-- name: get()^\nSELECT 1", {}, own, "one", "none"))
    made = shapes(same)
    assert [each.name for each in made.rows.values()] == ["Booking", "BBooking", "BookingStateFindRow", "NoneGetRow"]
    assert made.enums == {"attune.booking_state_enum": ("BookingState", STATE.labels)}


def test_operations_that_disagree_share_a_row_that_is_true_of_both() -> None:
    first = described("-- name: one()^\nSELECT 1", {}, (computed("x", BIGINT, nullable=False),), "one", "a")
    second = described("-- name: two()^\nSELECT 1", {}, (computed("x", STATE),), "one", "a")
    assert "\n    x: int | BookingState | None\n" in files([first, second])["rows.py"]


@pytest.mark.parametrize("names", [("class",), ("?column?",), ("x", "x"), ("_x",)])
def test_a_column_that_cannot_be_a_field_is_refused_with_its_place(names: tuple[str, ...]) -> None:
    columns = tuple(computed(name, BIGINT) for name in names)
    with pytest.raises(RowShapeError, match=r"queries/made_up\.sql:1:1: error\[row-shape\]: a\.one"):
        files([described("-- name: one()^\nSELECT 1", {}, columns, "one", "a")])


def test_a_bare_type_without_a_module_is_refused_with_its_place() -> None:
    with pytest.raises(
        AttuneSqlError, match=r"queries/made_up\.sql:4:1: error\[json-type\]: booking\.create"
    ) as caught:
        files(BOOKINGS)
    assert caught.value.help is not None
    assert "json_types" in caught.value.help


@pytest.mark.parametrize(
    ("second", "expected"), [("", "m.Note | None"), ("\n-- @json x: m.Other", "m.Note | m.Other | None")]
)
def test_a_tag_holds_for_all_that_share_the_row(second: str, expected: str) -> None:
    one = described("-- name: one()^\n-- @json x: m.Note\nSELECT 1", {}, (computed("x", JSONB),), "one", "a")
    two = described(f"-- name: two()^{second}\nSELECT 1", {}, (computed("x", JSONB),), "one", "a")
    text = files([one, two])["rows.py"]
    assert f"\n    x: {expected}\n" in text
    assert "\n\nimport m\n\n" in text


def test_a_module_whose_name_means_something_else_is_imported_under_another_name() -> None:
    tagged = described("-- name: one()^\n-- @json m: m.n.Note\nSELECT 1", {}, (computed("m", JSONB),), "one", "a")
    text = files([tagged])["rows.py"]
    assert "\nimport m.n as _m_n\n" in text
    assert "\n    m: _m_n.Note | None\n" in text


def test_a_long_sentence_is_wrapped() -> None:
    lines = docstring("word " * 60)
    assert len(lines) > 2
    assert all(len(line) <= 120 for line in lines)


if __name__ == "__main__":
    for name, text in MADE.items():
        (GOLDEN / name).write_text(text)
