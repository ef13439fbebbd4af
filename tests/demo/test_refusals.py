"""What the demo refuses before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

import attune_sql
from attune_sql import queries
from attune_sql.cli.main import cli

NOWHERE = "host=127.0.0.1 port=1 user=ada password=s3cret"


def demo(*arguments: str) -> int:
    code: int = cli.main(["demo", *arguments], standalone_mode=False)
    return code


def test_a_database_with_unfinished_executions_is_refused_untouched(
    clone_dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        waiting = queries.execution.create(conn, action_ref="core.echo")
        conn.commit()
        assert demo("--dsn", clone_dsn) == 2
        assert capsys.readouterr().err == (
            "this database has executions that are not finished (1 requested), and the demo would run them\n"
            "help: use a database without traffic, or leave out --dsn for a scratch one\n"
        )
        assert queries.execution.find_by_id(conn, id=waiting.id) == waiting
        assert queries.pack.count(conn) == 0


def test_a_pack_that_came_another_way_is_not_overwritten(clone_dsn: str, capsys: pytest.CaptureFixture[str]) -> None:
    with attune_sql.connect(clone_dsn) as conn:
        mine = queries.pack.create(conn, ref="site_watch", label="Mine", version="9.0.0")
        conn.commit()
        assert demo("--dsn", clone_dsn) == 2
        assert "has a pack site_watch that the demo did not load" in capsys.readouterr().err
        assert queries.pack.find_by_id(conn, id=mine.id) == mine


@pytest.mark.parametrize(
    "dsn", ["postgresql://ada:s3cret@127.0.0.1:1/attune", NOWHERE, "postgresql://ada:s3cret@host:port/x", "://s3cret"]
)
def test_a_wrong_dsn_is_said_without_its_password(dsn: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo("--dsn", dsn) == 2
    said = capsys.readouterr()
    assert "connect" in said.err
    assert "s3cret" not in said.out + said.err


def test_a_malformed_pack_is_refused_before_the_database_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pack.yaml").write_text("ref: broken\nlabel: [\n")
    assert demo("--pack", str(tmp_path), "--dsn", NOWHERE) == 2
    said = capsys.readouterr()
    assert f"{tmp_path}/pack.yaml:3:1: error[pack-file]: this is not YAML" in said.err
    assert said.out == ""


@pytest.mark.parametrize("arguments", [("--events", "0"), ("--workers", "0"), ("--workers", "65"), ("--seed", "x")])
def test_numbers_out_of_range_are_refused(arguments: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert demo(*arguments) == 2
    assert arguments[0] in capsys.readouterr().err
