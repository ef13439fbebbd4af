"""The four forms of a result: text as golden, the others read back as their readers would."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from attune_sql.findings.finding import Finding
from attune_sql.findings.formats import FORMATS
from attune_sql.findings.result import Result
from attune_sql.findings.rules import PAGES, RULES
from attune_sql.location import Location

PATH = Path("queries/pack/50% off, 1:2.sql")
TEXT = "-- name: x()!\nSELECT\tpack.id FROM attune.pack;\n"
RESULT = Result(
    findings=(
        Finding("operator-shape", Location.at(PATH, TEXT, 12, 13), "pack.x: `!` returns a count", "use ^\r\nor none"),
        Finding("unknown-nullability", Location.at(PATH, TEXT, 21, 28), "100% unknown", None, "warning"),
        Finding("required-takes-null", Location.at(PATH, TEXT, 3), "a note: this, that", "none", "note"),
        Finding("files", Location(PATH, 1), "the file is not UTF-8"),
    ),
    files=2,
    operations=1,
    rules=PAGES,
)
GOLDEN = """\
queries/pack/50% off, 1:2.sql:1:13: error[operator-shape]: pack.x: `!` returns a count
1 | -- name: x()!
  |             ^
help: use ^\r
or none

queries/pack/50% off, 1:2.sql:2:8: warning[unknown-nullability]: 100% unknown
2 | SELECT\tpack.id FROM attune.pack;
  |       \t^^^^^^^

queries/pack/50% off, 1:2.sql:1:4: note[required-takes-null]: a note: this, that
1 | -- name: x()!
  |    ^
help: none

queries/pack/50% off, 1:2.sql:1:1: error[files]: the file is not UTF-8

1 operation in 2 files: 2 errors, 1 warning, 1 note
"""


def test_text_shows_each_finding_in_its_line_and_sums_up() -> None:
    assert FORMATS["text"](RESULT) == GOLDEN


def test_json_has_every_field_of_every_finding() -> None:
    whole = json.loads(FORMATS["json"](RESULT))
    assert (whole["clean"], whole["files"], whole["operations"]) == (False, 2, 1)
    assert whole["findings"][1] == {
        "rule": "unknown-nullability",
        "level": "warning",
        "message": "100% unknown",
        "help": None,
        "file": str(PATH),
        "line": 2,
        "column": 8,
        "length": 7,
    }
    assert [each["rule"] for each in whole["findings"]] == [each.rule for each in RESULT.findings]


def test_github_annotations_are_one_line_each_with_everything_escaped() -> None:
    lines = FORMATS["github"](RESULT).split("\n")
    file = "queries/pack/50%25 off%2C 1%3A2.sql"
    assert lines == [
        f"::error file={file},line=1,col=13,endColumn=14,title=attune-sql operator-shape"
        "::pack.x: `!` returns a count%0Ahelp: use ^%0D%0Aor none",
        f"::warning file={file},line=2,col=8,endColumn=15,title=attune-sql unknown-nullability::100%25 unknown",
        f"::notice file={file},line=1,col=4,endColumn=5,title=attune-sql required-takes-null"
        "::a note: this, that%0Ahelp: none",
        f"::error file={file},line=1,col=1,endColumn=2,title=attune-sql files::the file is not UTF-8",
        RESULT.summary,
        "",
    ]


def test_sarif_has_what_the_standard_requires() -> None:
    log = json.loads(FORMATS["sarif"](RESULT))
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "attune-sql"
    assert re.match(r"\d+\.\d+", driver["version"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == [*(rule.name for rule in RULES), "files"]
    assert len(ids) == len(set(ids))
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule.get("defaultConfiguration", {}).get("level", "error") in ("error", "warning", "note")
    for result, finding in zip(run["results"], RESULT.findings, strict=True):
        assert ids[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert result["level"] == finding.level
        assert result["message"]["text"].startswith(finding.message)
        ((location,),) = [result["locations"]]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "queries/pack/50%25%20off%2C%201%3A2.sql"
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) == (finding.location.line, finding.location.column)
        assert region["endColumn"] > region["startColumn"] >= 1
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] == "pack.id"


def test_sarif_names_a_file_elsewhere_by_its_whole_address(tmp_path: Path) -> None:
    finding = replace(RESULT.findings[3], location=Location(tmp_path / "a b.sql", 1))
    log = json.loads(FORMATS["sarif"](replace(RESULT, findings=(finding,))))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path / "a b.sql").as_uri()


@pytest.mark.parametrize(
    ("kept", "clean", "summary"),
    [
        (slice(0, 0), True, "1 operation in 2 files: no findings"),
        (slice(2, 3), True, "1 operation in 2 files: 1 note"),
        (slice(1, 2), False, "1 operation in 2 files: 1 warning"),
        (slice(0, 1), False, "1 operation in 2 files: 1 error"),
    ],
)
def test_only_notes_leave_a_result_clean(kept: slice, clean: bool, summary: str) -> None:
    result = replace(RESULT, findings=RESULT.findings[kept])
    assert (result.clean, result.summary) == (clean, summary)
    for form in FORMATS.values():
        assert form(result).endswith("\n")
