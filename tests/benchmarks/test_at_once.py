"""A thousand rows at once and one by one, on a server whose commits are on disk."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from benchmarks import at_once, durable
from benchmarks.data import fill
from benchmarks.workload import Material


def test_both_ways_are_timed_on_a_durable_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATTUNE_PG_TMP", raising=False)
    monkeypatch.setattr(durable, "FOLDER", "/tmp")
    with durable.durable() as server, psycopg.connect(server.dsn, autocommit=True) as conn:
        assert "ATTUNE_PG_TMP" not in os.environ
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert conn.execute(f"SHOW {setting}").fetchone() == ("on",)
        assert (conn.execute("SHOW data_directory").fetchone() or ("",))[0].startswith("/tmp/")
        material = Material.make(fill(server.dsn, 10), 10)
        measured = at_once.measure(server.dsn, material, rounds=1)
        ((many, one_by_one),) = measured.pop("on a durable disk")
        assert not measured
        assert 0 < many < one_by_one
        # Twice two thousand: the first round is not timed.
        assert conn.execute("SELECT count(*) FROM attune.execution").fetchone() == (4010,)
