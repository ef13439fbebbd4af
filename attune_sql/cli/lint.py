"""The command `attune-sql lint`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from attune_sql.errors import SourceError
from attune_sql.findings import config
from attune_sql.findings.formats import FORMATS
from attune_sql.lint.files import sql_files
from attune_sql.lint.run import Wish, run
from attune_sql.location import shown


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--fast", is_flag=True, help="Only our own rules, by PostgreSQL's parser: no sqlfluff, no squawk.")
@click.option("--migrations", "only_migrations", is_flag=True, help="Only the rules of migrations: MG and squawk's.")
@click.option("--fix", is_flag=True, help="Write what can be mended safely, then report the rest.")
@click.option("--changed", is_flag=True, help="Only files that differ from the main branch, by git.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.pass_context
def lint(
    ctx: click.Context, paths: tuple[Path, ...], fast: bool, only_migrations: bool, fix: bool, changed: bool, form: str
) -> None:
    """Lint query files and migrations by their text; no database is needed.

    Takes the folders of the settings, else `queries` and `migrations` below this one, or only what is named. Runs
    sqlfluff with our plugin and the nearest .sqlfluff, and squawk for migrations. Exits 0 when clean, 1 with findings,
    2 when the lint could not run.
    """
    files = sql_files(paths or _folders())
    if changed:
        # Only here: running git takes a module that is slow to import.
        from attune_sql.lint.changed import changed_files

        differing = changed_files(Path.cwd())
        files = [path for path in files if path.resolve() in differing]
    is_text = form == "text"
    with _progress(len(files) * (1 + fix), show=is_text and not fast and sys.stderr.isatty()) as on_done:
        result, mended = run(files, Wish(fast, only_migrations, fix, on_done))
    text = FORMATS[form](result)
    if mended and is_text:
        click.echo(f"mended {mended} file{'s' * (mended != 1)}", err=True)
    if is_text and sys.stdout.isatty():
        from attune_sql.cli.render import coloured, say

        say(coloured(text.rstrip("\n")))
    else:
        click.echo(text, nl=False)
    ctx.exit(0 if result.clean else 1)


@contextmanager
def _progress(files: int, *, show: bool) -> Iterator[Callable[[int], None]]:
    if not show:
        yield lambda done: None
        return
    with click.progressbar(length=files, label="sqlfluff", file=sys.stderr) as bar:
        yield bar.update


def _folders() -> Sequence[Path]:
    settings = config.nearest(Path.cwd())
    for each in (settings.queries, settings.migrations):
        # What is usual may be missing, what someone wrote down may not: nothing would be linted, and all be well.
        if each is not None and not each.is_dir():
            raise SourceError(
                f"there is no folder {shown(each)}, which [tool.attune_sql] names",
                help="correct the setting in pyproject.toml, or name what is to be linted",
                rule="files",
            )
    folders = (settings.queries or Path("queries"), settings.migrations or Path("migrations"))
    there = [each for each in folders if each.is_dir()]
    if not there:
        named = " and ".join(map(shown, folders))
        raise click.UsageError(f"there is no folder {named}: name what is to be linted")
    return there
