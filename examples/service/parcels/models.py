"""What the service keeps in json columns. The values stay decoded JSON, so these are TypedDicts."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Order(TypedDict):
    """The input of an execution: what to pack."""

    item: str
    grams: int
    gift: NotRequired[bool]


class Parcel(TypedDict):
    """The result of an execution: what was packed, and by which worker."""

    label: str
    packed_by: str
