"""What Jupyter's server does for us: previews, the words of the browser's half, and *Save and Export Notebook As*."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jupyter_server.base.handlers import JupyterHandler, path_regex
from jupyter_server.extension.application import ExtensionApp
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from tornado.web import authenticated

from ..errors import HalfyearError
from ..findings import language
from ..findings.catalogue import codes, message
from ..preview.page_parts import NAMES, PageOfPreview
from ..workspace import Workspace
from .previews import Previews, preview_of

# Jupyter's server serves /nbconvert/FORMAT/PATH for formats without a hyphen only; the menu lists ours all the same.
_EXPORT = rf"/nbconvert/(?P<format>halfyear-[a-z0-9]+){path_regex}"


class Desk(ExtensionApp):
    """Our part of a Jupyter server; when the server ends, so do its previews."""

    name = "halfyear"

    def initialize_handlers(self) -> None:
        """Say what is answered at which address."""
        self.previews = Previews(language(), self.log.info)
        given = {"previews": self.previews}
        self.handlers.extend(
            [
                (_EXPORT, NbconvertFileHandler),
                (r"/halfyear/words", _Words),
                (r"/halfyear/preview", _Opened, given),
                (rf"/halfyear/preview/(?P<key>[0-9a-f]+)/{NAMES}", _Preview, given),
            ]
        )

    def initialize_settings(self) -> None:
        """Have each notebook that is saved looked at by git."""
        assert self.serverapp is not None, "an extension belongs to a server"
        contents = self.serverapp.contents_manager
        contents.register_post_save_hook(_settled)  # type: ignore[no-untyped-call]  # Jupyter does not say

    async def stop_extension(self) -> None:
        """End the previews and what they started."""
        await self.previews.end()


def _settled(os_path: str, model: dict[str, Any], contents_manager: object) -> None:
    """After a notebook was saved, in the background: a run is no change to git."""
    from ..begin.git_filter import settle  # loads pandas, which a server does without until then

    if model.get("type") == "notebook":
        asyncio.get_running_loop().run_in_executor(None, settle, Path(os_path))


class _Words(JupyterHandler):
    @authenticated
    def get(self) -> None:
        words = {code.removeprefix("desk-"): message(code).wording(language()) for code in codes("desk")}
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(words, ensure_ascii=False))


class _InWords(JupyterHandler):
    """Has a line of text for what cannot be shown: a tab of JupyterLab has room for no more."""

    def refuse(self, said: str) -> None:
        """Answer that there is no such thing, in these words."""
        self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{said}\n")


class _Opened(_InWords):
    """From a notebook or folder to the address of its preview, in the period that is asked for or the latest there is."""

    def initialize(self, previews: Previews) -> None:
        self._previews = previews

    @authenticated
    def get(self) -> None:
        root = Path(self.settings["server_root_dir"]).expanduser().resolve()
        try:
            asked = preview_of(root, self.get_argument("path", ""), self.get_argument("period", ""))
        except HalfyearError as error:
            self.refuse(error.text(language()))
        else:
            self.redirect(f"{self.base_url}halfyear/preview/{self._previews.key(*asked)}/{_notebooks(root, asked[0])}")


def _notebooks(root: Path, workspace: Workspace) -> str:
    """For the page: where JupyterLab has the workspace's notebooks, so that it can lead to them."""
    folder = workspace.notebooks.resolve()
    return f"?{urlencode({'notebooks': folder.relative_to(root).as_posix()})}" if folder.is_relative_to(root) else ""


class _Preview(PageOfPreview, _InWords):
    """The page of one preview; it lives as long as somebody listens to its news."""

    framed_by = "'self'"

    def initialize(self, previews: Previews) -> None:
        self._previews, self.lang = previews, language()

    @authenticated
    async def get(self, key: str, name: str) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            with self._previews.board(key, listens=name == "news") as self.board:
                await self.answer(name)
        except KeyError:
            self.refuse(message("preview-nothing").wording(self.lang))
        except HalfyearError as error:
            self.refuse(error.text(self.lang))
