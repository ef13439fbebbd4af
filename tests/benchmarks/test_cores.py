"""What runs on one core, and for how long."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from benchmarks.cores import one_core

ASK = "import os; print(sorted(os.sched_getaffinity(0)))"

linux = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system does not let a program choose")


def cores_of_a_child() -> str:
    return subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout.strip()


@linux
def test_what_is_started_inside_shares_the_core_and_what_comes_later_does_not() -> None:
    before = os.sched_getaffinity(0)
    with one_core() as shared:
        assert shared
        (core,) = os.sched_getaffinity(0)
        assert cores_of_a_child() == f"[{core}]"
        found: list[set[int]] = []
        thread = threading.Thread(target=lambda: found.append(os.sched_getaffinity(0)))
        thread.start()
        thread.join()
        assert found == [{core}]
    assert os.sched_getaffinity(0) == before
    assert cores_of_a_child() == str(sorted(before))


@linux
def test_the_cores_come_back_after_an_error() -> None:
    before = os.sched_getaffinity(0)
    with pytest.raises(ZeroDivisionError), one_core():
        _ = 1 // 0
    assert os.sched_getaffinity(0) == before


@linux
def test_nothing_is_moved_where_that_is_not_wanted() -> None:
    before = os.sched_getaffinity(0)
    with one_core(wanted=False) as shared:
        assert not shared
        assert os.sched_getaffinity(0) == before


def test_a_system_without_the_call_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_setaffinity", raising=False)
    with one_core() as shared:
        assert not shared
