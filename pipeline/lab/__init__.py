"""The analyst's desk: what JupyterLab has of ours, on its server (here) and in the browser (``extension/``).

``etc/jupyter/jupyter_server_config.d/halfyear.json`` of the installation loads this room with the server.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from .server_extension import Desk  # what loads Jupyter's server is for it alone

    return [{"module": "pipeline.lab", "app": Desk}]
