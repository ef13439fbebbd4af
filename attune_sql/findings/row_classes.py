"""A generated package → the columns of its row classes: its text is read, nothing of it is imported."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

from attune_sql.errors import SourceError
from attune_sql.location import Location

RowClasses = Mapping[str, frozenset[tuple[str, ...]]]
"""The column lists that have a row class, by repository (with dots)."""


def row_classes(package: Path | None) -> RowClasses | None:
    """Read `rows.py` of a generated package; None where there is none.

    Raises SourceError for a file that is no Python.
    """
    path = package / "rows.py" if package else None
    if path is None or not path.is_file():
        return None
    try:
        module = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError, OSError) as error:
        raise SourceError(
            f"the row classes cannot be read: {error}",
            location=Location(path, 1),
            help="write them anew with attune-sql generate",
            rule="files",
        ) from None
    fields = {each.name: _fields(each) for each in module.body if isinstance(each, ast.ClassDef)}
    found: dict[str, set[tuple[str, ...]]] = {}
    for repository, name in _listed(module):
        found.setdefault(repository, set()).add(fields.get(name, ()))
    return {repository: frozenset(columns) for repository, columns in found.items()}


def _fields(made: ast.ClassDef) -> tuple[str, ...]:
    targets = (each.target for each in made.body if isinstance(each, ast.AnnAssign))
    return tuple(each.id for each in targets if isinstance(each, ast.Name))


def _listed(module: ast.Module) -> list[tuple[str, str]]:
    """Read the keys of ROWS: a repository and the name of a class, as in `("pack", Pack._fields): Pack`."""
    tables = [
        each.value
        for each in module.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name) and each.target.id == "ROWS"
    ]
    keys = [key for table in tables if isinstance(table, ast.Dict) for key in table.keys]
    return [(str(repository), name) for key in keys if isinstance(key, ast.Tuple) for repository, name in [_key(key)]]


def _key(key: ast.Tuple) -> tuple[object, str]:
    repository, fields = key.elts
    name = fields.value if isinstance(fields, ast.Attribute) else None
    return (
        repository.value if isinstance(repository, ast.Constant) else "",
        name.id if isinstance(name, ast.Name) else "",
    )
