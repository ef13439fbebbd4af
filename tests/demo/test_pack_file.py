"""Reading packs: what is right is read, what is wrong is said with its place and a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.bundled import folder
from attune_sql.demo.pack_file import PackProblemsError, read_pack
from attune_sql.errors import PackFileError
from tests.demo.packs import FILES, SENSOR, WORKFLOW, changed, write_pack

GOLDEN = Path(__file__).with_name("pack_problems.txt")
MARK = "##### "
RULE, ACTION, TRIGGER = "rules/always.yaml", "actions/sum.yaml", "triggers/tick.yaml"
CASES: dict[str, dict[str, str | bytes | None]] = {
    "no pack.yaml": {"pack.yaml": None},
    "not utf-8": {ACTION: b"ref: \xff\n"},
    "malformed": changed(RULE, "action: tiny.sum", "action: [tiny.sum"),
    "tab": changed(RULE, "label: Always", "\tlabel: Always"),
    "control character": changed(RULE, "label: Always", "label: Al\x00ways"),
    "empty": {ACTION: ""},
    "a list": {ACTION: "- ref: tiny.sum\n"},
    "two documents": {ACTION: FILES[ACTION] + "---\n" + FILES[ACTION]},
    "unhashable": changed(ACTION, "label: Sum", "? [a]\n: b"),
    "missing field": changed(RULE, "label: Always\n", ""),
    "unknown field": changed(RULE, "label: Always", "lable: Always"),
    "unknown inner field": {
        RULE: FILES[RULE] + "conditions:\n  all:\n    - field: event.payload.values\n      operater: exists\n"
    },
    "wrong type": changed("pack.yaml", "version: 1.0.0", "version: 1.0"),
    "null": changed(ACTION, "runner_type: statistics", "runner_type:"),
    "wrong version": changed("pack.yaml", "1.0.0", "1.0.0.0"),
    "wrong ref": changed(RULE, "tiny.always", "Tiny.Always"),
    "empty label": changed(RULE, "label: Always", 'label: ""'),
    "unknown runner": changed(ACTION, "statistics", "statistic"),
    "unknown operator": {
        RULE: FILES[RULE] + "conditions:\n  any:\n    - {field: event.payload.values, operator: '>', value: 1}\n"
    },
    "both": {
        RULE: FILES[RULE]
        + "conditions:\n  any: [{field: event.x, operator: exists}]\n  all: [{field: event.x, operator: exists}]\n"
    },
    "twice": changed(RULE, "label: Always", "label: Always\nlabel: Never"),
    "number key": changed(ACTION, "required: [values]", "1: [values]"),
    "date": changed(ACTION, "required: [values]", "default: 2026-01-01"),
    "bad date": changed(ACTION, "required: [values]", "default: 2026-13-45"),
    "nan": changed(ACTION, "required: [values]", "default: .nan"),
    "loop": changed(ACTION, "parameters:\n", "parameters: &loop\n  again: *loop\n"),
    "unknown action": changed(RULE, "tiny.sum", "tiny.sun"),
    "unknown trigger": changed(RULE, "tiny.tick", "other.tock"),
    "sensor trigger": {"sensors/clock.yaml": SENSOR.replace("tiny.tick", "tiny.tock")},
    "other pack": {"sensors/clock.yaml": SENSOR.replace("tiny.clock", "huge.clock")},
    "same ref": {"rules/more.yaml": FILES[RULE]},
    "missing parameter": changed(RULE, '  values: "{{ event.payload.values }}"', "  {}"),
    "unknown parameter": changed(RULE, "  values:", "  value:"),
    "unknown payload": changed(RULE, "payload.values", "payload.valuse"),
    "wrong root": changed(RULE, "event.payload", "payload"),
    "workflow without tasks": changed(ACTION, "statistics", "workflow"),
    "tasks without workflow": {"actions/flow.yaml": WORKFLOW.replace("workflow", "statistics")},
    "circle": {"actions/flow.yaml": WORKFLOW.replace("tiny.sum", "tiny.flow")},
    "no rule": {RULE: None},
    "schema": changed(TRIGGER, "type: array", "type: array\n      minItems: few"),
    "several": {**changed(ACTION, "label: Sum\n", ""), **changed(RULE, "action: tiny.sum", "action: [tiny.sum")},
}


def expected() -> dict[str, str]:
    """Read the golden file: the name of a case after the mark, and below it the report."""
    sections = GOLDEN.read_text().split(MARK)[1:]
    return {name: report.rstrip("\n") for name, _, report in (section.partition("\n") for section in sections)}


def test_every_case_has_its_golden_text() -> None:
    assert list(expected()) == list(CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_reported_where_it_stands(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackFileError) as raised:
        read_pack(write_pack(tmp_path, CASES[case]))
    assert raised.value.report() == expected()[case]


def test_the_bundled_pack_is_right() -> None:
    pack = read_pack(folder("examples") / "packs" / "site_watch")
    assert (pack.head.ref, len(pack.actions), len(pack.triggers), len(pack.sensors), len(pack.rules)) == (
        "site_watch",
        4,
        3,
        2,
        4,
    )
    assert [task.name for task in pack.actions[2].tasks] == [
        "front_page",
        "search",
        "product",
        "cart",
        "account",
        "latency",
    ]


def test_a_pack_may_use_merge_keys_aliases_and_a_byte_order_mark(tmp_path: Path) -> None:
    text = (
        "\ufeffref: tiny.sum\nlabel: Sum\ndescription: Sums\nrunner_type: statistics\n"
        "parameters: &schema {type: object, properties: {values: {type: array}}}\n"
        "output:\n  <<: *schema\n  type: [object]\n"
    )
    [action] = read_pack(write_pack(tmp_path, {"actions/sum.yaml": text})).actions
    assert action.output == {"type": ["object"], "properties": {"values": {"type": "array"}}}


def test_files_of_other_kinds_are_passed_over(tmp_path: Path) -> None:
    write_pack(tmp_path, {"rules/README.md": "no YAML: [", "rules/.hidden.yaml": "no YAML: [", "aliases/x.yaml": "["})
    assert len(read_pack(tmp_path).rules) == 1


def test_every_problem_of_every_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PackProblemsError) as raised:
        read_pack(write_pack(tmp_path, {f"rules/{number}.yaml": "label: 1\n" for number in range(5)}))
    assert len(raised.value.problems) == 5
    assert raised.value.message == "the pack has 5 problems"


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))
    text = FILES["actions/sum.yaml"] + f"output:\n  l0: &l0 [x]\n{levels}"
    with pytest.raises(PackFileError, match="the file has too many values"):
        read_pack(write_pack(tmp_path, {"actions/sum.yaml": text}))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackFileError, match="nested too deeply"):
        read_pack(write_pack(tmp_path, {"actions/sum.yaml": "[" * 2000 + "]" * 2000}))


def test_a_folder_that_is_none_and_a_file_that_is_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PackFileError, match="there is no pack folder"):
        read_pack(tmp_path / "nowhere")
    write_pack(tmp_path, {"rules/always.yaml": None})
    (tmp_path / "rules" / "always.yaml").mkdir(parents=True)
    with pytest.raises(PackFileError, match=r"rules/always.yaml:1:1: .* the file cannot be read: Is a directory"):
        read_pack(tmp_path)
