"""Assessments to report on: the founding case, its proposal, and whatever a test writes."""

import random
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from riskmap.assessment import Assessment, assess
from riskmap.loading import load_model

EXAMPLE = Path(__file__).parents[3] / "examples" / "office-365-2012"
Maker = Callable[..., Assessment]


@pytest.fixture(scope="session")
def founding() -> Assessment:
    return assess(load_model(EXAMPLE / "model.yaml"), date(2012, 5, 14))


@pytest.fixture(scope="session")
def proposal() -> Assessment:
    return assess(load_model(EXAMPLE / "proposal.yaml"), date(2012, 9, 1))


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Assess a model given as YAML text or as plain values."""

    def run(model: str | dict[str, Any], today: date = date(2026, 11, 2)) -> Assessment:
        text = model if isinstance(model, str) else yaml.safe_dump(model, allow_unicode=True)
        path = tmp_path_factory.mktemp("model") / "model.yaml"
        path.write_text(f"{text}\n", encoding="utf-8")
        return assess(load_model(path), today)

    return run


@pytest.fixture(scope="session")
def text_of() -> Callable[[str], str]:
    """Reduce a page to its words: no style, no drawing, no tags."""

    def run(page: str) -> str:
        body = page.partition("<body")[2].partition(">")[2]
        body = re.sub(r"<svg.*?<title>(.*?)</title>.*?</svg>", r"[\1]", body, flags=re.DOTALL)
        body = re.sub(r"</(td|th|p|h\d|li|figcaption|tr|div)>|<br>", "\n", body)
        body = re.sub(r"</?(span|b)\b[^>]*>", "", body)
        body = unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ")
        lines = (" ".join(line.split()) for line in body.splitlines())
        return "\n".join(line for line in lines if line)

    return run


@pytest.fixture(scope="session")
def random_model() -> Callable[..., dict[str, Any]]:
    """Return a random model of ``size`` elements; ``title`` names the i-th of a kind."""

    def run(
        size: int,
        seed: int,
        title: Callable[[str, int], str] = lambda kind, index: f"{kind.capitalize()} {index}",
        treatments: int = 0,
    ) -> dict[str, Any]:
        draw = random.Random(seed)
        functions = [f"function-{i}" for i in range(max(1, size // 10))]
        providers = [f"provider-{i}" for i in range(max(1, size // 12))]
        third = [f"third-{i}" for i in range(max(1, size // 6))]
        rest = max(2, size - len(functions) - len(providers) - len(third))
        services = [f"service-{i}" for i in range(rest)]
        model: dict[str, Any] = {
            "riskmap": 1,
            "organisation": "Random holding",
            "as_of": "2026-11-02",
            "currency": "EUR",
            "functions": {
                name: {
                    "title": title("function", i),
                    "criticality": draw.choice(["critical", "important"]),
                    "needs": draw.sample(services, min(3, len(services))),
                    **({"mtd": f"{draw.randint(2, 72)}h"} if draw.random() < 0.8 else {}),
                }
                for i, name in enumerate(functions)
            },
            "providers": {
                name: {"title": title("provider", i), "outage": {"worst": "5d"}}
                for i, name in enumerate(providers)
            },
            "third_parties": {
                name: {
                    "title": title("third party", i),
                    "kind": draw.choice(["reputation", "registry", "unheard-of"]),
                    "automated": True,
                    "outage": {"worst": f"{draw.randint(2, 200)}h"},
                }
                for i, name in enumerate(third)
            },
            "services": {},
        }
        for i, name in enumerate(services):
            below = [*services[i + 1 :], *third]
            needs: list[Any] = list(draw.sample(below, min(draw.randint(0, 3), len(below))))
            if len(needs) == 3:
                needs = [needs[0], {"any_of": needs[1:]}]
            entry: dict[str, Any] = {"title": title("service", i), "needs": needs}
            entry["outage"] = {"worst": f"{draw.randint(1, 90)}h"}
            if draw.random() < 0.7:
                entry["provider"] = draw.choice(providers)
            if draw.random() < 0.5:
                entry["market"] = draw.choice(["commodity", "proprietary"])
            if i and draw.random() < 0.4:
                other = services[draw.randrange(i)]
                entry["coupled_to"] = [{"service": other, "by": ["data"], "strength": "strong"}]
            model["services"][name] = {key: value for key, value in entry.items() if value}
        model["contingencies"] = {
            f"plan-{i}": {
                "title": title("plan", i),
                "covers": [services[i]],
                "uses": [services[-1]],
                "detect": "1h",
                "decide": "1h",
                "activate": f"{i + 1}h",
                "sustains": "5d",
                "capacity": "90%",
                "steps": [{"do": "Switch over", "takes": "1h"}],
            }
            for i in range(min(3, len(services) - 1))
        }
        model["treatments"] = {
            f"treatment-{i}": {
                "finding": f"RM101@{services[i % len(services)]}",
                "status": "accepted",
                "reason": "It is what it is, and will be looked at again before long.",
                "expires": f"2026-{draw.randint(1, 12):02}-15",
            }
            for i in range(treatments)
        }
        return {key: value for key, value in model.items() if value}

    return run
