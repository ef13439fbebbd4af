"""AT10: a parameter as sort key."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT10(TextRule, BaseRule):
    """A parameter is no sort key.

    A parameter is a value: ``ORDER BY :column`` gives every row the same key, and the rows come in any order. Write a
    query per order, or choose between columns with CASE.

    **Anti-pattern**

    .. code-block:: sql

        -- name: search(column)
        -- Packs in a chosen order.
        SELECT pack.id
        FROM attune.pack
        ORDER BY :column::text;

    **Best practice**

    .. code-block:: sql

        -- name: search(column)
        -- Packs in a chosen order.
        SELECT pack.id
        FROM attune.pack
        ORDER BY CASE :column::text WHEN 'label' THEN pack.label END, pack.ref;
    """

    name = "attune.order_by_parameter"
