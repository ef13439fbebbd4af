"""AT16: text that stock aiosql reads otherwise than PostgreSQL does."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT16(TextRule, BaseRule):
    """A query file means the same to aiosql and to PostgreSQL.

    Stock aiosql finds parameters, comments and names by regular expressions: it takes colons inside dollar quotes,
    escape strings, comments and slices for parameters. attune_sql reads the file as PostgreSQL does; a file without
    these constructs can be loaded by both.

    **Anti-pattern**

    .. code-block:: sql

        -- name: first_tags(id)$
        -- The first two tags of a pack.
        SELECT pack.tags[1:2] -- see :tags
        FROM attune.pack
        WHERE pack.id = :id::bigint;

    **Best practice**

    .. code-block:: sql

        -- name: first_tags(id)$
        -- The first two tags of a pack.
        SELECT pack.tags[1 : 2] -- see tags
        FROM attune.pack
        WHERE pack.id = :id::bigint;
    """

    name = "attune.reads_differently"
