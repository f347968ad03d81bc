"""The command ``halfyear``: parse, call, print, exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ..findings import language
from ..findings.language import CHOSEN
from ..startup import seldom_look_for_circles, skip_optional
from . import console
from .click_words import SpeakingGroup, speak
from .ending import end_when_told, exit_code, say_when_stopped, words_of_the_end
from .options import language_asked_for, language_option
from .streams import speak_any_character
from .terminal import echo

_COMMANDS = {
    "beginning": ("init", "chapter", "upgrade", "doctor"),
    "making": ("manual", "run", "new", "preview", "fonts"),
    "checking": ("collect", "check"),
    "releasing": ("diff", "verify", "publish", "site", "where"),
    "many": ("batch", "rollup"),
}


@click.group(cls=SpeakingGroup, no_args_is_help=True, modules=_COMMANDS)
@click.version_option(package_name="halfyear", message="halfyear %(version)s")
@language_option
def app(lang: str | None) -> None:
    """The command; what it says of itself is in the catalogue, as are the words of all commands."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command; an error of ours becomes its message and exit code, a traceback only with ``--debug``."""
    if arguments is None:
        arguments = sys.argv[1:]
        skip_optional()  # the process is ours alone
        seldom_look_for_circles()
        speak_any_character(as_json="--json" in arguments)
        end_when_told()
    say_when_stopped("stopped")
    lang = language(language_asked_for(arguments))
    speak(app, lang)
    with _kernels_speak(lang):
        _run(arguments, lang)


@contextmanager
def _kernels_speak(lang: str) -> Iterator[None]:
    """Let notebooks and everything else that is started by this command speak as it does."""
    before = os.environ.get(CHOSEN)
    os.environ[CHOSEN] = lang
    try:
        yield
    finally:
        os.environ.pop(CHOSEN)
        if before is not None:
            os.environ[CHOSEN] = before


def _run(arguments: list[str], lang: str) -> None:
    try:
        raise SystemExit(app.main(arguments, prog_name="halfyear", standalone_mode=False) or 0)
    except click.ClickException as error:
        words = io.StringIO()
        error.show(words)
        echo(words.getvalue().rstrip("\n").replace("。 ", "。"), err=True)
        raise SystemExit(error.exit_code) from None
    except click.Abort:  # an interrupt
        console.stopped(lang, words_of_the_end())
        raise SystemExit(exit_code()) from None
    except Exception as error:
        if "--debug" in arguments:
            raise
        raise SystemExit(_told(error, lang, as_json="--json" in arguments)) from None


def _told(error: Exception, lang: str, *, as_json: bool) -> int:
    """Tell what went wrong; the exit code."""
    known = console.known(error)
    console.error(known, lang, as_json=as_json)
    return known.exit_code
