"""What a preview's page is made of: a frame around the report, the report as it will be published, and news of builds."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from ..findings.catalogue import codes, message
from .state import Board

NAMES = r"(?P<name>|page\.css|page\.js|words\.js|report\.html|news)"
_PAGE = Path(__file__).with_name("page")
_FILES = {"": ("index.html", "html"), "page.css": ("page.css", "css"), "page.js": ("page.js", "javascript")}
_HEARTBEAT = 15  # seconds: a reader who left without a word is noticed at the next one
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors "
)


class Refused(HTTPError):
    """An answer of that status; ``code`` is what the catalogue says of it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status)
        self.code = code


class PageOfPreview(RequestHandler):
    """Gives the parts of the page by their ``NAMES``, none of them from a path that a request names.

    Whoever serves it says whom it answers, what ``board`` it shows, in which language, and who may put it in a frame.
    """

    board: Board
    lang = "en"
    framed_by = "'none'"

    async def answer(self, name: str) -> None:
        """Give that part; of the news each as it comes."""
        if name == "news":
            await self.tell_news()
        elif name == "report.html":
            self._give_report()
        elif name == "words.js":
            self._give_words()
        else:
            file, kind = _FILES[name]
            self.set_header("Content-Type", f"text/{kind}; charset=utf-8")
            self.set_header("Content-Security-Policy", _POLICY + self.framed_by)
            self.finish((_PAGE / file).read_bytes())

    def _give_words(self) -> None:
        """What the page says, for its script."""
        words = {code.removeprefix("page-"): message(code).wording(self.lang) for code in codes("page")}
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(f"export default {json.dumps({'lang': self.lang, **words}, ensure_ascii=False)};\n")

    def _give_report(self) -> None:
        if not self.board.report:
            raise Refused(404, "preview-no-report")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.finish(self.board.report)

    async def tell_news(self) -> None:
        """The board's state, and each later one, as server-sent events, until the reader leaves."""
        self.set_header("Content-Type", "text/event-stream")
        self._telling = asyncio.current_task()
        number, message = 0, ""
        with contextlib.suppress(StreamClosedError, asyncio.CancelledError):
            while True:
                with contextlib.suppress(TimeoutError):
                    number, state = await asyncio.wait_for(self.board.after(number), _HEARTBEAT)
                    message = f"data: {json.dumps(state, ensure_ascii=False)}"
                self.write(f"{message or ':'}\n\n")
                message = ""
                await self.flush()

    def on_connection_close(self) -> None:
        """A reader who leaves is not told anything more."""
        super().on_connection_close()
        telling = getattr(self, "_telling", None)
        if telling is not None:
            telling.cancel()
