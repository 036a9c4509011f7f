"""Pages of paper: how many, how full, and nothing on them out of place, whatever the model."""

import dataclasses
from datetime import date
from typing import Any

import pytest

from riskmap.report import pdf
from riskmap.report.document import document_of
from riskmap.report.flow import MOST_TRIALS, Misfit, Setting, Trials, misfit
from riskmap.report.html import page_for_print
from riskmap.report.profiles import profile as profile_named
from tests.support import page_checks

try:
    import weasyprint

    MISSING = ""
except (ImportError, OSError) as error:
    MISSING = str(error).splitlines()[0]

needs_pango = pytest.mark.skipif(
    bool(MISSING), reason=f"pages are NOT tested: WeasyPrint cannot load here ({MISSING})"
)
CYRILLIC = "Отдел продаж и сопровождения заказов клиентов Юг"
LONG = "of the department for special cases that few other people have ever heard of"
TITLES = {
    "plain": lambda kind, index: f"{kind.capitalize()} {index}",
    "80": lambda kind, index: f"{kind.capitalize()} {index} {LONG}"[:80],
    "cyrillic": lambda kind, index: f"{CYRILLIC} {index}",
}


def laid_out(assessment, profile: str = "board", subject: str | None = None) -> Any:
    """Lay a report out as it would be printed."""
    trials = Trials(profile_named(profile).pages)
    for setting in trials:
        page = page_for_print(document_of(assessment, profile, subject, setting=setting))
        trials.tell(pdf._lay_out(weasyprint, page))
    return trials.best


def of_html(body: str) -> Any:
    return weasyprint.HTML(
        string=f"<style>@page {{ size: 200px; margin: 20px }} * {{ margin: 0 }}</style>{body}"
    ).render()


@needs_pango
@pytest.mark.parametrize(
    ("size", "titles"),
    [
        *((size, titles) for size in (3, 40, 100) for titles in TITLES),
        (12, "80"),
        (300, "plain"),
    ],
)
def test_pages_of_random_models(make, random_model, size: int, titles: str) -> None:
    model = random_model(size, size + len(titles), TITLES[titles], treatments=min(size, 30))
    document = laid_out(make(model, date(2026, 11, 2)))
    assert page_checks.faults(document) == []
    assert len(document.pages) <= 8


@needs_pango
@pytest.mark.parametrize("left_out", ["contingencies", "providers", "third_parties", "treatments"])
def test_pages_of_models_without_a_section(make, random_model, left_out: str) -> None:
    model = random_model(40, 9, TITLES["plain"], treatments=5)
    gone = set(model.pop(left_out, {}))
    for entry in [*model["services"].values(), *model["functions"].values()]:
        if entry.get("provider") in gone:
            del entry["provider"]
        entry["needs"] = [n for n in entry.get("needs", []) if not _mentions(n, gone)]
    document = laid_out(make(model, date(2026, 11, 2)))
    assert page_checks.faults(document) == []
    assert len(document.pages) <= 8


def _mentions(need: Any, gone: set[str]) -> bool:
    return need in gone if isinstance(need, str) else bool(gone & set(need["any_of"]))


@needs_pango
def test_pages_of_one_function_and_of_many(make, random_model) -> None:
    one = random_model(30, 4, TITLES["plain"])
    one["functions"] = dict([next(iter(one["functions"].items()))])
    many = random_model(60, 4, TITLES["80"])
    functions = list(many["functions"].values())
    many["functions"] = {
        f"f{n}": {**functions[n % len(functions)], "title": f"Function {n}"} for n in range(40)
    }
    for model in (one, many):
        document = laid_out(make(model, date(2026, 11, 2)))
        assert page_checks.faults(document) == []
        assert len(document.pages) <= 8


@needs_pango
def test_pages_of_the_founding_case(founding, proposal) -> None:
    for assessment in (founding, proposal):
        assert page_checks.faults(laid_out(assessment)) == []


# -- the checks find what they look for --------------------------------------------------------


@needs_pango
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p style='height:50px'>a<p style='break-before:page'>b", "filled"),
        ("<p style='width:10px;white-space:nowrap'>much too long a line of words", "beyond"),
        ("<div style='height:130px'></div><h2>Title</h2>", "heading alone"),
        (
            (
                "<table style='table-layout:fixed;width:60px'><tr>"
                "<td style='white-space:nowrap'>long words here<td>x</table>"
            ),
            "out of its cell",
        ),
        ("<p class=more>Three more.<p>Other words", "alone at the top"),
        (
            "<table><tbody><tr><td>" + "<br>words" * 12 + "</tbody></table>",
            "a row of a table goes on",
        ),
    ],
)
def test_what_would_be_found(body: str, said: str) -> None:
    assert any(said in fault for fault in page_checks.faults(of_html(body)))


@needs_pango
def test_a_full_page_has_no_faults() -> None:
    body = "<h2>Title</h2>" + "<p>words</p>" * 4 + "<table><tr><td>a<td>b</table>"
    assert page_checks.faults(of_html(body)) == []


# -- the trials --------------------------------------------------------------------------------


def test_misfit_counts_pages_before_white() -> None:
    assert not misfit([0.9, 0.8, 0.4], 8)
    assert misfit([0.9, 0.8, 0.2], 8).white == pytest.approx(0.16)
    assert misfit([0.2], 8) == Misfit(0, 0.0)
    assert misfit([0.9] * 9, 8) > misfit([0.9, 0.1], 8) > Misfit(0, 0.0)


@dataclasses.dataclass
class _Laid:
    """A document of so many pages, each filled alike."""

    pages: tuple[Any, ...]


def _pages(count: int, fill: float = 0.9) -> _Laid:
    class Box:
        height = 100.0
        children = ()

        def content_box_y(self) -> float:
            return 0.0

    class TextBox:
        children = ()
        position_y = 0.0

        def margin_height(self) -> float:
            return fill * 100

    def page() -> Any:
        box = Box()
        box.children = (TextBox(),)
        return type("Page", (), {"_page_box": box})()

    return _Laid(tuple(page() for _ in range(count)))


def tried(most: int | None, *laid: _Laid) -> tuple[list[Setting], Any]:
    trials = Trials(most)
    settings = []
    for setting in trials:
        trials.tell(laid[min(len(settings), len(laid) - 1)])
        settings.append(setting)
    return settings, trials.best


def test_what_fits_is_laid_out_once() -> None:
    settings, best = tried(8, _pages(8))
    assert settings == [Setting()]
    assert len(best.pages) == 8


def test_without_a_limit_it_is_laid_out_once() -> None:
    assert tried(None, _pages(30, 0.1))[0] == [Setting()]


def test_many_pages_too_many_lead_to_fewer_rows_at_once() -> None:
    settings, best = tried(8, _pages(12), _pages(8))
    assert [setting.room < 1 for setting in settings] == [False, True]
    assert len(best.pages) == 8


def test_one_page_too_many_is_first_set_narrower() -> None:
    settings, _ = tried(8, _pages(9), _pages(8))
    assert settings == [Setting(), Setting(1.0, "snug")]


def test_when_nothing_fits_the_best_is_taken_after_so_many_trials() -> None:
    settings, best = tried(8, _pages(12), _pages(10), _pages(11))
    assert len(settings) <= MOST_TRIALS
    assert len(best.pages) == 10
