"""squawk over migrations → findings: which statements block others, and which break what runs meanwhile.

Runs the program `squawk` of the package `squawk-cli` with the rules of `squawk.toml` beside this module, or with the
project's own `.squawk.toml`. Source: https://squawkhq.com/docs/rules.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attune_sql.errors import AttuneSqlError
from attune_sql.findings.finding import Finding, Level
from attune_sql.location import Location
from attune_sql.migration.statements import NO_TRANSACTION

OWN = ".squawk.toml"
_LEVELS: Mapping[str, Level] = {"Error": "error", "Warning": "warning"}
_SECONDS = 60


class SquawkError(AttuneSqlError):
    """squawk could not be run."""


def check(texts: Mapping[Path, str]) -> Iterator[Finding]:
    """Run squawk on migrations; the files that opt out of a transaction are told apart."""
    alone = [path for path, text in texts.items() if text.partition("\n")[0].rstrip() == NO_TRANSACTION]
    wrapped = [path for path in texts if path not in alone]
    for paths, option in ((wrapped, "--assume-in-transaction"), (alone, "--no-assume-in-transaction")):
        if paths:
            for told in _run(paths, option):
                yield _finding(told, texts)


def _run(paths: Sequence[Path], option: str) -> list[dict[str, Any]]:
    config = next(each for each in (Path(OWN), Path(__file__).with_name("squawk.toml")) if each.is_file())
    command = [_program(), "--reporter", "json", "--config", str(config), option, "--", *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SquawkError(f"squawk cannot run: {error}", rule="squawk") from None
    try:
        told: list[dict[str, Any]] = json.loads(done.stdout or "[]")
    except json.JSONDecodeError:
        told = []
    # 0: nothing found, 1: found something.
    if done.returncode not in (0, 1) or (done.returncode == 1 and not told):
        said = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        raise SquawkError(f"squawk cannot run: {said or f'exit code {done.returncode}'}", rule="squawk")
    return told


def _program() -> str:
    beside = Path(sys.executable).with_name("squawk")
    program = str(beside) if beside.is_file() else shutil.which("squawk")
    if program is None:
        raise SquawkError("the lint of migrations needs squawk", help="pip install 'attune-sql[toolkit]'")
    return program


def _finding(told: dict[str, Any], texts: Mapping[Path, str]) -> Finding:
    """Turn one of squawk's reports, with lines and columns from 0 in characters, into a finding."""
    path = Path(told["file"])
    text = texts[path]
    start = sum(len(line) + 1 for line in text.split("\n")[: told["line"]]) + told["column"]
    length = told["column_end"] - told["column"] if told["line_end"] == told["line"] else len(text)
    return Finding(
        told["rule_name"],
        Location.at(path, text, start, start + max(length, 1)),
        told["message"],
        told.get("help"),
        _LEVELS.get(told["level"], "error"),
    )
