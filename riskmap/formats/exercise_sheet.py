"""A table-top exercise as Markdown: the script for who leads it, and the log for who writes.

What comes out of an exercise goes back into the model: the sheet ends with the lines to fill in.
"""

from collections.abc import Iterator
from datetime import date

from riskmap.formats.markdown import escape
from riskmap.model import Model
from riskmap.rules.exercise.inject import Expected, Inject
from riskmap.rules.exercise.script import Exercise
from riskmap.rules.statement import Statement, day, duration, join, render

_LOG_ROWS = 8
_ENDS = {"?", ".", "!", "…"}


def write(model: Model, exercise: Exercise, today: date) -> str:
    """Return the script and the log, ending in a newline."""
    lines = [*_head(model, exercise, today)]
    for number, inject in enumerate(exercise.injects, 1):
        lines.extend(_inject(model, number, inject))
    lines.extend(_log(exercise, today))
    return "\n".join(lines) + "\n"


def _head(model: Model, exercise: Exercise, today: date) -> Iterator[str]:
    yield f"# Table-top exercise: {escape(model.organisation)}"
    yield ""
    what = join([f"{escape(model.title(name))}" for name in exercise.course.failures])
    yield f"Made on {day(today)} from the model `{model.digest[:8]}`, seed {exercise.seed}."
    yield "Another seed (`--seed`) draws another outage; the same seed makes this script again."
    yield ""
    yield "**For who leads the exercise only.**"
    named = f"{escape(model.title(exercise.scenario))}; what fails: " if exercise.scenario else ""
    yield f"The outage: {named}{what}."
    touched = join([f"“{escape(model.title(name))}”" for name in exercise.functions])
    yield f"It touches {touched}. Outage time played: {duration(exercise.ends)}."
    if exercise.plans:
        plans = join([f"“{escape(model.title(name))}”" for name in exercise.plans])
        yield f"Written for it: {plans}."
    else:
        yield "No plan is written for it: the exercise shows what one would have to say."
    yield ""
    yield "**At the table:** " + (
        "; ".join(escape(role) for role in exercise.roles)
        or "the model names no roles; invite who runs the functions touched"
    )
    yield ""
    yield "How to play: read out what is in bold, ask the questions, write down what is said and"
    yield "how long it would take. Compare with what should happen; □ marks what no plan says yet."
    yield ""


def _inject(model: Model, number: int, inject: Inject) -> Iterator[str]:
    at = "at the start" if not inject.at else f"after {duration(inject.at)}"
    yield f"## {number}. {escape(render(inject.title, model))}, {at}"
    yield ""
    for text in inject.says:
        yield f"**{_sentence(model, text)}**"
    if inject.questions:
        yield ""
        yield from (f"- {_sentence(model, question, '?')}" for question in inject.questions)
    if inject.expected:
        yield ""
        yield "What should happen:"
        yield ""
        yield from (_expected(model, item) for item in inject.expected)
    yield ""


def _expected(model: Model, item: Expected) -> str:
    sign = "□ " if item.gap else ""
    return f"- {sign}{_sentence(model, item.text)}"


def _sentence(model: Model, statement: Statement, end: str = ".") -> str:
    text = render(statement, model).rstrip()
    return escape(text if text[-1:] in _ENDS else text + end)


def _log(exercise: Exercise, today: date) -> Iterator[str]:
    yield "# Log"
    yield ""
    yield "| Time at the table | Outage time | What was decided or found missing | Who | By when |"
    yield "|---|---|---|---|---|"
    yield from ["|  |  |  |  |  |"] * _LOG_ROWS
    yield ""
    if not exercise.plans:
        yield "What was found missing is the beginning of a plan: write it under `contingencies:`."
        return
    yield "# What goes back into the model"
    yield ""
    yield "Fill in and add to each plan's `tests:`. An exercise at a table shows that people know"
    yield "the plan, not that it carries the load: `passed` is for a plan that was really started."
    yield ""
    yield "```yaml"
    yield "contingencies:"
    for plan in exercise.plans:
        yield f"  {plan}:"
        yield "    tests:"
        yield f"      - date: {today.isoformat()}"
        yield "        result: partial   # passed, partial or failed"
        yield "        # took: 4h         # time from the start until it carried, if measured"
        yield "        notes: Table-top exercise"
    yield "```"
