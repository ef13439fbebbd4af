"""The runner when the server refuses: errors in their place, locks, lost connections, missing rights."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from attune_sql.errors import MigrationError
from attune_sql.migration import files
from attune_sql.migration.connection import masked
from attune_sql.migration.runner import migrate, status
from tests.migration.conftest import CREATE_PACK, LEDGER, Ask, Write, refused


@pytest.mark.parametrize(
    ("text", "report"),
    [
        pytest.param(
            "SELECT 1;\nCREATE TABLE action (id bigint);",
            "migrations/0002_add_b.sql:2:14: error[sql]: no schema has been selected to create in (SQLSTATE 3F000); "
            "nothing of this file was applied\n"
            "2 | CREATE TABLE action (id bigint);\n"
            "  |              ^^^^^^\n"
            "help: migrations run with an empty search_path: every name needs its schema",
            id="unqualified-name",
        ),
        pytest.param(
            "DROP TABLE mine.action;",
            'migrations/0002_add_b.sql:1:1: error[sql]: schema "mine" does not exist (SQLSTATE 3F000); '
            "nothing of this file was applied\n"
            "1 | DROP TABLE mine.action;\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^\n"
            "help: create it first: in an earlier migration, or above",
            id="schema-that-is-not-there",
        ),
        pytest.param(
            "TABLE attune.action;",
            'migrations/0002_add_b.sql:1:7: error[sql]: relation "attune.action" does not exist (SQLSTATE 42P01); '
            "nothing of this file was applied\n"
            "1 | TABLE attune.action;\n"
            "  |       ^^^^^^^^^^^^^\n"
            "help: create it first: in an earlier migration, or above",
            id="qualified-name",
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
