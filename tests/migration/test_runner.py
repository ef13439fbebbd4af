"""The runner on a real database: what it does, and what it refuses with which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from attune_sql.errors import MigrationError
from attune_sql.migration import files
from attune_sql.migration.connection import masked
from attune_sql.migration.ledger import Applied
from attune_sql.migration.runner import migrate, status
from tests.migration.conftest import CREATE_PACK, Ask, Write

THREE = {
    **CREATE_PACK,
    "0002_add_pack_ref.sql": "ALTER TABLE attune.pack ADD COLUMN ref text;\nINSERT INTO attune.pack (id) VALUES (1);",
    "0003_index_pack_ref.sql": "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_ref ON attune.pack (ref);\n",
}
LEDGER = (
    "SELECT version, name, checksum, state, duration_ms >= 0, applied_by FROM attune.schema_migration ORDER BY version"
)


def refused(dsn: str, folder: Path, **options: object) -> str:
    """Run the migrations, which must be refused, and return the report."""
    with pytest.raises(MigrationError) as caught:
        migrate(dsn, folder, **options)  # type: ignore[arg-type]
    return caught.value.report()


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


@pytest.mark.parametrize(
    ("text", "report"),
    [
        pytest.param(
            "SELECT 1;\nCREATE TABLE action (id bigint);",
            "migrations/0002_add_b.sql:2:14: error[sql]: no schema has been selected to create in (SQLSTATE 3F000); "
            "nothing of this file was applied\n"
            "2 | CREATE TABLE action (id bigint);\n"
            "  |              ^^^^^^\n"
            "help: migrations run with an empty search_path: write the schema, as in attune.pack",
            id="unqualified-name",
        ),
        pytest.param(
            "-- größe 😀\nSELECT '😀';\r\n\tSELECT nothere FROM attune.pack;",
            'migrations/0002_add_b.sql:3:9: error[sql]: column "nothere" does not exist (SQLSTATE 42703); '
            "nothing of this file was applied\n"
            "3 | \tSELECT nothere FROM attune.pack;\n"
            "  | \t       ^^^^^^^",
            id="position-in-characters",
        ),
        pytest.param(
            "SELECT cheksum FROM (SELECT 1 AS checksum) AS a;",
            'migrations/0002_add_b.sql:1:8: error[sql]: column "cheksum" does not exist (SQLSTATE 42703); '
            "nothing of this file was applied\n"
            "1 | SELECT cheksum FROM (SELECT 1 AS checksum) AS a;\n"
            "  |        ^^^^^^^\n"
            'help: Perhaps you meant to reference the column "a.checksum".',
            id="hint-of-the-server",
        ),
        pytest.param(
            "INSERT INTO attune.pack VALUES (7), (7);;\n-- now unique\n"
            "CREATE UNIQUE INDEX pack_id ON attune.pack (id);",
            'migrations/0002_add_b.sql:3:1: error[sql]: could not create unique index "pack_id": '
            "Key (id)=(7) is duplicated (SQLSTATE 23505); nothing of this file was applied\n"
            "3 | CREATE UNIQUE INDEX pack_id ON attune.pack (id);\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            id="statement-without-position",
        ),
        pytest.param(
            "SELECT 1;\nDO $$\nBEGIN\n    RAISE EXCEPTION 'no' USING HINT = 'do not';\nEND $$;",
            "migrations/0002_add_b.sql:2:1: error[sql]: no, in PL/pgSQL function inline_code_block line 3 at RAISE "
            "(SQLSTATE P0001); nothing of this file was applied\n"
            "2 | DO $$\n"
            "  | ^^^^^\n"
            "help: do not",
            id="raised-in-a-block",
        ),
        pytest.param(
            "CREATE TABLE attune.a (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);INSERT INTO attune.a VALUES (1), (1);",
            'migrations/0002_add_b.sql:1:1: error[sql]: duplicate key value violates unique constraint "a_id_key": '
            "Key (id)=(1) already exists (SQLSTATE 23505); nothing of this file was applied",
            id="deferred-constraint",
        ),
        pytest.param(
            "CREATE INDEX CONCURRENTLY pack_id ON attune.pack (id);",
            "migrations/0002_add_b.sql:1:1: error[sql]: "
            "CREATE INDEX CONCURRENTLY cannot run inside a transaction block "
            "(SQLSTATE 25001); nothing of this file was applied\n"
            "1 | CREATE INDEX CONCURRENTLY pack_id ON attune.pack (id);\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "help: make '-- attune: no-transaction' the first line, and this statement the only one of its file",
            id="needs-no-transaction",
        ),
        pytest.param(
            "-- attune: no-transaction\nCREATE INDEX CONCURRENTLY pack_id ON attune.pack (nothere);",
            'migrations/0002_add_b.sql:2:1: error[sql]: column "nothere" does not exist (SQLSTATE 42703); '
            "nothing of this file was applied\n"
            "2 | CREATE INDEX CONCURRENTLY pack_id ON attune.pack (nothere);\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            id="outside-a-transaction-before-anything-is-done",
        ),
    ],
)
def test_an_error_of_the_server_is_placed_and_undone(
    empty_dsn: str, write: Write, ask: Ask, text: str, report: str
) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": text})
    assert refused(empty_dsn, folder) == report
    assert [row[0] for row in ask(LEDGER)] == [1]
    assert (
        ask("SELECT relname FROM pg_class WHERE relnamespace = 'attune'::regnamespace AND relname IN ('a', 'pack_id')")
        == []
    )
    write({"0002_add_b.sql": "SELECT 1;"})
    assert [m.version for m in migrate(empty_dsn, folder)] == [2]


_REPAIR = (
    "help: look what it left behind, an index for one: "
    "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid\n"
    "  to run it again, drop that, and then\n"
    "    DELETE FROM attune.schema_migration WHERE version = 2;\n"
    "  to keep it, if the work turns out to be complete,\n"
    "    UPDATE attune.schema_migration SET state = 'done' WHERE version = 2;"
)


def test_a_half_built_index_stops_later_runs_until_it_is_repaired(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write(
        {
            "0001_create_pack.sql": "CREATE TABLE attune.pack (id bigint); INSERT INTO attune.pack VALUES (7), (7);",
            "0002_index_pack.sql": "-- attune: no-transaction\n"
            "CREATE UNIQUE INDEX CONCURRENTLY pack_id ON attune.pack (id);",
        }
    )
    assert refused(empty_dsn, folder) == (
        'migrations/0002_index_pack.sql:2:1: error[sql]: could not create unique index "pack_id": '
        "Key (id)=(7) is duplicated (SQLSTATE 23505); "
        "it ran outside a transaction and may have left something behind\n"
        "2 | CREATE UNIQUE INDEX CONCURRENTLY pack_id ON attune.pack (id);\n"
        f"  | {'^' * 60}\n{_REPAIR}"
    )
    began = ask(
        "SELECT to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') "
        "FROM attune.schema_migration WHERE state = 'running'"
    )
    assert refused(empty_dsn, folder).replace("Etc/UTC", "UTC") == (
        f"0002_index_pack runs outside a transaction, and began at {began[0][0]} UTC without finishing\n{_REPAIR}"
    )
    assert [problem.rule for problem in status(empty_dsn, folder).problems] == ["unfinished"]
    ask("DROP INDEX attune.pack_id")
    ask("DELETE FROM attune.pack; DELETE FROM attune.schema_migration WHERE version = 2")
    assert [m.version for m in migrate(empty_dsn, folder)] == [2]


def test_a_transaction_that_ends_unseen_leaves_no_row_in_the_ledger(
    empty_dsn: str, write: Write, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unseen(*_: object) -> Iterator[MigrationError]:
        yield from ()

    monkeypatch.setattr(files, "mistakes", unseen)
    for text in (
        "CREATE TABLE attune.a ();\nCOMMIT;",
        "ROLLBACK; CREATE TABLE attune.b ();",
        "COMMIT; BEGIN; SELECT 1;",
    ):
        folder = write({**CREATE_PACK, "0002_add_b.sql": text})
        assert refused(empty_dsn, folder) == (
            "migrations/0002_add_b.sql:1:1: error[transaction]: 0002_add_b ended the transaction that it ran in: "
            "what came before that is committed, and the ledger does not have it\n"
            "help: take out what ends the transaction, undo by hand what is there, and migrate again"
        )
        assert [row[0] for row in ask(LEDGER)] == [1]


def test_a_file_that_lets_go_of_the_lock_is_undone(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": "SELECT pg_advisory_unlock_all();"})
    assert refused(empty_dsn, folder) == (
        "the session that runs the migration does not hold the migration lock\n"
        "help: connect to PostgreSQL directly: a pooler in transaction mode changes sessions in between"
    )
    assert [row[0] for row in ask(LEDGER)] == [1]


def test_a_lock_that_is_not_to_be_had_is_an_error_of_its_own(empty_dsn: str, write: Write) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": "SELECT 1;\nALTER TABLE attune.pack ADD COLUMN b int;"})
    migrate(empty_dsn, folder, to=1)
    with psycopg.connect(empty_dsn) as other:
        other.execute("SELECT FROM attune.pack")
        report = refused(empty_dsn, folder, lock_timeout="50ms")
    assert report == (
        "migrations/0002_add_b.sql:2:1: error[lock-timeout]: canceling statement due to lock timeout (SQLSTATE 55P03); "
        "nothing of this file was applied\n"
        "2 | ALTER TABLE attune.pack ADD COLUMN b int;\n"
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: another session holds a lock in its way: see pg_stat_activity, and run again when it has ended"
    )
    assert [m.version for m in migrate(empty_dsn, folder)] == [2]


def test_a_connection_lost_in_the_middle_is_told_and_run_again(empty_dsn: str, write: Write, ask: Ask) -> None:
    folder = write({**CREATE_PACK, "0002_add_b.sql": "SELECT pg_terminate_backend(pg_backend_pid());"})
    report = refused(empty_dsn, folder)
    assert report == (
        "the connection to the server was lost while 0002_add_b ran: "
        "terminating connection due to administrator command (SQLSTATE 57P01)\n"
        "help: run again: the server undoes a file that it did not commit, and the ledger tells"
    )
    assert [row[0] for row in ask(LEDGER)] == [1]


def test_a_role_without_rights_is_told_so(empty_dsn: str, write: Write, ask: Ask) -> None:
    report = refused(f"{empty_dsn} options='-c role=pg_monitor'", write(CREATE_PACK))
    database = ask("SELECT current_database()")[0][0]
    assert report == (
        f"permission denied for database {database} (SQLSTATE 42501)\n"
        "help: migrate as the role that owns the database and its objects"
    )


def test_a_standby_or_read_only_session_is_told_so(empty_dsn: str, write: Write) -> None:
    assert refused(f"{empty_dsn} options='-c default_transaction_read_only=on'", write(CREATE_PACK)) == (
        "cannot execute CREATE SCHEMA in a read-only transaction (SQLSTATE 25006)\n"
        "help: migrate the primary: target_session_attrs=read-write in the connection string finds it"
    )


@pytest.mark.parametrize(
    ("dsn", "said"),
    [
        ("host=127.0.0.1 port=1 user=u password=geheim", "port 1 failed: Connection refused"),
        ("host=/nowhere dbname=x password=geheim", "No such file or directory"),
        ("postgresql://u:geheim%zz@localhost/x", "the connection string cannot be read"),
        ("host=localhost password=my geheim", "the connection string cannot be read"),
        (f"host={'a' * 70} password=geheim", "cannot connect: "),
        ("host=127.0.0.1 connect_timeout=soon password=geheim", "bad value for connect_timeout: 'soon'"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_without_the_password(write: Write, dsn: str, said: str) -> None:
    with pytest.raises(MigrationError) as caught:
        migrate(dsn, write(CREATE_PACK))
    assert said in caught.value.report()
    assert "geheim" not in caught.value.report()
    assert caught.value.help
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:secret@h/d", "postgresql://u:***@h/d"),
        ("postgres://u:se/c@r#et@h:5432/d?sslmode=x", "postgres://u:***@h:5432/d?sslmode=x"),
        ("postgresql://h/d?user=u&password=secret&x=1", "postgresql://h/d?user=u&password=***&x=1"),
        ("host=h password=secret dbname=d", "host=h password=*** dbname=d"),
        ("password = 'se c\\'ret' host=h", "password = *** host=h"),
        ("password='never closed", "password=***"),
        ("sslpassword=secret PASSWORD=secret", "sslpassword=*** PASSWORD=***"),
        ("postgresql://u@h/d", "postgresql://u@h/d"),
    ],
)
def test_passwords_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
