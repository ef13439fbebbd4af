"""MG01 to MG03 and squawk's rules, on small folders of migrations and on our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.bundled import folder
from attune_sql.errors import AttuneSqlError
from attune_sql.lint.migrations import squawk
from attune_sql.lint.migrations.check import check
from attune_sql.lint.settings import LintSettings

RUNNER, FILE = LintSettings(), LintSettings(lock_timeout="file")
TABLE = "CREATE TABLE attune.a (id bigint PRIMARY KEY);\n"


def rules(*texts: str, settings: LintSettings = RUNNER) -> list[tuple[str, str]]:
    """Return the rule and the marked line of every finding of a folder with these files."""
    files = [(Path(f"{number:04}_x.sql"), text) for number, text in enumerate(texts, 1)]
    found = check(files, [path for path, _ in files], settings)
    return [(each.rule, each.location.text) for each in found]


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE attune.pack ADD COLUMN x text;",
        "CREATE INDEX pack_x_idx ON attune.pack (x);",
        "CREATE TRIGGER t BEFORE UPDATE ON attune.pack FOR EACH ROW EXECUTE FUNCTION attune.set_updated();",
        "DROP TABLE attune.pack;",
        "DROP INDEX attune.pack_x_idx;",
        "TRUNCATE attune.pack;",
        "LOCK TABLE attune.pack;",
        "REFRESH MATERIALIZED VIEW attune.m;",
        "ALTER TABLE attune.pack RENAME TO bundle;",
        "CREATE TABLE attune.b (id bigint PRIMARY KEY REFERENCES attune.pack (id));",
    ],
)
def test_a_statement_that_waits_for_a_lock_needs_a_timeout(statement: str) -> None:
    assert rules(statement, settings=FILE) == [("MG01", statement)]
    assert rules("SET LOCAL lock_timeout = '2s';\n" + statement, settings=FILE) == []
    # The runner of attune_sql sets one for every migration; a file can only take it away.
    assert rules(statement) == []
    assert rules("SET lock_timeout = 0;\n" + statement) == [("MG01", statement)]
    assert rules("RESET lock_timeout;\n" + statement) == [("MG01", statement)]


@pytest.mark.parametrize(
    "statement",
    [
        TABLE + "ALTER TABLE attune.a ADD COLUMN x text;\nCREATE INDEX a_x_idx ON attune.a (x);",
        "CREATE INDEX CONCURRENTLY pack_x_idx ON attune.pack (x);",
        "DROP INDEX CONCURRENTLY attune.pack_x_idx;",
        "COMMENT ON TABLE attune.pack IS 'x';",
        "INSERT INTO attune.pack (ref) VALUES ('core');",
    ],
)
def test_a_statement_that_nobody_waits_behind_needs_none(statement: str) -> None:
    assert rules(statement, settings=FILE) == []


KEY = "CREATE TABLE attune.b (id bigint PRIMARY KEY, a bigint REFERENCES attune.a (id), x text);\n"


@pytest.mark.parametrize(
    ("later", "served"),
    [
        ("", False),
        ("CREATE INDEX b_a_idx ON attune.b (a);", True),
        ("CREATE INDEX b_a_x_idx ON attune.b (a, x);", True),
        ("CREATE INDEX b_x_a_idx ON attune.b (x, a);", False),
        ("CREATE INDEX b_a_idx ON attune.b (a) WHERE a IS NOT NULL;", True),
        ("CREATE INDEX b_a_idx ON attune.b (a) WHERE x = 'y';", False),
        ("CREATE INDEX b_a_idx ON attune.b USING hash (a);", True),
        ("CREATE INDEX b_a_idx ON attune.b USING brin (a);", False),
        ("CREATE INDEX a_a_idx ON attune.a (a);", False),
        ("ALTER TABLE attune.b ADD CONSTRAINT b_a_key UNIQUE (a);", True),
        ("CREATE INDEX b_a_idx ON attune.b (a);\nDROP INDEX attune.b_a_idx;", False),
    ],
)
def test_a_foreign_key_needs_an_index_that_begins_with_it(later: str, served: bool) -> None:
    expected = [] if served else [("MG02", KEY.strip())]
    assert rules(TABLE, KEY, later or "SELECT 1;") == expected


def test_a_foreign_key_of_two_columns_and_one_added_later() -> None:
    added = "ALTER TABLE attune.b ADD CONSTRAINT f FOREIGN KEY (p, q) REFERENCES attune.c (p, q);"
    assert rules(TABLE, added) == [("MG02", added)]
    assert rules(added, "CREATE INDEX i ON attune.b (q, p, r);") == []


def test_a_label_between_others_is_found_and_one_at_the_end_is_not() -> None:
    before = "ALTER TYPE attune.e ADD VALUE 'x' BEFORE 'y';"
    after = "ALTER TYPE attune.e ADD VALUE IF NOT EXISTS 'x' AFTER 'y';"
    assert rules(before, after, "ALTER TYPE attune.e ADD VALUE 'z';") == [("MG03", before), ("MG03", after)]


def test_a_comment_silences_a_rule_on_its_line() -> None:
    assert rules("ALTER TYPE attune.e ADD VALUE 'x' BEFORE 'y'; -- noqa: MG03") == []


def test_a_place_is_that_of_the_statement_not_of_the_comment_before_it() -> None:
    text = "-- é\n\n/* why */\nALTER TYPE attune.e ADD VALUE 'x' BEFORE 'y';\n"
    path = Path("0001_x.sql")
    (finding,) = check([(path, text)], [path], RUNNER)
    assert (finding.location.line, finding.location.column) == (4, 1)


def test_squawk_tells_what_blocks_others_at_its_place() -> None:
    path = Path("0002_x.sql")
    text = "-- é\nALTER TABLE attune.pack\n    ADD CONSTRAINT c CHECK (ref <> '');\n"
    found = list(squawk.check(_on_disk(path, text)))
    assert [(each.rule, each.level, each.location.line) for each in found] == [
        ("constraint-missing-not-valid", "warning", 3)
    ]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _on_disk(path: Path, text: str) -> dict[Path, str]:
    path.write_text(text)
    return {path: text}


def test_a_migration_outside_a_transaction_may_build_an_index_concurrently() -> None:
    statement = "CREATE INDEX CONCURRENTLY pack_x_idx ON attune.pack (x);\n"
    inside = list(squawk.check(_on_disk(Path("1.sql"), "SELECT 1;\n" + statement)))
    assert [each.rule for each in inside] == ["ban-concurrent-index-creation-in-transaction"]
    assert list(squawk.check(_on_disk(Path("1.sql"), "-- attune: no-transaction\n" + statement))) == []


def test_the_rules_of_a_project_win() -> None:
    Path(".squawk.toml").write_text('excluded_rules = ["constraint-missing-not-valid"]\n')
    found = squawk.check(_on_disk(Path("1.sql"), "ALTER TABLE a ADD CONSTRAINT c CHECK (x > 1);\n"))
    assert {each.rule for each in found} == {"require-lock-timeout", "require-statement-timeout"}


def test_a_broken_configuration_of_squawk_is_an_error_not_a_clean_bill() -> None:
    Path(".squawk.toml").write_text("this is no toml")
    with pytest.raises(AttuneSqlError, match="squawk cannot run"):
        list(squawk.check(_on_disk(Path("1.sql"), "SELECT 1;\n")))


def test_our_own_migrations_pass() -> None:
    texts = {path: path.read_text() for path in sorted(folder("migrations").glob("*.sql"))}
    assert list(check(list(texts.items()), list(texts), RUNNER)) == []
    assert list(squawk.check(texts)) == []
