"""Function without needs.

What it finds
-------------
A function of which the model says nothing that it needs.

Why it matters
--------------
Nothing can be found to stop it, and that looks like safety. It is only an empty page.

How it decides
--------------
The function has neither ``needs`` nor ``shares``. Severity is that of a stop without a known end,
one step lower, since nobody knows what would stop it.

When it is wrong
----------------
When the function really needs nothing but people: then say so, as a service of your own.

Fires on
--------
```yaml
functions:
  archive: {criticality: important, mtd: 5d, rto: 2d}
```

Silent on
---------
```yaml
functions:
  archive: {criticality: important, mtd: 5d, rto: 2d, needs: [staff]}
services:
  staff: {outage: {worst: 1d}}
```

What to do
----------
Ask whoever answers for the function what would have to work tomorrow morning.

References
----------
ISO 22301:2019, 8.2.2 (dependencies are part of the business impact analysis).
"""

from collections.abc import Iterator

from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, say
from riskmap.rules.verdict import Verdict, severity_of

ID = "RM006"
BRIEF = "the model does not say what {subjects} needs"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function of which nothing is known."""
    for function in results.model.functions:
        if function.needs or function.shares:
            continue
        yield Finding(
            rule=ID,
            subject=function.id,
            functions=(function.id,),
            severity=severity_of(function, Verdict.UNBOUNDED).one_lower,
            because=say("nobody knows what would stop it, nor for how long"),
            summary=say(
                "the model does not say what {function} needs, so nothing can be found that stops"
                " it",
                function=Ref(function.id),
            ),
            recommendation=say(
                "ask whoever answers for {function} what must work for it",
                function=Ref(function.id),
            ),
            assumptions=results.rests_on(f"{function.id}.criticality"),
        )
