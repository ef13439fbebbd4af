"""Proof → text for a reader, JSON for programs. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from attune_sql.location import shown
from attune_sql.prove.counter_example import CounterExample
from attune_sql.prove.prove import Proof, Tried


def as_text(proof: Proof) -> str:
    """Render each counter-example with its script, then what was not exercised, and a line that sums up."""
    blocks = [f"{each.finding.report()}\n\n{each.script.rstrip()}" for each in proof.counter_examples]
    if told := [*_not_run(proof), *_idle(proof), *_unfilled(proof)]:
        blocks.append("\n".join(told))
    return "\n\n".join([*blocks, _summary(proof)]) + "\n"


def as_json(proof: Proof) -> str:
    """Render one object: seed, rounds, proved, operations, counter_examples and unfilled tables.

    Each operation has its name, file, executions, rows, refused (counts by SQLSTATE), exercised and not_run (a reason
    or null); each counter-example its operation, rule, message, help, file, line, column, repeatable and script.
    """
    whole = {
        "seed": proof.seed,
        "rounds": proof.rounds,
        "proved": not proof.counter_examples,
        "operations": [_operation(each) for each in proof.tried],
        "counter_examples": [_counter_example(each) for each in proof.counter_examples],
        "unfilled": dict(proof.unfilled),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _not_run(proof: Proof) -> Iterator[str]:
    for each in proof.tried:
        if each.not_run:
            yield f"not run: {each.operation.full_name}: {each.not_run}"


def _idle(proof: Proof) -> Iterator[str]:
    for each in proof.tried:
        if not each.exercised and not each.not_run:
            refused = ", ".join(f"{count} refused with {state}" for state, count in sorted(each.refused.items()))
            told = f"{_counted(each.executions, 'execution')} without a row{f', {refused}' if refused else ''}"
            yield f"not exercised: {each.operation.full_name}: {told}"


def _unfilled(proof: Proof) -> Iterator[str]:
    for name, text in proof.unfilled.items():
        yield f"not filled: {name}: {text}"


def _summary(proof: Proof) -> str:
    exercised = sum(each.exercised for each in proof.tried)
    executions = _counted(sum(each.executions for each in proof.tried), "execution")
    rows = _counted(sum(each.rows for each in proof.tried), "row")
    found = len(proof.counter_examples)
    return (
        f"{_counted(len(proof.tried), 'operation')}, {exercised} exercised; {executions}, {rows}; seed {proof.seed}, "
        f"{_counted(proof.rounds, 'round')}: {_counted(found, 'counter-example') if found else 'no counter-example'}"
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


def _operation(each: Tried) -> dict[str, Any]:
    return {
        "operation": each.operation.full_name,
        "file": shown(each.operation.path),
        "executions": each.executions,
        "rows": each.rows,
        "refused": dict(sorted(each.refused.items())),
        "exercised": each.exercised,
        "not_run": each.not_run,
    }


def _counter_example(each: CounterExample) -> dict[str, Any]:
    at = each.finding.location
    return {
        "operation": each.description.operation.full_name,
        "rule": each.finding.rule,
        "message": each.finding.message,
        "help": each.finding.help,
        "file": shown(at.path),
        "line": at.line,
        "column": at.column,
        "repeatable": each.repeatable,
        "script": each.script,
    }
