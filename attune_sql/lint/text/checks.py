"""The text rules by their codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attune_sql.lint.text import cast, header, misread, notify, order
from attune_sql.lint.text.body import Body, TextFinding

CHECKS: dict[str, Callable[[Body], Iterator[TextFinding]]] = {
    "AT07": header.find,
    "AT08": cast.find,
    "AT09": order.find_unordered_list,
    "AT10": order.find_parameter_key,
    "AT16": misread.find,
    "AT18": notify.find,
}
