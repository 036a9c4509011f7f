"""A brand on the page: where its name, logo, colour and classification stand."""

import base64
import io

import pikepdf
import pytest

from riskmap.model import PLAIN, Brand, Logo
from riskmap.report import html
from riskmap.report.html import render_html
from tests.support.pdf_checks import faults, tagged

DRAWN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    b'<rect width="30" height="10" fill="#7a1f5c"/></svg>'
)
OURS = Brand(
    name="Sons & <Daughters>",
    logo=Logo("image/svg+xml", DRAWN),
    accent="#7a1f5c",
    classification="Board only",
)


@pytest.fixture
def page(founding, monkeypatch) -> str:
    monkeypatch.setattr(html, "subset", lambda *_: b"")
    return render_html(founding, "board", brand=OURS)


def test_every_setting_is_on_the_page(page: str) -> None:
    assert "Sons &amp; &lt;Daughters&gt; · Board report" in page
    assert "Board only · 14\u00a0May" in page
    assert "Confidential" not in page
    assert "--accent:#7a1f5c;" in page
    assert f"data:image/svg+xml;base64,{base64.b64encode(DRAWN).decode()}" in page
    assert 'alt="Logo of Sons &amp; &lt;Daughters&gt;"' in page


def test_without_a_brand_there_is_no_masthead(founding, monkeypatch) -> None:
    monkeypatch.setattr(html, "subset", lambda *_: b"")
    page = render_html(founding, "board", brand=PLAIN)
    assert '<p class="masthead">' not in page
    assert "--accent:" not in page
    assert "Confidential" in page


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_a_branded_pdf_passes_every_check(make, random_model, profile: str) -> None:
    pytest.importorskip("weasyprint", reason="PDF is NOT tested", exc_type=(ImportError, OSError))
    from riskmap.report.pdf import render_pdf

    assessment = make(random_model(100, 7))
    pdf = pikepdf.open(io.BytesIO(render_pdf(assessment, profile, brand=OURS)))
    assert faults(pdf) == []
    assert len(pdf.pages) <= 8
    assert str(tagged(pdf, "/Figure")[0].Alt) == "Logo of Sons & <Daughters>"
