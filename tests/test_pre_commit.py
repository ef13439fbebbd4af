"""The hooks, run by pre-commit itself: in a repository that uses ours, and in a clone of this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
GOOD = """\
-- name: find(id)^
-- The thing with this id, or no row.
SELECT thing.id
FROM mine.thing
WHERE thing.id = :id::bigint;
"""
BAD = GOOD.replace("FROM mine.thing", "FROM thing")
REFUSED = "queries/thing/find.sql:4:6: error[AT01]: the table thing has no schema"
CONFIG = """\
repos:
  - repo: {ours}
    rev: {revision}
    hooks:
      - id: attune-sql-prefix
"""
# The other hooks need the whole toolkit, which is installed here already: only their environment differs from a user's.
WITH_THE_TOOLKIT_OF_THIS_TEST = """\
      - id: attune-sql-lint
        language: system
        additional_dependencies: []
      - id: attune-sql-migrations
        language: system
        additional_dependencies: []
      - id: attune-sql-check
        language: system
        additional_dependencies: []
      - id: attune-sql-generate
        language: system
        additional_dependencies: []
        args: [--queries, queries, --migrations, migrations, --out, rows]
"""
SETTINGS = "[tool.attune_sql]\nqueries = 'queries'\nmigrations = 'migrations'\n"
SQLFLUFF = "[sqlfluff]\ndialect = postgres\ntemplater = aiosql\n\n[sqlfluff:rules]\nattune_schema = mine\n"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it stands, committed to a repository of its own."""
    folder = tmp_path_factory.mktemp("ours")
    listed = git(CHECKOUT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, folder / name)
    commit_all(folder)
    return folder


def commit_all(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "as it stands")


def git(folder: Path, *arguments: str) -> str:
    done = attempt(folder, "git", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def attempt(folder: Path, *command: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"PRE_COMMIT_HOME": str(home)} if home else {}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def consumer(folder: Path, ours: Path, more: str = "") -> None:
    """Make a repository that uses our hooks, with a good query, a migration and nothing committed yet."""
    revision = git(ours, "rev-parse", "HEAD").strip()
    files = {
        "queries/thing/find.sql": GOOD,
        "migrations/0001_create_thing.sql": "CREATE SCHEMA mine;\n\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n",
        ".sqlfluff": SQLFLUFF,
        "pyproject.toml": SETTINGS,
        ".pre-commit-config.yaml": CONFIG.format(ours=ours, revision=revision) + more,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")


def test_a_commit_without_a_prefix_is_refused_with_its_place_and_fix_mends_it(ours: Path, tmp_path: Path) -> None:
    """Here pre-commit makes the environment of the hook from our package, as it does for everybody."""
    home, folder = tmp_path / "home", tmp_path / "consumer"
    folder.mkdir()
    consumer(folder, ours)
    assert attempt(folder, str(BIN / "pre-commit"), "install", home=home).returncode == 0
    query = folder / "queries/thing/find.sql"
    query.write_text(BAD)
    git(folder, "add", "-A")

    refused = attempt(folder, "git", "commit", "-m", "one table without its schema", home=home)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert REFUSED in refused.stdout + refused.stderr
    assert attempt(folder, "git", "rev-parse", "--verify", "HEAD").returncode != 0

    mended = attempt(folder, "attune-sql", "lint", "--fast", "--fix")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert query.read_text() == GOOD
    git(folder, "add", "-A")
    accepted = attempt(folder, "git", "commit", "-m", "with its schema", home=home)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_every_other_hook_runs_on_good_and_bad_files(ours: Path, tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "consumer"
    folder.mkdir()
    consumer(folder, ours, WITH_THE_TOOLKIT_OF_THIS_TEST)
    folders = ("--queries", "queries", "--migrations", "migrations", "--out", "rows")
    written = attempt(folder, "attune-sql", "generate", *folders)
    assert written.returncode == 0, written.stdout + written.stderr

    def run(hook: str) -> tuple[int, str]:
        git(folder, "add", "-A")
        done = attempt(folder, str(BIN / "pre-commit"), "run", hook, "--all-files", home=home)
        return done.returncode, done.stdout + done.stderr

    for hook in ("attune-sql-lint", "attune-sql-migrations", "attune-sql-check", "attune-sql-generate"):
        code, output = run(hook)
        assert code == 0, output
    (folder / "queries/thing/find.sql").write_text(BAD)
    # PostgreSQL accepts it: the body is looked at when it runs.
    (folder / "migrations/0002_create_function.sql").write_text(
        "CREATE FUNCTION mine.f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n    PERFORM 1 FROM thing;\nEND;\n$$;\n"
    )
    expected = {
        "attune-sql-lint": "queries/thing/find.sql:4:6: error[AT01]",
        "attune-sql-migrations": "migrations/0002_create_function.sql:3:20: error[MG04]",
        "attune-sql-check": "queries/thing/find.sql:4:6: error[",
        "attune-sql-generate": "queries/thing/find.sql:4:6: error[",
    }
    for hook, place in expected.items():
        code, output = run(hook)
        assert code != 0, output
        assert place in output, output


def test_the_hooks_of_this_repository_refuse_a_bad_query(ours: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(ours), str(folder))
    (folder / ".venv").symlink_to(BIN.parent)
    query = folder / "queries/pack/find_by_id.sql"
    query.write_text(query.read_text().replace("FROM attune.pack", "FROM pack"))
    git(folder, "add", "queries")
    done = attempt(folder, str(BIN / "pre-commit"), "run", "attune-sql-prefix", home=tmp_path / "home")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "queries/pack/find_by_id.sql:" in done.stdout
    assert "error[AT01]: the table pack has no schema" in done.stdout


@pytest.mark.parametrize(
    ("check", "file"), [("manifest", ".pre-commit-hooks.yaml"), ("config", ".pre-commit-config.yaml")]
)
def test_pre_commit_accepts_what_is_written(check: str, file: str, tmp_path: Path) -> None:
    done = attempt(CHECKOUT, str(BIN / "pre-commit"), f"validate-{check}", file, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
