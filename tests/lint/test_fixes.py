"""A fix changes how a name is written, not what the statement means: PostgreSQL answers the same before and after."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from sqlfluff.utils.testing.rules import RuleTestCase

from attune_sql.lint.plugin.templater import AiosqlTemplater
from tests.lint.test_rules import IDS, TABLE

FIXED = [pytest.param(case, id=name) for name, case in zip(IDS, TABLE, strict=True) if case.fix_str]
# A table that some cases alter.
GADGET = "CREATE TABLE attune.gadget (id bigint, pack bigint)"
_DEFINES = re.compile(r"\s*(?:CREATE|ALTER|DROP|COMMENT|TRUNCATE)\b", re.IGNORECASE)


def answer(conn: psycopg.Connection[Any], text: str, search_path: str) -> object:
    """Return the types of parameters and columns of a query, or the error; what defines something is executed."""
    sql = AiosqlTemplater().process(in_str=text, fname="case")[0].templated_str
    assert sql is not None
    try:
        with conn.transaction(force_rollback=True):
            conn.execute("SELECT set_config('search_path', %s, true)", [search_path])
            if _DEFINES.match(sql) or sql.count(";\n") > 1:
                conn.execute(sql)
                return "executed"
            return describe(conn.pgconn, sql)
    except psycopg.Error as error:
        return error.sqlstate, str(error).splitlines()[0].replace("attune.", "")


def describe(connection: psycopg.pq.abc.PGconn, sql: str) -> object:
    prepared = connection.prepare(b"case", sql.encode())
    if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
        raise psycopg.errors.error_from_result(prepared)
    described = connection.describe_prepared(b"case")
    connection.exec_(b"DEALLOCATE ALL")
    columns = [(described.fname(index), described.ftype(index)) for index in range(described.nfields)]
    return [described.param_type(index) for index in range(described.nparams)], columns


@pytest.mark.parametrize("case", FIXED)
def test_a_fixed_statement_means_the_same_to_postgresql(case: RuleTestCase, conn: psycopg.Connection[Any]) -> None:
    if "ALTER TABLE attune.gadget" in (case.fail_str or ""):
        conn.execute(GADGET)
    meant = answer(conn, case.fail_str or "", "attune")
    assert answer(conn, case.fix_str or "", "") == meant
