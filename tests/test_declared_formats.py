"""What is said of the forms of a report."""

import pytest

from pipeline import formats


def test_forms_come_in_one_order():
    """Page, PDF, Word document, each by its name and file; one that is added comes last, for this process alone."""
    assert formats.format_names() == ("html", "pdf", "docx")
    assert formats.report_files() == ("report.html", "report.pdf", "report.docx")


def test_a_form_that_is_registered_is_one_of_them(monkeypatch):
    """It is listed behind the others and found by its name; registered again it takes its own place."""
    monkeypatch.setattr(formats, "_registered", dict(formats._registered))
    for menu in ("Words", "Words alone"):
        formats.register(formats.Format("txt", "text/plain", menu, "words:render", "words:look"))
    assert formats.format_names() == ("html", "pdf", "docx", "txt")
    assert (formats.format_named("txt").menu, formats.format_named("txt").file) == ("Words alone", "report.txt")


@pytest.mark.parametrize("name", formats.format_names())
def test_each_form_can_be_made_and_looked_at(name):
    """What a declaration names is there: the function that makes it, and that which looks for barriers."""
    declared = formats.format_named(name)
    assert declared.name == name
    assert [formats.loaded(function).__name__ for function in (declared.render, declared.accessibility)] == [
        function.rpartition(":")[2] for function in (declared.render, declared.accessibility)
    ]
