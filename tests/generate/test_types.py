"""What mypy sees in the stubs: the types of calls, and that mistakes are reported, each on its line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

HEAD = """
from typing import Any
from psycopg import AsyncConnection, Connection
from tests.generate.golden import aio, sync

async def calls(queries: sync.Queries, twins: aio.Queries, conn: Connection[Any], other: AsyncConnection[Any]) -> None:
"""

REVEALED = {
    "queries.booking.find_by_id": "def (conn: psycopg.connection.Connection[Any], *, id: int) -> ROW | None",
    "queries.booking.find_by_id(conn, id=1)": "ROW | None",
    "queries.booking.create(conn, ref='a')": "ROW",
    "queries.booking.create(conn, ref='a', note={'a': [1, {'b': None}]}).id": "int",
    "queries.booking.list(conn, states=['open'])": "list[ROW]",
    "queries.booking.list(conn, states=('open',), limit=None)[0].date": "datetime.date | None",
    "queries.booking.update(conn, id=1, state=None)": "ROW | None",
    "[each.count for each in queries.booking.count_by_state(conn)]": "list[int]",
    "queries.booking.total(conn)": "decimal.Decimal | None",
    "queries.booking.is_open(conn, ref='a')": "bool",
    "queries.booking.first_ref(conn)": "str | None",
    "queries.booking.add_many(conn, [{'id': 1}])": "int",
    "queries.upkeep.nightly.reset(conn)": "str",
    "queries.now(conn).now": "datetime.datetime | None",
    "queries.booking.list_cursor(conn, states=[]).__enter__().fetchone()": "ROW | None",
    "await twins.booking.find_by_id(other, id=1)": "ROW | None",
    "(await twins.booking.create(other, ref='a')).ref": "str",
    "await twins.booking.list(other, states=[])": "list[ROW]",
    "await twins.booking.is_open(other, ref='a')": "bool",
    "await (await twins.booking.list_cursor(other, states=[]).__aenter__()).fetchone()": "ROW | None",
}

MISTAKES = {
    "queries.booking.find_by_id(conn, ident=1)": "call-arg",
    "queries.booking.find_by_id(conn, 1)": "call-arg",
    "queries.booking.find_by_id(conn, id='1')": "arg-type",
    "queries.booking.find_by_id(conn, id=1).ref": "union-attr",
    "queries.booking.find_by_ref(conn, ref='a')": "attr-defined",
    "queries.bookings": "attr-defined",
    "queries.booking.create(conn)": "call-arg",
    "queries.booking.create(conn, ref=None)": "arg-type",
    "queries.booking.create(conn, ref='a', note=object())": "arg-type",
    "queries.booking.create(conn, ref='a').label": "attr-defined",
    "queries.booking.update(conn, id=1, state='opne')": "arg-type",
    "queries.booking.list(conn, states=['opne'])": "list-item",
    "queries.booking.find_by_id(other, id=1)": "arg-type",
    "twins.booking.find_by_id(conn, id=1)": "arg-type",
    "(await twins.booking.find_by_id(other, id=1)).ref": "union-attr",
    "twins.booking.create(other, ref='a').ref": "attr-defined",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `mypy --strict` says of each snippet, all in one run."""
    snippets = [*(f"reveal_type({each})" for each in REVEALED), *MISTAKES]
    folder = tmp_path_factory.mktemp("snippets")
    (folder / "snippets.py").write_text(HEAD + "".join(f"    {each}\n" for each in snippets))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file=", "snippets.py"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "MYPYPATH": str(CHECKOUT)}, capture_output=True, text=True, check=False
    )
    lines: dict[str, str] = {}
    first = HEAD.count("\n") + 1
    for number, text in re.findall(r"(?m)^snippets\.py:(\d+): (.*)$", done.stdout):
        snippet = snippets[int(number) - first]
        lines[snippet] = f"{lines[snippet]}\n{text}" if snippet in lines else text
    assert lines, done.stdout + done.stderr
    return lines


@pytest.mark.parametrize("snippet", REVEALED)
def test_a_call_has_its_type(said: dict[str, str], snippet: str) -> None:
    row = r"tuple\[.*?fallback=tests\.generate\.golden\.rows\.Booking\]"
    assert re.sub(row, "ROW", said[f"reveal_type({snippet})"]) == f'note: Revealed type is "{REVEALED[snippet]}"'


@pytest.mark.parametrize("snippet", MISTAKES)
def test_a_mistake_is_reported(said: dict[str, str], snippet: str) -> None:
    assert f"[{MISTAKES[snippet]}]" in said[snippet]
