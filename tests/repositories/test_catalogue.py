"""What the repositories with refs have in common: look-up and pages by ref, empty updates, a pack's re-install."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

import attune_sql
from tests.fix_repositories import Database
from tests.repositories import factories
from tests.repositories.crowd import at_once

UNKNOWN = 2**40
REPOSITORIES = ["pack", "runtime", "action", "policy", "trigger", "sensor", "rule"]
IN_A_PACK = ["runtime", "action", "trigger", "sensor", "rule"]
KEEPS_ADHOC = ["action", "trigger"]

every_repository = pytest.mark.parametrize("repository", REPOSITORIES)


def _refs(repository: str, letters: str) -> list[str]:
    """Name one ref per letter, as the repository wants them."""
    return [f"zz-{letter}" if repository == "pack" else f"core.{letter}" for letter in letters]


def _make(db: Database, repository: str, **columns: Any) -> SimpleNamespace:
    made: SimpleNamespace = getattr(factories, repository)(db, **columns)
    return made


def _found(rows: list[Any]) -> list[str]:
    return [row.ref for row in rows]


@every_repository
def test_find_and_exists_go_by_the_exact_ref(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    ref, other, upper = *_refs(repository, "ab"), _refs(repository, "a")[0].upper()
    made = _make(db, repository, ref=ref)
    row = operations.find_by_ref(ref=ref)
    assert (row.id, row.ref) == (made.id, ref)
    assert operations.find_by_id(id=made.id) == row
    assert operations.exists_by_ref(ref=ref) is True
    for missing in (other, upper, ""):
        assert operations.find_by_ref(ref=missing) is None
        assert operations.exists_by_ref(ref=missing) is False


@every_repository
def test_list_by_refs_goes_by_ref_whatever_the_order_asked(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    a, b, c, missing = _refs(repository, "abcx")
    for ref in (b, c, a):
        _make(db, repository, ref=ref)
    assert _found(operations.list_by_refs(refs=[c, a, a, missing])) == [a, c]
    assert operations.list_by_refs(refs=[missing]) == []
    assert operations.list_by_refs(refs=[]) == []


@every_repository
def test_list_goes_by_ref_in_pages(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    refs = _refs(repository, "abcde")
    for ref in reversed(refs):
        _make(db, repository, ref=ref)
    # What a rule or a sensor needs is made along with it, so only the rows of these refs are looked at.
    everything = _found(operations.list())
    assert everything == sorted(everything)
    assert [ref for ref in everything if ref in refs] == refs
    paged: list[str] = []
    for _ in everything:
        page = operations.list(limit=2, after_ref=paged[-1] if paged else None)
        assert len(page) == min(2, len(everything) - len(paged))
        paged += _found(page)
    assert paged == everything
    assert operations.list(after_ref=everything[-1]) == []
    assert operations.list(limit=0) == []


@every_repository
def test_an_unknown_id_finds_changes_and_deletes_nothing(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    assert operations.find_by_id(id=UNKNOWN) is None
    assert operations.update(id=UNKNOWN) is None
    assert operations.update(id=UNKNOWN, description="New") is None
    assert operations.delete(id=UNKNOWN) == 0


@every_repository
def test_update_without_a_change_writes_nothing_and_returns_the_row(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    before = operations.find_by_id(id=_make(db, repository).id)
    assert operations.update(id=before.id) == before
    assert operations.find_by_id(id=before.id) == before


@every_repository
def test_update_to_the_same_value_still_counts_as_a_change(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    before = operations.find_by_id(id=_make(db, repository).id)
    after = operations.update(id=before.id, description=before.description)
    assert after == before._replace(updated=after.updated)
    assert after.updated > before.updated


@every_repository
@pytest.mark.parametrize("column", ["ref", "pack", "created", "updated"])
def test_identifying_columns_cannot_be_updated(db: Database, repository: str, column: str) -> None:
    with pytest.raises(TypeError, match=f"no argument '{column}'"):
        getattr(db, repository).update(id=1, **{column: None})


@every_repository
def test_delete_removes_the_one_row(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    a, b = _refs(repository, "ab")
    made = _make(db, repository, ref=a)
    _make(db, repository, ref=b)
    assert operations.delete(id=made.id) == 1
    assert operations.find_by_id(id=made.id) is None
    assert operations.exists_by_ref(ref=b) is True
    assert operations.delete(id=made.id) == 0


@pytest.mark.parametrize("repository", IN_A_PACK)
def test_list_by_pack_goes_by_ref(db: Database, repository: str) -> None:
    operations = getattr(db, repository)
    pack, empty = factories.pack(db), factories.pack(db)
    for ref in ("core.b", "core.a"):
        _make(db, repository, ref=ref, pack=pack)
    _make(db, repository, ref="core.c", pack=factories.pack(db))
    assert _found(operations.list_by_pack(pack=pack.id)) == ["core.a", "core.b"]
    assert operations.list_by_pack(pack=empty.id) == []
    assert operations.list_by_pack(pack=UNKNOWN) == []


@pytest.mark.parametrize("repository", IN_A_PACK)
@pytest.mark.parametrize(
    ("refs", "left"),
    [
        ([], ["core.d"]),
        (["core.a", "core.c", "core.missing"], ["core.a", "core.c", "core.d"]),
        (["core.d"], ["core.d"]),
        (["core.a", "core.b", "core.c"], ["core.a", "core.b", "core.c", "core.d"]),
    ],
)
def test_delete_by_pack_excluding_leaves_the_named_refs_and_other_packs(
    db: Database, repository: str, refs: list[str], left: list[str]
) -> None:
    operations = getattr(db, repository)
    pack = factories.pack(db)
    for ref in ("core.a", "core.b", "core.c"):
        _make(db, repository, ref=ref, pack=pack)
    _make(db, repository, ref="core.d", pack=factories.pack(db))
    assert operations.delete_by_pack_excluding(pack=pack.id, refs=refs) == 4 - len(left)
    assert _found(operations.list_by_refs(refs=["core.a", "core.b", "core.c", "core.d"])) == left
    assert operations.delete_by_pack_excluding(pack=UNKNOWN, refs=[]) == 0


@pytest.mark.parametrize("repository", ["action", "trigger", "rule"])
def test_delete_by_pack_excluding_keeps_ad_hoc_actions_and_triggers_but_not_rules(
    db: Database, repository: str
) -> None:
    operations = getattr(db, repository)
    pack = factories.pack(db)
    _make(db, repository, ref="core.adhoc", pack=pack, is_adhoc=True)
    _make(db, repository, ref="core.plain", pack=pack)
    kept = repository in KEEPS_ADHOC
    assert operations.delete_by_pack_excluding(pack=pack.id, refs=[]) == (1 if kept else 2)
    assert operations.exists_by_ref(ref="core.adhoc") is kept


@pytest.mark.parametrize("repository", IN_A_PACK)
def test_delete_by_pack_excluding_by_many_at_once_deletes_each_row_once(clone_dsn: str, repository: str) -> None:
    operations = getattr(attune_sql.queries, repository)
    refs = [f"core.r{number:02}" for number in range(60)]
    with attune_sql.connect(clone_dsn, autocommit=True) as conn:
        db = factories.database(conn)
        pack = factories.pack(db)
        for ref in refs:
            _make(db, repository, ref=ref, pack=pack)

    def delete(conn: psycopg.Connection[Any], number: int) -> int:
        # Every caller wants other rows to stay, so their locks overlap without being the same.
        return int(operations.delete_by_pack_excluding(conn, pack=pack.id, refs=refs[number % 4 :: 4] + refs[:10]))

    deleted = at_once(clone_dsn, 16, delete)
    with attune_sql.connect(clone_dsn) as conn:
        assert _found(operations.list_by_refs(conn, refs=refs)) == refs[:10]
    assert sum(deleted) == 50
