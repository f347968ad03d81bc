"""The Chinese face that comes with the installation, for everything matplotlib draws in this process."""

from __future__ import annotations

import importlib.util
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

_MANAGER = "matplotlib.font_manager"


def offer() -> None:
    """Let matplotlib have the face, now or as soon as somebody imports it: characters its own faces lack are set in it."""
    if _MANAGER in sys.modules:
        _add(sys.modules[_MANAGER])
    elif not any(isinstance(finder, _WhenImported) for finder in sys.meta_path):
        sys.meta_path.insert(0, _WhenImported())


class _WhenImported(MetaPathFinder):
    """Waits for matplotlib's fonts: to import it for their sake would cost those who draw nothing."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name != _MANAGER:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def loaded(module: Any) -> None:
                load(module)
                _add(module)

            spec.loader.exec_module = loaded  # type: ignore[method-assign]  # this loader alone
        return spec


def _add(fonts: Any) -> None:
    from matplotlib import rcParams
    from pylopdf_fonts_zh_cn import sans_path

    if not any(font.fname == str(sans_path()) for font in fonts.fontManager.ttflist):
        fonts.fontManager.addfont(str(sans_path()))
    family = next(font.name for font in fonts.fontManager.ttflist if font.fname == str(sans_path()))
    if family not in rcParams["font.family"]:
        rcParams["font.family"] = [*rcParams["font.family"], family]
