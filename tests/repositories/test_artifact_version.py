"""Artifact versions: numbers without gap or race, content only where one version is asked for, and retention."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once, impatient

UNKNOWN = 2**40
INT_MAX = 2**31 - 1


def _versions(db: Database, artifact: int) -> list[int]:
    """Return the version numbers that are there, oldest first."""
    return [row.version for row in db.artifact_version.list_by_artifact(artifact=artifact)][::-1]


def _age(db: Database, artifact: int, version: int, seconds: float) -> None:
    db.execute(
        "UPDATE attune.artifact_version SET created = now() - make_interval(secs => %s)"
        " WHERE artifact = %s AND version = %s",
        seconds,
        artifact,
        version,
    )


def test_create_numbers_the_versions_of_each_artifact_from_one(db: Database) -> None:
    first, second = factories.artifact(db).id, factories.artifact(db).id
    numbers = [db.artifact_version.create(artifact=each).version for each in (first, first, second, first)]
    assert numbers == [1, 2, 1, 3]


def test_create_keeps_every_column(db: Database) -> None:
    given = {
        "artifact": factories.artifact(db).id,
        "content_type": "text/plain",
        "size_bytes": 2**33,
        "content": bytes(range(256)),
        "meta": {"lines": [1, None]},
    }
    made = db.artifact_version.create(**given)
    assert {name: getattr(made, name) for name in given} == given
    assert db.artifact_version.find_by_id(id=made.id) == made


def test_create_leaves_optional_columns_empty(db: Database) -> None:
    made = db.artifact_version.create(artifact=factories.artifact(db).id)
    assert (made.content_type, made.size_bytes, made.content, made.meta) == (None, None, None, None)


def test_create_counts_as_a_change_of_the_artifact(db: Database) -> None:
    before = db.artifact.create(ref="a", type="other")
    db.artifact_version.create(artifact=before.id)
    after = db.artifact.find_by_id(id=before.id)
    assert after == before._replace(version_count=1, updated=after.updated)
    assert after.updated > before.updated


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"artifact": UNKNOWN}, psycopg.errors.ForeignKeyViolation),
        ({"artifact": None}, psycopg.errors.NotNullViolation),
        ({"size_bytes": -1}, psycopg.errors.CheckViolation),
    ],
)
def test_create_refuses(db: Database, change: dict[str, Any], error: type[psycopg.Error]) -> None:
    with pytest.raises(error):
        db.artifact_version.create(**{"artifact": factories.artifact(db).id, **change})


def test_create_deletes_nothing_whatever_the_artifact_keeps(db: Database) -> None:
    artifact = factories.artifact(db, retention_policy="versions", retention_limit=1).id
    for _ in range(3):
        db.artifact_version.create(artifact=artifact)
    assert _versions(db, artifact) == [1, 2, 3]


def test_numbers_go_on_after_a_rollback_and_are_not_used_again_after_a_delete(db: Database) -> None:
    artifact = factories.artifact(db).id
    db.artifact_version.create(artifact=artifact)
    db.execute("SAVEPOINT before")
    assert db.artifact_version.create(artifact=artifact).version == 2
    db.execute("ROLLBACK TO SAVEPOINT before")
    second = db.artifact_version.create(artifact=artifact)
    assert second.version == 2
    assert db.artifact_version.delete(id=second.id) == 1
    assert db.artifact_version.create(artifact=artifact).version == 3


def test_find_latest_and_by_version_return_the_content(db: Database) -> None:
    artifact = factories.artifact(db).id
    first, second = (db.artifact_version.create(artifact=artifact, content=content) for content in (b"1", b""))
    assert (first.content, second.content) == (b"1", b"")
    assert db.artifact_version.find_latest(artifact=artifact) == second
    assert db.artifact_version.find_by_version(artifact=artifact, version=1) == first
    assert db.artifact_version.find_by_version(artifact=artifact, version=3) is None
    assert db.artifact_version.find_latest(artifact=UNKNOWN) is None
    assert db.artifact_version.find_by_version(artifact=UNKNOWN, version=1) is None


def test_list_by_artifact_is_newest_first_without_content(db: Database) -> None:
    artifact = factories.artifact(db).id
    made = [db.artifact_version.create(artifact=artifact, content=b"x", meta=[number]) for number in range(11)]
    rows = db.artifact_version.list_by_artifact(artifact=artifact)
    assert [row._asdict() for row in rows] == [
        {name: value for name, value in each._asdict().items() if name != "content"} for each in reversed(made)
    ]
    assert db.artifact_version.list_by_artifact(artifact=UNKNOWN) == []


def test_an_unknown_id_finds_and_deletes_nothing(db: Database) -> None:
    assert db.artifact_version.find_by_id(id=UNKNOWN) is None
    assert db.artifact_version.delete(id=UNKNOWN) == 0


@pytest.mark.parametrize(
    ("limit", "kept"), [(1, [5]), (3, [3, 4, 5]), (5, [1, 2, 3, 4, 5]), (INT_MAX, [1, 2, 3, 4, 5])]
)
def test_delete_expired_keeps_the_newest_versions(db: Database, limit: int, kept: list[int]) -> None:
    artifact = factories.artifact(db, retention_policy="versions", retention_limit=limit).id
    for _ in range(5):
        db.artifact_version.create(artifact=artifact)
    assert db.artifact_version.delete_expired(limit=9) == 5 - len(kept)
    assert _versions(db, artifact) == kept
    assert db.artifact_version.delete_expired(limit=9) == 0


def test_delete_expired_counts_versions_and_not_numbers(db: Database) -> None:
    artifact = factories.artifact(db, retention_policy="versions", retention_limit=2).id
    made = [db.artifact_version.create(artifact=artifact) for _ in range(4)]
    db.artifact_version.delete(id=made[2].id)
    assert db.artifact_version.delete_expired(limit=9) == 1
    assert _versions(db, artifact) == [2, 4]


@pytest.mark.parametrize(("policy", "unit"), [("minutes", 60), ("hours", 3600), ("days", 86400)])
def test_delete_expired_keeps_what_is_young_enough(db: Database, policy: str, unit: int) -> None:
    artifact = factories.artifact(db, retention_policy=policy, retention_limit=2).id
    for version, age in enumerate((3 * unit, 2 * unit + 30, 2 * unit - 30, 0), start=1):
        db.artifact_version.create(artifact=artifact)
        _age(db, artifact, version, age)
    assert db.artifact_version.delete_expired(limit=9) == 2
    assert _versions(db, artifact) == [3, 4]


@pytest.mark.parametrize("policy", ["versions", "minutes", "hours", "days"])
@pytest.mark.parametrize("limit", [0, -1, INT_MAX])
def test_delete_expired_keeps_all_without_a_real_limit(db: Database, policy: str, limit: int) -> None:
    artifact = factories.artifact(db, retention_policy=policy, retention_limit=limit).id
    for version in (1, 2):
        db.artifact_version.create(artifact=artifact)
        _age(db, artifact, version, 10**9)
    assert db.artifact_version.delete_expired(limit=9) == 0
    assert _versions(db, artifact) == [1, 2]


def test_delete_expired_takes_at_most_limit_the_oldest_of_all_artifacts_first(db: Database) -> None:
    first, second = (factories.artifact(db, retention_policy="hours", retention_limit=1).id for _ in range(2))
    for artifact, version, age in ((first, 1, 9000), (first, 2, 5000), (second, 1, 7000), (second, 2, 0)):
        db.artifact_version.create(artifact=artifact)
        _age(db, artifact, version, age)
    assert db.artifact_version.delete_expired(limit=0) == 0
    assert db.artifact_version.delete_expired(limit=-1) == 0
    assert db.artifact_version.delete_expired(limit=2) == 2
    assert (_versions(db, first), _versions(db, second)) == ([2], [2])
    assert db.artifact_version.delete_expired(limit=2) == 1
    assert (_versions(db, first), _versions(db, second)) == ([], [2])


def test_create_by_many_at_once_gives_every_number_once_without_gap(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        artifact = factories.artifact(factories.database(conn)).id
    create = attune_sql.queries.artifact_version.create

    def make(conn: psycopg.Connection[Any], number: int) -> list[int]:
        kept = []
        for turn in range(6):
            version = create(conn, artifact=artifact, meta=[number, turn]).version
            if (number + turn) % 3:
                conn.commit()
                kept.append(version)
            else:
                conn.rollback()
        return kept

    kept = [version for each in at_once(clone_dsn, 24, make, autocommit=False) for version in each]
    assert sorted(kept) == list(range(1, 24 * 4 + 1))
    with attune_sql.connect(clone_dsn) as conn:
        rows = attune_sql.queries.artifact_version.list_by_artifact(conn, artifact=artifact)
        assert [row.version for row in rows] == sorted(kept, reverse=True)
        assert create(conn, artifact=artifact).version == len(kept) + 1


def test_create_of_different_artifacts_does_not_wait(clone_dsn: str) -> None:
    create = attune_sql.queries.artifact_version.create
    with impatient(clone_dsn, autocommit=False) as waiting, impatient(clone_dsn) as other:
        db = factories.database(other)
        first, second = factories.artifact(db).id, factories.artifact(db).id
        assert create(waiting, artifact=first).version == 1
        assert create(other, artifact=second).version == 1


def test_delete_expired_by_many_at_once_counts_each_once(clone_dsn: str) -> None:
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        db = factories.database(conn)
        artifacts = [factories.artifact(db, retention_policy="versions", retention_limit=2).id for _ in range(4)]
        for artifact in artifacts * 22:
            db.artifact_version.create(artifact=artifact)

    def purge(conn: psycopg.Connection[Any], number: int) -> int:
        deleted = 0
        while count := attune_sql.queries.artifact_version.delete_expired(conn, limit=3):
            deleted += count
        return deleted

    assert sum(at_once(clone_dsn, 12, purge)) == 80
    with attune_sql.connect(clone_dsn) as conn:
        for artifact in artifacts:
            assert _versions(factories.database(conn), artifact) == [21, 22]


def test_delete_expired_passes_over_what_another_caller_holds(clone_dsn: str) -> None:
    versions = attune_sql.queries.artifact_version
    with impatient(clone_dsn, autocommit=False) as first, impatient(clone_dsn) as second:
        artifact = factories.artifact(factories.database(second), retention_policy="versions", retention_limit=1).id
        made = [versions.create(second, artifact=artifact).id for _ in range(4)]
        assert versions.delete(first, id=made[0]) == 1
        assert versions.delete_expired(second, limit=9) == 2
        first.rollback()
        assert versions.delete_expired(second, limit=9) == 1
