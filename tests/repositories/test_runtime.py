"""Runtimes: both forms of ref, look-up by name, and what uses of a runtime do when it goes."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40
PLAIN = {"ref": "core.python", "name": "Python", "distributions": {"linux": ["3.11"]}}


def _full(db: Database) -> Any:
    """Add a runtime that has a value of its own in every column."""
    pack = factories.pack(db)
    return db.runtime.create(
        **PLAIN, pack=pack.id, pack_ref=pack.ref, description="Runs Python", installation={"method": "apt"}
    )


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    made = db.runtime.create(**PLAIN)
    assert made._asdict() == {
        **PLAIN,
        "id": made.id,
        "pack": None,
        "pack_ref": None,
        "description": None,
        "installation": None,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.description, made.installation) == ("Runs Python", {"method": "apt"})
    assert db.pack.find_by_id(id=made.pack).ref == made.pack_ref
    assert db.runtime.find_by_id(id=made.id) == made


@pytest.mark.parametrize("ref", ["core.python", "core.action.python", "core.sensor.python", "a-b.c_1"])
def test_create_takes_both_forms_of_ref(db: Database, ref: str) -> None:
    assert db.runtime.create(**{**PLAIN, "ref": ref}).ref == ref


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "python", "core.", ".python", "Core.python", "a.b.c.d", "core.py thon", "core.python\n")
        ),
        *(({name: None}, psycopg.errors.NotNullViolation) for name in ("ref", "name", "distributions")),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.runtime(db, ref="core.taken")
    with pytest.raises(error):
        db.runtime.create(**{**PLAIN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"description": "New"},
        {"description": None},
        {"name": "New"},
        {"distributions": []},
        {"installation": {"method": "pip"}},
        {"installation": None},
        {"name": "New", "installation": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.runtime.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.runtime.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    for value, is_null in ((Jsonb(None), False), (None, True)):
        db.runtime.update(id=made.id, installation=value)
        assert db.execute("SELECT installation IS NULL FROM attune.runtime WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize("column", ["name", "distributions"])
def test_update_refuses_null(db: Database, column: str) -> None:
    made = _full(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.runtime.update(id=made.id, **{column: None})


@pytest.mark.parametrize(
    ("name", "found"), [("python", "core.a"), ("PYTHON", "core.a"), ("Pyth", None), ("p_thon", None), ("", None)]
)
def test_find_by_name_takes_any_case_and_the_first_by_ref(db: Database, name: str, found: str | None) -> None:
    for ref, label in (("core.b", "Python"), ("core.a", "python"), ("core.c", "Shell")):
        factories.runtime(db, ref=ref, name=label)
    row = db.runtime.find_by_name(name=name)
    assert (row.ref if row else None) == found


def test_delete_takes_along_its_sensors_and_leaves_its_workers(db: Database) -> None:
    runtime = factories.runtime(db)
    sensor, worker = factories.sensor(db, runtime=runtime), factories.worker(db, runtime=runtime)
    assert db.runtime.delete(id=runtime.id) == 1
    assert db.sensor.find_by_id(id=sensor.id) is None
    assert db.worker.find_by_id(id=worker.id).runtime is None


@pytest.mark.parametrize("operation", ["delete", "delete_by_pack_excluding"])
def test_a_runtime_that_an_action_needs_cannot_be_deleted(db: Database, operation: str) -> None:
    pack = factories.pack(db)
    runtime = factories.runtime(db, pack=pack)
    factories.action(db, runtime=runtime)
    arguments = {"id": runtime.id} if operation == "delete" else {"pack": pack.id, "refs": []}
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        getattr(db.runtime, operation)(**arguments)
