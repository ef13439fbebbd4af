# Written by `attune-sql generate`; do not edit.
"""The queries as synchronous calls: `load` their folder."""

from pathlib import Path

from attune_sql.runtime.loader import Queries
from attune_sql.runtime.loader import load as _load
from attune_sql.runtime.rows import KnownRows

__all__ = ["Queries", "load"]


def load(path: Path | str, *, lazy: bool = False) -> Queries:
    """Load the folder of these queries, with `lazy` each folder in it at its first use; raises SourceError."""
    return _load(path, rows=_rows, lazy=lazy)


def _rows() -> KnownRows:
    from .rows import ARRAYS, ROWS

    return KnownRows(ROWS, ARRAYS)
