"""Pieces of official wording."""

import pandas as pd
import pytest

from pipeline.notebook import documents, given, join


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["甲", "乙", "丙"], "甲、乙、丙"),
        (["《甲》", "《乙》"], "《甲》《乙》"),
        (["“甲”", "“乙”", "丙"], "“甲”“乙”、丙"),
        ([], ""),
        (["甲"], "甲"),
    ],
)
def test_names_in_a_row(names, said):
    """Names are joined by 、, which falls away between neighbouring 《》 or “” (GB/T 15834)."""
    assert join(names) == said


def test_clauses_in_a_row():
    """What is blank is left out and brings no mark; with a mark of its own quotation marks are parted as well."""
    assert join(["甲", given("", "乙"), "丙"]) == "甲、丙"
    assert join(["受理3件", "", "许可2件"], "，") == "受理3件，许可2件"
    assert join(["《甲》", "《乙》"], "，") == "《甲》，《乙》"
    assert join(["", ""], "，") == ""


def test_a_document_is_named_with_issuer_and_number():
    """The issuer stands before a title that does not begin with it, the number in brackets behind."""
    policies = pd.DataFrame(
        [("《关于甲的通知》", "", "区政府办"), ("《某省人民政府关于乙的意见》", "某政发〔2024〕3号", "某省人民政府")],
        columns=["title", "number", "issuer"],
    )
    assert (
        documents(policies, lead="依据").markdown
        == "依据区政府办《关于甲的通知》《某省人民政府关于乙的意见》（某政发〔2024〕3号）。"
    )
    assert not documents(policies.iloc[:0], lead="依据")


def test_what_is_blank_is_not_said():
    """A blank cell brings neither its lead nor its end."""
    assert given("大厅", "在", "举行") == "在大厅举行"
    assert given("", "在", "举行") == ""
