"""Triggers: switching on and off, webhook keys, and what goes or stays with a deleted trigger."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40
PLAIN = {"ref": "core.timer", "label": "Timer"}
KEY = re.compile(r"wh_[a-z0-9]{32}")


def _full(db: Database) -> Any:
    """Add a trigger that has a value of its own in every column that can be given."""
    pack = factories.pack(db)
    return db.trigger.create(
        **PLAIN,
        pack=pack.id,
        pack_ref=pack.ref,
        description="Ticks",
        enabled=False,
        param_schema={"type": "object"},
        out_schema={"type": "string"},
        is_adhoc=True,
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    made = db.trigger.create(**PLAIN)
    assert made._asdict() == {
        **PLAIN,
        "id": made.id,
        "pack": None,
        "pack_ref": None,
        "description": None,
        "enabled": True,
        "param_schema": None,
        "out_schema": None,
        "webhook_enabled": False,
        "webhook_key": None,
        "webhook_config": {},
        "is_adhoc": False,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.description, made.enabled, made.is_adhoc) == ("Ticks", False, True)
    assert (made.param_schema, made.out_schema) == ({"type": "object"}, {"type": "string"})
    assert db.pack.find_by_id(id=made.pack).ref == made.pack_ref
    assert db.trigger.find_by_id(id=made.id) == made


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "timer", "core.", "core.a.b", "Core.timer", "core.ti mer", "core.timer\n")
        ),
        *(({name: None}, psycopg.errors.NotNullViolation) for name in ("ref", "label", "enabled", "is_adhoc")),
        ({"pack": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.trigger(db, ref="core.taken")
    with pytest.raises(error):
        db.trigger.create(**{**PLAIN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New"},
        {"description": "New"},
        {"description": None},
        {"enabled": True},
        {"param_schema": {}},
        {"param_schema": None},
        {"out_schema": [1]},
        {"out_schema": None},
        {"webhook_config": {"rate_limit": 5}},
        {"label": "New", "description": None, "param_schema": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.trigger.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.trigger.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    for value, is_null in ((Jsonb(None), False), (None, True)):
        db.trigger.update(id=made.id, out_schema=value)
        assert db.execute("SELECT out_schema IS NULL FROM attune.trigger WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize("column", ["label", "enabled", "webhook_config"])
def test_update_refuses_null(db: Database, column: str) -> None:
    made = _full(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.trigger.update(id=made.id, **{column: None})


def test_set_enabled_and_list_enabled_by_ref(db: Database) -> None:
    made = [db.trigger.find_by_id(id=factories.trigger(db, ref=ref).id) for ref in ("core.b", "core.a", "core.c")]
    off = db.trigger.set_enabled(id=made[2].id, enabled=False)
    assert off == made[2]._replace(enabled=False, updated=off.updated)
    assert off.updated > made[2].updated
    assert _refs(db.trigger.list_enabled()) == ["core.a", "core.b"]
    assert db.trigger.set_enabled(id=off.id, enabled=True).enabled is True
    assert _refs(db.trigger.list_enabled()) == ["core.a", "core.b", "core.c"]
    assert db.trigger.set_enabled(id=UNKNOWN, enabled=True) is None


def test_enable_webhook_draws_a_key_and_keeps_it(db: Database) -> None:
    before = db.trigger.update(id=_full(db).id, webhook_config={"rate_limit": 5})
    enabled = db.trigger.enable_webhook(id=before.id)
    assert KEY.fullmatch(enabled.webhook_key)
    assert enabled == before._replace(webhook_enabled=True, webhook_key=enabled.webhook_key, updated=enabled.updated)
    again = db.trigger.enable_webhook(id=before.id)
    assert again == enabled._replace(updated=again.updated)
    assert db.trigger.find_by_webhook_key(webhook_key=enabled.webhook_key) == again


def test_disable_webhook_forgets_the_key(db: Database) -> None:
    before = _full(db)
    key = db.trigger.enable_webhook(id=before.id).webhook_key
    disabled = db.trigger.disable_webhook(id=before.id)
    assert disabled == before._replace(updated=disabled.updated)
    assert db.trigger.find_by_webhook_key(webhook_key=key) is None
    assert db.trigger.disable_webhook(id=before.id).webhook_enabled is False
    assert db.trigger.enable_webhook(id=before.id).webhook_key not in (None, key)


def test_regenerate_webhook_key_replaces_the_key_while_webhooks_are_enabled(db: Database) -> None:
    before = _full(db)
    assert db.trigger.regenerate_webhook_key(id=before.id) is None
    assert db.trigger.find_by_id(id=before.id) == before
    enabled = db.trigger.enable_webhook(id=before.id)
    renewed = db.trigger.regenerate_webhook_key(id=before.id)
    assert KEY.fullmatch(renewed.webhook_key)
    assert renewed == enabled._replace(webhook_key=renewed.webhook_key, updated=renewed.updated)
    assert renewed.webhook_key != enabled.webhook_key
    assert db.trigger.find_by_webhook_key(webhook_key=enabled.webhook_key) is None
    assert db.trigger.find_by_webhook_key(webhook_key=renewed.webhook_key) == renewed
    db.trigger.disable_webhook(id=before.id)
    assert db.trigger.regenerate_webhook_key(id=before.id) is None


def test_every_trigger_gets_a_key_of_its_own(db: Database) -> None:
    keys = {db.trigger.enable_webhook(id=factories.trigger(db).id).webhook_key for _ in range(50)}
    assert len(keys) == 50
    # One character that never changes would tell of a poor source; the version and variant of a UUID are the two known.
    drawn = [key.removeprefix("wh_") for key in keys]
    assert sum(len({key[position] for key in drawn}) > 4 for position in range(32)) == 30


def test_webhooks_of_an_unknown_trigger_give_no_row(db: Database) -> None:
    assert db.trigger.enable_webhook(id=UNKNOWN) is None
    assert db.trigger.disable_webhook(id=UNKNOWN) is None
    assert db.trigger.regenerate_webhook_key(id=UNKNOWN) is None
    factories.trigger(db)
    assert db.trigger.find_by_webhook_key(webhook_key="wh_") is None
    assert db.trigger.find_by_webhook_key(webhook_key=None) is None


def test_delete_takes_along_sensors_and_leaves_rules_and_events_with_the_ref(db: Database) -> None:
    trigger = factories.trigger(db)
    sensor, rule = factories.sensor(db, trigger=trigger), factories.rule(db, trigger=trigger)
    event = factories.event(db, trigger=trigger)
    assert db.trigger.delete(id=trigger.id) == 1
    assert db.sensor.find_by_id(id=sensor.id) is None
    left = db.rule.find_by_id(id=rule.id)
    assert (left.trigger, left.trigger_ref) == (None, trigger.ref)
    assert db.execute("SELECT trigger, trigger_ref FROM attune.event WHERE id = %s", event.id) == [(None, trigger.ref)]


def _committed_trigger(dsn: str) -> int:
    with attune_sql.connect(dsn, autocommit=True) as conn:
        id: int = factories.trigger(factories.database(conn)).id
        return id


def test_enable_webhook_by_many_at_once_gives_all_of_them_one_key(clone_dsn: str) -> None:
    trigger = _committed_trigger(clone_dsn)

    def enable(conn: psycopg.Connection[Any], number: int) -> str:
        enabled = attune_sql.queries.trigger.enable_webhook(conn, id=trigger)
        assert enabled is not None
        assert enabled.webhook_key is not None
        return enabled.webhook_key

    [key] = set(at_once(clone_dsn, 32, enable))
    with attune_sql.connect(clone_dsn) as conn:
        found = attune_sql.queries.trigger.find_by_webhook_key(conn, webhook_key=key)
    assert found is not None
    assert found.id == trigger


def test_a_webhook_has_a_key_exactly_while_it_is_enabled_whoever_comes_last(clone_dsn: str) -> None:
    trigger, operations = _committed_trigger(clone_dsn), attune_sql.queries.trigger
    turns = [operations.enable_webhook, operations.disable_webhook, operations.regenerate_webhook_key]

    def take_turns(conn: psycopg.Connection[Any], number: int) -> list[Any]:
        return [turns[(number + turn) % 3](conn, id=trigger) for turn in range(12)]

    rows = [row for rows in at_once(clone_dsn, 16, take_turns) for row in rows]
    with attune_sql.connect(clone_dsn) as conn:
        rows.append(operations.find_by_id(conn, id=trigger))
    assert all(row is None or row.webhook_enabled == (row.webhook_key is not None) for row in rows)
