"""What the command says when it is called wrongly, or when the system refuses."""

import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("run", "2021h1"), 2, "2021, 2021H1, 2021Q3, 2021-03, 2021-01..09 (did you mean '2021H1'?)"),
        (("check", "2021年下半年"), 2, "did you mean '2021H2'?"),
        (("run", "2021H1", "-p", "period=2020H1"), 2, "the period is the command's own argument"),
        (("run", "2021H1", "-p", "top"), 2, "--parameter 'top' is not NAME=VALUE"),
        (("verify", "2020H2"), 1, "build the report, with: halfyear run 2020H2"),
        (("diff", "2020H2", "2021H1"), 1, "build it, with: halfyear run 2020H2"),
        (("run", "2021H1", "--output", "data"), 1, "where the workspace keeps what it is made of"),
        (("diff", "2021H1", "2021H1", "--html", "nowhere/page.html"), 1, "halfyear run 2021H1"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_a_wrong_call_is_told_with_what_to_do(halfyear, arguments, code, message):
    """Each message names the thing and what to write instead; nothing is called a fault of halfyear that is none."""
    done = halfyear(*arguments)
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr
    assert "fault of halfyear" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_named_otherwise_is_found(halfyear, workspace):
    """A half-year's folder in small letters is told by its name, with the one it should have."""
    (workspace / "data/2021H1").rename(workspace / "data/2021h1")
    done = halfyear("check", "2021H1")
    assert done.returncode == 2
    assert "the folder is named data/2021h1/; rename it to data/2021H1/" in done.stderr


def test_an_error_is_json_where_json_is_asked_for(halfyear):
    """With --json an error is one JSON object on standard output, whatever went wrong."""
    done = halfyear("run", "2022H1", "--json")
    assert "data/2022H1/ does not exist" in json.loads(done.stdout)["error"]
    assert done.returncode == 2


def test_the_help_is_whole_sentences(halfyear):
    """On a terminal of 80 columns no command's sentence is cut off, and the version is told."""
    shown = halfyear("--help", COLUMNS="80").stdout
    assert "..." not in shown.partition("Commands:")[2]
    assert halfyear("--version").stdout.startswith("halfyear ")
