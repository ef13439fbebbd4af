"""A folder of query files: namespaces, encodings, and names that collide."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.errors import SourceError
from attune_sql.source.tree import read_tree


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def test_folders_are_namespaces_and_files_are_not(tmp_path: Path) -> None:
    root = write(tmp_path, {"a/b/one.sql": "-- name: f()\nSELECT 1", "top.sql": "-- name: g()\nSELECT 1"})
    assert [each.full_name for each in read_tree(root)] == ["a.b.f", "g"]


def test_hidden_folders_and_other_files_are_passed_over(tmp_path: Path) -> None:
    root = write(tmp_path, {".git/x.sql": "junk", "README.md": "junk", "f.sql": "-- name: f()\nSELECT 1"})
    assert [each.full_name for each in read_tree(root)] == ["f"]


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_byte_order_mark_and_line_ends_do_not_matter(tmp_path: Path, prefix: bytes, newline: bytes) -> None:
    root = write(tmp_path, {"f.sql": prefix + newline.join([b"-- name: f(x)^", b"-- Sentence.", b"SELECT :x;", b""])})
    (operation,) = read_tree(root)
    assert (operation.sentence, operation.sql) == ("Sentence.", "SELECT $1;")


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_tree(path)
    return str(caught.value)


def test_the_same_name_in_two_files_is_refused_with_both_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"q/a.sql": "-- name: f()\nSELECT 1", "q/b.sql": "\n-- name: f()\nSELECT 2"})
    monkeypatch.chdir(tmp_path)
    assert refusal(tmp_path / "q") == (
        "q/b.sql:2:1: error[files]: the name 'f' is used twice, first at q/a.sql:1\n"
        "2 | -- name: f()\n"
        "  | ^^^^^^^^^^^^\n"
        "help: rename or remove one of them"
    )


def test_an_operation_named_like_a_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"pack.sql": "-- name: pack()\nSELECT 1", "pack/f.sql": "-- name: f()\nSELECT 1"})
    assert "'pack' is an operation and a folder" in refusal(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"f.sql": b"-- name: f()\nSELECT '\xff'"})
    assert "the file is not UTF-8: invalid start byte at byte 21" in refusal(tmp_path)


def test_a_folder_that_python_cannot_spell_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a-b/f.sql": "-- name: f()\nSELECT 1"})
    assert "the folder name 'a-b' cannot be a namespace" in refusal(tmp_path)


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "holds no .sql file" in refusal(tmp_path)
    assert "there is no query folder" in refusal(tmp_path / "nowhere")
