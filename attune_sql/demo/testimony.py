"""Puts together what everybody who took part has to say of the executions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attune_sql.demo.crew import Crew
from attune_sql.demo.evidence import Evidence
from attune_sql.demo.flow import Flow
from attune_sql.demo.operator import Operator


def gather(rows: Iterable[Any], counts: Mapping[str, int], flow: Flow, crew: Crew, operator: Operator) -> Evidence:
    """Set what the database says, in `rows` and `counts`, beside what flow, workers and operator did."""
    return Evidence(
        created=crew.created + Counter(flow.executions),
        claims=crew.claims,
        runs=crew.runs,
        endings=crew.endings + operator.endings,
        stored={row.id: row.status for row in rows},
        counted=counts,
    )
