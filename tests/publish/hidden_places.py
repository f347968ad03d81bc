"""Files that hold a text where no reader looks: what pictures, pages and Word documents say on the side."""

import io
import zipfile

from docx import Document
from PIL import Image, PngImagePlugin, TiffImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

XMP = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description>{}</rdf:Description></rdf:RDF></x:xmpmeta>"


def picture(kind, **options):
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, kind, **options)
    return stream.getvalue()


def exif(tag, value, *, inner=0):
    held = Image.Exif()
    (held.get_ifd(inner) if inner else held)[tag] = value
    return held.tobytes()


def chunks(text, **options):
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", text, **options)
    return said


def international(text, **options):
    said = PngImagePlugin.PngInfo()
    said.add_itxt("Author", text, "zh", "作者", **options)
    return said


def private(text):
    said = PngImagePlugin.PngInfo()
    said.add(b"prVt", text.encode())
    return said


def after_pixels(text):
    """A compressed text chunk behind the pixels."""
    data, chunk = picture("PNG"), picture("PNG", pnginfo=chunks(text, zip=True))
    begin = chunk.index(b"zTXt") - 4
    length = 12 + int.from_bytes(chunk[begin : begin + 4], "big")
    end = data.index(b"IEND") - 4
    return data[:end] + chunk[begin : begin + length] + data[end:]


PICTURES = {
    "PNG tEXt": lambda text: picture("PNG", pnginfo=chunks(text)),
    "PNG zTXt": lambda text: picture("PNG", pnginfo=chunks(text, zip=True)),
    "PNG iTXt": lambda text: picture("PNG", pnginfo=international(f"电话{text}")),
    "PNG iTXt, compressed": lambda text: picture("PNG", pnginfo=international(f"电话{text}", zip=True)),
    "PNG text behind the pixels": after_pixels,
    "PNG private chunk": lambda text: picture("PNG", pnginfo=private(text)),
    "PNG Exif": lambda text: picture("PNG", exif=exif(0x013B, text)),
    "PNG XMP": lambda text: picture("PNG", pnginfo=chunks_of_xmp(text)),
    "behind a PNG": lambda text: picture("PNG") + text.encode(),
    "JPEG comment": lambda text: picture("JPEG", comment=text),
    "JPEG comment in GB18030": lambda text: picture("JPEG", comment=f"电话{text}".encode("gb18030")),
    "JPEG artist": lambda text: picture("JPEG", exif=exif(0x013B, text)),
    "JPEG description": lambda text: picture("JPEG", exif=exif(0x010E, text)),
    "JPEG author of Windows": lambda text: picture("JPEG", exif=exif(0x9C9D, text.encode("utf-16-le") + b"\0\0")),
    "JPEG user comment": lambda text: picture("JPEG", exif=exif(0x9286, b"ASCII\0\0\0" + text.encode(), inner=0x8769)),
    "JPEG user comment in UTF-16": lambda text: picture(
        "JPEG", exif=exif(0x9286, b"UNICODE\0" + text.encode("utf-16-le"), inner=0x8769)
    ),
    "JPEG place": lambda text: picture("JPEG", exif=exif(0x001B, text.encode(), inner=0x8825)),
    "JPEG XMP": lambda text: picture("JPEG", xmp=XMP.format(text).encode()),
    "JPEG application segment": lambda text: picture("JPEG", extra=segment(0xED, f"Photoshop 3.0\0{text}")),
    "behind a JPEG": lambda text: picture("JPEG") + text.encode(),
    "GIF comment": lambda text: picture("GIF", comment=text.encode()),
    "WebP Exif": lambda text: picture("WEBP", exif=exif(0x013B, text)),
    "WebP XMP": lambda text: picture("WEBP", xmp=XMP.format(text).encode()),
    "TIFF description": lambda text: picture("TIFF", tiffinfo=described(text)),
}


def chunks_of_xmp(text):
    said = PngImagePlugin.PngInfo()
    said.add_itxt("XML:com.adobe.xmp", XMP.format(text))
    return said


def segment(number, text):
    data = text.encode()
    return bytes([0xFF, number]) + (len(data) + 2).to_bytes(2, "big") + data


def described(text):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = text
    return tags


# -- Word ---------------------------------------------------------------------------------------------------------


def word(change=None, parts=(), drawn=None):
    document = Document()
    document.add_paragraph("好")
    if drawn:
        document.add_picture(io.BytesIO(drawn))
    if change:
        change(document)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream, "a") as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def said_of(name):
    return lambda text: word(lambda document: setattr(document.core_properties, name, text))


