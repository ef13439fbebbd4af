"""jsonb in and out: the fast codec, made to refuse what it would otherwise change silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from psycopg.abc import Buffer
from psycopg.adapt import Loader

_encode = msgspec.json.Encoder(decimal_format="number").encode
_decode = msgspec.json.Decoder().decode


def dumps(value: object) -> str:
    """Encode a dict, list or scalar as JSON text.

    Raises TypeError for a value that is not JSON and ValueError for a float that JSON cannot hold (NaN, infinity).
    """
    text = _encode(value)
    # The codec writes NaN and infinity as null: what does not read back equal may hide one. A walk in Python is slower.
    if b"null" in text and loads(text) != value:
        _refuse_non_finite(value)
    return text.decode()


def loads(data: Buffer | str) -> Any:
    """Decode JSON text; numbers too large for the fast codec are decoded by the standard library."""
    try:
        return _decode(data)
    except msgspec.DecodeError:
        return json.loads(data if isinstance(data, str) else bytes(data))


class JsonLoader(Loader):
    """Decodes the text of json and jsonb columns for psycopg."""

    # One Python call for each value, where a method that calls `loads` makes two and psycopg's own class three.
    load = staticmethod(loads)


def _refuse_non_finite(value: object) -> None:
    if isinstance(value, float) and value - value != 0:
        raise ValueError(f"{value} is not a JSON number")
    if isinstance(value, Mapping):
        for member in value.values():
            _refuse_non_finite(member)
    elif isinstance(value, list | tuple | set | frozenset):
        for member in value:
            _refuse_non_finite(member)
