"""The folders that travel with the package: queries, migrations and examples.

A wheel carries them here, beside this file; a checkout keeps them at its top.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[1]


def folder(name: str) -> Path:
    """Return the folder `name` (`queries`, `migrations` or `examples`) of this installation."""
    packaged = _HERE / name
    return packaged if packaged.is_dir() else _CHECKOUT / name
