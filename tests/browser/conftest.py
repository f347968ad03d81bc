"""A browser that stays on this machine, and a JupyterLab of its own."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from office import font_environment
from playwright.sync_api import sync_playwright
from programs import needs

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


# One browser a module, not a session: Playwright keeps an event loop on the thread, in the way of others' own loops.
@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """Debian's Chromium, without a window, that calls nobody by itself and has the fonts a report comes with."""
    path, fonts = needs("chromium"), font_environment(tmp_path_factory.mktemp("fonts"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, env={**os.environ, **fonts})
        yield browser
        browser.close()


@dataclass
class JupyterLab:
    """A running server: its address, its token, the workspace it shows, and its process."""

    url: str
    token: str
    workspace: Path
    server: subprocess.Popen

    def get(self, path):
        """What the server answers as JSON."""
        return json.loads(self.fetch(path))

    def fetch(self, path):
        """What the server answers."""
        with self.open(path) as answer:
            return answer.read()

    def open(self, path):
        """The server's answer as it comes."""
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"token {self.token}"})
        return urllib.request.urlopen(request, timeout=60)


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory):
    """A JupyterLab on a copy of the project's workspace; its settings, kernels and logs stay in the test's folder."""
    yield from _running(tmp_path_factory.mktemp("jupyterlab"))


@pytest.fixture
def own_jupyterlab(tmp_path):
    """The same for one test, which may end it."""
    yield from _running(tmp_path)


def _running(home):
    workspace = home / "workspace"
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, workspace / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    asks_nothing = home / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    asks_nothing.parent.mkdir(parents=True)
    asks_nothing.write_text('{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8")
    token = secrets.token_hex(16)
    server = _started(home, workspace, token)
    try:
        yield JupyterLab(_address(home, server), token, workspace, server)
    finally:
        server.terminate()  # the server takes its kernels with it
        server.wait(30)


def _started(home, workspace, token):
    extensions = home / "labextensions"  # this tree's, whatever an earlier installation has copied
    extensions.mkdir()
    (extensions / "halfyear").symlink_to(ROOT / "pipeline/lab/extension")
    folders = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
    known = {key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "HALFYEAR", "IPYTHON"))}
    own = {f"JUPYTER_{key}": str(home / name) for key, name in folders.items()}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    options = [
        "--no-browser", "--allow-root", "--expose-app-in-browser", "--ip=127.0.0.1", "--port=8899",
        f"--ServerApp.root_dir={workspace}", f"--IdentityProvider.token={token}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly", f"--LabServerApp.workspaces_dir={home / 'workspaces'}",
        f"--LabServerApp.user_settings_dir={home / 'settings'}",
        f"--LabServerApp.extra_labextensions_path={extensions}",
    ]  # fmt: skip
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=workspace,
            env={**known, **own, "IPYTHONDIR": str(home / "ipython"), "PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _address(home, server):
    """Where the server listens: it takes the next free port where the usual one is taken, and writes which."""
    record = home / "runtime" / f"jpserver-{server.pid}.json"
    for _ in range(600):
        if server.poll() is not None:
            break
        if record.exists() and (text := record.read_text(encoding="utf-8")):
            return json.loads(text)["url"]
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'log').read_text(encoding='utf-8')}")
