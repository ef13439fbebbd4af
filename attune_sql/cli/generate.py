"""The command `attune-sql generate`."""

from __future__ import annotations

from pathlib import Path

import click

from attune_sql.bundled import folder
from attune_sql.cli.render import say, show_error
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.errors import AttuneSqlError
from attune_sql.findings import config
from attune_sql.generate import write
from attune_sql.generate.files import files
from attune_sql.location import shown
from attune_sql.runtime.connection import connect
from attune_sql.scratch_server.scratch import scratch
from attune_sql.source.tree import read_tree

COULD_NOT_RUN = 2

_DIR = click.Path(path_type=Path, readable=False)


@click.command()
@click.option("--queries", metavar="DIR", type=_DIR, help="Folder of query files.  [default: the setting]")
@click.option(
    "--migrations",
    metavar="DIR",
    type=_DIR,
    help="Folder of migrations for the scratch database.  [default: the setting, or the ones of this package]",
)
@click.option("--out", metavar="DIR", type=_DIR, help="Package to write to.  [default: the setting]")
@click.option(
    "--json-types", metavar="MODULE", help="Module of the types that @json tags name.  [default: the setting]"
)
@click.option("--check", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def generate(
    ctx: click.Context,
    queries: Path | None,
    migrations: Path | None,
    out: Path | None,
    json_types: str | None,
    check: bool,
) -> None:
    """Write row classes, enum types and stubs of the queries.

    They come from the query files and a scratch PostgreSQL; nothing is written while it rejects a query. Settings come
    from [tool.attune_sql] in the nearest pyproject.toml; options win. With --check, exits 1 when a file is stale or
    missing.
    """
    settings = config.nearest(Path.cwd())
    # The types of one folder must never be written over those of another one.
    target = out or (settings.out if queries is None else None)
    queries = queries or settings.queries
    if queries is None or target is None:
        lacking = "--queries and --out" if queries is None else "--out"
        raise click.UsageError(
            f"which {'queries' if queries is None else 'package'}? give {lacking},"
            " or set queries and out in [tool.attune_sql] of pyproject.toml",
            ctx,
        )
    operations = read_tree(queries)
    with (
        scratch(migrations=migrations or settings.migrations or folder("migrations")) as server,
        connect(server.dsn) as conn,
    ):
        described = describe_all(conn, operations)
    rejected = [each for each in described if isinstance(each, AttuneSqlError)]
    for each in rejected:
        show_error(each.report())
    if rejected:
        ctx.exit(COULD_NOT_RUN)
    made = files((each for each in described if isinstance(each, Description)), json_types or settings.json_types)
    found = write.changes(target, made)
    told = f"{len(operations)} operation{'s' * (len(operations) != 1)} in {shown(target)}"
    if not check:
        write.apply(found)
        say(f"{told}; {len(found)} of {len(made)} files changed")
        return
    for change in found:
        # Not say(): a diff is for `patch` too, and is printed as it is.
        click.echo(change.diff(), nl=False)
    if found:
        stale = "1 file" if len(found) == 1 else f"{len(found)} files"
        click.echo(f"{stale} in {shown(target)} would change\nhelp: attune-sql generate, without --check", err=True)
        ctx.exit(1)
    say(f"{told}, all as generated")
