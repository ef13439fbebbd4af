"""The command `attune-sql check`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from psycopg import Connection

from attune_sql.bundled import folder
from attune_sql.cli.render import coloured, say
from attune_sql.findings import config
from attune_sql.findings.files import read
from attune_sql.findings.formats import FORMATS
from attune_sql.findings.result import Result
from attune_sql.findings.row_classes import row_classes
from attune_sql.findings.survey import survey
from attune_sql.runtime.connection import connect
from attune_sql.scratch_server.scratch import scratch


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--queries",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of query files.  [default: the setting, or the ones of this package]",
)
@click.option(
    "--migrations",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Folder of migrations for the scratch database.  [default: the setting, or the ones of this package]",
)
@click.option("--dsn", help="Check against this database as it stands, instead of a scratch one.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    queries: Path | None,
    migrations: Path | None,
    dsn: str | None,
    form: str,
) -> None:
    """Check query files against PostgreSQL; nothing is executed.

    Takes all files of the query folder, or only the ones that are named. Settings come from [tool.attune_sql] in the
    nearest pyproject.toml; options win. Exits 0 when clean, 1 with findings, 2 when the check could not run.
    """
    if dsn and migrations:
        raise click.UsageError("--dsn takes the database as it stands: it cannot be given together with --migrations")
    settings = config.nearest(Path.cwd())
    read_files = read(queries or settings.queries or folder("queries"), files)
    classes = row_classes(settings.out if queries is None else None)
    with _database(dsn, migrations or settings.migrations or folder("migrations")) as conn:
        found = survey(conn, read_files, settings.ignore, classes)
    result = Result(tuple(found), read_files.count, len(read_files.operations))
    text = FORMATS[form](result)
    if form == "text":
        say(coloured(text.rstrip("\n")))
    else:
        click.echo(text, nl=False)
    ctx.exit(0 if result.clean else 1)


@contextmanager
def _database(dsn: str | None, migrations: Path) -> Iterator[Connection[Any]]:
    if dsn:
        with connect(dsn) as conn:
            conn.read_only = True
            yield conn
        return
    with scratch(migrations=migrations) as server, connect(server.dsn) as conn:
        yield conn
