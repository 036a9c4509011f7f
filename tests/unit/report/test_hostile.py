"""Text that wants to be more than text: in the PDF, in the page, and in figures."""

import io
import re
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from riskmap.report import html
from riskmap.report.html import render_html
from tests.support.pdf_checks import faults

WORDS = {
    "markup": '</style></svg></title><script>alert(1)</script><a href="javascript:x()">go</a>',
    "attribute": "\"><img src=x onerror=y> ' onload='z()",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %} {# x #} ${7*7}",
    "style": "</style> body{background:url(file:///etc/passwd)} @import 'http://example.com/a';",
    "link": "javascript:alert(1) file:///etc/passwd http://example.com/ [x](data:text/html,x)",
    "resource": "<link rel=attachment href='file:///etc/passwd'><object data='/etc/passwd'>",
    "long": "Wort" * 60,
    "turning": "Pay\u202ednuof\u2066 tni\u2069",
    "zero width": "Pay\u200bment\u200d\ufeff \u2060of\u00ad all",
    "entities": "&lt;b&gt; &#60;script&#62; &amp; ]]> <![CDATA[ <!-- -- >",
    "lines": "one\ntwo\u2028three\u2029four",
}
TAGS = {"svg", "title", "path", "text"}


@pytest.fixture(params=WORDS)
def assessment(make, request):
    said = WORDS[request.param].replace("\ufeff", "")  # the reader of models refuses that one
    return make(
        {
            "riskmap": 1,
            "organisation": said,
            "functions": {"f": {"title": said, "owner": said, "mtd": "4h", "needs": ["s"]}},
            "services": {
                "s": {"title": said, "provider": "p", "outage": {"worst": "3d"}, "notes": said},
                "t": {"title": said},
            },
            "providers": {"p": {"title": said, "outage": {"worst": "2d"}}},
            "contingencies": {
                "c": {
                    "title": said,
                    "covers": ["s"],
                    "uses": ["t"],
                    "trigger": {"when": said},
                    "decides": said,
                    "side_effects": [said],
                    "steps": [{"do": said, "owner": said}],
                }
            },
        }
    )


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_in_the_pdf(assessment, profile: str) -> None:
    pytest.importorskip("weasyprint", reason="PDF is NOT tested", exc_type=(ImportError, OSError))
    from riskmap.report.pdf import render_pdf

    pdf = pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))
    assert faults(pdf) == []
    assert set(pdf.attachments) == {"model.yaml", "assessment.json"}
    assert not any("/Annots" in page for page in pdf.pages)


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_in_the_page(assessment, profile: str, monkeypatch) -> None:
    monkeypatch.setattr(html, "subset", lambda *_: b"")
    page = render_html(assessment, profile)
    tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z!][\w-]*)", page)}
    assert not tags & {"script", "a", "img", "link", "object", "iframe", "form", "base", "!--"}
    assert page.count("<style>") == page.count("</style>") == 1
    assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', page))
    assert "file:" not in page.partition("</style>")[0].partition("<style>")[2]


def test_in_figures(assessment, monkeypatch) -> None:
    monkeypatch.setattr(html, "subset", lambda *_: b"")
    figures = re.findall(r"<svg.*?</svg>", render_html(assessment, "board"), re.DOTALL)
    assert figures
    for figure in figures:
        root = ET.fromstring(figure)  # noqa: S314 - riskmap wrote it
        assert {element.tag.rpartition("}")[2] for element in root.iter()} <= TAGS
        assert not any(
            "href" in key or key.startswith("on") for e in root.iter() for key in e.attrib
        )
