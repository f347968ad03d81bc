"""A reader who closes the preview's page is told nothing more, at once and without a word in the log."""

import asyncio

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from pipeline.preview import page_parts
from pipeline.preview.application import application
from pipeline.preview.state import Board


async def followed_and_left(path):
    """How many tasks serve a reader of ``path`` who has got a first answer, and how many after the reader left."""
    board = Board("2021H1")
    await board.begin([])
    listening, port = bind_unused_port("127.0.0.1")
    server = HTTPServer(application(board, "zh"))
    server.add_socket(listening)
    try:
        before = asyncio.all_tasks()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        served = len(asyncio.all_tasks() - before)
        writer.close()
        for _ in range(600):
            if not (left := asyncio.all_tasks() - before):
                break
            await asyncio.sleep(0.05)
        return served, len(left)
    finally:
        server.stop()


def test_news_end_when_their_reader_leaves(monkeypatch, caplog):
    """Nobody waits for the next beat of a reader who is gone; a reader of a page that is whole leaves as quietly."""
    monkeypatch.setattr(page_parts, "_HEARTBEAT", 3600)
    served, left = asyncio.run(followed_and_left("/news"))
    assert served and not left
    assert asyncio.run(followed_and_left("/page.css"))[1] == 0
    assert not caplog.records
