"""The preview on an address of its own: its page, for readers on this machine alone."""

from __future__ import annotations

import sys

from tornado.web import Application, stream_request_body

from ..findings.catalogue import message
from .page_parts import NAMES, PageOfPreview, Refused
from .state import Board

_HOSTS = ("127.0.0.1", "localhost")


def application(board: Board, lang: str) -> Application:
    """The pages in ``zh`` or ``en``."""
    given = {"board": board, "lang": lang}
    return Application(
        [(f"/{NAMES}", _Handler, given)],
        default_handler_class=_Nothing,
        default_handler_args=given,
        log_function=lambda handler: None,
    )


@stream_request_body
class _Handler(PageOfPreview):
    """Answers this machine's own names only: a foreign site whose name leads here is refused, and so are its pages.

    So are the pages of other servers on this machine. All that is looked at before a body is read; none is wanted.
    """

    def initialize(self, board: Board, lang: str) -> None:
        self.board, self.lang = board, lang

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        headers = self.request.headers
        if self.request.host_name not in _HOSTS or len(headers.get_list("Host")) != 1:
            raise Refused(403, "preview-own-names")
        if headers.get("Origin", self._own) != self._own or not self._asked_by_its_own_pages():
            raise Refused(403, "preview-other-sites")
        if "Transfer-Encoding" in headers or headers.get("Content-Length", "0") != "0":
            raise Refused(413, "preview-no-body")

    @property
    def _own(self) -> str:
        return f"{self.request.protocol}://{self.request.host}"

    def _asked_by_its_own_pages(self) -> bool:
        """A browser says from where it asks; a reader may follow a link to the page from anywhere, but not frame it."""
        site, kind = (self.request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Dest"))
        return site in (None, "none", "same-origin") or (self.request.path == "/" and kind == "document")

    async def get(self, name: str) -> None:
        await self.answer(name)

    def data_received(self, chunk: bytes) -> None:
        """Never called: a request with a body was refused."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        error = sys.exc_info()[1]
        said = message(error.code).wording(self.lang) if isinstance(error, Refused) else self._reason
        self.finish(f"{status_code} {said}\n")


class _Nothing(_Handler):
    async def get(self) -> None:  # type: ignore[override]  # a path without a name
        raise Refused(404, "preview-nothing")
