"""Descriptions → the files of a package of types, by name. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from attune_sql.describe.description import Description
from attune_sql.generate.layout import BANNER
from attune_sql.generate.rows import rows_text
from attune_sql.generate.shapes import shapes
from attune_sql.generate.stubs import LOAD, stub_text

_MODULE = """{banner}
\"\"\"The queries as {told} calls: `load` their folder.\"\"\"

from pathlib import Path

from attune_sql.runtime.loader import Queries
from attune_sql.runtime.loader import load as _load

from .rows import ROWS

__all__ = ["Queries", "load"]


def load(path: Path | str) -> Queries:
    \"\"\"{load}\"\"\"
    return _load(path, {aio}rows=ROWS)
"""


def files(descriptions: Iterable[Description]) -> dict[str, str]:
    """Write rows.py, sync.pyi and aio.pyi and what makes them a package; the same for any order of the operations.

    Raises RowShapeError for a column that cannot be a field of a row.
    """
    described = list(descriptions)
    made = shapes(described)
    return {
        "__init__.py": f'{BANNER}\n"""The types of the queries, for mypy and pyright, and the row classes."""\n',
        "aio.py": _MODULE.format(banner=BANNER, told="asynchronous", load=LOAD, aio="aio=True, "),
        "aio.pyi": stub_text(described, made, aio=True),
        "rows.py": rows_text(made),
        "sync.py": _MODULE.format(banner=BANNER, told="synchronous", load=LOAD, aio=""),
        "sync.pyi": stub_text(described, made, aio=False),
    }
