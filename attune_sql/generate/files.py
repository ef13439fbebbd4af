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
from attune_sql.runtime.rows import KnownRows

__all__ = ["Queries", "load"]


def load(path: Path | str, *, lazy: bool = False) -> Queries:
    \"\"\"{load}\"\"\"
    return _load(path, {aio}rows=_rows, lazy=lazy)


def _rows() -> KnownRows:
    from .rows import ARRAYS, ROWS

    return KnownRows(ROWS, ARRAYS)
"""


def files(descriptions: Iterable[Description], json_module: str | None = None) -> dict[str, str]:
    """Write rows.py, sync.pyi and aio.pyi and what makes them a package; the same for any order of the operations.

    `json_module` is where the bare names of `@json` tags are. Raises RowShapeError for a column that cannot be a field
    of a row, and AttuneSqlError for a bare name without a module.
    """
    described = list(descriptions)
    made = shapes(described, json_module)
    return {
        "__init__.py": f'{BANNER}\n"""The types of the queries, for mypy and pyright, and the row classes."""\n',
        "aio.py": _MODULE.format(banner=BANNER, told="asynchronous", load=LOAD, aio="aio=True, "),
        "aio.pyi": stub_text(described, made, aio=True),
        "rows.py": rows_text(made),
        "sync.py": _MODULE.format(banner=BANNER, told="synchronous", load=LOAD, aio=""),
        "sync.pyi": stub_text(described, made, aio=False),
    }
