"""One notebook, one kernel, one try. Heavy: imported only when something is executed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import SectionError
from ..startup import skip_formats
from ..workspace import SectionNotebook, Workspace
from .kernels import manager
from .source_notebook import code_of

skip_formats()

import nbformat  # noqa: E402  after the mask

from .failure import number_in_source, section_error  # noqa: E402
from .kernel_names import kernel_of  # noqa: E402
from .last_words import LastWords  # noqa: E402
from .papermill_engine import Kernels, execute  # noqa: E402
from .reproducible import clean  # noqa: E402


@dataclass
class Attempt:
    """What all sections of a run have in common; ``cell_begun`` is told a section, the number of
    its cell and of how many."""

    parameters: Mapping[str, Any]
    root: Path
    into: Path
    env: Mapping[str, str]
    cold: bool
    cell_timeout: int
    cell_begun: Callable[[SectionNotebook, int, int], None]
    kernels: Kernels = field(default_factory=Kernels)

    def __call__(
        self, section: SectionNotebook, source: Mapping[str, Any], env: Mapping[str, str]
    ) -> tuple[Any, SectionError | None]:
        """Execute ``source`` in a kernel that has ``env`` besides.

        Returns the cleaned notebook as far as it came, and what went wrong.
        """
        kept: list[Any] = [nbformat.from_dict(source)]  # type: ignore[no-untyped-call]  # nbformat types a part only
        begun: list[int] = []

        def begin(cell: Any, cell_index: int) -> None:
            begun.append(cell_index)
            number = number_in_source(source, kept[-1].cells, cell_index)
            self.cell_begun(section, number, len(source["cells"]))

        with LastWords() as output:
            start = {"env": {**self.env, **env}, "stdout": output, "stderr": output}
            raised = self._run(kept, begin, start, self._manager(source))
        error = section_error(
            section,
            source,
            kept[-1].cells,
            running=begun[-1] if begun else None,
            raised=raised,
            saved=self.into / section.path.name,
            said=output.text,
        )
        return clean(kept[-1], parameters=self.parameters, root=self.root), error

    def _manager(self, source: Mapping[str, Any]) -> type:
        return manager(code_of(source), cold=self.cold)

    def _run(
        self, kept: list[Any], begin: Callable[..., None], start: dict[str, Any], manager: type
    ) -> Exception | None:
        """What was raised; whatever happens in one notebook is that section's error, not the run's."""
        try:
            execute(
                kept[0],
                dict(self.parameters),
                folder=str(Workspace(self.root).notebooks),
                kernels=self.kernels,
                start=start,
                cell_timeout=self.cell_timeout,
                **kernel_of(kept[0]),
                kernel_manager_class=manager,
                keep=kept.append,
                on_cell_execute=begin,
            )
        except Exception as error:
            return error
        return None
