"""Folders of migrations: names, texts, and what is wrong with them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from attune_sql.errors import MigrationError
from attune_sql.migration.files import name_fault, read
from attune_sql.migration.statements import split
from tests.migration.conftest import CREATE_PACK, Write


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("0001_create_pack.sql", None),
        ("0042_add_pack_checksum2.sql", None),
        ("9999_index_pack_2.sql", None),
        ("0001_create_pack.SQL", "the ending '.SQL' is not in lower case"),
        ("0001_create_pack.down.sql", "the name has a second ending, '.down': migrations go forward only"),
        ("create_pack.sql", "the name does not begin with a number"),
        ("1_create_pack.sql", "the number 1 has 1 digit, not 4"),
        ("001_create_pack.sql", "the number 001 has 3 digits, not 4"),
        ("20260101_create_pack.sql", "the number 20260101 has 8 digits, not 4"),
        ("0000_create_pack.sql", "the number is 0000: the first migration is 0001"),
        ("0001.sql", "the number 0001 is not followed by '_'"),
        ("0001-create-pack.sql", "the number 0001 is not followed by '_'"),
        ("0001_Create_pack.sql", "the words are not in lower case"),
        ("0001_create-pack.sql", "the words contain '-'"),
        ("0001_create pack.sql", "the words contain ' '"),
        ("0001_create_größe.sql", "the words contain 'ö'"),
        ("0001__create_pack.sql", "the name has an empty word: a '_' too many"),
        ("0001_create_pack_.sql", "the name has an empty word: a '_' too many"),
        ("0001_.sql", "the name has an empty word: a '_' too many"),
        ("0001_2_packs.sql", "the verb '2' begins with a digit"),
        ("0001_create.sql", "the verb 'create' has no object"),
    ],
)
def test_each_broken_clause_of_a_name_has_its_own_message(name: str, fault: str | None) -> None:
    assert name_fault(name) == fault


def test_files_are_read_in_order_and_others_left_alone(write: Write) -> None:
    folder = write(
        {"0002_add_b.sql": "SELECT 2", **CREATE_PACK, "README.md": "x", ".#0003_add_c.sql": "x", "a.txt": ""}
    )
    found = read(folder)
    assert [migration.label for migration in found.migrations] == ["0001_create_pack", "0002_add_b"]
    assert found.problems == ()


@pytest.mark.parametrize(
    "text", [b"SELECT 1;\nSELECT 2;\n", b"SELECT 1;\r\nSELECT 2;\r\n", b"\xef\xbb\xbfSELECT 1;\rSELECT 2;\r"]
)
def test_a_checksum_does_not_depend_on_the_newlines_of_a_checkout(write: Write, text: bytes) -> None:
    (migration,) = read(write({"0001_create_pack.sql": text})).migrations
    assert migration.text == "SELECT 1;\nSELECT 2;\n"
    assert migration.checksum == sha256(b"SELECT 1;\nSELECT 2;\n").hexdigest()


_NAMING = "help: name it NNNN_verb_object.sql, as in 0003_create_pack.sql"


@pytest.mark.parametrize(
    ("contents", "report"),
    [
        pytest.param(
            {"0001_create.sql": "SELECT 1"},
            f"migrations/0001_create.sql:1:1: error[name]: the verb 'create' has no object\n{_NAMING}",
            id="name",
        ),
        pytest.param(
            {**CREATE_PACK, "0001_add_pack.sql": "SELECT 1"},
            "migrations/0001_create_pack.sql:1:1: error[number]: the number 0001 is taken by 0001_add_pack.sql\n"
            "help: give the one that is not applied yet the next free number",
            id="duplicate",
        ),
        pytest.param(
            {"0001_create_pack.sql": ""},
            "migrations/0001_create_pack.sql:1:1: error[empty]: the migration holds no statement\n"
            "help: write its SQL, or delete the file",
            id="empty",
        ),
        pytest.param(
            {"0001_create_pack.sql": "-- later\n;/* or never */;\n"},
            "migrations/0001_create_pack.sql:1:1: error[empty]: the migration holds no statement\n"
            "help: write its SQL, or delete the file",
            id="comments-only",
        ),
        pytest.param(
            {"0001_create_pack.sql": b"SELECT 1;\nSELECT 'gr\xfc\xdfe';"},
            "migrations/0001_create_pack.sql:2:11: error[encoding]: the byte 0xfc is not UTF-8\n"
            "2 | SELECT 'gr\n"
            "  |           ^\n"
            "help: save the file as UTF-8",
            id="not-utf8",
        ),
        pytest.param(
            {"0001_create_pack.sql": "SELECT 1;\nSELECT\0 2;"},
            "migrations/0001_create_pack.sql:2:7: error[encoding]: the text contains a NUL character\n"
            "2 | SELECT\n"
            "  |       ^",
            id="nul",
        ),
        pytest.param(
            {"0001_create_pack.sql": "SELECT 'a;"},
            "migrations/0001_create_pack.sql:1:8: error[unterminated]: the string that begins here never ends\n"
            "1 | SELECT 'a;\n"
            "  |        ^^\n"
            "help: close it before the end of the file",
            id="unterminated",
        ),
        pytest.param(
            {"0001_create_pack.sql": "\\set x 1\nSELECT 1;"},
            "migrations/0001_create_pack.sql:1:1: error[psql]: a command of psql cannot be used in a migration\n"
            "1 | \\set x 1\n"
            "  | ^\n"
            "help: write it as SQL: the server runs the file, not psql",
            id="psql",
        ),
        pytest.param(
            {"0001_create_pack.sql": "COPY attune.pack FROM STDIN;"},
            "migrations/0001_create_pack.sql:1:1: error[copy]: "
            "COPY to or from the client cannot be used in a migration\n"
            "1 | COPY attune.pack FROM STDIN;\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "help: INSERT the rows",
            id="copy",
        ),
        pytest.param(
            {"0001_create_pack.sql": "SELECT 1;\ncommit;\nSELECT 2;"},
            "migrations/0001_create_pack.sql:2:1: error[transaction]: COMMIT ends the transaction of the migration\n"
            "2 | commit;\n"
            "  | ^^^^^^\n"
            "help: leave it out: a file and its row in the ledger are committed together, or not at all",
            id="commit",
        ),
        pytest.param(
            {"0001_create_pack.sql": "-- attune: no-transaction\nVACUUM;\nANALYZE;\nSELECT 1"},
            "migrations/0001_create_pack.sql:3:1: error[no-transaction]: "
            "a migration outside a transaction holds exactly one statement, this one has 3\n"
            "3 | ANALYZE;\n"
            "  | ^^^^^^^\n"
            "help: give each statement a file of its own",
            id="several-statements-outside-a-transaction",
        ),
        pytest.param(
            {"0001_create_pack.sql": "-- Why.\n-- attune: no-transaction\nVACUUM;"},
            "migrations/0001_create_pack.sql:2:1: error[directive]: this line would have no effect\n"
            "2 | -- attune: no-transaction\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "help: the only directive is '-- attune: no-transaction', as the whole first line",
            id="directive-too-late",
        ),
        pytest.param(
            {"0001_create_pack.sql": "-- attune: notransaction\nVACUUM;"},
            "migrations/0001_create_pack.sql:1:1: error[directive]: this line would have no effect\n"
            "1 | -- attune: notransaction\n"
            "  | ^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "help: the only directive is '-- attune: no-transaction', as the whole first line",
            id="directive-misspelt",
        ),
    ],
)
def test_a_problem_is_shown_where_it_stands(write: Write, contents: dict[str, str | bytes], report: str) -> None:
    assert [problem.report() for problem in read(write(contents)).problems] == [report]


def test_a_file_that_is_a_folder_cannot_be_read(write: Write) -> None:
    folder = write(CREATE_PACK)
    (folder / "0002_add_b.sql").mkdir()
    (problem,) = read(folder).problems
    assert problem.report() == (
        "migrations/0002_add_b.sql:1:1: error[unreadable]: the migration cannot be read: Is a directory\n"
        "help: check its name and its rights"
    )


def test_a_folder_without_migrations_is_refused(write: Write) -> None:
    with pytest.raises(MigrationError) as caught:
        read(write({"README.md": "none yet"}))
    assert caught.value.report() == f"the folder migrations holds no migrations\n{_NAMING}"


def test_a_folder_that_is_not_there_is_refused(write: Write) -> None:
    folder = write(CREATE_PACK)
    with pytest.raises(MigrationError, match="the folder of migrations migrations/no cannot be read: No such file"):
        read(folder / "no")
    with pytest.raises(MigrationError, match=r"create_pack\.sql cannot be read: Not a directory"):
        read(folder / "0001_create_pack.sql")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SELECT 1", 1),
        ("SELECT 1;;\n-- ;\n/* ; */ SELECT ';' AS \";\";", 2),
        ("DO $$ BEGIN COMMIT; END $$; SELECT 1;", 2),
        ("CREATE FUNCTION attune.f() RETURNS int AS $f$ BEGIN RETURN 1; END; $f$ LANGUAGE plpgsql;", 1),
        (
            "CREATE FUNCTION attune.f() RETURNS int BEGIN ATOMIC "
            "SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2",
            2,
        ),
        ("CREATE OR REPLACE PROCEDURE attune.p() BEGIN ATOMIC SELECT 1; SELECT 2; END;", 1),
        ("CREATE RULE r AS ON INSERT TO attune.pack DO ALSO (SELECT 1; SELECT 2); SELECT 3;", 2),
        ("SELECT E'\\';' || 'it''s;'; SELECT 2;", 2),
    ],
)
def test_statements_are_cut_as_psql_cuts_them(text: str, count: int) -> None:
    assert len(split(text, Path("a.sql"))) == count


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("BEGIN", True),
        ("start transaction", True),
        ("COMMIT AND CHAIN", True),
        ("END", True),
        ("ROLLBACK", True),
        ("ABORT", True),
        ("PREPARE TRANSACTION 'a'", True),
        ("PREPARE a AS SELECT 1", False),
        ("SAVEPOINT a", False),
        ("ROLLBACK TO a", False),
        ("ROLLBACK WORK TO SAVEPOINT a", False),
        ("RELEASE a", False),
    ],
)
def test_a_statement_that_opens_or_ends_a_transaction_is_refused(write: Write, statement: str, refused: bool) -> None:
    found = read(write({"0001_create_pack.sql": f"SELECT 1;\n{statement};\n"}))
    assert [problem.rule for problem in found.problems] == ["transaction"] * refused
