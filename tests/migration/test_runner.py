"""The runner on a real database: what it does, and what it refuses with which words."""

from __future__ import annotations

import pytest

from attune_sql.migration.ledger import Applied
from attune_sql.migration.runner import migrate, status
from tests.migration.conftest import CREATE_PACK, LEDGER, Ask, Write, refused

THREE = {
    **CREATE_PACK,
    "0002_add_pack_ref.sql": "ALTER TABLE attune.pack ADD COLUMN ref text;\nINSERT INTO attune.pack (id) VALUES (1);",
    "0003_index_pack_ref.sql": "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_ref ON attune.pack (ref);\n",
}


def test_every_migration_runs_once_in_order_and_is_recorded(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(THREE)
    seen: list[Applied] = []
    ran = migrate(empty_dsn, folder, on_applied=seen.append)
    assert [migration.label for migration in ran] == [
        "0001_create_pack",
        "0002_add_pack_ref",
        "0003_index_pack_ref",
    ]
    assert [row.label for row in seen] == [migration.label for migration in ran]
    assert [(row.duration_ms is not None, row.applied_at.tzinfo is not None) for row in seen] == [(True, True)] * 3
    user = ask("SELECT session_user")[0][0]
    assert ask(LEDGER) == [(m.version, m.name, m.checksum, "done", True, user) for m in ran]
    assert migrate(empty_dsn, folder) == []
    assert len(ask("SELECT 1 FROM attune.pack")) == 1


def test_the_ledger_explains_itself(empty_dsn: str, write: Write, ask: Ask) -> None:
    migrate(empty_dsn, write(CREATE_PACK))
    assert ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = 'attune.schema_migration'::regclass AND attnum > 0"
        " AND col_description(attrelid, attnum) IS NULL"
    ) == []  # fmt: skip
    assert ask("SELECT obj_description('attune.schema_migration'::regclass) IS NULL") == [(False,)]


def test_a_schema_that_is_there_already_is_used(empty_dsn: str, write: Write, ask: Ask) -> None:
    ask("CREATE SCHEMA attune")
    folder = write({"0001_create_schema.sql": "CREATE SCHEMA IF NOT EXISTS attune;"})
    assert len(migrate(empty_dsn, folder)) == 1


def test_settings_and_roles_of_one_file_do_not_reach_the_next(empty_dsn: str, write: Write, ask: Ask) -> None:
    setting = "current_setting('search_path') || current_setting('standard_conforming_strings') || current_user"
    ask("CREATE TABLE public.seen (settings text); GRANT ALL ON public.seen TO public")
    note = f"INSERT INTO public.seen SELECT {setting};"
    migrate(
        empty_dsn,
        write(
            {
                "0001_set_all.sql": f"{note} SET search_path = public; SET ROLE pg_monitor;"
                " SET standard_conforming_strings = off;",
                "0002_see_all.sql": note,
                "0003_see_all.sql": f"-- attune: no-transaction\n{note}",
            }
        ),
    )
    user = ask("SELECT session_user")[0][0]
    # An empty search_path is shown as one empty quoted name by some settings, and as nothing by others.
    assert {row[0].replace('""', "") for row in ask("SELECT settings FROM public.seen")} == {f"on{user}"}


def test_to_stops_at_a_number(empty_dsn: str, write: Write) -> None:
    folder = write(THREE)
    assert [m.version for m in migrate(empty_dsn, folder, to=2)] == [1, 2]
    assert migrate(empty_dsn, folder, to=2) == []
    assert refused(empty_dsn, folder, to=1) == (
        "the database is past 0001 already: it is at 0002\n"
        "help: migrations go forward only: undo one with a new migration"
    )
    assert refused(empty_dsn, folder, to=4) == "there is no migration 0004\nhelp: the newest is 0003_index_pack_ref"
    assert [m.version for m in migrate(empty_dsn, folder)] == [3]


