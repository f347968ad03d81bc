"""What the preview answers a request that it refuses, in the language of whoever started it."""

import asyncio

import pytest
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from pipeline.preview.application import application
from pipeline.preview.state import Board

REFUSED = {
    "another host": ("/", {"Host": "example.com"}, 403, "预览只应答 127.0.0.1", "answers to 127.0.0.1"),
    "another site": ("/", {"Origin": "http://127.0.0.1:9"}, 403, "不给别的网站看", "not for other sites"),
    "no such page": ("/nothing", {}, 404, "没有这个页面", "no such page"),
    "no report yet": ("/report.html", {}, 404, "报告还没有生成", "no report yet"),
}


async def asked(lang, path, headers):
    """The answer to a request."""
    listening, port = bind_unused_port("127.0.0.1")
    server = HTTPServer(application(Board("2021H1"), lang))
    server.add_socket(listening)
    try:
        address = f"http://127.0.0.1:{port}{path}"
        return await AsyncHTTPClient().fetch(address, headers=headers, raise_error=False)
    finally:
        server.stop()


@pytest.mark.parametrize(("path", "headers", "status", "zh", "en"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_speaks_the_readers_language(path, headers, status, zh, en):
    """Every refusal is said in Chinese or English, as the preview was asked to speak."""
    for lang, words in (("zh", zh), ("en", en)):
        answer = asyncio.run(asked(lang, path, headers))
        assert answer.code == status
        assert words in answer.body.decode()


@pytest.mark.parametrize(("path", "headers", "status", "zh", "en"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_text_and_nothing_else(path, headers, status, zh, en):
    """A browser takes no refusal for a page, keeps none, and does not hear by which program it was said."""
    said = asyncio.run(asked("en", path, headers)).headers
    assert (said["Content-Type"], said["X-Content-Type-Options"]) == ("text/plain; charset=utf-8", "nosniff")
    assert (said["Cache-Control"], said["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in said
