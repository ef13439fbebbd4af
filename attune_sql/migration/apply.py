"""Runs one migration: its text and its row in the ledger, together or not at all."""

from __future__ import annotations

import time
from typing import NamedTuple

import psycopg
from psycopg import generators, pq

from attune_sql.errors import MigrationError
from attune_sql.location import Location
from attune_sql.migration import ledger
from attune_sql.migration.connection import Connection, watch_client
from attune_sql.migration.failures import NOTHING_APPLIED, did_nothing, refusal_of_migration
from attune_sql.migration.files import Migration
from attune_sql.migration.ledger import Applied
from attune_sql.migration.lock import transaction_of_holder
from attune_sql.migration.sql import statement
from attune_sql.migration.statements import Statement

_MAYBE_APPLIED = "it ran outside a transaction and may have left something behind"


class _Failure(NamedTuple):
    error: psycopg.Error
    statement: Statement | None


def apply(connection: Connection, migration: Migration, lock_timeout: str) -> Applied:
    """Run `migration` and record it, in a session that holds the migration lock.

    `lock_timeout` is written as PostgreSQL's setting is: `5s`. Raises MigrationError with the place of the mistake.
    """
    watch_client(connection)
    if migration.transaction:
        return _in_transaction(connection, migration, lock_timeout)
    return _outside_transaction(connection, migration, lock_timeout)


def _in_transaction(connection: Connection, migration: Migration, lock_timeout: str) -> Applied:
    try:
        with connection.transaction():
            number = transaction_of_holder(connection)
            connection.execute(statement("prepare_session"), (lock_timeout, True))
            began = time.monotonic()
            if failure := _run(connection, migration):
                raise refusal_of_migration(failure.error, migration, failure.statement) from failure.error
            if not _still_in(connection, number):
                raise _ended_it(migration)
            # A deferred constraint speaks here, where its file is known, and not at the commit.
            connection.execute(b"SET CONSTRAINTS ALL IMMEDIATE")
            duration_ms = _milliseconds_since(began)
            connection.execute(statement("restore_session"))
            return ledger.record_done(connection, migration, duration_ms)
    except psycopg.Error as error:
        raise refusal_of_migration(error, migration, None) from error


def _outside_transaction(connection: Connection, migration: Migration, lock_timeout: str) -> Applied:
    transaction_of_holder(connection)
    # The concurrent forms wait without standing in anybody's way, and cut short they leave an invalid index.
    patient = "CONCURRENTLY" in migration.statements[0].words
    connection.execute(statement("prepare_session"), ("0" if patient else lock_timeout, False))
    ledger.record_running(connection, migration)
    began = time.monotonic()
    try:
        failure = _run(connection, migration)
        duration_ms = _milliseconds_since(began)
        if failure is None:
            connection.execute(statement("restore_session"))
            return ledger.mark_done(connection, migration, duration_ms)
        left = _MAYBE_APPLIED
        if did_nothing(failure.error):
            ledger.forget_running(connection, migration)
            left = NOTHING_APPLIED
        raise refusal_of_migration(failure.error, migration, failure.statement, left=left) from failure.error
    except psycopg.Error as error:
        raise refusal_of_migration(error, migration, None, left=_MAYBE_APPLIED) from error


def _run(connection: Connection, migration: Migration) -> _Failure | None:
    """Send the whole text in one message, and tell which of its statements failed.

    That is what `execute(text)` does as well, but it does not say how many statements went before: the only way to
    place an error that has no position, such as a lock that was not to be had.
    """
    connection.pgconn.send_query(migration.text.encode())
    results = connection.wait(generators.execute(connection.pgconn))
    for done, result in enumerate(results):
        if result.status == pq.ExecStatus.FATAL_ERROR:
            failed = migration.statements[done] if done < len(migration.statements) else None
            return _Failure(psycopg.errors.error_from_result(result, encoding="utf-8"), failed)
    return None


def _still_in(connection: Connection, number: str) -> bool:
    in_transaction = connection.info.transaction_status == pq.TransactionStatus.INTRANS
    return in_transaction and transaction_of_holder(connection) == number


def _ended_it(migration: Migration) -> MigrationError:
    return MigrationError(
        f"{migration.label} ended the transaction that it ran in: what came before that is committed, and the ledger "
        "does not have it",
        location=Location(migration.path, 1),
        help="take out what ends the transaction, undo by hand what is there, and migrate again",
        rule="transaction",
    )


def _milliseconds_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
