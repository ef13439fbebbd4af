"""The short way to run what psycopg has already prepared on a connection: no cursor, no second look at the SQL.

psycopg prepares a query at its sixth execution and remembers its name (psycopg manual, "Prepared statements"). From
then on a call needs only the values, the name and the result, and a cursor's bookkeeping would cost as much as the
server's work. Everything else is left to psycopg's own cursor: the caller's `prepare_threshold`, pipelines.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, TypeAlias

import psycopg
from psycopg import abc, errors, pq
from psycopg.adapt import PyFormat
from psycopg.generators import execute

# The names of prepared statements and the start of a transaction have no public place in psycopg. These are those of
# 3.3; with any other version every call goes through a cursor.
_KNOWN_VERSION = psycopg.__version__.startswith("3.3.")

_AUTO = PyFormat.AUTO
_IDLE = pq.TransactionStatus.IDLE
_IN_TRANSACTION = pq.TransactionStatus.INTRANS
_NO_PIPELINE = pq.PipelineStatus.OFF
_ROWS = pq.ExecStatus.TUPLES_OK

Steps: TypeAlias = Generator[Any, Any, None]
"""What `wait()` of a connection runs, synchronous or asynchronous."""


def steps(conn: Any, transformer: abc.Transformer, sql: bytes | str, values: Sequence[Any]) -> Steps | None:
    """Return the steps that run a prepared query and hand its result to `transformer`, or None where a cursor must.

    To be called, and its steps waited for, with the connection's lock held. The steps raise psycopg's own errors.
    """
    names = _KNOWN_VERSION and conn._prepared._names
    if not names:
        return None
    pgconn = conn.pgconn
    status = pgconn.transaction_status
    if status not in (_IDLE, _IN_TRANSACTION):
        return None
    if pgconn.pipeline_status != _NO_PIPELINE:
        return None
    parameters = transformer.dump_sequence(values, [_AUTO] * len(values))
    text = sql if isinstance(sql, bytes) else sql.encode(transformer.encoding)
    key = (text, transformer.types or ())
    name = names.get(key)
    if name is None:
        return None
    # psycopg forgets the names that were not used for longest.
    names.move_to_end(key)
    begins = status == _IDLE and not conn.autocommit
    return _run(conn, transformer, name, parameters, begins)


def _run(conn: Any, transformer: abc.Transformer, name: bytes, parameters: Sequence[Any], begins: bool) -> Steps:
    if begins:
        yield from conn._start_query()
    pgconn = conn.pgconn
    pgconn.send_query_prepared(name, parameters, param_formats=transformer.formats)
    result = (yield from execute(pgconn))[0]
    if result.status != _ROWS:
        raise errors.error_from_result(result, encoding=transformer.encoding)
    transformer.set_pgresult(result)
