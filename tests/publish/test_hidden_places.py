"""Personal data is found where no reader looks: metadata of pictures, properties, attachments, comments."""

import pytest
from hidden_places import HTML, PDF, PICTURES, WORD, page, picture, word

from pipeline.publish.privacy import privacy

ID, MOBILE = "11010519491231002X", "13812345678"


def kinds(name, data):
    return {finding.code for finding in privacy({name: data})}


@pytest.mark.parametrize("kind", PICTURES)
def test_what_a_picture_says_of_itself_is_read(kind):
    """Each place of a picture that holds text is read, in the picture itself and inside a Word document."""
    made = PICTURES[kind](ID)
    assert kinds("a.bin", made) == {"resident-id"}
    assert kinds("a.docx", word(parts=[("word/media/image9.png", made)])) == {"resident-id"}


@pytest.mark.parametrize("kind", WORD)
def test_every_part_of_a_word_document_is_read(kind):
    """Properties, comments, relationships, embedded files, cells and runs of a DOCX are read."""
    assert kinds("report.docx", WORD[kind](ID)) == {"resident-id"}


@pytest.mark.parametrize("kind", PDF)
def test_every_part_of_a_pdf_is_read(kind):
    """Properties, XMP, attachments, notes, links, bookmarks, alternative texts and scripts of a PDF are read."""
    assert kinds("report.pdf", PDF[kind](ID)) == {"resident-id"}


@pytest.mark.parametrize("kind", HTML)
@pytest.mark.parametrize("text", [ID, MOBILE])
def test_every_part_of_a_page_is_read(kind, text):
    """Words, attributes, scripts and comments of an HTML page are read, also where elements part a number."""
    assert kinds("report.html", page(HTML[kind], text)) == {"resident-id" if text == ID else "mobile"}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF"])
def test_a_picture_that_says_nothing_passes(kind):
    """A picture without personal data is no finding, nor is a Word document around it."""
    made = picture(kind)
    assert kinds("a.bin", made) == set()
    assert kinds("a.docx", word(parts=[("word/media/image9.bin", made)])) == set()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("text", [ID, MOBILE, f"联系电话{MOBILE}", f"a {ID} b"])
def test_a_text_file_is_read_in_its_coding(coding, text):
    """UTF-8, UTF-16 with and without a mark, and GB18030 are read alike."""
    assert kinds("notes.txt", text.encode(coding)) == {"resident-id" if ID in text else "mobile"}
