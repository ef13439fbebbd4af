"""The commands `attune-sql describe` and `attune-sql why`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from attune_sql.cli.render import coloured, say, show_error
from attune_sql.cli.sources import Sources, source_options
from attune_sql.describe.description import Column, Description, ParameterFact
from attune_sql.describe.rejection import RejectedError
from attune_sql.errors import AttuneSqlError
from attune_sql.findings import config
from attune_sql.findings.files import read
from attune_sql.location import shown
from attune_sql.source.operation import Operation

_DIR = click.Path(path_type=Path, readable=False)


@click.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_DIR)
@source_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def describe(
    ctx: click.Context,
    files: tuple[Path, ...],
    queries: Path | None,
    migrations: Path | None,
    dsn: str | None,
    no_cache: bool,
    form: str,
) -> None:
    """Show what PostgreSQL says of query files: types, which values can be NULL and why, how many rows.

    Takes all files of the query folder, or only the ones that are named; nothing is executed. Exits 1 when a file
    cannot be read or PostgreSQL rejects its query.
    """
    settings = config.nearest(Path.cwd())
    sources = Sources.chosen(settings, queries, migrations, dsn, no_cache)
    found = read(sources.queries, files)
    described = sources.describe(found.operations, whole=not files)
    descriptions = [each for each in described if isinstance(each, Description)]
    if form == "json":
        click.echo(json.dumps([_as_json(each) for each in descriptions], indent=2, ensure_ascii=False))
    elif descriptions:
        say("\n\n".join("\n".join(_as_text(each)) for each in descriptions))
    errors: list[AttuneSqlError] = [error for _, error in found.errors]
    errors += [each for each in described if isinstance(each, AttuneSqlError)]
    for error in errors:
        show_error(error.report())
    ctx.exit(1 if errors else 0)


@click.command()
@click.argument("name", metavar="REPOSITORY.OPERATION.COLUMN")
@source_options
def why(name: str, queries: Path | None, migrations: Path | None, dsn: str | None, no_cache: bool) -> None:
    """Explain why a column can be NULL or cannot; so for a parameter."""
    settings = config.nearest(Path.cwd())
    sources = Sources.chosen(settings, queries, migrations, dsn, no_cache)
    found = read(sources.queries)
    try:
        operation = _operation(name, found.operations)
    except AttuneSqlError:
        # What is asked for may be in a file that cannot be read.
        for _, error in found.errors:
            show_error(error.report())
        raise
    (description,) = sources.describe([operation], whole=False)
    if isinstance(description, RejectedError):
        raise description
    for each in _named(name, description):
        say(coloured(_explanation(name, each)))


def _operation(name: str, operations: Sequence[Operation]) -> Operation:
    by_name = {each.full_name: each for each in operations}
    if name in by_name:
        raise AttuneSqlError(f"{name} is an operation, not a column", help=f"add a column: {name}.…", rule="name")
    wanted = name.rpartition(".")[0]
    if wanted not in by_name:
        raise AttuneSqlError(
            f"there is no operation {wanted!r}" if wanted else f"{name!r} names no column",
            help=_nearest(wanted or name, by_name) or "write it as repository.operation.column",
            rule="name",
        )
    return by_name[wanted]


def _named(name: str, description: Description) -> list[Column | ParameterFact]:
    """Return the columns of that name, or else the parameter."""
    wanted = name.rpartition(".")[2]
    every: list[Column | ParameterFact] = [*description.columns, *description.parameters]
    for kind in (Column, ParameterFact):
        if chosen := [each for each in every if isinstance(each, kind) and each.name == wanted]:
            return chosen
    names = [each.name for each in every]
    raise AttuneSqlError(
        f"{description.operation.full_name} has no column or parameter {wanted!r}",
        location=description.operation.header,
        help=_nearest(wanted, names) or f"it has: {', '.join(names) or 'none'}",
        rule="name",
    )


def _nearest(name: str, known: Iterable[str]) -> str | None:
    close = get_close_matches(name, list(known), n=1)
    return f"did you mean {close[0]}?" if close else None


def _explanation(name: str, each: Column | ParameterFact) -> str:
    word, _, text = each.reason.text.partition(": ")
    what = "parameter, " if isinstance(each, ParameterFact) else ""
    lines = [f"{name}: {what}{each.type.name}, {word}"]
    location = each.reason.location
    lines.append(f"{location}: {text}" if location else text)
    if location and (excerpt := location.excerpt()):
        lines.append(excerpt)
    return "\n".join(lines)


def _as_text(described: Description) -> Iterator[str]:
    operation = described.operation
    yield f"{operation.full_name}{operation.operator.value}  {operation.place}"
    yield f"  rows: {described.cardinality_reason.text}"
    for title, values in (("parameters", described.parameters), ("columns", described.columns)):
        if values:
            yield f"  {title}:"
            yield from _grid([_cells(each) for each in values])


def _cells(each: Column | ParameterFact) -> tuple[str, ...]:
    word, _, text = each.reason.text.partition(": ")
    if isinstance(each, ParameterFact):
        return each.name, each.type.name, word, "required" if each.required else "optional", text
    return each.name, each.type.name, word, text


def _grid(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _as_json(described: Description) -> dict[str, Any]:
    operation = described.operation
    return {
        "operation": operation.full_name,
        "file": shown(operation.path),
        "operator": operation.operator.value,
        "params": [
            {"name": each.name, "type": each.type.name, "nullable": each.nullable, "required": each.required}
            for each in described.parameters
        ],
        "columns": [
            {"name": each.name, "type": each.type.name, "nullable": each.nullable, "reason": each.reason.text}
            for each in described.columns
        ],
    }
