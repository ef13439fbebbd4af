"""Load a million executions through the library, and print how every list, search, claim and count answers.

    python -m benchmarks.at_size [--executions 1000000] [--events 100000]

For each call it prints the median time of the call, the indexes that its generic plan reads, and any scan of a whole
table. Then it compares the first page of a list with page 10,000.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

import attune_sql
from attune_sql import queries
from attune_sql.bundled import folder
from attune_sql.runtime.arguments import Arguments
from attune_sql.source.operation import Operation
from attune_sql.source.tree import read_tree

BATCH = 5_000
PAGE = 100
OPERATIONS = {each.full_name: each for each in read_tree(folder("queries"))}
Call = tuple[str, dict[str, Any]]


def main() -> None:
    """Load, ask, print."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    options.add_argument("--executions", type=int, default=1_000_000)
    options.add_argument("--events", type=int, default=100_000)
    chosen = options.parse_args()
    if chosen.executions < 2 * BATCH:
        options.error(f"at least {2 * BATCH} executions: children come with the second batch")
    with attune_sql.scratch() as server, attune_sql.connect(server.dsn) as conn:
        say(f"PostgreSQL {server.version}, {chosen.executions} executions, {chosen.events} events")
        began = time.perf_counter()
        load(conn, chosen.executions, chosen.events)
        say(f"loaded in {time.perf_counter() - began:.0f} s\n")
        for call in calls(conn):
            say(report(conn, call))
        compare_pages(conn)


