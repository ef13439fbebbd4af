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
"""
THE_PREFIX_HOOK = """\
      - id: attune-sql-prefix
"""
THE_OTHER_HOOKS = """\
      - id: attune-sql-lint
      - id: attune-sql-migrations
      - id: attune-sql-check
      - id: attune-sql-generate
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


def attempt(
    folder: Path, *command: str, home: Path | None = None, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "PATH": path or f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment |= {"PRE_COMMIT_HOME": str(home)} if home else {}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def consumer(folder: Path, ours: Path, hooks: str) -> None:
    """Make a repository that uses our hooks, with a good query, a migration and nothing committed yet."""
    revision = git(ours, "rev-parse", "HEAD").strip()
    files = {
        "queries/thing/find.sql": GOOD,
        "migrations/0001_create_thing.sql": "CREATE SCHEMA mine;\n\nCREATE TABLE mine.thing (id bigint PRIMARY KEY);\n",
        ".sqlfluff": SQLFLUFF,
        "pyproject.toml": SETTINGS,
        ".pre-commit-config.yaml": CONFIG.format(ours=ours, revision=revision) + hooks,
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
    consumer(folder, ours, THE_PREFIX_HOOK)
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


def test_the_other_hooks_share_an_environment_and_pass_a_good_commit_and_refuse_a_bad_one(
    ours: Path, tmp_path: Path
) -> None:
    home, folder = tmp_path / "home", tmp_path / "consumer"
    folder.mkdir()
    consumer(folder, ours, THE_OTHER_HOOKS)
    written = attempt(
        folder, "attune-sql", "generate", "--queries", "queries", "--migrations", "migrations", "--out", "rows"
    )
    assert written.returncode == 0, written.stdout + written.stderr
    git(folder, "add", "-A")
    installed = attempt(folder, str(BIN / "pre-commit"), "install", "--install-hooks", home=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    assert len(list(home.glob("repo*/py_env-*"))) == 1

    # Without the commands of this environment, so that only those of pre-commit's own can run.
    path = os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != BIN)
    accepted = attempt(folder, "git", "commit", "-m", "good", home=home, path=path)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert (accepted.stdout + accepted.stderr).count("Passed") == 4

    (folder / "queries/thing/find.sql").write_text(BAD)
    # PostgreSQL accepts it: the body is looked at when it runs.
    (folder / "migrations/0002_create_function.sql").write_text(
        "CREATE FUNCTION mine.f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n    PERFORM 1 FROM thing;\nEND;\n$$;\n"
    )
    git(folder, "add", "-A")
    refused = attempt(folder, "git", "commit", "-m", "bad", home=home, path=path)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    expected = {
        "attune-sql-lint": "queries/thing/find.sql:4:6: error[AT01]",
        "attune-sql-migrations": "migrations/0002_create_function.sql:3:20: error[MG04]",
        "attune-sql-check": "queries/thing/find.sql:4:6: error[rejected]",
        "attune-sql-generate": "queries/thing/find.sql:4:6: error[42P01]",
    }
    told = said_by_hook(refused.stdout + refused.stderr)
    assert sorted(told) == sorted(expected)
    for hook, place in expected.items():
        assert place in told[hook], told[hook]


def said_by_hook(output: str) -> dict[str, str]:
    """Cut what pre-commit prints of hooks that fail into what each of them said."""
    parts = output.split("- hook id: ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


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
