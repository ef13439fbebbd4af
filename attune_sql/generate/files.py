"""Descriptions → the files of a package of types, by name. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from attune_sql.describe.description import Description
from attune_sql.generate.layout import BANNER
from attune_sql.generate.rows import rows_text
from attune_sql.generate.shapes import shapes
from attune_sql.generate.stubs import stub_text

# The modules that the stubs stand for: a service can then name the classes outside of TYPE_CHECKING too.
_MODULE = """{banner}
from attune_sql.runtime.loader import Queries

__all__ = ["Queries"]
"""


def files(descriptions: Iterable[Description]) -> dict[str, str]:
    """Write rows.py, sync.pyi and aio.pyi and what makes them a package; the same for any order of the operations.

    Raises RowShapeError for a column that cannot be a field of a row.
    """
    described = list(descriptions)
    made = shapes(described)
    module = _MODULE.format(banner=BANNER)
    return {
        "__init__.py": f'{BANNER}\n"""The types of the queries, for mypy and pyright, and the row classes."""\n',
        "aio.py": module,
        "aio.pyi": stub_text(described, made, aio=True),
        "rows.py": rows_text(made),
        "sync.py": module,
        "sync.pyi": stub_text(described, made, aio=False),
    }
