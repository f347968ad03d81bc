"""What of a workspace the preview watches."""

import asyncio

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
