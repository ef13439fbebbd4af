"""The documentation: every command and example in it is run, every link leads somewhere."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import traceback
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from attune_sql.scratch_server.scratch import ScratchServer

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = [*sorted(CHECKOUT.glob("*.md")), *sorted(CHECKOUT.glob("docs/**/*.md"))]
README = CHECKOUT / "README.md"


class Block(NamedTuple):
    """A fenced block: its language, its text, and the line that it begins at."""

    page: Path
    language: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"{self.page.relative_to(CHECKOUT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    text = page.read_text()
    fences = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(page, each[1], each[2], text.count("\n", 0, each.start()) + 1) for each in fences]


COMMANDS = [
    pytest.param(line[2:], following.text if following.language == "" else None, id=f"{block}:{line[2:]}")
    for page in PAGES
    for block, following in pairwise([*blocks(page), Block(page, "end", "", 0)])
    if block.language == "console"
    for line in block.text.splitlines()
    if line.startswith("$ ")
]


def programs_with_output() -> list[tuple[Block, Block]]:
    """Pair every Python program with the output that is shown right below it."""
    return [
        (program, output)
        for page in PAGES
        for program, output in zip(blocks(page), blocks(page)[1:], strict=False)
        if program.language == "python" and output.language == ""
    ]


@pytest.mark.parametrize(("program", "output"), programs_with_output(), ids=str)
def test_an_example_prints_what_is_shown_below_it(
    program: Block, output: Block, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CHECKOUT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(program.text, str(program), "exec"), {})
        except Exception as error:
            lines = traceback.format_exception_only(error)
            printed.write("Traceback (most recent call last):\n  ...\n" + "".join(lines))
    checker = doctest.OutputChecker()
    assert checker.check_output(output.text, printed.getvalue(), doctest.ELLIPSIS), printed.getvalue()


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_a_command_that_is_shown_works(command: str, output: str | None, server: ScratchServer) -> None:
    program, *arguments = shlex.split(command)
    if program == "make":
        targets = re.findall(r"^(\w+):.*##", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)
        assert set(arguments) <= set(targets)
        return
    assert program == "attune-sql"
    dsn = server.clone()
    arguments = [argument.replace("$ATTUNE_SQL_DSN", dsn) for argument in arguments]
    environment = {**os.environ, "ATTUNE_SQL_DSN": dsn}
    done = subprocess.run(
        [sys.executable, "-m", "attune_sql", *arguments],
        env=environment, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert output in (None, done.stdout)


def test_a_query_file_that_is_shown_is_the_file() -> None:
    shown = re.findall(r"`(queries/\S+\.sql)`:\n\n```sql\n(.*?)```", README.read_text(), re.DOTALL)
    assert shown
    for path, text in shown:
        assert (CHECKOUT / path).read_text() == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target
