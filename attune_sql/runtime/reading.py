"""aiosql's loader classes with our reader of query files in place of its regular expressions."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from aiosql.query_loader import QueryLoader

from attune_sql.source.operation import Operation
from attune_sql.source.tree import is_sql, read_file, read_folder, read_tree

Tree: TypeAlias = "dict[str, Operation | Tree | Callable[[], Tree]]"
"""Operations and folders by name; a folder that is not read yet is a function that reads it."""


class OperationLoader(QueryLoader):
    """Reads every file at once."""

    def load_query_data_from_file(self, path: Path, ns_parts: Any = None, encoding: Any = None) -> Any:
        """Read a file (always UTF-8) → a list of Operations; raises SourceError."""
        return read_tree(path)

    def load_query_data_from_dir_path(self, dir_path: Path, ext: Any = None, encoding: Any = None) -> Any:
        """Read a folder (always UTF-8) → a Tree; raises SourceError."""
        return _tree(read_tree(dir_path))


class LazyLoader(OperationLoader):
    """Reads the files that lie in the folder itself, and those of a folder in it when a name of it is asked for."""

    def load_query_data_from_dir_path(self, dir_path: Path, ext: Any = None, encoding: Any = None) -> Any:
        """List a folder → a Tree; what is hidden is passed over. Raises SourceError."""
        tree: Tree = {}
        for name in sorted(os.listdir(dir_path)):
            path = dir_path / name
            if name.startswith("."):
                continue
            if path.is_dir():
                tree[name] = partial(_read_folder, path)
            elif is_sql(name):
                tree |= _tree(read_file(path))
        return tree


def _read_folder(path: Path) -> Tree:
    branch = _tree(read_folder(path, (path.name,))).get(path.name, {})
    assert isinstance(branch, dict)
    return branch


def _tree(operations: list[Operation]) -> Tree:
    tree: dict[str, Any] = {}
    for operation in operations:
        branch = tree
        for part in operation.namespace:
            branch = branch.setdefault(part, {})
        branch[operation.name] = operation
    return tree
