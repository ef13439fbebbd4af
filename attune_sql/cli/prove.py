"""The command `attune-sql prove`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from attune_sql.bundled import folder
from attune_sql.cli.render import coloured, say, show_error
from attune_sql.describe.describe import describe_all
from attune_sql.describe.description import Description
from attune_sql.errors import AttuneSqlError
from attune_sql.findings import config
from attune_sql.findings.files import read
from attune_sql.prove.prove import prove as prove_all
from attune_sql.prove.report import as_json, as_text
from attune_sql.runtime.connection import connect
from attune_sql.scratch_server.scratch import scratch
from attune_sql.source.operation import Operation
from attune_sql.source.tree import named_files

_DIR = click.Path(path_type=Path, readable=False)


@click.command()
@click.argument("names", metavar="[FILE|NAME]...", nargs=-1)
@click.option(
    "--queries",
    metavar="DIR",
    type=_DIR,
    help="Folder of query files.  [default: the setting, or the ones of this package]",
)
@click.option(
    "--migrations",
    metavar="DIR",
    type=_DIR,
    help="Folder of migrations for the scratch database.  [default: the setting, or the ones of this package]",
)
@click.option("--dsn", help="Make the scratch database on this server, instead of starting one.")
@click.option("--seed", type=int, default=0, show_default=True, help="Other rows and arguments for another number.")
@click.option("--rounds", type=click.IntRange(1), default=12, show_default=True, help="How often tables are filled.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def prove(
    ctx: click.Context,
    names: tuple[str, ...],
    queries: Path | None,
    migrations: Path | None,
    dsn: str | None,
    seed: int,
    rounds: int,
    form: str,
) -> None:
    """Run queries on made-up rows, and hold them to their promises.

    A column that is not null must never yield NULL, and `^` and `$` never two rows, on rows that satisfy every
    constraint. Takes all operations, or files, or names such as execution or execution.search. Everything happens on a
    scratch database, in transactions that are rolled back. Exits 1 with a script for psql for each promise that does
    not hold.
    """
    settings = config.nearest(Path.cwd())
    files = [Path(each) for each in names if _is_file(each)]
    wanted = [each for each in names if not _is_file(each)]
    root = queries or settings.queries or folder("queries")
    named_files(files)
    found = read(root, [] if wanted else files)
    operations = list(_chosen(found.operations, wanted, files)) if wanted else found.operations
    chosen_migrations = migrations or settings.migrations or folder("migrations")
    with scratch(dsn=dsn, migrations=chosen_migrations) as server, connect(server.dsn) as conn:
        described = describe_all(conn, operations)
        conn.rollback()
        proof = prove_all(conn, [each for each in described if isinstance(each, Description)], seed=seed, rounds=rounds)
    if form == "json":
        click.echo(as_json(proof), nl=False)
    else:
        say(coloured(as_text(proof).rstrip("\n")))
    errors: list[AttuneSqlError] = [error for path, error in found.errors if not wanted or path in files]
    errors += [each for each in described if isinstance(each, AttuneSqlError)]
    for error in errors:
        show_error(error.report())
    ctx.exit(1 if errors or proof.counter_examples else 0)


def _is_file(name: str) -> bool:
    return name.endswith(".sql") or os.sep in name or Path(name).exists()


def _chosen(operations: Sequence[Operation], names: Sequence[str], files: Sequence[Path]) -> Iterator[Operation]:
    """Choose the operations with these names, in these repositories or in these files; raises for an unknown name."""
    known = {each.full_name for each in operations} | {".".join(each.namespace) for each in operations}
    for name in names:
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1)
            raise AttuneSqlError(
                f"there is no operation or repository {name!r}",
                help=f"did you mean {close[0]}?" if close else "write it as repository or repository.operation",
                rule="name",
            )
    inside = [each.resolve() for each in files]
    for each in operations:
        path = each.path.resolve()
        named = any(f"{each.full_name}.".startswith(f"{name}.") for name in names)
        if named or any(path == file or file in path.parents for file in inside):
            yield each
