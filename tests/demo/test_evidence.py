"""The check itself: it must find what is lost and what ran twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from attune_sql.demo.evidence import Evidence, problems

GOOD = Evidence(
    created=Counter([1, 2, 3]),
    claims=Counter([2, 3, 1]),
    runs=Counter([3, 1, 2]),
    endings=Counter([1, 2, 3]),
    stored={1: "completed", 2: "failed", 3: "completed"},
    counted={"completed": 2, "failed": 1},
)


def test_one_run_and_one_end_each_is_no_problem() -> None:
    assert problems(GOOD) == []
    assert problems(Evidence()) == []


def test_a_worker_may_die_after_the_end_was_stored_and_before_it_was_reported() -> None:
    assert problems(replace(GOOD, endings=Counter([1, 3]))) == []


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (replace(GOOD, runs=Counter([1, 3])), ["1 lost, finished without a run: 2"]),
        (replace(GOOD, claims=Counter([1, 2, 3, 1])), ["1 claimed twice or more: 1"]),
        (replace(GOOD, runs=Counter([1, 2, 2, 3])), ["1 run twice or more: 2"]),
        (replace(GOOD, endings=Counter([1, 2, 3, 3, 1])), ["2 ended twice or more: 1, 3"]),
        (replace(GOOD, created=Counter([1, 2, 3, 3])), ["1 created twice or more: 3"]),
        (replace(GOOD, created=Counter([1, 2, 3, 4])), ["1 lost, not in the database: 4"]),
        (replace(GOOD, created=Counter([1, 2])), ["1 in the database, and nobody created it: 3"]),
        (replace(GOOD, runs=Counter([1, 2, 3, 9])), ["1 claimed, run or ended, and not of this demo: 9"]),
        (
            replace(GOOD, counted={"completed": 1, "failed": 1}),
            ["search finds 2 completed, 1 failed, count_by_status 1 completed, 1 failed"],
        ),
        (
            replace(
                GOOD,
                stored={1: "completed", 2: "scheduling", 3: "completed"},
                counted={"completed": 2, "scheduling": 1},
            ),
            ["1 lost, left scheduling: 2"],
        ),
        (
            replace(GOOD, stored={1: "completed", 3: "completed"}, counted={"completed": 2}),
            ["1 lost, not in the database: 2"],
        ),
        (
            Evidence(
                created=Counter(range(12)), stored=dict.fromkeys(range(12), "requested"), counted={"requested": 12}
            ),
            ["12 lost, left requested: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more"],
        ),
    ],
)
def test_what_contradicts_exactly_once_is_named(evidence: Evidence, expected: list[str]) -> None:
    assert problems(evidence) == expected
