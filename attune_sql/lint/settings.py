"""What a repository sets for the lint rules: the schema, its folders, its unique and its secret columns.

Both engines read the same keys, from `[sqlfluff:rules]` of `.sqlfluff` or `[tool.sqlfluff.rules]` of pyproject.toml.
"""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from attune_sql.bundled import folder
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
        texts = {key: str(value) for key, value in values.items() if key in KEYS and value not in (None, "", "None")}
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

    def names(self, path: Path | None, text: str) -> SchemaNames:
        """Return the names of the schema as the file `path` with this `text` sees them."""
        return _names(self, path.parent.absolute() if path else Path.cwd(), text)

    def is_query_folder(self, path: Path) -> bool:
        """Tell whether a file must be a query file because of where it lies."""
        if self.queries is not None:
            return path.absolute().is_relative_to(self.queries.absolute())
        return "queries" in path.parts[:-1]


def read_settings(start: Path) -> LintSettings:
    """Read the settings for the files of a folder, without sqlfluff: the nearest configuration that has our keys."""
    for folder_ in (start.absolute(), *start.absolute().parents):
        for values in _configurations(folder_):
            if KEYS.keys() & values.keys():
                return LintSettings.of_values(values, folder_)
    return LintSettings()


def _configurations(folder_: Path) -> Iterator[Mapping[str, Any]]:
    if (ini := folder_ / ".sqlfluff").is_file():
        parser = configparser.ConfigParser(delimiters="=", interpolation=None, strict=False)
        parser.read_string(ini.read_text(encoding="utf-8"), str(ini))
        yield dict(parser["sqlfluff:rules"]) if parser.has_section("sqlfluff:rules") else {}
    if (toml := folder_ / "pyproject.toml").is_file():
        tool = tomllib.loads(toml.read_text(encoding="utf-8")).get("tool", {})
        yield tool.get("sqlfluff", {}).get("rules", {})


@lru_cache(maxsize=64)
def _names(settings: LintSettings, place: Path, text: str) -> SchemaNames:
    names = read_names(settings.migrations or _nearest(place, settings.schema), settings.schema)
    # A migration that is not saved yet, or that lies elsewhere, knows its own names.
    return names | names_in([text], settings.schema) if _CREATES.search(text) else names


def _nearest(place: Path, schema: str) -> Path | None:
    for each in (place, *place.parents):
        candidate = each / "migrations"
        if candidate.is_dir() and any(candidate.glob("*.sql")):
            return candidate
    return folder("migrations") if schema == DEFAULT_SCHEMA else None
