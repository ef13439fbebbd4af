"""AT08: a parameter that is not cast at its first use."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT08(TextRule, BaseRule):
    """A parameter is cast at its first use.

    The cast states the type for the reader, for PostgreSQL and for the generated signature. A bare parameter has the
    type that PostgreSQL guesses from its surroundings, or none.

    **Anti-pattern**

    .. code-block:: sql

        -- name: list_by_tag(tag)
        -- The packs with a tag, by ref.
        SELECT pack.id
        FROM attune.pack
        WHERE :tag = ANY(pack.tags)
        ORDER BY pack.ref;

    **Best practice**

    .. code-block:: sql

        -- name: list_by_tag(tag)
        -- The packs with a tag, by ref.
        SELECT pack.id
        FROM attune.pack
        WHERE :tag::text = ANY(pack.tags)
        ORDER BY pack.ref;
    """

    name = "attune.parameter_cast"