def load(conn: psycopg.Connection[Any], executions: int, events: int) -> None:
    """Make a pack with its parts, events with enforcements, and executions of every status and kind."""
    pack = queries.pack.create(conn, ref="bulk", label="Bulk", version="1.0.0")
    runtime = queries.runtime.create(conn, ref="bulk.python", name="Python", distributions={})
    who = queries.identity.create(conn, login="bulk")
    actions = [
        queries.action.create(
            conn, ref=f"bulk.a{n}", pack=pack.id, pack_ref="bulk", label="A", description="A", entrypoint="a"
        )
        for n in range(50)
    ]
    triggers = [queries.trigger.create(conn, ref=f"bulk.t{n}", pack=pack.id, label="T") for n in range(20)]
    sensor = queries.sensor.create(
        conn, ref="bulk.s", label="S", description="S", entrypoint="s", enabled=True,
        runtime=runtime.id, runtime_ref=runtime.ref, trigger=triggers[0].id, trigger_ref=triggers[0].ref,
    )  # fmt: skip
    rules = [
        queries.rule.create(
            conn, ref=f"bulk.r{n}", pack=pack.id, pack_ref="bulk", label="R", description="R", enabled=True,
            action=actions[n].id, action_ref=actions[n].ref, trigger=triggers[n].id, trigger_ref=triggers[n].ref,
        )
        for n in range(20)
    ]  # fmt: skip
    enforcements = []
    for n in range(events):
        kind = n % 20
        source: dict[str, Any] = {"source": sensor.id, "source_ref": sensor.ref} if n % 3 == 0 else {}
        event = queries.event.create(
            conn, trigger=triggers[kind].id, trigger_ref=triggers[kind].ref, payload={"n": n}, **source
        )
        if n % 2 == 0:
            enforcement = queries.enforcement.create(
                conn, rule=rules[kind].id, rule_ref=rules[kind].ref, trigger_ref=triggers[kind].ref,
                event=event.id, payload={"n": n},
            )  # fmt: skip
            enforcements.append(enforcement.id)
        if n % BATCH == 0:
            conn.commit()
    conn.commit()
    statuses = ["completed"] * 90 + ["failed"] * 7 + ["timeout", "running", "requested"]
    last = None
    for start in range(0, executions, BATCH):
        rows: list[dict[str, Any]] = []
        for n in range(start, min(start + BATCH, executions)):
            action = actions[n % 50]
            row = {"action": action.id, "action_ref": action.ref, "status": statuses[n % 100], "config": {"n": n}}
            if n % 10 == 0 and n // 10 < len(enforcements):
                row["enforcement"] = enforcements[n // 10]
            elif n % 5 == 1 and last:
                row["parent"] = last
            if n % 4 == 0:
                row["executor"] = who.id
            rows.append(row)
        last = queries.execution.create_many(conn, rows=rows)[-1].id
        conn.commit()
    conn.autocommit = True
    conn.execute("VACUUM ANALYZE")
    conn.autocommit = False


def calls(conn: psycopg.Connection[Any]) -> Iterator[Call]:
    """Name every list, search, claim and count of execution and event, with arguments that find something."""
    page = queries.execution.list(conn, limit=10_000)
    execution = page[-1]
    child = next(row for row in page if row.parent)
    event = queries.event.list(conn, limit=10_000)[-1]
    enforced = queries.execution.search(conn, limit=1, rule_ref="bulk.r4")[0]
    deep = {"after_created": execution.created, "after_id": execution.id}
    deep_event = {"after_created": event.created, "after_id": event.id}
    now = datetime.now(UTC)
    hours = {"since": now - timedelta(hours=6), "until": now}
    for arguments in (
        {}, deep, {"status": "requested"}, {"action_ref": "bulk.a7"}, {"action_ref": "bulk.a7*"}, {"pack": "bulk"},
        {"rule_ref": "bulk.r4"}, {"trigger_ref": "bulk.t4*"}, {"executor": execution.executor or 1},
        {"enforcement": enforced.enforcement}, {"parent": child.parent}, {"top_level_only": True}, hours,
    ):  # fmt: skip
        yield "execution.search", {"limit": PAGE, **arguments}
    yield "execution.list", {"limit": PAGE}
    yield "execution.list", {"limit": PAGE, **deep}
    yield "execution.list_by_status", {"limit": PAGE, "status": "completed"}
    yield "execution.list_by_status", {"limit": PAGE, "status": "completed", **deep}
    yield "execution.list_by_status", {"limit": PAGE, "status": "running"}
    yield "execution.list_by_enforcement", {"enforcement": enforced.enforcement}
    yield "execution.list_by_parent", {"parent": child.parent}
    yield "execution.list_tree", {"id": child.parent}
    yield "execution.find_top_level_by_enforcement", {"enforcement": enforced.enforcement}
    yield "execution.claim", {"limit": 10}
    yield "execution.reclaim_stale", {"status": "running", "older_than_seconds": 0, "limit": 10}
    yield "execution.count_by_status", {"since": now - timedelta(seconds=1)}
    yield "execution.count_by_status", {}
    yield "execution.count_active_by_action", {"action": execution.action}
    yield "execution.failure_rate", hours
    yield "execution.throughput_by_hour", hours
    yield "execution.delete_finished_before", {"before": now, "limit": 10}
    yield "event.list", {"limit": PAGE}
    yield "event.list", {"limit": PAGE, **deep_event}
    yield "event.list_by_trigger", {"limit": PAGE, "trigger": event.trigger}
    yield "event.list_by_trigger_ref", {"limit": PAGE, "trigger_ref": event.trigger_ref, **deep_event}
    yield "event.list_by_source", {"limit": PAGE, "source": 1}
    for arguments in ({}, {"trigger_ref": "bulk.t7"}, {"trigger_ref": "bulk.t1*"}, {"source": 1}, hours):
        yield "event.search", {"limit": PAGE, **arguments}
    yield "event.count_by_hour", hours
    yield "event.count_by_hour", {**hours, "trigger_ref": "bulk.t7"}
    yield "event.delete_before", {"before": now, "limit": 10}


def report(conn: psycopg.Connection[Any], call: Call) -> str:
    """Time a call, and read its generic plan."""
    name, arguments = call
    repository, _, operation = name.partition(".")
    run: Callable[..., Any] = getattr(getattr(queries, repository), operation)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        run(conn, **arguments)
        times.append(time.perf_counter() - began)
        conn.rollback()
    generic, indexes, whole = generic_plan(conn, OPERATIONS[name], arguments)
    conn.rollback()
    shown = ", ".join(key for key in arguments if key != "limit") or "-"
    scans = f"  WHOLE {', '.join(sorted(whole))}" if whole else ""
    timing = f"{statistics.median(times) * 1e3:8.2f} ms  generic {generic:8.2f} ms"
    return f"{name:40} {shown:28} {timing}  {', '.join(sorted(indexes))}{scans}"


def generic_plan(
    conn: psycopg.Connection[Any], operation: Operation, arguments: dict[str, Any]
) -> tuple[float, set[str], set[str]]:
    """Run an operation under its generic plan; returns its milliseconds, the indexes read and the tables read whole."""
    values = sql.SQL(", ").join(sql.Literal(value) for value in Arguments(operation).bind(arguments))
    conn.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    conn.execute(b"PREPARE asked AS " + operation.sql.rstrip(";").encode())
    explain = sql.SQL("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked({})").format(values)
    row = conn.execute(explain).fetchone()
    conn.execute("DEALLOCATE asked")
    assert row is not None
    plan = row[0] if not isinstance(row[0], str) else json.loads(row[0])
    indexes: set[str] = set()
    whole: set[str] = set()
    pending = [plan[0]["Plan"]]
    while pending:
        node = pending.pop()
        pending += node.get("Plans", [])
        if "Index Name" in node:
            indexes.add(node["Index Name"])
        if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in ("execution", "event", "enforcement"):
            whole.add(node["Relation Name"])
    return plan[0]["Execution Time"], indexes, whole


def compare_pages(conn: psycopg.Connection[Any]) -> None:
    """Walk a list of executions page by page, and compare the first page with the ten-thousandth."""
    for name in ("list", "list_by_status"):
        run = getattr(queries.execution, name)
        arguments: dict[str, Any] = {"status": "completed"} if name == "list_by_status" else {}
        first: dict[str, Any] = {}
        key: dict[str, Any] = {}
        for _ in range(PAGE):
            rows = run(conn, limit=9_990, **arguments, **key)
            if len(rows) < 9_990:
                break
            key = {"after_created": rows[-1].created, "after_id": rows[-1].id}
        pages: dict[str, list[float]] = {"page 1": [], "page 10,000": []}
        for _ in range(51):
            for label, after in (("page 1", first), ("page 10,000", key)):
                began = time.perf_counter()
                run(conn, limit=PAGE, **arguments, **after)
                pages[label].append(time.perf_counter() - began)
        one, deep = (statistics.median(each) * 1e3 for each in pages.values())
        rows_before = f"after {PAGE * 10_000} rows or all"
        say(f"\nexecution.{name}: page 1 {one:.2f} ms, page 10,000 {deep:.2f} ms ({rows_before}), {deep / one:.2f} x")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
