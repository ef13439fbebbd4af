"""What a run was made on, in general terms: no names of hosts, no paths."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
from pathlib import Path

from benchmarks.results import Machine

PACKAGES = (
    "attune-sql", "aiosql", "psycopg", "psycopg-binary", "psycopg-pool", "msgspec",
    "asyncpg", "SQLAlchemy", "Django", "sqlspec",
)  # fmt: skip


def load() -> float:
    """Return the system's load average over the last minute: about 0 on a machine that does nothing else."""
    return round(os.getloadavg()[0], 1)


def describe(server_version: int, load_before: float, one_core: bool) -> Machine:
    """Describe this machine; the server's version is a number such as 180006, the rest as in Machine."""
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=platform.system(),
        python=platform.python_version(),
        postgresql=f"{server_version // 10_000}.{server_version % 10_000}",
        load=load_before,
        one_core=one_core,
        packages={name: version for name in PACKAGES if (version := _version(name))},
    )


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    if listed.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", listed.read_text(), re.MULTILINE)
        if found:
            return found[1].strip()
    return platform.machine()
