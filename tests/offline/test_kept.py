"""The file of descriptions: what is in it, what is not taken for one, and that it is whole at any moment."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from attune_sql.describe.description import Column, Description, Overridden, ParameterFact, PgType, Reason
from attune_sql.errors import MigrationError
from attune_sql.offline.answer import Folders, answer, can_be_kept, kept_answer
from attune_sql.offline.kept import KeptError, read
from attune_sql.offline.stored import (
    StoredColumn,
    StoredDescription,
    StoredOverridden,
    StoredParameter,
    StoredReason,
    StoredType,
)
from attune_sql.source.tree import read_file
from tests.offline.world import EVERY, Service, made, seen


@pytest.fixture
def service(tmp_path: Path, blank_dsn: str) -> Service:
    return made(tmp_path, blank_dsn)


def test_the_same_tree_makes_the_same_bytes(service: Service) -> None:
    service.answer()
    first = service.folders.kept.read_bytes()
    service.folders.kept.unlink()
    service.answer()
    assert service.folders.kept.read_bytes() == first


def test_a_diff_shows_the_column_that_changed_and_nothing_else(service: Service) -> None:
    service.answer()
    before = service.folders.kept.read_text().splitlines()
    service.migration("0002_change_it.sql", "ALTER TABLE mine.thing ALTER COLUMN code SET NOT NULL")
    service.answer()
    after = service.folders.kept.read_text().splitlines()
    changed = [line for line in after if line not in before and '"reason"' in line]
    assert changed
    assert [line for line in changed if "column mine.thing.code is NOT NULL" not in line] == []


def test_an_unchanged_tree_asks_no_server(service: Service) -> None:
    first = service.answer()

    def none() -> Any:
        raise AssertionError("a server was asked")

    again = answer(service.folders, service.operations(), none, whole=True)
    assert list(map(seen, again.described)) == list(map(seen, first.described))
    assert again.table_columns == first.table_columns


def test_an_operation_that_is_gone_is_dropped_by_a_whole_run_and_kept_by_one_of_some_files(service: Service) -> None:
    service.answer()
    (service.folders.queries / "other" / "one.sql").unlink()
    service.query("thing/codes.sql", "-- name: codes()\nSELECT thing.code AS c FROM mine.thing;\n")
    (changed,) = (each for each in service.operations() if each.full_name == "thing.codes")
    answer(service.folders, [changed], service.database, whole=False)
    kept = read(service.folders.kept)
    assert kept is not None
    assert set(kept.operations) == EVERY
    service.answer()
    assert set(read(service.folders.kept).operations) == EVERY  # type: ignore[union-attr]  # it is there
    service.query("thing/codes.sql", "-- name: codes()\nSELECT thing.code FROM mine.thing;\n")
    service.answer()
    assert set(read(service.folders.kept).operations) == EVERY - {"other.one"}  # type: ignore[union-attr]


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[str], str]:
    def edit(text: str) -> str:
        value = json.loads(text)
        change(value)
        return json.dumps(value)

    return edit


BROKEN: dict[str, tuple[Callable[[str], str], str]] = {
    "empty": (lambda _: "", "is no file of descriptions"),
    "cut off": (lambda text: text[: len(text) // 2], "is no file of descriptions"),
    "no JSON": (lambda _: "descriptions", "is no file of descriptions"),
    "a list": (lambda _: "[]", "is no file of descriptions"),
    "not UTF-8": (lambda _: "\udcff", "is no file of descriptions"),
    "of a later format": (edited(lambda value: value.update(format=2, more=1)), "has the format 2"),
    "without a format": (edited(lambda value: value.pop("format")), "is no file of descriptions"),
    "with an entry of nothing": (
        edited(lambda value: value["operations"]["thing.find"].pop("description")),
        "does not fit together",
    ),
    "without a definition": (edited(lambda value: value["definitions"].clear()), "does not fit together"),
    "without a type": (edited(lambda value: value["types"].clear()), "does not fit together"),
    "with a type of itself": (
        edited(lambda value: value["types"]["mine.state"].update(base="mine.state")),
        "does not fit together",
    ),
    "with a line that is not there": (
        edited(
            lambda value: value["operations"]["thing.find"]["description"]["cardinality_reason"].update(
                location=[99, 1, 1]
            )
        ),
        "does not fit together",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_none_is_told_and_made_anew(case: str, service: Service) -> None:
    service.answer()
    good = service.folders.kept.read_text()
    change, said = BROKEN[case]
    service.folders.kept.write_text(change(good), errors="surrogateescape")
    with pytest.raises(KeptError, match=said):
        kept_answer(service.folders, service.operations())
    found = service.answer()
    assert found.problem is not None
    assert said in found.problem.message
    assert {name for name, _ in found.anew} == EVERY
    assert service.folders.kept.read_text() == good


@pytest.mark.parametrize("field", ["engine", "postgresql"])
def test_descriptions_of_another_version_are_made_anew_without_a_word(field: str, service: Service) -> None:
    service.answer()
    good = service.folders.kept.read_text()
    other = {"engine": "0", "postgresql": 15}[field]
    service.folders.kept.write_text(edited(lambda value: value.update({field: other}))(good))
    major = json.loads(good)["postgresql"]
    found = answer(service.folders, service.operations(), service.database, whole=True, major=major)
    assert found.problem is None
    assert {name for name, _ in found.anew} == EVERY
    assert service.folders.kept.read_text() == good


def test_a_server_that_dies_half_way_leaves_the_file_as_it_was(service: Service) -> None:
    service.answer()
    before = service.folders.kept.read_bytes()
    service.query("thing/new.sql", "-- name: new()\nSELECT 1 AS one;\n")

    @contextmanager
    def dying() -> Iterator[psycopg.Connection[Any]]:
        with service.database() as conn, psycopg.connect(service.dsn) as other:
            other.execute("SELECT pg_terminate_backend(%s, 10000)", [conn.info.backend_pid])
            yield conn

    with pytest.raises(psycopg.OperationalError):
        answer(service.folders, service.operations(), dying, whole=True)
    assert service.folders.kept.read_bytes() == before
    assert [each.name for each in service.folders.kept.parent.iterdir()] == ["descriptions.json"]


def test_runs_at_the_same_time_leave_one_whole_file(service: Service) -> None:
    with ThreadPoolExecutor(4) as pool:
        for found in [pool.submit(service.answer) for _ in range(8)]:
            assert len(found.result().described) == len(EVERY)
    assert service.answer().anew == ()
    assert [each.name for each in service.folders.kept.parent.iterdir()] == ["descriptions.json"]


def test_where_nothing_can_be_written_the_answer_is_the_same(service: Service) -> None:
    # A file in the place of the folder: root may write where modes forbid it.
    service.folders.kept.parent.write_text("taken")
    found = service.answer()
    assert {name for name, _ in found.anew} == EVERY
    assert service.folders.kept.parent.read_text() == "taken"


def test_files_from_elsewhere_and_repeated_names_are_not_kept(service: Service, tmp_path: Path) -> None:
    elsewhere = tmp_path / "one.sql"
    elsewhere.write_text("-- name: one()\nSELECT 1 AS one;\n")
    assert can_be_kept(service.folders.queries, service.operations())
    assert not can_be_kept(service.folders.queries, read_file(elsewhere))
    assert not can_be_kept(service.folders.queries, service.operations() * 2)


def test_a_folder_of_migrations_that_is_not_there_is_told(service: Service, tmp_path: Path) -> None:
    with pytest.raises(MigrationError, match="cannot be read"):
        kept_answer(Folders(service.folders.queries, tmp_path / "none"), service.operations())


KEPT: tuple[tuple[type, type, frozenset[str]], ...] = (
    (Description, StoredDescription, frozenset({"operation"})),
    (Column, StoredColumn, frozenset()),
    (ParameterFact, StoredParameter, frozenset()),
    (Overridden, StoredOverridden, frozenset()),
    (Reason, StoredReason, frozenset()),
    (PgType, StoredType, frozenset({"name"})),
)


@pytest.mark.parametrize(("value", "kept", "elsewhere"), KEPT, ids=lambda each: getattr(each, "__name__", ""))
def test_every_field_of_a_description_is_kept(value: type, kept: type, elsewhere: frozenset[str]) -> None:
    assert {each.name for each in dataclasses.fields(value)} - elsewhere == set(kept.__struct_fields__)  # type: ignore[attr-defined]
