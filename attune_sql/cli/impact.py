"""The command `attune-sql impact`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import click

from attune_sql.cli.render import coloured, say
from attune_sql.cli.sources import Sources
from attune_sql.describe.description import Description
from attune_sql.errors import AttuneSqlError
from attune_sql.findings import config
from attune_sql.findings.files import read
from attune_sql.generate.files import files as generated
from attune_sql.location import shown
from attune_sql.offline.answer import described_in
from attune_sql.offline.impact import Affected, Found, Impact, impact
from attune_sql.source.operation import Operation
from attune_sql.source.tree import missing

_DIR = click.Path(path_type=Path, readable=False)
_VERBS = {"breaks": "breaks", "mends": "is mended", "changes": "changes"}


@dataclass(frozen=True, slots=True)
class StubChange:
    """Lines of a generated file that would be others: its name, the first line (from 1), and both texts."""

    file: str
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@click.command("impact")
@click.argument("statement", required=False)
@click.option("--file", "path", type=_DIR, help="Take the statements of this file.")
@click.option("--queries", metavar="DIR", type=_DIR, help="Folder of query files.  [default: the setting, or ours]")
@click.option("--migrations", metavar="DIR", type=_DIR, help="Folder of migrations.  [default: the setting, or ours]")
@click.option("--dsn", help="Make the scratch database on this server, instead of starting one.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_context
def command(
    ctx: click.Context,
    statement: str | None,
    path: Path | None,
    queries: Path | None,
    migrations: Path | None,
    dsn: str | None,
    form: str,
) -> None:
    """Show which operations a change of the schema breaks, and whose types it changes.

    STATEMENT, or the statements of --file, run on a scratch database after the migrations, in a transaction that is
    rolled back. Exits 0 when no operation is affected, 1 when some are, 2 when PostgreSQL refuses the statement.
    """
    if (statement is None) == (path is None):
        raise click.UsageError("give a statement, or --file with a file of statements", ctx)
    text = statement if path is None else _text(path)
    settings = config.nearest(Path.cwd())
    chosen = Sources.chosen(settings, queries, migrations, None, no_cache=False)
    sources = Sources(chosen.queries, chosen.migrations, dsn, as_it_stands=False, keep=dsn is None)
    operations = _readable(sources)
    with sources.database() as conn:
        kept, before = described_in(conn, sources.folders, operations, keep=sources.keep)
        found = impact(conn, text or "", path or Path("statement"), kept, before)
    stubs = list(_stubs(before, found.affected))
    if form == "json":
        click.echo(json.dumps(_as_json(found, stubs, len(operations)), indent=2, ensure_ascii=False))
    else:
        say(coloured("\n".join(_as_text(found, stubs, len(operations)))))
    ctx.exit(1 if found.affected else 0)


def _text(path: Path) -> str:
    if not os.path.lexists(path):
        raise missing(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else f"it is not UTF-8: {error.reason} at byte {error.start}"
        raise AttuneSqlError(
            f"{shown(path)} cannot be read: {why}", help="--file takes a file of SQL in UTF-8", rule="files"
        ) from None


def _readable(sources: Sources) -> Sequence[Operation]:
    found = read(sources.queries)
    for _, error in found.errors:
        raise error
    return found.operations


def _stubs(before: Iterable[Found], affected: Sequence[Affected]) -> Iterator[StubChange]:
    """Compare the rows and stubs that `generate` would write; what breaks keeps its own, for it has no others."""
    changed = {
        each.before.operation.full_name: each.after
        for each in affected
        if each.effect == "changes" and isinstance(each.after, Description)
    }
    old = [each for each in before if isinstance(each, Description)]
    new = [changed.get(each.operation.full_name, each) for each in old]
    if not changed:
        return
    files = generated(old), generated(new)
    for name in ("rows.py", "sync.pyi", "aio.pyi"):
        lines, other = (each[name].splitlines() for each in files)
        for tag, start, end, new_start, new_end in SequenceMatcher(None, lines, other, autojunk=False).get_opcodes():
            if tag != "equal":
                yield StubChange(name, start + 1, tuple(lines[start:end]), tuple(other[new_start:new_end]))


def _as_text(found: Impact, stubs: Iterable[StubChange], count: int) -> Iterator[str]:
    for each in found.affected:
        operation = each.before.operation
        if isinstance(each.after, AttuneSqlError):
            yield from (each.after.report(), "")
            continue
        yield f"{operation.place}: {operation.full_name} {_VERBS[each.effect]}"
        yield from (f"  {difference}" for difference in each.differences)
        yield ""
    for change in stubs:
        yield f"{change.file}:{change.line}"
        yield from (f"- {line}" for line in change.before)
        yield from (f"+ {line}" for line in change.after)
        yield ""
    effects = [each.effect for each in found.affected]
    told = ", ".join(f"{effects.count(effect)} {word}" for effect, word in _COUNTED.items() if effect in effects)
    yield f"{count} operations, {found.dependents} dependent on what changes: {told or 'none is affected'}"


_COUNTED = {"breaks": "broken", "mends": "mended", "changes": "changed"}


def _as_json(found: Impact, stubs: Iterable[StubChange], count: int) -> dict[str, Any]:
    return {
        "operations": count,
        "dependents": found.dependents,
        "affected": [_affected(each) for each in found.affected],
        "stubs": [{"file": each.file, "line": each.line, "before": each.before, "after": each.after} for each in stubs],
    }


def _affected(each: Affected) -> dict[str, Any]:
    operation, error = each.before.operation, each.after if isinstance(each.after, AttuneSqlError) else None
    at = error.location if error and error.location else operation.header
    return {
        "operation": operation.full_name,
        "effect": each.effect,
        "file": shown(operation.path),
        "line": at.line,
        "column": at.column,
        "message": error.message if error else None,
        "rule": error.rule if error else None,
        "help": error.help if error else None,
        "changes": [
            {"what": difference.what, "before": difference.before, "after": difference.after}
            for difference in each.differences
        ],
    }
