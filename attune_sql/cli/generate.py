"""The command `attune-sql generate`."""

from __future__ import annotations

from pathlib import Path

import click

import attune_sql
from attune_sql.bundled import folder
from attune_sql.cli.render import say, show_error
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.errors import AttuneSqlError
from attune_sql.generate import write
from attune_sql.generate.files import files
from attune_sql.location import shown
from attune_sql.runtime.connection import connect
from attune_sql.scratch_server.scratch import scratch
from attune_sql.source.tree import read_tree

COULD_NOT_RUN = 2

_DIR = click.Path(path_type=Path)


@click.command()
@click.option("--queries", metavar="DIR", type=_DIR, help="Folder of query files.  [default: the bundled ones]")
@click.option("--migrations", metavar="DIR", type=_DIR, help="Folder of migrations.  [default: the bundled ones]")
@click.option("--out", metavar="DIR", type=_DIR, help="Package to write to.  [default: attune_sql/generated]")
@click.option("--check", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def generate(ctx: click.Context, queries: Path | None, migrations: Path | None, out: Path | None, check: bool) -> None:
    """Write row classes, enum types and stubs of the queries.

    They come from the query files and a scratch PostgreSQL; nothing is written while it rejects a query. With --check,
    exits 1 when a file is stale or missing.
    """
    # The package's own files must never be replaced by those of other queries.
    if queries is not None and out is None:
        raise click.UsageError("--queries needs --out, the package to write to", ctx)
    target = out or Path(attune_sql.__file__).parent / "generated"
    operations = read_tree(queries or folder("queries"))
    with scratch(migrations=migrations or folder("migrations")) as server, connect(server.dsn) as conn:
        described = describe_all(conn, operations)
    rejected = [each for each in described if isinstance(each, AttuneSqlError)]
    for each in rejected:
        show_error(each.report())
    if rejected:
        ctx.exit(COULD_NOT_RUN)
    made = files(each for each in described if isinstance(each, Description))
    found = write.changes(target, made)
    if not check:
        write.apply(found)
        say(f"{len(operations)} operations in {shown(target)}; {len(found)} of {len(made)} files changed")
        return
    for change in found:
        # Not say(): a diff is for `patch` too, and is printed as it is.
        click.echo(change.diff(), nl=False)
    if found:
        again = "make generate" if queries is None and out is None else "attune-sql generate, without --check"
        click.echo(f"{len(found)} of the files in {shown(target)} would change\nhelp: {again}", err=True)
        ctx.exit(1)
    say(f"{len(operations)} operations in {shown(target)}, all as generated")
