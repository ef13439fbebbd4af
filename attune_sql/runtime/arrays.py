"""Arrays of types of one's own: psycopg hands over their text unless they are registered; here it becomes a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from psycopg.adapt import AdaptersMap
from psycopg.pq import Format
from psycopg.types import TypeInfo

ArrayElements = Mapping[str, Mapping[str, int]]
"""By operation, the columns that are such arrays, with the oid of the type as which psycopg reads the elements."""

RowMaker = Callable[[Sequence[Any]], Any]

_ANY_ARRAY = 2277
"""The oid of anyarray (pg_type.dat), which no result has."""


def reading_arrays(make: RowMaker, columns: Sequence[str], elements: Mapping[str, int]) -> RowMaker:
    """Wrap a maker of rows: the texts of the columns in `elements` are read as arrays first.

    A value that is no text was read by a loader of the connection's own, and stays as it is.
    """
    readers = [(position, _reader(elements[name])) for position, name in enumerate(columns) if name in elements]

    def made(values: Sequence[Any]) -> Any:
        read = list(values)
        for position, reader in readers:
            if isinstance(read[position], str):
                read[position] = reader(read[position].encode())
        return make(read)

    return made


@cache
def _reader(element: int) -> Callable[[bytes], Any]:
    # In a copy, since psycopg's own map is everybody's.
    adapters = AdaptersMap(psycopg.adapters)
    TypeInfo("element", element, _ANY_ARRAY).register(adapters)
    loader = adapters.get_loader(_ANY_ARRAY, Format.TEXT)
    assert loader is not None

    def read(text: bytes) -> Any:
        # A loader of its own for each value: its transformer is no thread's to share.
        return loader(_ANY_ARRAY, adapters).load(text)

    return read
