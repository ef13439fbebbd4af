"""Artifacts: shared refs, filters and search, pages, clearing of optional columns."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def _ids(rows: list[Any]) -> list[int]:
    return [row.id for row in rows]


def test_create_takes_ref_and_type_and_defaults_the_rest(db: Database) -> None:
    made = db.artifact.create(ref="build.log", type="file_text")
    assert (made.ref, made.type) == ("build.log", "file_text")
    assert (made.scope, made.owner, made.retention_policy, made.retention_limit) == ("system", "", "versions", 1)
    assert (made.name, made.description, made.version_count) == (None, None, 0)
    assert made.created == made.updated


def test_create_keeps_every_column(db: Database) -> None:
    given = {
        "ref": "Any text at all",
        "type": "progress",
        "scope": "action",
        "owner": "core.build",
        "retention_policy": "days",
        "retention_limit": -1,
        "name": "Build log",
        "description": "What the build said",
    }
    made = db.artifact.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.artifact.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": None}, psycopg.errors.NotNullViolation),
        ({"owner": None}, psycopg.errors.NotNullViolation),
        ({"retention_limit": None}, psycopg.errors.NotNullViolation),
        ({"type": "file"}, psycopg.errors.InvalidTextRepresentation),
        ({"scope": "nobody"}, psycopg.errors.InvalidTextRepresentation),
        ({"retention_policy": "weeks"}, psycopg.errors.InvalidTextRepresentation),
        ({"retention_limit": 2**31}, psycopg.errors.NumericValueOutOfRange),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        db.artifact.create(**{"ref": "a", "type": "other", **change})


def test_find_by_ref_returns_the_newest_of_those_that_share_it(db: Database) -> None:
    oldest, newest, middle = (db.artifact.create(ref="shared", type="other") for _ in range(3))
    assert db.artifact.find_by_ref(ref="shared") == middle
    for row, hours in ((oldest, 1), (newest, 3)):
        db.execute(
            "UPDATE attune.artifact SET created = created + make_interval(hours => %s) WHERE id = %s", hours, row.id
        )
    assert db.artifact.find_by_ref(ref="shared").id == newest.id
    assert db.artifact.find_by_ref(ref="Shared") is None


def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database) -> None:
    assert db.artifact.find_by_id(id=UNKNOWN) is None
    assert db.artifact.update(id=UNKNOWN) is None
    assert db.artifact.update(id=UNKNOWN, name="new") is None
    assert db.artifact.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"description": None},
        {"ref": "new"},
        {"scope": "pack", "owner": "core"},
        {"type": "url"},
        {"retention_policy": "minutes", "retention_limit": 0},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = db.artifact.create(ref="a", type="other", name="Name", description="Text")
    after = db.artifact.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated


def test_update_with_nothing_given_writes_nothing(db: Database) -> None:
    before = db.artifact.create(ref="a", type="other")
    assert db.artifact.update(id=before.id) == before
    assert db.execute("SELECT xmax::text FROM attune.artifact WHERE id = %s", before.id) == [("0",)]


def test_update_refuses_null_in_a_column_that_must_have_a_value(db: Database) -> None:
    made = factories.artifact(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.artifact.update(id=made.id, owner=None)


def test_delete_takes_the_versions_along(db: Database) -> None:
    made = factories.artifact(db)
    version = db.artifact_version.create(artifact=made.id)
    assert db.artifact.delete(id=made.id) == 1
    assert db.artifact.delete(id=made.id) == 0
    assert db.artifact_version.find_by_id(id=version.id) is None


def test_lists_filter_and_are_newest_first(db: Database) -> None:
    system = factories.artifact(db, type="url").id
    ada, core = (factories.artifact(db, scope=scope, owner="x").id for scope in ("identity", "pack"))
    aged = factories.artifact(db, scope="pack", owner="y", retention_policy="hours").id
    assert _ids(db.artifact.list_by_scope(scope="pack")) == [aged, core]
    assert _ids(db.artifact.list_by_scope(scope="sensor")) == []
    assert _ids(db.artifact.list_by_owner(owner="x")) == [core, ada]
    assert _ids(db.artifact.list_by_owner(owner="")) == [system]
    assert _ids(db.artifact.list_by_owner(owner="X")) == []
    assert _ids(db.artifact.list_by_type(type="url")) == [system]
    assert _ids(db.artifact.list_by_type(type="file_text")) == [aged, core, ada]
    assert _ids(db.artifact.list_by_type(type="progress")) == []
    assert _ids(db.artifact.list_by_scope_and_owner(scope="pack", owner="x")) == [core]
    assert _ids(db.artifact.list_by_scope_and_owner(scope="system", owner="x")) == []
    assert _ids(db.artifact.list_by_retention_policy(retention_policy="hours")) == [aged]
    assert _ids(db.artifact.list_by_retention_policy(retention_policy="versions")) == [core, ada, system]


@pytest.mark.parametrize("operation", ["list", "search"])
def test_pages_are_newest_first_complete_and_disjoint_when_times_tie(db: Database, operation: str) -> None:
    page_of = getattr(db.artifact, operation)
    newest_first = [factories.artifact(db).id for _ in range(7)][::-1]
    page = seen = page_of(limit=3)
    while page:
        page = page_of(limit=3, after_created=page[-1].created, after_id=page[-1].id)
        seen = seen + page
    assert _ids(seen) == newest_first
    assert page_of(limit=0) == []


@pytest.mark.parametrize("operation", ["list", "search"])
def test_half_a_page_key_is_a_type_error(db: Database, operation: str) -> None:
    with pytest.raises(TypeError, match="after_created"):
        getattr(db.artifact, operation)(limit=1, after_id=1)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "dcba"),
        ({"scope": "pack"}, "dc"),
        ({"owner": "x"}, "db"),
        ({"type": "url"}, "a"),
        ({"scope": "pack", "owner": "x", "type": "other"}, "d"),
        ({"scope": "sensor"}, ""),
        ({"text": "LOG"}, "ba"),
        ({"text": "percent"}, "d"),
        ({"text": "50%"}, "d"),
        ({"text": "%"}, "d"),
        ({"text": "_"}, "c"),
        ({"text": "\\"}, "c"),
        ({"text": ""}, "dcba"),
        ({"text": "log", "scope": "identity"}, "b"),
        ({"text": None, "scope": None, "owner": None, "type": None}, "dcba"),
    ],
)
def test_search_takes_any_filters_and_literal_text(db: Database, filters: dict[str, Any], found: str) -> None:
    rows = {
        "a": {"ref": "build.log", "type": "url"},
        "b": {"ref": "b", "scope": "identity", "owner": "x", "name": "The Log"},
        "c": {"ref": "c", "scope": "pack", "owner": "y", "name": "under_score \\ back"},
        "d": {"ref": "d", "scope": "pack", "owner": "x", "type": "other", "description": "50% is a PerCent of all"},
    }
    ids = {factories.artifact(db, **columns).id: letter for letter, columns in rows.items()}
    assert "".join(ids[row.id] for row in db.artifact.search(limit=9, **filters)) == found
