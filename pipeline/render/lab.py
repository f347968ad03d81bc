"""JupyterLab's *Save and Export Notebook As*: the address its entries for our exporters lead to.

Jupyter Server serves ``/nbconvert/FORMAT/PATH`` for formats without a hyphen only; the menu lists ours all the same.
``etc/jupyter/jupyter_server_config.d/halfyear.json`` of the installation loads this module with the server.
"""

from __future__ import annotations

from typing import Any

_FORMAT = r"(?P<format>halfyear-[a-z0-9]+)"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "pipeline.render.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from jupyter_server.utils import url_path_join

    address = url_path_join(server.web_app.settings["base_url"], "nbconvert")
    server.web_app.add_handlers(".*$", [(f"{address}/{_FORMAT}{path_regex}", NbconvertFileHandler)])
