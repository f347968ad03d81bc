"""What is asked for is told to whoever keeps a record, and what is our own affair is known as such."""

import threading

import pytest

from pipeline import reads


def test_a_note_is_told_to_everybody_who_listens(monkeypatch):
    """Each listener hears each note from then on, whole."""
    monkeypatch.setattr(reads, "_listeners", [])
    heard = [], []
    reads.note("file", "before")
    for each in heard:
        reads.listen(each.append)
    reads.note("file", "a.csv", "digest")
    assert heard == ([("file", "a.csv", "digest")],) * 2


def test_within_what_is_known_files_are_our_own_affair():
    """Inside it, inside another and after an error: it ends where it began, and other threads know nothing of it."""
    elsewhere = []
    assert not reads.is_known()
    with pytest.raises(KeyError), reads.known():
        with reads.known():
            assert reads.is_known()
        assert reads.is_known()
        thread = threading.Thread(target=lambda: elsewhere.append(reads.is_known()))
        thread.start()
        thread.join()
        raise KeyError
    assert not reads.is_known()
    assert elsewhere == [False]
