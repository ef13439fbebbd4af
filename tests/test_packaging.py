"""The wheel: what it carries, and that a program can use it without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(CHECKOUT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_queries_migrations_and_examples(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("queries", "migrations", "examples"):
        ours = {
            str(path.relative_to(CHECKOUT))
            for path in (CHECKOUT / folder).rglob("*")
            # Neither what Python compiles nor what is kept of a check is anybody else's.
            if path.is_file() and path.suffix != ".pyc" and ".attune" not in path.parts
        }
        assert ours == {name.removeprefix("attune_sql/bundled/") for name in names if f"/bundled/{folder}/" in name}
    assert "attune_sql/py.typed" in names


PROGRAM = """
import sys, attune_sql
from attune_sql.bundled import folder
from attune_sql.migration.runner import migrate
migrate(sys.argv[1], folder("migrations"))
with attune_sql.connect(sys.argv[1]) as conn:
    pack = attune_sql.queries.pack.create(conn, ref="wheel", label="From the wheel", version="1.0.0")
    print(attune_sql.__file__, attune_sql.queries.pack.find_by_ref(conn, ref="wheel").label, sep="|")
"""


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which only the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return python


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # The dependencies come from this environment; the package itself can only come from the wheel.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [str(python), *arguments], env=environment, cwd=cwd, capture_output=True, text=True, check=False
    )


def test_the_installed_wheel_migrates_and_runs_a_query(installed: Path, server: ScratchServer, tmp_path: Path) -> None:
    done = run(installed, "-c", PROGRAM, server.empty(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    where, label = done.stdout.strip().split("|")
    assert Path(where).is_relative_to(installed.parents[1])
    assert label == "From the wheel"


def test_sqlfluff_finds_the_plugin_of_the_installed_wheel_and_its_migrations(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "find.sql").write_text("-- name: find(limit)^\n-- One.\nSELECT id FROM pack LIMIT :limit::bigint;\n")
    options = ["--dialect", "postgres", "--templater", "aiosql", "--rules", "attune"]
    done = run(installed, "-m", "sqlfluff", "fix", *options, "find.sql", cwd=tmp_path)
    assert "AT01 | pack lacks the schema: write attune.pack." in done.stdout, done.stdout + done.stderr
    assert "FROM attune.pack LIMIT :limit" in (tmp_path / "find.sql").read_text()
