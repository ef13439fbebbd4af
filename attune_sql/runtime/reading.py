"""aiosql's loader classes with our reader of query files in place of its regular expressions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from aiosql.query_loader import QueryLoader

from attune_sql.source.operation import Operation
from attune_sql.source.tree import read_tree

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
    """Reads no file before a name in its folder is asked for."""

    def load_query_data_from_dir_path(self, dir_path: Path, ext: Any = None, encoding: Any = None) -> Any:
        """List the folders in a folder that holds nothing else → a Tree."""
        return {each.name: partial(_read_folder, each) for each in sorted(dir_path.iterdir()) if each.is_dir()}


def _read_folder(path: Path) -> Tree:
    (branch,) = _tree(read_tree(path, (path.name,))).values()
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
