"""The preview's web pages: a frame around the report, the report as it will be published, and news of builds."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from ..findings.catalogue import codes, message
from .state import Board

_PAGE = Path(__file__).with_name("page")
_HOSTS = ("127.0.0.1", "localhost")
_HEARTBEAT = 15  # seconds: a reader who left without a word is noticed at the next one
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def application(board: Board, lang: str) -> Application:
    """The pages in ``zh`` or ``en``, none of them from a path that a request names."""
    files: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (r"/", _File, {"file": _PAGE / "index.html", "kind": "text/html"}),
        (r"/page\.css", _File, {"file": _PAGE / "page.css", "kind": "text/css"}),
        (r"/page\.js", _File, {"file": _PAGE / "page.js", "kind": "text/javascript"}),
    ]
    files.append((r"/words\.js", _Words, {"lang": lang}))
    live = [(r"/report\.html", _Report, {"board": board}), (r"/news", _News, {"board": board})]
    return Application([*files, *live], default_handler_class=_Nothing, log_function=lambda handler: None, lang=lang)


class _Refused(HTTPError):
    """An answer of that status; ``code`` is what the catalogue says of it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status)
        self.code = code


@stream_request_body
class _Handler(RequestHandler):
    """Answers this machine's own names only: a foreign site whose name leads here is refused, and so are its pages.

    So are the pages of other servers on this machine. All that is looked at before a body is read; none is wanted.
    """

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def prepare(self) -> None:
        headers = self.request.headers
        if self.request.host_name not in _HOSTS or len(headers.get_list("Host")) != 1:
            raise _Refused(403, "preview-own-names")
        if headers.get("Origin", self._own) != self._own or not self._asked_by_its_own_pages():
            raise _Refused(403, "preview-other-sites")
        if "Transfer-Encoding" in headers or headers.get("Content-Length", "0") != "0":
            raise _Refused(413, "preview-no-body")

    @property
    def _own(self) -> str:
        return f"{self.request.protocol}://{self.request.host}"

    def _asked_by_its_own_pages(self) -> bool:
        """A browser says from where it asks; a reader may follow a link to the page from anywhere, but not frame it."""
        site, kind = (self.request.headers.get(f"Sec-Fetch-{name}") for name in ("Site", "Dest"))
        return site in (None, "none", "same-origin") or (self.request.path == "/" and kind == "document")

    def data_received(self, chunk: bytes) -> None:
        """Never called: a request with a body was refused."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        error = sys.exc_info()[1]
        said = message(error.code).wording(self.settings["lang"]) if isinstance(error, _Refused) else self._reason
        self.finish(f"{status_code} {said}\n")


class _Nothing(_Handler):
    def get(self) -> None:
        raise _Refused(404, "preview-nothing")


class _File(_Handler):
    def initialize(self, file: Path, kind: str) -> None:
        self._file, self._kind = file, kind

    def get(self) -> None:
        self.set_header("Content-Type", f"{self._kind}; charset=utf-8")
        self.set_header("Content-Security-Policy", _POLICY)
        self.finish(self._file.read_bytes())


class _Words(_Handler):
    """What the page says, for its script."""

    def initialize(self, lang: str) -> None:
        self._lang = lang

    def get(self) -> None:
        words = {code.removeprefix("page-"): message(code).wording(self._lang) for code in codes("page")}
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(f"export default {json.dumps({'lang': self._lang, **words}, ensure_ascii=False)};\n")


class _Report(_Handler):
    def initialize(self, board: Board) -> None:
        self._board = board

    def get(self) -> None:
        if not self._board.report:
            raise _Refused(404, "preview-no-report")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.finish(self._board.report)


class _News(_Handler):
    """The board's state, and each later one, as server-sent events."""

    def initialize(self, board: Board) -> None:
        self._board = board

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        number, message = 0, ""
        with contextlib.suppress(StreamClosedError):
            while True:
                with contextlib.suppress(TimeoutError):
                    number, state = await asyncio.wait_for(self._board.after(number), _HEARTBEAT)
                    message = f"data: {json.dumps(state, ensure_ascii=False)}"
                self.write(f"{message or ':'}\n\n")
                message = ""
                await self.flush()
