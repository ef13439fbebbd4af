"""The smaller parts: actions, the site, payloads, patience, interrupts, the screen."""

from __future__ import annotations

import io
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from attune_sql.demo.actions import Outcome, run_http, run_statistics
from attune_sql.demo.failure import DemoError
from attune_sql.demo.patience import Interrupts, Patience, interrupts_held
from attune_sql.demo.payloads import Payloads
from attune_sql.demo.screen import Screen
from attune_sql.demo.site import Site, status_of


def test_an_http_action_fails_where_the_page_is_down() -> None:
    pages = [f"/{number}" for number in range(20)]
    assert {status_of(page, 3) for page in pages} == {200, 503}
    with Site(3) as site:
        for page in pages:
            outcome = run_http({"url": site.url.rstrip("/") + page})
            status = status_of(page, 3)
            assert (outcome.status, outcome.result["status"]) == ("completed" if status == 200 else "failed", status)
        gone = site.url
    unreachable = run_http({"url": gone})
    assert (unreachable.status, "refused" in unreachable.result["error"]) == ("failed", True)


@pytest.mark.parametrize("url", [None, 7, "file:///etc/hostname", "ftp://host/", "http://", "http://[", "https://a b/"])
def test_an_http_action_refuses_what_is_no_web_address(url: Any) -> None:
    outcome = run_http({"url": url})
    assert outcome.status == "failed"
    assert outcome.result["error"]


@pytest.mark.parametrize("values", [None, [], "12", [1, "2"], [True]])
def test_statistics_of_what_are_no_numbers_fail(values: Any) -> None:
    assert run_statistics({"values": values}).status == "failed"


def test_statistics_are_count_mean_and_maximum() -> None:
    assert run_statistics({"values": [1, 2, 6]}) == Outcome("completed", {"count": 3, "mean": 3.0, "maximum": 6})


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "url": {"type": "string", "format": "uri", "enum": ["/a", "/b"]},
        "count": {"type": "integer", "minimum": 3, "maximum": 5},
        "share": {"type": "number", "maximum": 1},
        "list": {"type": "array", "minItems": 2, "maxItems": 3, "items": {"type": "boolean"}},
        "maybe": {"type": ["null", "string"]},
        "word": {},
    },
    "examples": [{"url": "/c", "count": 4}],
}


def test_payloads_fit_their_schema_and_follow_the_seed() -> None:
    payloads = [Payloads(Random(seed), "http://site/") for seed in (1, 1, 2)]
    first, same, other = ([each.make(SCHEMA) for _ in range(20)] for each in payloads)
    assert first == same != other
    for value in first:
        assert value["url"] in {"http://site/a", "http://site/b"}
        assert 3 <= value["count"] <= 5
        assert 0 <= value["share"] <= 1
        assert 2 <= len(value["list"]) <= 3
        assert {type(item) for item in value["list"]} == {bool}
        assert value["maybe"] is None
        assert isinstance(value["word"], str)
    assert payloads[0].examples(SCHEMA) == [{"url": "http://site/c", "count": 4}]


def test_patience_ends_and_says_what_was_waited_for() -> None:
    with Patience(0.2) as patience:
        for _ in range(4):
            patience.progress("the moon")
            time.sleep(0.1)
        with pytest.raises(DemoError, match=r"for 0\.2 seconds, waiting for the moon"):
            time.sleep(5)


def test_patience_that_has_been_left_is_silent() -> None:
    with Patience(0.05) as patience:
        patience.progress("nothing")
    time.sleep(0.1)


def test_the_first_interrupt_waits_for_a_good_moment_and_the_second_does_not() -> None:
    with Interrupts() as interrupts:
        interrupts.check()
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_held_interrupts_come_afterwards() -> None:
    reached = []

    def interrupt_oneself() -> None:
        with interrupts_held():
            signal.raise_signal(signal.SIGINT)
            reached.append(True)

    with pytest.raises(KeyboardInterrupt):
        interrupt_oneself()
    assert reached


def test_the_tree_shows_children_below_their_parents() -> None:
    began = datetime(2026, 1, 1, tzinfo=UTC)

    def row(id: int, parent: int | None, status: str, **more: Any) -> SimpleNamespace:
        values = {"result": None, "started_at": began, "updated": began + timedelta(milliseconds=12)}
        return SimpleNamespace(id=id, parent=parent, action_ref="a.b", status=status, **{**values, **more})

    output = io.StringIO()
    screen = Screen(Console(file=output))
    screen.tree(
        [
            row(7, 3, "running"),
            row(8, 7, "completed", result={"text": "[bold]ä" * 20}),
            row(9, 7, "requested", started_at=None),
            row(10, 8, "failed"),
        ],
        {8: "first"},
    )
    assert output.getvalue().splitlines() == [
        "One workflow",
        "7 a.b running",
        '├── 8 first: a.b completed in 12 ms  {"text": "[bold]ä[bold]ä[bold]ä[bold]ä[bold]ä[bol…',
        "│   └── 10 a.b failed in 12 ms",
        "└── 9 a.b requested",
    ]
