"""The HTML form in a real browser: quiet, alone, and readable from a phone to a desk.

Chromium runs without a network of its own (every name is unknown to it); what it asks for is read
from its own log, less what it asks for an empty page.
"""

import base64
import json
import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from riskmap.model import Brand, Logo
from riskmap.report.html import render_html

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="HTML in a browser is NOT tested: chromium is not installed"
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MEASURE = """<script>addEventListener('load', () => {
const wide = document.documentElement.scrollWidth - innerWidth;
const out = [...document.querySelectorAll('h1,h2,h3,p,li,td,th,figcaption')].filter(e =>
  e.offsetParent && !e.closest('thead') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
  .map(e => e.textContent.trim().slice(0, 40));
document.documentElement.dataset.measured = JSON.stringify([wide, out]);
})</script>"""


def opened(page: str, folder: Path, *more: str) -> tuple[str, list[str], set[str]]:
    """Open a page; return what became of it, what the console says, and what it asked for."""
    path, log = folder / "page.html", folder / "net.json"
    path.write_text(page, encoding="utf-8")
    ran = subprocess.run(
        [
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            *("--no-first-run", "--disable-background-networking", "--disable-component-update"),
            *("--disable-sync", "--disable-extensions", "--enable-logging=stderr"),
            *("--host-resolver-rules=MAP * ~NOTFOUND", f"--log-net-log={log}"),
            *(f"--user-data-dir={folder / 'profile'}", *more, path.as_uri()),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    console = [line for line in ran.stderr.splitlines() if "CONSOLE" in line]
    asked = set(re.findall(r'"url":"((?:https?|ftp|wss?)://[^"]*)"', log.read_text("utf-8")))
    return ran.stdout, console, asked


@pytest.fixture(scope="module")
def own_business(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the hosts that Chromium asks for whatever it shows."""
    _, _, asked = opened("<title>empty</title>", tmp_path_factory.mktemp("empty"))
    return {urlsplit(address).hostname or "" for address in asked}


def foreign(asked: set[str], own: set[str]) -> set[str]:
    google = (".google.com", ".googleapis.com", ".gvt1.com")  # not each time the same
    hosts = {urlsplit(address).hostname or "" for address in asked} - own
    return {host for host in hosts if not host.endswith(google)}


def test_what_would_be_seen(tmp_path: Path, own_business: set[str]) -> None:
    page = "<title>x</title><img src='http://example.invalid/x.png'><script>nothing()</script>"
    _, console, asked = opened(page, tmp_path)
    assert any("nothing is not defined" in line for line in console)
    assert foreign(asked, own_business) == {"example.invalid"}


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_it_asks_for_nothing_and_complains_of_nothing(
    founding, tmp_path: Path, own_business: set[str], profile: str
) -> None:
    brand = Brand(logo=Logo("image/png", PIXEL), accent="#7a1f5c")
    shown, console, asked = opened(render_html(founding, profile, brand=brand), tmp_path)
    assert "Government contractor" in shown
    assert console == []
    assert foreign(asked, own_business) == set()


def test_hostile_text_does_nothing(make, tmp_path: Path, own_business: set[str]) -> None:
    hostile = (
        "</title></style></svg><script>console.error('in')</script>"
        "<img src=http://example.invalid/x onerror=console.error('in')>"
        "<a href='javascript:console.error(1)'>x</a> url(http://example.invalid/y)"
    )
    model = {
        "riskmap": 1,
        "organisation": hostile,
        "functions": {"f": {"title": hostile, "mtd": "4h", "needs": ["s"]}},
        "services": {"s": {"title": hostile, "outage": {"worst": "3d"}}},
    }
    shown, console, asked = opened(render_html(make(model), "board"), tmp_path)
    assert console == []
    assert foreign(asked, own_business) == set()
    assert "<img" not in shown
    assert "<a " not in shown


@pytest.mark.parametrize("width", [390, 820, 1400])
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_nothing_is_cut_off_at_any_width(
    make, random_model, tmp_path: Path, profile: str, width: int
) -> None:
    assessment = make(random_model(40, 5, treatments=6), date(2026, 11, 2))
    page = render_html(assessment, profile)
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    # Headless Chromium makes no window narrower than 500 pixels; a frame is as wide as it is told.
    framed = (page + MEASURE).replace("&", "&amp;").replace('"', "&quot;")
    shell = (
        f'<title>x</title><iframe style="width:{width}px;height:900px;border:0" srcdoc="{framed}">'
        "</iframe><script>const wait = setInterval(() => {"
        "const measured = frames[0].document.documentElement.dataset.measured;"
        "if (measured) { document.title = measured; clearInterval(wait); }}, 50)</script>"
    )
    shown, _, _ = opened(
        shell, tmp_path, f"--window-size={max(width, 600)},1000", "--virtual-time-budget=20000"
    )
    found = re.search(r"<title>(.*?)</title>", shown)
    assert found
    wide, cut = json.loads(found[1].replace("&amp;", "&").replace("&quot;", '"'))
    assert wide <= 0
    assert cut == []
