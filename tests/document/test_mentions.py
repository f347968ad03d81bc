"""What a notebook shows to its analyst alone goes again where a report is made of it."""

import json

import pytest

from pipeline.document import mentions
from pipeline.facts.element import explained, unexplained

FACT = '<data class="fact" value="1" data-source="t.csv#row=2;col=数">1</data>'
DERIVED = '<data class="fact" value="7" data-source="t.csv#row=2;col=a&#95;b" data-derivation="sum" data-qualifier="余">7</data>'
MENTIONS = '（见<a class="ref" href="#handled">handled</a>、<a class="ref" href="#handled-chart">handled-chart</a>）'
NOTES = ["来源：指标!E5", '"引号"、；。', "a > b & c", "$x$ \\ `y` *z* |"]
CAPTIONS = ["办件量", "许可、备案；其他", "“一窗”&#60;试&#62;", '甲"乙']


@pytest.fixture
def known(monkeypatch):
    """Captions that were shown."""
    captions = {}
    monkeypatch.setattr(mentions, "_captions", captions)
    return captions


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("markup", [FACT, DERIVED, f"本期{FACT}件，{DERIVED}件"])
def test_a_note_goes_and_leaves_nothing(markup, note):
    """Whatever a source is called, its title is no markup, and without it the text is to the letter as it was, in a file as well."""
    shown = explained(markup, lambda sources, derivation: note)
    assert shown.count(" title=") == markup.count("<data")
    assert shown.count("<") == markup.count("<")
    assert unexplained(shown) == markup
    assert json.loads(unexplained(json.dumps([shown], ensure_ascii=False))) == [markup]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_goes_and_leaves_the_name(known, caption):
    """Whatever a caption says, a mention of it is by its name again for whoever numbers it, in a file as well."""
    known["handled"] = caption
    shown = mentions.with_captions(MENTIONS)
    assert (f">{caption}</a>" in shown, ">handled-chart</a>" in shown) == (True, True)
    assert mentions.without_captions(shown) == MENTIONS
    assert json.loads(mentions.without_captions(json.dumps([shown], ensure_ascii=False))) == [MENTIONS]
