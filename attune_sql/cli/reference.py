"""The command `attune-sql reference`."""

from __future__ import annotations

from pathlib import Path

import click

from attune_sql.bundled import folder
from attune_sql.cli.render import say
from attune_sql.location import shown
from attune_sql.reference import write
from attune_sql.reference.catalogue import ask
from attune_sql.reference.pages import render
from attune_sql.runtime.connection import connect
from attune_sql.scratch_server.scratch import scratch
from attune_sql.source.tree import read_tree


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, readable=False),
    default="docs/repositories",
    show_default=True,
    help="Folder to write the pages to.",
)
@click.option("--check", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def reference(ctx: click.Context, out: Path, check: bool) -> None:
    """Write the reference pages of the repositories.

    They come from the query files and a scratch PostgreSQL. With --check, exits 1 when a page is stale, missing or
    surplus.
    """
    operations = read_tree(folder("queries"))
    with scratch() as server, connect(server.dsn) as conn:
        pages = render(ask(conn, operations))
    found = write.changes(out, pages)
    if not check:
        write.apply(found)
        say(f"{len(pages)} pages in {shown(out)}; {len(found)} changed")
        return
    for change in found:
        # Not say(): a diff is for `patch` too, and is printed as it is.
        click.echo(change.diff(), nl=False)
    if found:
        click.echo(f"{len(found)} of the pages in {shown(out)} would change\nhelp: make docs", err=True)
        ctx.exit(1)
    say(f"{len(pages)} pages in {shown(out)}, all as generated")
