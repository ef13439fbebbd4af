"""A worker process: claims executions, runs them, and ends when the demo does, however that ends."""

from __future__ import annotations

import time
from contextlib import suppress
from multiprocessing.connection import Connection

import psycopg

from attune_sql import queries
from attune_sql.demo.database import connect
from attune_sql.demo.messages import Kind, Message, Orders
from attune_sql.demo.performing import Performer
from attune_sql.errors import AttuneSqlError

SHORTEST_SLEEP, LONGEST_SLEEP = 0.002, 0.05
HEARTBEAT_SECONDS = 1.0


def work(orders: Orders, pipe: Connection) -> None:
    """Work until the demo says stop, or is gone; a problem is reported through the pipe and ends the worker."""
    try:
        _work(orders, pipe)
        pipe.send(Message("bye"))
    except (BrokenPipeError, ConnectionResetError, EOFError):
        pass  # the demo has died, and there is nobody left to work for
    except psycopg.OperationalError as error:
        _complain(pipe, f"{orders.name} lost the database: {_first_line(error)}")
    except AttuneSqlError as error:
        _complain(pipe, f"{orders.name}: {error.message}")
    except Exception as error:  # a traceback in the middle of the screen would help nobody
        where = f", {error.__notes__[0]}" if getattr(error, "__notes__", None) else ""
        _complain(pipe, f"{orders.name} failed: {type(error).__name__}: {_first_line(error)}{where}")


def _work(orders: Orders, pipe: Connection) -> None:
    def report(kind: Kind, ids: tuple[int, ...] = ()) -> None:
        pipe.send(Message(kind, ids))

    with connect(orders.dsn) as conn:
        performer = Performer(conn, orders.actions, report, orders.operator)
        report("ready")
        sleep, next_heartbeat = SHORTEST_SLEEP, 0.0
        # The pipe is the bed as well: an order to stop, or the death of the demo, wakes the worker at once.
        while not pipe.poll(0):
            if time.monotonic() >= next_heartbeat:
                queries.worker.heartbeat(conn, id=orders.worker)
                next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS
            claimed = queries.execution.claim(conn, executor=orders.executor, limit=orders.batch)
            if claimed:
                report("claimed", tuple(execution.id for execution in claimed))
            for execution in claimed:
                if execution.action_ref not in orders.actions:
                    queries.execution.revert_to_requested(conn, id=execution.id)
                    raise _stranger(execution)
                performer.perform(execution)
            sleep = SHORTEST_SLEEP if claimed else min(sleep * 2, LONGEST_SLEEP)
            if not claimed:
                pipe.poll(sleep)


def _stranger(execution: object) -> AttuneSqlError:
    action = getattr(execution, "action_ref", "")
    return AttuneSqlError(
        f"somebody else requested an execution of {action}; the demo needs a database without other traffic"
    )


def _complain(pipe: Connection, text: str) -> None:
    with suppress(OSError):
        pipe.send(Message("problem", text=text))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
