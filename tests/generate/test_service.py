"""The example service: its types are as generated, its queries are clean, and its day ends as told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from attune_sql.cli.main import cli

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

SERVICE = Path(__file__).resolve().parents[2] / "examples" / "service"

DAY = """\
packed 2, answered 1, delivered 1
orders: 2 completed, 1 cancelled
failed: 0 of 2
anvil: 1 of 45000 g, completed
book: 2 of 750 g, cancelled and completed
events: 4, of them executed: 3
workers: packer-1
parcel of book: packed by packer-1
parcel of anvil: packed by packer-1
executions: 3 in 1 pack
"""


@pytest.mark.parametrize("arguments", [("generate", "--check"), ("check",)])
def test_the_files_of_the_service_are_as_they_should_be(
    monkeypatch: pytest.MonkeyPatch, server: ScratchServer, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(SERVICE)
    monkeypatch.setenv("ATTUNE_SQL_DSN", server.dsn)
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output


def test_the_service_does_its_day(clone_dsn: str) -> None:
    command = [sys.executable, "-B", "-m", "parcels", clone_dsn]
    done = subprocess.run(command, cwd=SERVICE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, DAY), done.stderr
