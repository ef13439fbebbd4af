"""The types that the `@json` tags of the made-up operations name."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Note(TypedDict):
    """What somebody wrote."""

    text: str
    author: NotRequired[str]
