"""Rules: links that may be missing, the rules of an event, and relinking after a pack is installed again."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40
LINKS = pytest.mark.parametrize("link", ["action", "trigger"])


def _plain(db: Database) -> dict[str, Any]:
    """Return the required columns of a rule, of a pack of its own."""
    pack = factories.pack(db)
    return {
        "ref": "core.greet",
        "pack": pack.id,
        "pack_ref": pack.ref,
        "label": "Greet",
        "description": "Says hello every hour",
        "action_ref": "core.echo",
        "trigger_ref": "core.timer",
        "enabled": True,
    }


def _full(db: Database) -> Any:
    """Add a rule that has a value of its own in every column."""
    action, trigger = factories.action(db), factories.trigger(db)
    links = {"action": action.id, "action_ref": action.ref, "trigger": trigger.id, "trigger_ref": trigger.ref}
    return db.rule.create(
        **{**_plain(db), **links},
        conditions=[{"field": "x"}],
        action_params={"message": "hello"},
        trigger_params={"interval": 5},
        is_adhoc=True,
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    plain = _plain(db)
    made = db.rule.create(**plain)
    assert made._asdict() == {
        **plain,
        "id": made.id,
        "action": None,
        "trigger": None,
        "conditions": [],
        "action_params": {},
        "trigger_params": {},
        "is_adhoc": False,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.conditions, made.is_adhoc) == ([{"field": "x"}], True)
    assert (made.action_params, made.trigger_params) == ({"message": "hello"}, {"interval": 5})
    assert db.action.find_by_id(id=made.action).ref == made.action_ref
    assert db.trigger.find_by_id(id=made.trigger).ref == made.trigger_ref
    assert db.rule.find_by_id(id=made.id) == made


def test_create_tells_null_from_a_parameter_left_out(db: Database) -> None:
    made = db.rule.create(**_plain(db), action_params=None)
    assert (made.action_params, made.trigger_params) == (None, {})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "core.taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "greet", "core.", "core.a.b", "Core.greet", "core.gre et", "core.greet\n")
        ),
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in (
                "ref",
                "pack",
                "pack_ref",
                "label",
                "description",
                "action_ref",
                "trigger_ref",
                "enabled",
                "conditions",
                "is_adhoc",
            )
        ),
        *(({name: UNKNOWN}, psycopg.errors.ForeignKeyViolation) for name in ("pack", "action", "trigger")),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.rule(db, ref="core.taken")
    with pytest.raises(error):
        db.rule.create(**{**_plain(db), **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New"},
        {"description": "New"},
        {"conditions": {"any": []}},
        {"conditions": []},
        {"action_params": {}},
        {"action_params": None},
        {"trigger_params": {"interval": 6}},
        {"trigger_params": None},
        {"enabled": False},
        {"enabled": False, "action_params": None, "trigger_params": None},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.rule.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.rule.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    for value, is_null in ((Jsonb(None), False), (None, True)):
        db.rule.update(id=made.id, action_params=value)
        assert db.execute("SELECT action_params IS NULL FROM attune.rule WHERE id = %s", made.id) == [(is_null,)]


@pytest.mark.parametrize("column", ["label", "description", "conditions", "enabled"])
def test_update_refuses_null(db: Database, column: str) -> None:
    made = _full(db)
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.rule.update(id=made.id, **{column: None})


@LINKS
def test_list_by_action_and_by_trigger_go_by_ref_with_disabled_ones(db: Database, link: str) -> None:
    target = getattr(factories, link)(db)
    for ref, enabled in (("core.b", True), ("core.a", False)):
        factories.rule(db, ref=ref, enabled=enabled, **{link: target})
    factories.rule(db, ref="core.c")
    factories.rule(db, ref="core.d", **{link: None, f"{link}_ref": target.ref})
    operation = getattr(db.rule, f"list_by_{link}")
    assert _refs(operation(**{link: target.id})) == ["core.a", "core.b"]
    assert operation(**{link: UNKNOWN}) == []


def test_list_enabled_by_trigger_goes_by_ref_without_disabled_ones(db: Database) -> None:
    trigger, quiet = factories.trigger(db), factories.trigger(db)
    for ref, enabled in (("core.c", True), ("core.b", False), ("core.a", True)):
        factories.rule(db, ref=ref, enabled=enabled, trigger=trigger)
    factories.rule(db, ref="core.d")
    factories.rule(db, ref="core.e", trigger=quiet, enabled=False)
    assert _refs(db.rule.list_enabled_by_trigger(trigger=trigger.id)) == ["core.a", "core.c"]
    assert db.rule.list_enabled_by_trigger(trigger=quiet.id) == []
    assert db.rule.list_enabled_by_trigger(trigger=UNKNOWN) == []


def test_set_enabled_and_list_enabled_by_ref(db: Database) -> None:
    made = [db.rule.find_by_id(id=factories.rule(db, ref=ref).id) for ref in ("core.b", "core.a", "core.c")]
    off = db.rule.set_enabled(id=made[2].id, enabled=False)
    assert off == made[2]._replace(enabled=False, updated=off.updated)
    assert off.updated > made[2].updated
    assert _refs(db.rule.list_enabled()) == ["core.a", "core.b"]
    assert db.rule.set_enabled(id=off.id, enabled=True).enabled is True
    assert _refs(db.rule.list_enabled()) == ["core.a", "core.b", "core.c"]
    assert db.rule.set_enabled(id=UNKNOWN, enabled=True) is None


@LINKS
def test_relink_finds_the_rules_again_that_lost_what_they_link_to(db: Database, link: str) -> None:
    target = getattr(factories, link)(db, ref="core.again")
    lost = [factories.rule(db, **{link: target}).id for _ in range(3)]
    kept = db.rule.find_by_id(id=factories.rule(db, **{link: getattr(factories, link)(db)}).id)
    assert getattr(db, link).delete(id=target.id) == 1
    missing = [db.rule.find_by_id(id=id) for id in lost]
    assert [getattr(rule, link) for rule in missing] == [None] * 3

    again = getattr(factories, link)(db, ref="core.again")
    relink = getattr(db.rule, f"relink_{link}")
    assert relink(**{f"{link}_ref": "core.other", link: again.id}) == 0
    assert relink(**{f"{link}_ref": "core.again", link: again.id}) == 3
    for before in missing:
        after = db.rule.find_by_id(id=before.id)
        assert after == before._replace(**{link: again.id, "updated": after.updated})
        assert after.updated > before.updated
    assert db.rule.find_by_id(id=kept.id) == kept
    assert relink(**{f"{link}_ref": "core.again", link: again.id}) == 0


@LINKS
def test_relink_leaves_rules_that_have_a_link(db: Database, link: str) -> None:
    linked = factories.rule(db)
    other = getattr(factories, link)(db)
    ref = getattr(linked, f"{link}_ref")
    assert getattr(db.rule, f"relink_{link}")(**{f"{link}_ref": ref, link: other.id}) == 0
    assert getattr(db.rule.find_by_id(id=linked.id), link) == getattr(linked, link)


@LINKS
def test_relink_to_what_is_not_there_is_refused(db: Database, link: str) -> None:
    factories.rule(db, **{link: None, f"{link}_ref": "core.lost"})
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        getattr(db.rule, f"relink_{link}")(**{f"{link}_ref": "core.lost", link: UNKNOWN})


def test_delete_leaves_events_and_enforcements_with_the_ref(db: Database) -> None:
    rule = factories.rule(db)
    event, enforcement = factories.event(db, rule=rule), factories.enforcement(db, rule=rule)
    assert db.rule.delete(id=rule.id) == 1
    for table, id in (("event", event.id), ("enforcement", enforcement.id)):
        assert db.execute(f"SELECT rule, rule_ref FROM attune.{table} WHERE id = %s", id) == [(None, rule.ref)]


def _unlinked_rules(dsn: str, link: str, count: int) -> int:
    """Commit rules whose link is missing and what they are to be linked to; returns its id."""
    with attune_sql.connect(dsn, autocommit=True) as conn:
        db = factories.database(conn)
        target = getattr(factories, link)(db, ref="core.again")
        other = (
            {"trigger": None, "trigger_ref": "core.t"} if link == "action" else {"action": None, "action_ref": "core.a"}
        )
        pack = factories.pack(db)
        for _ in range(count):
            factories.rule(db, pack=pack, **{**other, link: None, f"{link}_ref": "core.again"})
        return int(target.id)


@LINKS
def test_relink_by_many_at_once_links_each_rule_once(clone_dsn: str, link: str) -> None:
    target = _unlinked_rules(clone_dsn, link, 150)
    relink = getattr(attune_sql.queries.rule, f"relink_{link}")

    def work(conn: psycopg.Connection[Any], number: int) -> int:
        return int(relink(conn, **{f"{link}_ref": "core.again", link: target}))

    assert sum(at_once(clone_dsn, 16, work)) == 150


@LINKS
def test_relink_and_other_changes_at_once_do_not_lose_each_other(clone_dsn: str, link: str) -> None:
    target = _unlinked_rules(clone_dsn, link, 60)
    operations = attune_sql.queries.rule
    with attune_sql.connect(clone_dsn) as conn:
        ids = [row.id for row in operations.list(conn)]

    def work(conn: psycopg.Connection[Any], number: int) -> int:
        if number % 4 == 0:
            relink = getattr(operations, f"relink_{link}")
            return int(relink(conn, **{f"{link}_ref": "core.again", link: target}))
        for id in ids[number::16] + ids[::-7]:
            operations.update(conn, id=id, label="New")
            operations.set_enabled(conn, id=id, enabled=False)
        return 0

    assert sum(at_once(clone_dsn, 16, work)) == 60
    with attune_sql.connect(clone_dsn) as conn:
        rows = operations.list(conn)
    assert {getattr(row, link) for row in rows} == {target}
    assert {row.enabled for row in rows if row.label == "New"} == {False}
