# Written by `attune-sql generate`; do not edit.
"""The queries as synchronous calls: `load` their folder."""

from pathlib import Path

from attune_sql.runtime.loader import Queries
from attune_sql.runtime.loader import load as _load
from attune_sql.runtime.rows import KnownRows

__all__ = ["Queries", "load"]


def load(path: Path | str) -> Queries:
    """Load the folder of these queries; raises SourceError."""
    return _load(path, rows=_rows)


def _rows() -> KnownRows:
    from .rows import ARRAYS, ROWS

    return KnownRows(ROWS, ARRAYS)
