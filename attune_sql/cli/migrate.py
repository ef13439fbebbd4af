"""The commands `attune-sql migrate` and `attune-sql status`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from attune_sql.bundled import folder
from attune_sql.cli.render import coloured, say
from attune_sql.errors import AttuneSqlError, MigrationError
from attune_sql.findings import config
from attune_sql.migration import files, runner
from attune_sql.migration.connection import masked
from attune_sql.migration.ledger import Applied
from attune_sql.migration.runner import Status

_dsn = click.option(
    "--dsn",
    envvar="ATTUNE_SQL_DSN",
    show_envvar=True,
    help="Connection string or URL of the database, not of a pooler.",
)
_migrations = click.option(
    "--migrations",
    metavar="DIR",
    type=click.Path(path_type=Path, readable=False),
    help="Folder of NNNN_verb_object.sql files.  [default: the setting, or the ones of this package]",
)


@click.command()
@_dsn
@click.option("--to", metavar="N", type=int, help="Number of the last migration to run.  [default: the newest]")
@click.option("--dry-run", is_flag=True, help="Check everything and show what would run; change nothing.")
@_migrations
def migrate(dsn: str | None, to: int | None, dry_run: bool, migrations: Path | None) -> None:
    """Run the migrations that a database lacks.

    Each file runs in a transaction of its own, under a lock that keeps other runners out.
    """
    path = _chosen(migrations)
    ran = runner.migrate(_needed(dsn), path, to=to, dry_run=dry_run, on_applied=_say_applied)
    if dry_run:
        for migration in ran:
            say(f"{migration.label}  would run{'' if migration.transaction else ', outside a transaction'}")
        say(f"dry run: {len(ran)} would be applied, nothing was changed")
        return
    every = files.read(path).migrations
    newest = to or every[-1].version
    say(f"schema attune is at {newest:04}; {newest} applied, {len(every) - newest} pending")


@click.command()
@_dsn
@_migrations
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def status(ctx: click.Context, dsn: str | None, migrations: Path | None, form: str) -> None:
    """Show which migrations a database has.

    Exits 0 when all of them are applied, and 1 when some are pending or something does not fit.
    """
    found = runner.status(_needed(dsn), _chosen(migrations))
    if form == "json":
        click.echo(json.dumps(_as_json(found), indent=2))
    else:
        _say_status(found)
    ctx.exit(0 if found.up_to_date else 1)


def _chosen(migrations: Path | None) -> Path:
    # As in every other command: whoever has migrations of their own must never run ours by leaving out an option.
    return migrations or config.nearest(Path.cwd()).migrations or folder("migrations")


def _needed(dsn: str | None) -> str:
    if not dsn:
        raise AttuneSqlError(
            "no database is named",
            help="set ATTUNE_SQL_DSN, or give --dsn: postgresql://user@host:5432/database",
            rule="dsn",
        )
    return dsn


def _say_applied(row: Applied) -> None:
    say(f"{row.label}  {row.duration_ms} ms")


def _say_status(found: Status) -> None:
    labels = [row.label for row in found.applied] + [migration.label for migration in found.pending]
    width = max(map(len, labels), default=0)
    for row in found.applied:
        line = Text(f"{row.label:<{width}}  ")
        line.append(f"{row.state:<7}", "green" if row.state == "done" else "bold yellow")
        took = f"  {row.duration_ms} ms" if row.duration_ms is not None else ""
        say(line.append(f"  {row.applied_at:%Y-%m-%d %H:%M:%S %Z}  {row.applied_by}{took}"))
    for migration in found.pending:
        say(Text(f"{migration.label:<{width}}  ").append("pending", "yellow"))
    for problem in found.problems:
        say(coloured(masked(problem.report())))
    if found.holder:
        say(f"a migration is at work: {found.holder}")
    version = f"{found.applied[-1].version:04}" if found.applied else "nothing yet"
    count = len(found.problems)
    wrong = f", {count} problem{'s' * (count != 1)}" if count else ""
    say(f"schema attune is at {version}; {len(found.applied)} applied, {len(found.pending)} pending{wrong}")


def _as_json(found: Status) -> dict[str, Any]:
    return {
        "version": found.applied[-1].version if found.applied else None,
        "up_to_date": found.up_to_date,
        "applied": [
            {
                "version": row.version,
                "name": row.name,
                "checksum": row.checksum,
                "applied_at": row.applied_at.isoformat(),
                "applied_by": row.applied_by,
                "duration_ms": row.duration_ms,
                "state": row.state,
            }
            for row in found.applied
        ],
        "pending": [
            {"version": migration.version, "name": migration.name, "file": str(migration.path)}
            for migration in found.pending
        ],
        "problems": [_problem_as_json(problem) for problem in found.problems],
        "holder": str(found.holder) if found.holder else None,
    }


def _problem_as_json(problem: MigrationError) -> dict[str, Any]:
    at = problem.location
    return {
        "rule": problem.rule,
        "message": problem.message,
        "file": str(at.path) if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
        "help": problem.help,
    }
