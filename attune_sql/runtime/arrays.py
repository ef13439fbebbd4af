"""Arrays of types of one's own: psycopg hands over their text unless they are registered; here it becomes a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg.types import TypeInfo

ArrayElements = Mapping[str, Mapping[str, int]]
"""By operation, the columns that are such arrays, with the oid of the type as which psycopg reads the elements."""

RowMaker = Callable[[Sequence[Any]], Any]


class ReadingArrays:
    """A row factory around another one: the texts of some columns are read as arrays first.

    A value that is no text was read by a loader of the connection's own, and stays as it is.
    """

    def __init__(self, factory: Callable[[Any], RowMaker], elements: Mapping[str, int]) -> None:
        self._factory = factory
        self._elements = elements

    def __call__(self, cursor: Any) -> RowMaker:
        """Return the maker of rows for a cursor's result (psycopg manual, "Creating new row factories")."""
        make, description = self._factory(cursor), cursor.description or ()
        readers = [
            (position, _reader(cursor.adapters, column.type_code, self._elements[column.name]))
            for position, column in enumerate(description)
            if column.name in self._elements
        ]

        def made(values: Sequence[Any]) -> Any:
            read = list(values)
            for position, reader in readers:
                if isinstance(read[position], str):
                    read[position] = reader(read[position].encode())
            return make(read)

        return made


def _reader(adapters: AdaptersMap, array: int, element: int) -> Callable[[bytes], Any]:
    # In a copy: the connection's own adapters are its owner's.
    known = AdaptersMap(adapters)
    TypeInfo("element", element, array).register(known)
    loader = known.get_loader(array, Format.TEXT)
    assert loader is not None
    return loader(array, known).load
