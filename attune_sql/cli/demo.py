"""`attune-sql demo`."""

from __future__ import annotations

from pathlib import Path

import click

from attune_sql.bundled import folder
from attune_sql.demo.run import Settings, run
from attune_sql.demo.screen import Screen

MOST_WORKERS = 64


@click.command()
@click.option("--dsn", help="Run on this database, which must be idle, instead of a scratch server.")
@click.option(
    "--pack",
    type=click.Path(path_type=Path, readable=False),
    help="Load the pack in this folder.  [default: the bundled site_watch]",
)
@click.option("--events", type=click.IntRange(min=1), default=100, show_default=True, help="How many events to fire.")
@click.option(
    "--workers",
    type=click.IntRange(min=1, max=MOST_WORKERS),
    default=4,
    show_default=True,
    help="How many worker processes to start.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Decides payloads, and which pages are down.")
@click.pass_context
def demo(ctx: click.Context, dsn: str | None, pack: Path | None, events: int, workers: int, seed: int) -> None:
    """Run a pack on a real database with real worker processes, and check that every execution ran exactly once."""
    chosen = pack or folder("examples") / "packs" / "site_watch"
    ctx.exit(run(Settings(chosen, dsn, events, workers, seed), Screen()))