def test_a_dry_run_checks_everything_and_changes_nothing(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(THREE)
    assert [m.version for m in migrate(empty_dsn, folder, dry_run=True, to=2)] == [1, 2]
    assert ask("SELECT 1 FROM pg_namespace WHERE nspname = 'attune'") == []
    migrate(empty_dsn, folder, to=2)
    assert [m.version for m in migrate(empty_dsn, folder, dry_run=True)] == [3]
    write({"0001_create_pack.sql": "SELECT 2;"})
    assert "was edited after it was applied" in refused(empty_dsn, folder, dry_run=True)
    assert len(ask(LEDGER)) == 2


def test_status_tells_applied_pending_and_problems(empty_dsn: str, write: Write) -> None:
    folder = write(THREE)
    before = status(empty_dsn, folder)
    assert (before.applied, [m.version for m in before.pending], before.problems) == ((), [1, 2, 3], ())
    migrate(empty_dsn, folder, to=2)
    between = status(empty_dsn, folder)
    assert ([r.version for r in between.applied], [m.version for m in between.pending]) == ([1, 2], [3])
    assert not between.up_to_date
    migrate(empty_dsn, folder)
    assert status(empty_dsn, folder).up_to_date
    write({"0001_create_pack.sql": "SELECT 2;"})
    assert [problem.rule for problem in status(empty_dsn, folder).problems] == ["edited"]
    assert not status(empty_dsn, folder).up_to_date


_APPLIED = {**CREATE_PACK, "0002_add_b.sql": "SELECT 2;", "0003_add_c.sql": "SELECT 3;"}


@pytest.mark.parametrize(
    ("remove", "add", "report"),
    [
        pytest.param(
            [],
            {"0002_add_b.sql": "SELECT 22;"},
            "migrations/0002_add_b.sql:1:1: error[edited]: 0002_add_b was edited after it was applied: its checksum is "
            "b2430110, and 8e7003d6 in the ledger\n"
            "help: restore the file, and write the change as a new migration",
            id="edited",
        ),
        pytest.param(
            ["0002_add_b.sql"],
            {},
            "0002_add_b was applied, and its file is gone\nhelp: restore it from version control",
            id="missing",
        ),
        pytest.param(
            ["0003_add_c.sql"],
            {},
            "the database is newer than the files: it has 0003_add_c, the newest file is 0002\n"
            "help: run a release that holds this migration, or restore its file",
            id="newer",
        ),
        pytest.param(
            ["0002_add_b.sql"],
            {"0002_add_d.sql": "SELECT 2;"},
            "migrations/0002_add_d.sql:1:1: error[renamed]: 0002_add_d was applied under the name 0002_add_b\n"
            "help: give the file its old name again; a migration that came later takes the next free number",
            id="renamed",
        ),
        pytest.param(
            [],
            {"0005_add_e.sql": "SELECT 5;"},
            "migrations/0005_add_e.sql:1:1: error[number]: there is no migration 0004\n"
            "help: numbers have no gaps: rename the files from 0005_add_e.sql on, or restore 0004",
            id="gap",
        ),
        pytest.param(
            [],
            {"0002_add_b.sql": "SELECT 22;", "0005_add_e.sql": "SELECT 5;"},
            "migrations/0002_add_b.sql:1:1: error[edited]: 0002_add_b was edited after it was applied: its checksum is "
            "b2430110, and 8e7003d6 in the ledger\n"
            "help: restore the file, and write the change as a new migration; "
            "1 more problem: attune-sql status lists them all",
            id="two-at-once",
        ),
    ],
)
def test_files_that_do_not_fit_the_ledger_are_refused(
    empty_dsn: str, write: Write, ask: Ask, remove: list[str], add: dict[str, str], report: str
) -> None:
    folder = write(_APPLIED)
    migrate(empty_dsn, folder)
    for name in remove:
        (folder / name).unlink()
    write(add)
    assert refused(empty_dsn, folder) == report
    assert len(ask(LEDGER)) == 3


def test_a_file_below_the_newest_applied_one_comes_too_late(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(_APPLIED)
    migrate(empty_dsn, folder)
    ask("DELETE FROM attune.schema_migration WHERE version = 2")
    assert refused(empty_dsn, folder) == (
        "migrations/0002_add_b.sql:1:1: error[order]: 0002_add_b comes too late: 0003_add_c is applied already\n"
        "help: give it the next free number"
    )
