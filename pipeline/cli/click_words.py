"""The command-line library's own words, and all help, in the language of the one who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from ..findings.catalogue import codes, known, message
from .terminal import display_width, wrapped

_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


class SpeakingGroup(click.Group):
    """A group of commands each of which is loaded when it is asked for, and given its words when help is.

    Args:
        modules: module of this room → the commands in it.
    """

    lang = "en"

    def __init__(self, *args: Any, modules: Mapping[str, Sequence[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._homes = {name: module for module, names in modules.items() for name in names}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(self._homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, with its help."""
        if cmd_name not in self._homes:
            return None
        command = self._loaded(cmd_name)
        command.help = message(f"help-{cmd_name}").wording(self.lang)
        command.short_help = message(f"brief-{cmd_name}").wording(self.lang)
        _name_options(command, cmd_name, self.lang)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What is to run: of its words it needs only those that a wrong use is told with."""
        if args[0] in self._homes and set(ctx.help_option_names).isdisjoint(args):
            return args[0], self._loaded(args[0]), args[1:]
        return super().resolve_command(ctx, args)

    def _loaded(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(f".{self._homes[name]}", __package__), name)
        command.options_metavar = message("metavar-options").wording(self.lang)
        return command


def speak(app: SpeakingGroup, lang: str) -> None:
    """Let ``app`` and the library speak ``zh`` or ``en``; until then no command has a word of help."""
    app.lang = lang
    for module in _MODULES:  # each asks gettext under these names
        module._ = lambda text: _worded(text, lang)  # type: ignore[attr-defined]  # they import it
        if hasattr(module, "ngettext"):
            module.ngettext = lambda one, many, number: _worded(one if number == 1 else many, lang)  # type: ignore[attr-defined]  # as above
    click.formatting.wrap_text = _wrapped
    click.formatting.term_len = display_width  # type: ignore[attr-defined, assignment]  # it imports it under this name
    click.Context.formatter_class = _ChineseHelp if lang == "zh" else click.HelpFormatter
    app.help = message("help-halfyear").wording(lang)
    app.options_metavar = message("metavar-options").wording(lang)
    _name_options(app, "", lang)
    app.subcommand_metavar = message("metavar-command").wording(lang)


def _worded(text: str, lang: str) -> str:
    return _library_words().get(text, text) if lang == "zh" else text


@cache
def _library_words() -> dict[str, str]:
    """What the library says in English → in Chinese."""
    return {message(code).en: message(code).zh for code in codes("help") if code.startswith("click-")}


def _name_options(command: click.Command, name: str, lang: str) -> None:
    for option in command.params:
        if isinstance(option, click.Option):
            called = (option.name or "").strip("_").replace("_", "-")
            code = f"option-{name}-{called}"
            option.help = message(code if known(code) else f"option-{called}").wording(lang)


class _ChineseHelp(click.HelpFormatter):
    """Help with Chinese colons."""

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")


def _wrapped(
    text: str, width: int = 78, initial_indent: str = "", subsequent_indent: str = "", preserve_paragraphs: bool = False
) -> str:
    """What the library's own function of that name does, which counts characters and breaks Chinese at blanks alone."""
    room = width - max(map(display_width, (initial_indent, subsequent_indent)))
    lines = wrapped(" ".join(text.split()), room).split("\n")
    return initial_indent + f"\n{subsequent_indent}".join(lines)
