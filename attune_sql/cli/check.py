"""The command `attune-sql check`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from attune_sql.cli.sources import Sources, source_options
from attune_sql.findings import config
from attune_sql.findings.collect import collect
from attune_sql.findings.files import Files, read
from attune_sql.findings.finding import Finding
from attune_sql.findings.formats import FORMATS
from attune_sql.findings.result import Result
from attune_sql.findings.row_classes import RowClasses, row_classes
from attune_sql.findings.rules import PAGES
from attune_sql.location import Location
from attune_sql.offline.answer import Folders, kept_answer
from attune_sql.offline.staleness import State

STALE = "stale"


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path, readable=False))
@source_options
@click.option("--offline", is_flag=True, help="Start no server: go by the descriptions kept beside the queries.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Say on standard error what was described anew, and why.")
@click.pass_context
def check(
    ctx: click.Context,
    files: tuple[Path, ...],
    queries: Path | None,
    migrations: Path | None,
    dsn: str | None,
    no_cache: bool,
    offline: bool,
    form: str,
    verbose: bool,
) -> None:
    """Check query files against PostgreSQL; nothing is executed.

    Takes all files of the query folder, or only the ones that are named. Descriptions that are still true are taken
    from the file beside the queries. Settings come from [tool.attune_sql] in the nearest pyproject.toml; options win.
    Exits 0 when clean, 1 with findings, 2 when the check could not run.
    """
    if offline and (dsn or no_cache):
        raise click.UsageError("--offline goes by what is kept: it cannot be given with --dsn or --no-cache")
    settings = config.nearest(Path.cwd())
    sources = Sources.chosen(settings, queries, migrations, dsn, no_cache)
    read_files = read(sources.queries, files)
    classes = row_classes(settings.out if queries is None else None)
    if offline:
        found = _kept(sources.folders, read_files, settings.ignore, classes)
    else:
        found = _asked(sources, read_files, settings.ignore, classes, whole=not files, verbose=verbose)
    result = Result(tuple(found), read_files.count, len(read_files.operations), PAGES)
    text = FORMATS[form](result)
    if form == "text" and sys.stdout.isatty():
        from attune_sql.cli.render import coloured, say

        say(coloured(text.rstrip("\n")))
    else:
        click.echo(text, nl=False)
    ctx.exit(0 if result.clean else 1)


def _asked(
    sources: Sources, files: Files, ignore: frozenset[str], classes: RowClasses | None, *, whole: bool, verbose: bool
) -> list[Finding]:
    answer = sources.answer(files.operations, whole=whole)
    if answer is None:
        from attune_sql.findings.survey import survey

        with sources.database() as conn:
            return survey(conn, files, ignore, classes)
    if verbose:
        for name, why in answer.anew:
            click.echo(f"{name}: described anew: {why}", err=True)
    return collect(answer.described, answer.table_columns, files.errors, ignore, classes)


def _kept(folders: Folders, files: Files, ignore: frozenset[str], classes: RowClasses | None) -> list[Finding]:
    state, answer = kept_answer(folders, files.operations)
    known = collect(answer.described, answer.table_columns, files.errors, ignore, classes)
    return sorted([*known, *_stale(state, folders)], key=lambda each: (str(each.location.path), each.location.line))


def _stale(state: State, folders: Folders) -> Iterator[Finding]:
    help = "run attune-sql check where a PostgreSQL can be started, and commit the descriptions"
    for name, why in state.migrations:
        yield Finding(STALE, Location(folders.migrations / name, 1), f"{why} since the queries were described", help)
    for operation, why in state.operations:
        yield Finding(STALE, operation.header, f"{operation.full_name} must be described anew: {why}", help)
