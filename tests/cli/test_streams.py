"""What the command says reaches a terminal, a file or a pipe of any encoding."""

import io
import sys

import pytest

from pipeline.cli.streams import speak_any_character


@pytest.mark.parametrize(("as_json", "written"), [(False, b"\\u4dae"), (True, "䶮".encode())], ids=["words", "json"])
def test_a_character_that_an_encoding_lacks_is_written_out(monkeypatch, as_json, written):
    """In words by its number, on both streams; JSON is UTF-8 whatever the pipe, and errors stay words."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="ascii") for name in ("stdout", "stderr")}
    for name, stream in streams.items():
        monkeypatch.setattr(sys, name, stream)
    speak_any_character(as_json=as_json)
    for name, stream in streams.items():
        stream.write("䶮")
        stream.flush()
        assert stream.buffer.getvalue() == (written if name == "stdout" else b"\\u4dae")


def test_what_is_no_stream_of_bytes_is_left_alone(monkeypatch):
    """Where a notebook or a test takes what is printed, it has no encoding to change."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.StringIO())
    speak_any_character(as_json=True)
    print("䶮")
    assert sys.stdout.getvalue() == "䶮\n"
