"""AT07: a header that is malformed, has no sentence, does not fit its query, or is not the only one."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT07(TextRule, BaseRule):
    """A query file has one header that fits its query.

    The name line declares every parameter, the operator says what a call returns, a sentence says what the query does,
    and the file is named after its one query. ``find`` gives a row (``^``), ``list`` and ``search`` give lists,
    ``exists`` a value (``$``), ``delete`` a count (``!``). Files without a name line are no query files, unless they
    lie in the folder of the queries.

    **Anti-pattern**

    .. code-block:: sql

        -- name: find_by_id(id)
        SELECT pack.id
        FROM attune.pack
        WHERE pack.id = :id::bigint;

    **Best practice**

    .. code-block:: sql

        -- name: find_by_id(id)^
        -- The pack with this id, or no row.
        SELECT pack.id
        FROM attune.pack
        WHERE pack.id = :id::bigint;
    """

    name = "attune.header"
