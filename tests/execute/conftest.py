"""A workspace of fixture notebooks: one behaviour each, named by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from half_year import as_workbook

from pipeline.execute import Ran, run_sections
from pipeline.ledger import TABLES
from pipeline.workspace import Workspace

NOTEBOOKS = Path(__file__).with_name("notebooks")


class Bench:
    """A workspace in a temporary folder and short ways to run it and to read what came out."""

    def __init__(self, root: Path) -> None:
        self.root, self.into = root, root / "out"
        (root / "notebooks").mkdir(parents=True)
        (root / "data" / "2021H1").mkdir(parents=True)

    def put(self, *names: str) -> Bench:
        """Add fixture notebooks as the next sections."""
        for number, name in enumerate(names, 1 + len(list((self.root / "notebooks").glob("*.ipynb")))):
            shutil.copy(NOTEBOOKS / f"{name}.ipynb", self.root / "notebooks" / f"{number:02d}-{name}.ipynb")
        return self

    def ledgers(self, notes: dict[str, str], period: str = "2020H2", *, xlsx: bool = False) -> None:
        """Ledgers of one record each, with such a note (备注): as files, or as the sheets of one workbook."""
        tables = self.root / "data" / period / "tables"
        tables.mkdir(parents=True, exist_ok=True)
        for table, note in notes.items():
            columns = TABLES[table].columns
            record = {column.field: "1" for column in columns if column.required} | {"note": note}
            row = [record.get(column.field, "") for column in columns]
            text = "\n".join(",".join(cells) for cells in ([column.heading for column in columns], row))
            (tables / f"{table}.csv").write_text(text, encoding="utf-8-sig")
        if xlsx:
            as_workbook(tables.parent)

    def run(self, **options: Any) -> list[Ran]:
        workspace = Workspace.at(self.root)
        options = {"parameters": {"period": "2020H2"}, "into": self.into, "cache": False, **options}
        return run_sections(workspace.sections, workspace=workspace, **options)

    def printed(self, ran: Ran) -> str:
        """What the section wrote to standard output."""
        notebook = json.loads(ran.path.read_text(encoding="utf-8"))
        outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
        return "".join("".join(output["text"]) for output in outputs if output.get("name") == "stdout")


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "workspace")


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where notebooks leave marks; its path is in their environment."""
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv("HALFYEAR_TEST_FOLDER", str(folder))
    return folder


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Any]:
    """Wait until something is true (half a minute at most) and return it."""
    import time

    def wait(condition: Callable[[], Any]) -> Any:
        for _ in range(600):
            if found := condition():
                return found
            time.sleep(0.05)
        raise AssertionError("it never came true")

    return wait
