"""Packs: defaults, checks of ref and version, lists by tag and search, and what goes with a deleted pack."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.fix_repositories import Database
from tests.repositories import factories

PLAIN = {"ref": "core", "label": "Core", "version": "1.0.0"}


def _full(db: Database) -> Any:
    """Add a pack that has a value of its own in every column."""
    return db.pack.create(
        **PLAIN,
        description="Basics",
        conf_schema={"type": "object"},
        config={"timeout": 5},
        meta={"author": "x"},
        tags=["a", "b"],
        runtime_deps=["core.python"],
        is_standard=True,
    )


def _refs(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


def test_create_takes_the_required_columns_and_defaults_the_rest(db: Database) -> None:
    made = db.pack.create(**PLAIN)
    assert made._asdict() == {
        **PLAIN,
        "id": made.id,
        "description": None,
        "conf_schema": {},
        "config": {},
        "meta": {},
        "tags": [],
        "runtime_deps": [],
        "is_standard": False,
        "created": made.created,
        "updated": made.created,
    }


def test_create_keeps_every_column(db: Database) -> None:
    made = _full(db)
    assert (made.description, made.conf_schema, made.config) == ("Basics", {"type": "object"}, {"timeout": 5})
    assert (made.meta, made.tags, made.runtime_deps) == ({"author": "x"}, ["a", "b"], ["core.python"])
    assert made.is_standard is True
    assert db.pack.find_by_id(id=made.id) == made


@pytest.mark.parametrize("ref", ["ab", "a1", "a-b_c", "core2"])
@pytest.mark.parametrize("version", ["0.0.1", "1.2.3-rc.1", "1.2.3+build.5", "10.20.30-a-b.1+c"])
def test_create_takes_good_refs_and_versions(db: Database, ref: str, version: str) -> None:
    made = db.pack.create(ref=ref, label="A", version=version)
    assert (made.ref, made.version) == (ref, version)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"ref": "taken"}, psycopg.errors.UniqueViolation),
        *(
            ({"ref": ref}, psycopg.errors.CheckViolation)
            for ref in ("", "a", "1ab", "_ab", "Core", "co.re", "co re", "core\n", "cöre")
        ),
        *(
            ({"version": version}, psycopg.errors.CheckViolation)
            for version in ("", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.x", "1.2.3-", "1.2.3\n", " 1.2.3")
        ),
        *(
            ({name: None}, psycopg.errors.NotNullViolation)
            for name in ("ref", "label", "version", "conf_schema", "config", "meta", "tags", "runtime_deps")
        ),
        ({"is_standard": None}, psycopg.errors.NotNullViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    factories.pack(db, ref="taken")
    with pytest.raises(error):
        db.pack.create(**{**PLAIN, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"label": "New"},
        {"description": "New"},
        {"description": None},
        {"version": "2.0.0"},
        {"conf_schema": {}},
        {"config": {"other": [1, None]}},
        {"meta": []},
        {"tags": []},
        {"tags": ["c"]},
        {"runtime_deps": []},
        {"is_standard": False},
        {"label": "New", "description": None, "config": {}},
    ],
)
def test_update_changes_what_is_given_and_keeps_the_rest(db: Database, change: dict[str, Any]) -> None:
    before = _full(db)
    after = db.pack.update(id=before.id, **change)
    assert after == before._replace(**change, updated=after.updated)
    assert after.updated > before.updated
    assert db.pack.find_by_id(id=before.id) == after


def test_update_tells_json_null_from_null(db: Database) -> None:
    made = _full(db)
    assert db.pack.update(id=made.id, meta=Jsonb(None)).meta is None
    with pytest.raises(psycopg.errors.NotNullViolation):
        db.pack.update(id=made.id, meta=None)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"label": None}, psycopg.errors.NotNullViolation),
        ({"tags": None}, psycopg.errors.NotNullViolation),
        ({"version": "2"}, psycopg.errors.CheckViolation),
    ],
)
def test_update_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    made = _full(db)
    with pytest.raises(error):
        db.pack.update(id=made.id, **change)


def test_count(db: Database) -> None:
    assert db.pack.count() == 0
    factories.pack(db)
    factories.pack(db)
    assert db.pack.count() == 2


def test_list_by_tag_wants_the_whole_tag_and_goes_by_ref(db: Database) -> None:
    for ref, tags in (("bb", ["net", "cloud"]), ("aa", ["net"]), ("cc", ["network"]), ("dd", [])):
        factories.pack(db, ref=ref, tags=tags)
    assert _refs(db.pack.list_by_tag(tag="net")) == ["aa", "bb"]
    assert db.pack.list_by_tag(tag="NET") == []
    assert db.pack.list_by_tag(tag="") == []


def test_list_standard_goes_by_ref(db: Database) -> None:
    for ref, standard in (("bb", True), ("aa", True), ("cc", False)):
        factories.pack(db, ref=ref, is_standard=standard)
    assert _refs(db.pack.list_standard()) == ["aa", "bb"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aws", ["aws", "cloud"]),
        ("AWS", ["aws", "cloud"]),
        ("ebs", ["aws"]),
        ("50%", ["misc"]),
        ("0%c", []),
        ("snake_case", ["misc"]),
        ("snake.case", []),
        ("k_l", []),
        ("\\", ["misc"]),
        ("", ["aws", "cloud", "misc"]),
        ("nothing like it", []),
    ],
)
def test_search_takes_the_text_literally_in_any_case(db: Database, text: str, found: list[str]) -> None:
    factories.pack(db, ref="misc", label="50% cheaper", description="snake_case and back\\slash")
    factories.pack(db, ref="cloud", label="Clouds", description="Uses AWS")
    factories.pack(db, ref="aws", label="S3 and EBS", description=None)
    assert _refs(db.pack.search(text=text)) == found
    assert _refs(db.pack.search(text=text, limit=1)) == found[:1]
    assert db.pack.search(text=text, limit=0) == []


def test_delete_takes_along_what_belongs_to_the_pack(db: Database) -> None:
    pack = factories.pack(db)
    runtime = factories.runtime(db, pack=pack)
    action = factories.action(db, pack=pack, runtime=runtime)
    trigger = factories.trigger(db, pack=pack)
    factories.sensor(db, pack=pack, runtime=runtime, trigger=trigger)
    factories.rule(db, pack=pack, action=action, trigger=trigger)
    factories.policy(db, pack=pack)
    factories.permission_set(db, pack=pack)
    factories.workflow_definition(db, pack=pack)
    assert db.pack.delete(id=pack.id) == 1
    for repository in (db.runtime, db.action, db.trigger, db.sensor, db.rule, db.policy, db.permission_set):
        assert repository.list() == []
    assert db.workflow_definition.list() == []


def test_delete_leaves_the_rules_of_other_packs_unlinked(db: Database) -> None:
    pack = factories.pack(db)
    linked = factories.rule(db, action=factories.action(db, pack=pack), trigger=factories.trigger(db, pack=pack))
    assert db.pack.delete(id=pack.id) == 1
    rule = db.rule.find_by_id(id=linked.id)
    assert (rule.action, rule.action_ref, rule.trigger, rule.trigger_ref) == (
        None,
        linked.action_ref,
        None,
        linked.trigger_ref,
    )


def test_a_pack_that_owns_a_key_cannot_be_deleted(db: Database) -> None:
    pack = factories.pack(db)
    factories.key(db, owner_type="pack", owner_pack=pack)
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        db.pack.delete(id=pack.id)
