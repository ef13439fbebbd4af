"""AT18: NOTIFY with a whole row as its payload."""

from __future__ import annotations

from sqlfluff.core.rules import BaseRule

from attune_sql.lint.plugin.rule import TextRule


class Rule_AT18(TextRule, BaseRule):
    """NOTIFY carries an id, not a row.

    A payload of 8000 bytes or more is an error that rolls back the writing transaction, and everyone who may connect
    may listen. Send the id: the listener reads the row, with its own rights. Bodies of functions are looked at too.

    **Anti-pattern**

    .. code-block:: sql

        SELECT pg_notify('pack', row_to_json(pack)::text)
        FROM attune.pack;

    **Best practice**

    .. code-block:: sql

        SELECT pg_notify('pack', json_build_object('id', pack.id)::text)
        FROM attune.pack;
    """

    name = "attune.notify_row_payload"
