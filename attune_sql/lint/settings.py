"""What a repository sets for the lint rules: the schema, its folders, its unique and its secret columns.

Both engines read the same keys, from `[sqlfluff:rules]` of `.sqlfluff` or `[tool.sqlfluff.rules]` of pyproject.toml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from attune_sql.bundled import folder
from attune_sql.lint.configuration import INI, TOML, refused, sections
from attune_sql.lint.names import DEFAULT_SCHEMA, SchemaNames, names_in, read_names

KEYS = {
    "attune_schema": "Schema that every name of ours carries.",
    "attune_migrations_dir": "Folder of the migrations, which name what there is; else the nearest `migrations`.",
    "attune_queries_dir": "Folder whose files must be query files; else every folder `queries`.",
    "attune_unique_columns": "Columns, or table.column, that decide the order of a list when they stand last.",
    "attune_secret_columns": "Columns as table.column, or column of any table, that no list or search returns.",
    "attune_lock_timeout": "Who limits the wait for locks: `runner` (attune-sql migrate does), or each `file` itself.",
}

_UNIQUE = "id, ref"
_SECRET = "key.value, password_hash, token_hash, webhook_key, webhook_secret, client_secret, private_key"
_UNSET = (None, "", "None")
_LOCK_TIMEOUTS = ("runner", "file")
_CREATES = re.compile(r"\b(?:create|alter)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LintSettings:
    """The settings; a folder that is None is looked for from the linted file upwards."""

    schema: str = DEFAULT_SCHEMA
    migrations: Path | None = None
    queries: Path | None = None
    unique_columns: frozenset[str] = frozenset(_UNIQUE.split(", "))
    secret_columns: frozenset[str] = frozenset(_SECRET.split(", "))
    lock_timeout: str = "runner"

    @classmethod
    def of_values(cls, values: Mapping[str, object], root: Path | None = None) -> LintSettings:
        """Take the settings from the keys of a configuration, relative to the folder `root`; None or empty is unset."""
        texts = {key: str(value) for key, value in values.items() if key in KEYS and value not in _UNSET}
        folders = {
            name: (root or Path()) / texts[f"attune_{name}_dir"] if f"attune_{name}_dir" in texts else None
            for name in ("migrations", "queries")
        }
        return cls(
            schema=texts.get("attune_schema", DEFAULT_SCHEMA),
            migrations=folders["migrations"],
            queries=folders["queries"],
            unique_columns=frozenset(re.split(r"[\s,]+", texts.get("attune_unique_columns", _UNIQUE).strip(", \n"))),
            secret_columns=frozenset(re.split(r"[\s,]+", texts.get("attune_secret_columns", _SECRET).strip(", \n"))),
            lock_timeout=texts.get("attune_lock_timeout", "runner"),
        )

    def migrations_near(self, place: Path) -> Path | None:
        """Return the folder of the migrations for files in the folder `place`, which is absolute."""
        return self.migrations or _nearest(place, self.schema)

    def names(self, path: Path | None, text: str) -> SchemaNames:
        """Return the names of the schema as the file `path` with this `text` sees them."""
        return _names(self, path.parent.absolute() if path else Path.cwd(), text)

    def is_query_folder(self, path: Path) -> bool:
        """Tell whether a file must be a query file because of where it lies."""
        if self.queries is not None:
            return path.absolute().is_relative_to(self.queries.absolute())
        return "queries" in path.parts[:-1]


def read_settings(folder: Path) -> LintSettings:
    """Read the settings for the files of a folder, without sqlfluff: the nearest configuration that has our keys.

    What was read is kept until `forget_settings`. Raises ConfigurationError with the place for a file or a value that
    is not understood.
    """
    return _read(folder.absolute())


@cache
def _read(folder: Path) -> LintSettings:
    for path in (folder / INI, folder / TOML):
        values = sections(path).get("rules", {})
        if ours := [key for key in values if key.startswith("attune_")]:
            for key in ours:
                _refuse_unknown(path, key, values[key])
            return LintSettings.of_values(values, folder)
    return LintSettings() if folder == folder.parent else _read(folder.parent)


def forget_settings() -> None:
    """Have the settings of every folder read anew."""
    _read.cache_clear()


def _refuse_unknown(path: Path, key: str, value: object) -> None:
    if key not in KEYS:
        from difflib import get_close_matches

        close = get_close_matches(key, KEYS, n=1)
        help = f"did you mean {close[0]}?" if close else f"the settings are: {', '.join(KEYS)}"
        raise refused(path, key, f"there is no setting {key!r}", help)
    if key == "attune_lock_timeout" and value not in _LOCK_TIMEOUTS:
        raise refused(path, key, f"{key!r} cannot be {value!r}", f"it is one of: {', '.join(_LOCK_TIMEOUTS)}")
    if key.endswith("_dir") and value not in _UNSET and not (path.parent / str(value)).is_dir():
        raise refused(path, key, f"there is no folder {value}", "write it relative to this file")


@lru_cache(maxsize=64)
def _names(settings: LintSettings, place: Path, text: str) -> SchemaNames:
    names = read_names(settings.migrations_near(place), settings.schema)
    # A migration that is not saved yet, or that lies elsewhere, knows its own names.
    return names | names_in([text], settings.schema) if _CREATES.search(text) else names


def _nearest(place: Path, schema: str) -> Path | None:
    for each in (place, *place.parents):
        candidate = each / "migrations"
        if candidate.is_dir() and any(candidate.glob("*.sql")):
            return candidate
    return folder("migrations") if schema == DEFAULT_SCHEMA else None
