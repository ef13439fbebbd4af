"""Pages in a folder: what is written, what is removed, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from attune_sql.errors import AttuneSqlError
from attune_sql.reference.pages import BANNER
from attune_sql.reference.write import apply, changes

PAGES = {"README.md": f"{BANNER}\n\nall\n", "pack.md": f"{BANNER}\n\npäck\n"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the pages, `pages` below the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "docs" / "pages"
    apply(changes(path, PAGES))
    return path


def test_pages_are_written_once(folder: Path) -> None:
    assert {path.name: path.read_bytes().decode() for path in folder.iterdir()} == PAGES
    assert changes(folder, PAGES) == []


def test_only_stale_missing_and_surplus_pages_change(folder: Path) -> None:
    untouched = (folder / "README.md").stat().st_mtime_ns
    (folder / "gone.md").write_text(f"{BANNER}\n\ngone\n")
    (folder / "pack.md").write_text(f"{BANNER}\n\nold")
    wanted = {**PAGES, "rule.md": f"{BANNER}\n\nrule\n"}
    found = changes(folder, wanted)
    assert "".join(each.diff() for each in found) == (
        f"--- docs/pages/gone.md\n+++ /dev/null\n@@ -1,3 +0,0 @@\n-{BANNER}\n-\n-gone\n"
        f"--- docs/pages/pack.md\n+++ docs/pages/pack.md\n@@ -1,3 +1,3 @@\n {BANNER}\n \n"
        "-old\n\\ No newline at end of file\n+päck\n"
        f"--- /dev/null\n+++ docs/pages/rule.md\n@@ -0,0 +1,3 @@\n+{BANNER}\n+\n+rule\n"
    )
    apply(found)
    assert {path.name: path.read_bytes().decode() for path in folder.iterdir()} == wanted
    assert (folder / "README.md").stat().st_mtime_ns == untouched


def test_what_somebody_wrote_stays(folder: Path) -> None:
    (folder / "notes.md").write_text("mine\n")
    (folder / "pack.md").write_text("mine, too\n")
    (folder / "README.md").write_text(f"{BANNER}\n\nstale\n")
    found = changes(folder, PAGES)
    assert [each.path.name for each in found] == ["README.md", "pack.md"]
    with pytest.raises(AttuneSqlError, match=r"docs/pages/pack\.md is not a generated page") as raised:
        apply(found)
    assert "--out" in (raised.value.help or "")
    assert (folder / "README.md").read_text() == f"{BANNER}\n\nstale\n"
    assert (folder / "notes.md").read_text() == "mine\n"


def test_a_page_that_cannot_be_written_leaves_the_old_one_and_no_draft(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(
        AttuneSqlError, match=r"pages/pack\.md:1:1: error\[files\]: the file cannot be written: No space left"
    ):
        apply(changes(folder, {**PAGES, "pack.md": f"{BANNER}\n\nnew\n"}))
    assert {path.name: path.read_bytes().decode() for path in folder.iterdir()} == PAGES


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file\n")
    with pytest.raises(
        AttuneSqlError, match=r"out/README\.md:1:1: error\[files\]: the file cannot be read: Not a directory\nhelp: "
    ):
        apply(changes(tmp_path / "out", PAGES))
