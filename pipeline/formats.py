"""The formats a report is made in, each declared once: the command, the exporters, the gates and the archive ask here."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple


class Format(NamedTuple):
    """One format. Functions are named ``module:function`` and loaded when they are called.

    Attributes:
        name: what the command calls it; its file is ``report.NAME``, its exporter ``halfyear-NAME``.
        menu: its entry in JupyterLab's *Save and Export Notebook As*.
        render: gives the bytes of a semantic body under ``metadata.halfyear`` and :class:`RenderOptions`. Where its
            module has a ``prepare()``, that is called in the background while kernels still run.
        accessibility: yields what a finished file lacks for readers who do not see it, as a code of the catalogue of
            findings and the words it concerns.
    """

    name: str
    mimetype: str
    menu: str
    render: str
    accessibility: str

    @property
    def file(self) -> str:
        """The name of its file in a report's folder."""
        return f"report.{self.name}"


class RenderOptions(NamedTuple):
    """How to render: ``strict`` where a character that no font has is an error, ``embed_fonts`` into a page; ``beside``
    are the files of the same report that will stand beside this one."""

    strict: bool = True
    embed_fonts: bool = False
    beside: tuple[str, ...] = ()


_FORMATS = (
    Format(
        "html",
        "text/html",
        "Report page (halfyear HTML)",
        render="pipeline.render.web.page:render",
        accessibility="pipeline.publish.accessibility:of_page",
    ),
    Format(
        "pdf",
        "application/pdf",
        "Report document (halfyear PDF)",
        render="pipeline.render.typst.typeset:render",
        accessibility="pipeline.publish.accessibility:of_pdf",
    ),
    Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Report document (halfyear DOCX)",
        render="pipeline.render.word.report:render",
        accessibility="pipeline.publish.accessibility:of_word_document",
    ),
)
_registered = {one.name: one for one in _FORMATS}


def register(added: Format) -> None:
    """Add a format for the life of this process; one to stay is a line above."""
    _registered[added.name] = added


def format_names() -> tuple[str, ...]:
    """What the formats are called, in the order in which they are made and listed."""
    return tuple(_registered)


def report_files() -> tuple[str, ...]:
    """The file of each format."""
    return tuple(one.file for one in _registered.values())


def format_named(name: str) -> Format:
    """The format of this name."""
    return _registered[name]


def loaded(function: str) -> Any:
    """The function that a declaration names as ``module:function``."""
    module, _, name = function.partition(":")
    return getattr(import_module(module), name)
