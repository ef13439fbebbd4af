"""What it costs a program to begin: fresh processes in turn, against one that imports psycopg alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from benchmarks.harness import alternate


@dataclass(frozen=True, slots=True)
class Program:
    """A program that begins and ends; what it needs beyond psycopg."""

    text: str
    package: str | None = None


READY: Final = "attune_sql, a first query ready"
EVERYTHING: Final = "attune_sql, every query read and made"
_ALONE: Final = "psycopg"
_PROGRAMS: Final = {
    _ALONE: Program("import psycopg"),
    "attune_sql": Program("import attune_sql"),
    READY: Program("from attune_sql import queries\nqueries.execution.find_by_id"),
    EVERYTHING: Program(
        "from operator import attrgetter\nfrom attune_sql import queries\n"
        "loaded = [attrgetter(name)(queries) for name in queries.available_queries]\nassert len(loaded) > 200"
    ),
    "aiosql": Program("import aiosql, psycopg"),
    "asyncpg": Program("import asyncpg", "asyncpg"),
    "sqlspec": Program(
        "from sqlspec import SQLSpec\nfrom sqlspec.adapters.psycopg import PsycopgSyncConfig\n"
        "SQLSpec().add_config(PsycopgSyncConfig())",
        "sqlspec",
    ),
    "SQLAlchemy Core": Program("import sqlalchemy\nsqlalchemy.create_engine('postgresql+psycopg://')", "sqlalchemy"),
    "SQLAlchemy ORM": Program("import sqlalchemy.orm\nsqlalchemy.create_engine('postgresql+psycopg://')", "sqlalchemy"),
    "Django ORM": Program(
        "import django\nfrom django.conf import settings\n"
        "settings.configure(DATABASES={'default': {'ENGINE': 'django.db.backends.postgresql'}})\n"
        "django.setup()\nfrom django.db import connection, models\nconnection.ops",
        "django",
    ),
}

# Compiled files are kept, as in an installation.
_INSTALLED: Final = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measure(packages: set[str], rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds that each program takes over the one that imports psycopg alone, round by round.

    packages: those of the other libraries whose programs are wanted.
    """
    chosen = {name: each.text for name, each in _PROGRAMS.items() if each.package is None or each.package in packages}
    taken = alternate({name: _process(text) for name, text in chosen.items()}, rounds, seconds=0)
    alone = taken.pop(_ALONE)
    return {name: [(one - psycopg) * 1e3 for one, psycopg in zip(taken[name], alone, strict=True)] for name in taken}


def _process(text: str) -> Callable[[int, int], float]:
    def run(first: int, count: int) -> float:
        began = time.perf_counter()
        for _ in range(count):
            subprocess.run([sys.executable, "-c", text], check=True, env=_INSTALLED)
        return time.perf_counter() - began

    return run
