"""A comment on a pull request: short, complete or saying that it is not, and harmless."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from riskmap.assessment import Assessment, assess
from riskmap.formats.markdown import MOST, escape, write
from riskmap.model import Function, Model, Need, Outage, Service
from tests.conftest import Golden
from tests.support.models import TODAY

HERE = Path(__file__).parent
RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""The parser that comes with rich; like GitHub's, it follows CommonMark."""


class Page(HTMLParser):
    """What a reader sees: the tags and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def page(markdown: str) -> Page:
    return Page(RENDER.render(markdown))


def test_it_is_what_it_was(assessment: Assessment, golden: Golden) -> None:
    golden(HERE / "golden" / "comment.md", write(assessment).decode())


def test_a_row_for_each_function_and_a_line_for_each_finding(assessment: Assessment) -> None:
    text = write(assessment).decode()
    assert text.count("\n| ") == len(assessment.functions) + 1
    assert text.count("\n- **") == len(assessment.findings)
    assert text.count("<details>") == text.count("</details>") == len(assessment.concerns) + 1


def test_nothing_of_the_model_becomes_markup(assessment: Assessment) -> None:
    shown = page(write(assessment).decode())
    ours = {"h3", "table", "thead", "tbody", "tr", "th", "td", "p", "strong", "em", "ul", "li"}
    assert shown.tags <= ours | {"details", "summary", "b"}
    assert "*sell* <script>" in shown.text


@pytest.mark.parametrize(
    "text",
    [
        "@everyone",
        "ask @octocat/team now",
        "see #12",
        "GH-12",
        "owner/repo#3",
        "!4 and ~bug and %v1 and $2 and &5",
        "https://example.com",
        "http://example.com",
        "www.example.com",
        "someone@example.com",
        ":tada:",
    ],
)
def test_nothing_is_mentioned_linked_or_referred_to(text: str) -> None:
    shown = page(escape(text)).text
    assert shown.replace("\u200b", "").strip() == text
    assert not re.search(r"[@#!~%$&]\w|\w@\w|://|www\.|GH-\d|:\w+:", shown)


@settings(max_examples=200)
@given(text=st.text(st.sampled_from("ab *_`[]()<>|\\~!#&;:@-+=1.\n\t'\"{}$^"), max_size=30))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    shown = page(f"- **x**: {escape(text)}.")
    assert shown.tags <= {"ul", "li", "strong"}
    assert shown.text.replace("\u200b", "").strip() == f"x: {' '.join(text.split())}."


def test_what_does_not_fit_is_counted() -> None:
    services = tuple(Service(id=f"s{n:04}", title="t" * 80, outage=Outage()) for n in range(400))
    function = Function(
        id="f", title="f", fails_alone=False, needs=tuple(Need(s.id) for s in services)
    )
    assessment = assess(Model(organisation="X", functions=(function,), services=services), TODAY)
    text = write(assessment).decode()
    assert len(text) < MOST + 500
    left = re.search(r"\*\*(\d+) more findings are left out here", text)
    assert left is not None
    assert text.count("\n- **") + int(left.group(1)) == len(assessment.findings)


def test_a_function_of_which_nothing_is_known_does_not_look_safe(assessment: Assessment) -> None:
    row = next(line for line in write(assessment).decode().split("\n") if line.startswith("| idle"))
    assert "not known: the model does not say what it needs" in row


def test_an_empty_model_says_so() -> None:
    function = Function(id="f", title="f", fails_alone=False)
    model = Model(organisation="X", functions=(function,))
    nothing = replace(assess(model, TODAY), findings=())
    assert "**No open finding.**" in write(nothing).decode()
