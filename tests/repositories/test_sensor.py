"""Sensors: required links, switching on and off, and what happens when one or what it needs is deleted."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories

UNKNOWN = 2**40


def _plain(db: Database) -> dict[str, Any]:
    """Return the required columns of a sensor, with a runtime and a trigger of its own."""
    runtime, trigger = factories.runtime(db), factories.trigger(db)
    return {
        "ref": "core.clock",
        "label": "Clock",
        "description": "Watches the time",
        "entrypoint": "clock.py",
        "runtime": runtime.id,
        "runtime_ref": runtime.ref,
        "trigger": trigger.id,
        "trigger_ref": trigger.ref,
        "enabled": True,
    }


def _full(db: Database) -> Any:
    """Add a sensor that has a value of its own in every column."""
    pack = factories.pack(db)
    return db.sensor.create(
        **_plain(db), pack=pack.id, pack_ref=pack.ref, param_schema={"type": "object"}, config={"interval": 5}
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    plain = _plain(db)
    made = db.sensor.create(**plain)
    assert made._asdict() == {
        **plain,
        "id": made.id,
        "pack": None,
        "pack_ref": None,
        "param_schema": None,
        "config": None,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.param_schema, made.config) == ({"type": "object"}, {"interval": 5})
    assert db.pack.find_by_id(id=made.pack).ref == made.pack_ref
    assert db.sensor.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "clock", "core.", "core.a.b", "Core.clock", "core.clo ck", "core.clock\n")
        ),
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in (
                "ref",
                "label",
                "description",
                "entrypoint",
                "runtime",
                "runtime_ref",
                "trigger",
                "trigger_ref",
                "enabled",
            )
        ),
        *(({name: UNKNOWN}, psycopg.errors.ForeignKeyViolation) for name in ("pack", "runtime", "trigger")),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.sensor(db, ref="core.taken")
    with pytest.raises(error):
        db.sensor.create(**{**_plain(db), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New"},
        {"description": "New"},
        {"entrypoint": "new.py"},
        {"enabled": False},
        {"param_schema": {}},
        {"param_schema": None},
        {"enabled": False, "param_schema": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.sensor.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.sensor.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    for value, is_null in ((Jsonb(None), False), (None, True)):
        db.sensor.update(id=made.id, param_schema=value)
        assert db.execute("SELECT param_schema IS NULL FROM attune.sensor WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize("column", ["label", "description", "entrypoint", "enabled"])
def test_update_refuses_null(db: Database, column: str) -> None:
    made = _full(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.sensor.update(id=made.id, **{column: None})


def test_list_by_trigger_goes_by_ref(db: Database) -> None:
    trigger = factories.trigger(db)
    for ref, enabled in (("core.b", True), ("core.a", False)):
        factories.sensor(db, ref=ref, trigger=trigger, enabled=enabled)
    factories.sensor(db, ref="core.c")
    assert _refs(db.sensor.list_by_trigger(trigger=trigger.id)) == ["core.a", "core.b"]
    assert db.sensor.list_by_trigger(trigger=UNKNOWN) == []


def test_set_enabled_and_list_enabled_by_ref(db: Database) -> None:
    made = [db.sensor.find_by_id(id=factories.sensor(db, ref=ref).id) for ref in ("core.b", "core.a", "core.c")]
    off = db.sensor.set_enabled(id=made[2].id, enabled=False)
    assert off == made[2]._replace(enabled=False, updated=off.updated)
    assert off.updated > made[2].updated
    assert _refs(db.sensor.list_enabled()) == ["core.a", "core.b"]
    assert db.sensor.set_enabled(id=off.id, enabled=True).enabled is True
    assert _refs(db.sensor.list_enabled()) == ["core.a", "core.b", "core.c"]
    assert db.sensor.set_enabled(id=UNKNOWN, enabled=True) is None


def test_delete_takes_along_its_keys_and_leaves_its_events(db: Database) -> None:
    sensor = factories.sensor(db)
    event = factories.event(db, source=sensor)
    factories.key(db, owner_type="sensor", owner_sensor=sensor)
    assert db.sensor.delete(id=sensor.id) == 1
    assert db.key.list() == []
    assert db.execute("SELECT source, source_ref FROM attune.event WHERE id = %s", event.id) == [(None, sensor.ref)]


@pytest.mark.parametrize("needed", ["pack", "runtime", "trigger"])
def test_a_sensor_goes_with_what_it_needs(db: Database, needed: str) -> None:
    made = getattr(factories, needed)(db)
    sensor = factories.sensor(db, **{needed: made})
    assert getattr(db, needed).delete(id=made.id) == 1
    assert db.sensor.find_by_id(id=sensor.id) is None
