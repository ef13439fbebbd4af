"""Puts text on the terminal: coloured where it is one, plain elsewhere, and never with a password."""

from __future__ import annotations

import re

from rich.console import Console
from rich.text import Text

_STYLES = {
    r"\berror(\[[\w-]+\])?:": "bold red",
    r"(?m)^help:": "bold cyan",
    r"(?m)^ *\d* \|": "blue",
    r"(?m)\^+$": "bold red",
}


def say(text: str | Text = "") -> None:
    """Print a line on standard output."""
    # A console per line: it then belongs to the stream of that moment, which a test or a caller may have exchanged.
    Console(highlight=False, soft_wrap=True, emoji=False, markup=False).print(text)


def show_error(report: str) -> None:
    """Print the report of an error on standard error."""
    from attune_sql.migration.connection import masked

    Console(stderr=True, highlight=False, soft_wrap=True, emoji=False, markup=False).print(coloured(masked(report)))


def coloured(report: str) -> Text:
    """Mark up the level, the excerpt and the help of a report as `AttuneSqlError.report` writes it."""
    text = Text(report)
    for pattern, style in _STYLES.items():
        for found in re.finditer(pattern, report):
            text.stylize(style, *found.span())
    return text
