"""The command group `attune-sql`: which commands there are, and how each of them may end.

Exit codes: 0 done and clean, 1 findings or something pending, 2 could not run, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from attune_sql.errors import AttuneSqlError

COULD_NOT_RUN = 2
INTERRUPTED = 130


class Entry(NamedTuple):
    """A command: where its click object is, as `module:object`, and its line in `--help`."""

    target: str
    summary: str


# A new command gets its line here. Its module is imported when the command is called, so that --help stays fast.
COMMANDS = {
    "check": Entry("attune_sql.cli.check:check", "Check query files against PostgreSQL."),
    "demo": Entry("attune_sql.cli.demo:demo", "Run a pack on a real database with real worker processes."),
    "describe": Entry("attune_sql.cli.describe:describe", "Show what PostgreSQL says of query files."),
    "generate": Entry("attune_sql.cli.generate:generate", "Write row classes, enum types and stubs of the queries."),
    "impact": Entry("attune_sql.cli.impact:command", "Show which operations a change of the schema breaks."),
    "lint": Entry("attune_sql.cli.lint:lint", "Lint query files and migrations by their text."),
    "migrate": Entry("attune_sql.cli.migrate:migrate", "Run the migrations that a database lacks."),
    "prove": Entry("attune_sql.cli.prove:prove", "Run queries on made-up rows, and hold them to their promises."),
    "reference": Entry("attune_sql.cli.reference:reference", "Write the reference pages of the repositories."),
    "status": Entry("attune_sql.cli.migrate:status", "Show which migrations a database has."),
    "why": Entry("attune_sql.cli.describe:why", "Explain why a column can be NULL or cannot."),
}


class Commands(click.Group):
    """A group that imports a command when it is called, and turns every expected failure into words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or return None for a name that is none."""
        if (entry := COMMANDS.get(cmd_name)) is None:
            return None
        module, _, attribute = entry.target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in self.list_commands(ctx)])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line and exit with its code; with `standalone_mode` off, return the code."""
        code = self._exit_code(args, prog_name, complete_var, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _exit_code(
        self, args: Sequence[str] | None, prog_name: str | None, complete_var: str | None, **extra: Any
    ) -> int:
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except AttuneSqlError as error:
            _show_error(error.report())
        except click.ClickException as error:
            context = error.ctx if isinstance(error, click.UsageError) else None
            help_line = f"\nhelp: {context.command_path} --help" if context else ""
            _show_error(f"error: {error.format_message()}{help_line}")
        except click.Abort:
            _show_error("interrupted")
            return INTERRUPTED
        except Exception as error:
            if not _is_of_the_server(error):
                raise
            reason = str(error).strip().partition("\n")[0]
            _show_error(f"the database cannot be used: {reason}\nhelp: check that the server runs, and the --dsn")
        else:
            return code if isinstance(code, int) else 0
        return COULD_NOT_RUN


def _show_error(report: str) -> None:
    """Print a report on standard error."""
    # Only here: what draws on terminals is slow to import, and a command that ends well may do without.
    from attune_sql.cli import render

    render.show_error(report)


def _is_of_the_server(error: Exception) -> bool:
    # A command that needs no server does without the driver, which is slow to import.
    from psycopg import OperationalError

    return isinstance(error, OperationalError)


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="attune-sql", prog_name="attune-sql", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Look after the SQL of Attune: its migrations and its queries."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(COULD_NOT_RUN)
