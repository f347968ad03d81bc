"""What of a workspace the preview watches."""

import asyncio

import pytest
from watchfiles import Change

from pipeline.preview.watch import Changes
from pipeline.workspace import Workspace


def test_a_declaration_of_a_ledger_is_watched(workspace):
    """Saving a file in ledgers/ is told like one in data/ or notebooks/."""
    folders = [workspace / name for name in ("ledgers", "data/2021H1", "notebooks")]
    folders[0].mkdir()

    async def told() -> list[str]:
        changes = Changes(Workspace.at(workspace))
        watching = asyncio.create_task(changes.watch())
        found: set[str] = set()
        while len(found) < len(folders):
            for folder in folders:
                (folder / "saved.toml").write_text(
                    f"# {len(found)}{asyncio.get_running_loop().time()}", encoding="utf-8"
                )
            try:
                found.update((await asyncio.wait_for(changes.take(), 0.5))[0])
            except TimeoutError:
                continue  # the watcher is not ready yet
        watching.cancel()
        return sorted(found)

    told_of = asyncio.run(asyncio.wait_for(told(), 60))
    assert len(told_of) == 3
    assert all(name.endswith("saved.toml") for name in told_of)


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("data/2021H1/tables/indicators.csv", True),
        ("notebooks/20-reform.ipynb", True),
        ("data/2021H1/.~lock.指标.xlsx#", False),
        ("data/2021H1/~$指标.xlsx", False),
        ("data/2021H1/指标.xlsx~", False),
        ("data/2021H1/指标.tmp", False),
        ("notebooks/.ipynb_checkpoints/20-reform-checkpoint.ipynb", False),
        ("notebooks/__pycache__/own.py", False),
        ("notebooks/own.pyc", False),
        ("outputs/2021H1/report.html", False),
    ],
)
def test_what_programs_keep_beside_their_files_is_no_save(workspace, file, wanted):
    """Locks, backups, checkpoints and byte code are passed over, hidden or not, and so is what stands elsewhere."""
    assert Changes(Workspace.at(workspace)).wanted(Change.modified, str(workspace / file)) is wanted


def test_what_was_taken_waits_no_more(workspace):
    """A change is told once: whoever asks again waits for the next."""

    async def told() -> None:
        changes = Changes(Workspace.at(workspace))
        changes.add([workspace / "notebooks" / "one.md"])
        assert await changes.take() == (["notebooks/one.md"], False)
        assert changes.waiting == 0
        again = asyncio.create_task(changes.take())
        await asyncio.sleep(0)  # it would be through by now
        assert not again.done()
        changes.add([])
        assert await again == ([], False)

    asyncio.run(told())
