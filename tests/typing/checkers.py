"""Runs mypy and pyright, both strict, each once over all files that the tests ask about → what they report."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[2]
CHECKERS = ("mypy", "pyright")

_MYPY_LINE = re.compile(
    r"^(?P<file>[^:]+):(?P<line>\d+): error: (?P<text>.*?)(?:  \[(?P<code>[\w-]+)\])?$", re.MULTILINE
)


class Report(NamedTuple):
    """One error: the file as a path below the checkout, its line, the checker's code for it, and its words."""

    file: str
    line: int
    code: str
    text: str


def run(checker: str, paths: Iterable[str]) -> list[Report]:
    """Check files and folders below the checkout with the settings of pyproject.toml."""
    return {"mypy": _mypy, "pyright": _pyright}[checker](list(paths))


def _mypy(paths: list[str]) -> list[Report]:
    # A cache of its own: `make check` has other files, and may run at the same time.
    command = ["mypy", "--strict", "--cache-dir", ".mypy_cache/typing", "--no-pretty", "--no-error-summary", *paths]
    done = _run(command)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [
        Report(each["file"], int(each["line"]), each["code"] or "", each["text"])
        for each in _MYPY_LINE.finditer(done.stdout)
    ]


def _pyright(paths: list[str]) -> list[Report]:
    done = _run(["pyright", "--outputjson", "--pythonpath", sys.executable, *paths])
    found = json.loads(done.stdout)
    assert found["summary"]["filesAnalyzed"] > 0, done.stdout
    return [
        Report(
            str(Path(each["file"]).relative_to(CHECKOUT)),
            each["range"]["start"]["line"] + 1,
            each.get("rule", ""),
            each["message"],
        )
        for each in found["generalDiagnostics"]
        if each["severity"] == "error"
    ]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    # The version is pinned: nobody has to look for a newer one over the network.
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
