"""AT09: a `list…` whose ORDER BY ends in no unique column, or whose LIMIT is missing or no parameter."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT09(TextRule, BaseRule):
    """A list has a certain order and a limit.

    ``list…`` and ``search…`` end their ORDER BY in a unique column (``attune_unique_columns``), so that pages do not
    overlap and two calls agree. ``list`` and ``search…`` have a LIMIT, and wherever a list has one, a parameter says
    how much.

    **Anti-pattern**

    .. code-block:: sql

        -- name: list(limit)
        -- The newest events.
        SELECT event.id
        FROM attune.event
        ORDER BY event.created DESC
        LIMIT 50;

    **Best practice**

    .. code-block:: sql

        -- name: list(limit)
        -- The newest events.
        SELECT event.id
        FROM attune.event
        ORDER BY event.created DESC, event.id DESC
        LIMIT :limit::bigint;
    """

    name = "attune.list_order"