WORD = {
    **{f"property {name}": said_of(name) for name in ("author", "comments", "keywords", "subject", "last_modified_by", "category")},
    "custom property": lambda text: word(parts=[("docProps/custom.xml", f"<Properties><property name='a'>{text}</property></Properties>")]),
    "name of a custom property": lambda text: word(parts=[("docProps/custom.xml", f"<Properties><property name='{text}'/></Properties>")]),
    "custom XML in UTF-16": lambda text: word(
        parts=[("customXml/item9.xml", f"<?xml version='1.0' encoding='UTF-16'?><a>{text}</a>".encode("utf-16"))]
    ),
    "comment": lambda text: word(parts=[("word/comments.xml", f"<w:comments xmlns:w='w'><w:p><w:t>{text}</w:t></w:p></w:comments>")]),
    "comment of XML": lambda text: word(parts=[("word/settings2.xml", f"<a><!-- {text} --></a>")]),
    "instruction of XML": lambda text: word(parts=[("word/settings2.xml", f"<a><?who {text}?></a>")]),
    "relationship": lambda text: word(parts=[("word/_rels/x.xml.rels", f"<Relationships><Relationship Target='tel:{text}'/></Relationships>")]),
    "text file": lambda text: word(parts=[("word/notes.txt", text.encode("utf-16"))]),
    "picture": lambda text: word(drawn=picture("JPEG", exif=exif(0x013B, text))),
    "PNG picture": lambda text: word(drawn=picture("PNG", pnginfo=chunks(text, zip=True))),
    "workbook inside": lambda text: word(parts=[("word/embeddings/a.docx", word(lambda document: document.add_paragraph(text)))]),
    "cells": lambda text: word(lambda document: in_cells(document, "卡号", text[:9], text[9:])),
    "runs": lambda text: word(lambda document: in_runs(document, text)),
}  # fmt: skip


def in_cells(document, *texts):
    row = document.add_table(1, len(texts)).rows[0]
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text


def in_runs(document, text):
    paragraph = document.add_paragraph()
    for character in text:
        paragraph.add_run(character).bold = character in "13579"


# -- PDF ----------------------------------------------------------------------------------------------------------


def pdf(change):
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def with_an_alternative(writer, text):
    element = DictionaryObject({NameObject("/Alt"): TextStringObject(text), NameObject("/K"): ArrayObject()})
    writer._root_object[NameObject("/StructTreeRoot")] = writer._add_object(element)


def with_a_script(writer, text):
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject(f"app.alert('{text}')")}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(key): of for key, of in action.items()}
    )


def with_a_picture(writer, data):
    """A JPEG as it is, the way typesetters take one over."""
    drawn = StreamObject()
    drawn.set_data(data)
    drawn[NameObject("/Subtype")], drawn[NameObject("/Filter")] = NameObject("/Image"), NameObject("/DCTDecode")
    writer._add_object(drawn)


def with_xmp(writer, text):
    writer.xmp_metadata = XMP.format(text).encode()


PDF = {
    "property": lambda text: pdf(lambda writer: writer.add_metadata({"/Author": text})),
    "property in UTF-16": lambda text: pdf(lambda writer: writer.add_metadata({"/Keywords": f"电话{text}"})),
    "own property": lambda text: pdf(lambda writer: writer.add_metadata({"/Handler": text})),
    "XMP": lambda text: pdf(lambda writer: with_xmp(writer, text)),
    "attachment": lambda text: pdf(lambda writer: writer.add_attachment("a.txt", f"电话{text}".encode())),
    "attachment in UTF-16": lambda text: pdf(lambda writer: writer.add_attachment("a.txt", f"电话{text}".encode("utf-16"))),
    "attached Word document": lambda text: pdf(
        lambda writer: writer.add_attachment("a.docx", word(lambda document: document.add_paragraph(text)))
    ),
    "attached picture": lambda text: pdf(lambda writer: writer.add_attachment("a.jpg", picture("JPEG", comment=text))),
    "picture": lambda text: pdf(lambda writer: with_a_picture(writer, picture("JPEG", exif=exif(0x013B, text)))),
    "name of an attachment": lambda text: pdf(lambda writer: writer.add_attachment(f"{text}.txt", b"a")),
    "note": lambda text: pdf(lambda writer: writer.add_annotation(0, FreeText(text=text, rect=(0, 0, 50, 50)))),
    "link": lambda text: pdf(lambda writer: writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url=f"tel:{text}"))),
    "bookmark": lambda text: pdf(lambda writer: writer.add_outline_item(title=text, page_number=0)),
    "alternative text": lambda text: pdf(lambda writer: with_an_alternative(writer, text)),
    "script": lambda text: pdf(lambda writer: with_a_script(writer, text)),
}  # fmt: skip

# -- HTML ---------------------------------------------------------------------------------------------------------

HTML = {
    "comment before the page": "<!-- {} --><html><body>好</body></html>",
    "comment behind the page": "<html><body>好</body></html><!-- {} -->",
    "cells": "<table><tr><td>手机</td><td>{0[0]}</td><td>{0[1]}</td></tr></table>",
    "adjacent elements": "<p><span>{0[0]}</span><b>{0[1]}</b></p>",
    "adjacent elements with a break": "<p><span>{0[0]}</span><wbr><i>{0[1]}</i></p>",
    "an empty element between": "<p>{0[0]}<span hidden></span>{0[1]}</p>",
    "a comment between": "<p>{0[0]}<!-- a -->{0[1]}</p>",
    "a line break between": "<p>{0[0]}<br>{0[1]}</p>",
    "telephone link": "<a href='tel:{}'>联系</a>",
    "percent in a link": "<a href='https://example.cn/?q=%E7%94%B5{}'>联系</a>",
    "data attribute": "<p data-note='{}'>好</p>",
    "script": "<script>let a = '{}'</script>",
    "description of the page": "<head><meta name='author' content='{}'></head>",
    "hidden element": "<p style='display:none'>{}</p>",
    "template": "<template><p>{}</p></template>",
}


def page(pattern, text):
    return pattern.format((text[:7], text[7:]) if "0[0]" in pattern else text).encode()
