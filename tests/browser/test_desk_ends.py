"""A Jupyter server that ends while somebody looks at a preview."""

import contextlib
import http.client
import signal
import threading
import time

import psutil
import pytest


@pytest.mark.parametrize("how", ["SIGTERM", pytest.param("SIGKILL", marks=pytest.mark.soak)])
def test_a_server_that_ends_takes_its_previews_along(own_jupyterlab, how):
    """Asked to end or killed, the server goes at once, and nothing of a preview that was open is left behind."""
    opened = own_jupyterlab.open("halfyear/preview?period=2021H1")
    news = own_jupyterlab.open(opened.url.removeprefix(own_jupyterlab.url).partition("?")[0] + "news")
    assert next(line for line in news if b'"built": {' in line)
    threading.Thread(target=_listen, args=(news,), daemon=True).start()
    running = psutil.Process(own_jupyterlab.server.pid).children(recursive=True)
    assert len(running) > 1  # the builder, and what it keeps warm
    own_jupyterlab.server.send_signal(getattr(signal, how))
    own_jupyterlab.server.wait(30)
    end = time.monotonic() + 30
    while any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in running):
        assert time.monotonic() < end, running
        time.sleep(0.1)


def _listen(news):
    """Hear the news until the server goes, which it does in the middle of them."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        news.read()
