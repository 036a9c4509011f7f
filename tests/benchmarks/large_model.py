"""A model file of a thousand elements, drawn from a seed: an organisation in layers.

Functions need applications; those need platforms, platforms need foundations (names, sign-in,
networks, sites), some of which need each other in circles. A quarter of all needs have an
automatic alternative, some are k-of-n, some soft or unknown, and a few facts are left out, as in
any model people write. Run it to read one: ``python tests/benchmarks/large_model.py``.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FUNCTIONS = 30
LAYERS = {"application": 150, "module": 250, "platform": 250, "host": 120, "foundation": 40}
THIRD_PARTIES, PROVIDERS = 80, 80
CONTRACTS, PLANS = 90, 50
ELEMENTS = FUNCTIONS + sum(LAYERS.values()) + THIRD_PARTIES + PROVIDERS
"""One thousand; contracts and contingencies are not elements."""


@dataclass
class LargeModel:
    """What is drawn, and the lines written so far."""

    seed: int
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.layers = {
            layer: [f"{layer}-{number:03}" for number in range(count)]
            for layer, count in LAYERS.items()
        }
        self.parties = [f"party-{number:02}" for number in range(THIRD_PARTIES)]
        self.providers = [f"provider-{number:02}" for number in range(PROVIDERS)]
        self.functions = [f"function-{number:02}" for number in range(FUNCTIONS)]

    def text(self) -> str:
        """Return the whole file."""
        self.lines = ["riskmap: 1", "organisation: One thousand", "as_of: 2026-03-01"]
        self.lines.append("currency: EUR")
        for section, entries in (
            ("functions", map(self._function, self.functions)),
            ("services", self._services()),
            ("third_parties", map(self._third_party, self.parties)),
            ("providers", map(self._provider, self.providers)),
            ("contracts", map(self._contract, range(CONTRACTS))),
            ("contingencies", map(self._plan, range(PLANS))),
        ):
            self.lines.append(f"{section}:")
            for name, facts in entries:
                self.lines.append(f"  {name}:")
                self.lines.extend(f"    {fact}" for fact in facts)
        return "\n".join(self.lines) + "\n"

    def _needs(self, pool: Sequence[str], least: int, most: int) -> str:
        """Draw needs; what is popular is needed more often, as sign-in and names are."""
        count = self.chance.randint(least, most)
        names = list(dict.fromkeys(self._popular(pool) for _ in range(count)))
        return ", ".join(self._need(name, pool) for name in names)

    def _popular(self, pool: Sequence[str]) -> str:
        return pool[int(len(pool) * self.chance.random() ** 1.7)]

    def _need(self, name: str, pool: Sequence[str]) -> str:
        kind = self.chance.random()
        others = self.chance.sample([other for other in pool if other != name], 2)
        if kind < 0.25:
            return f"{{any_of: [{name}, {others[0]}]}}"
        if kind < 0.29:
            return f"{{at_least: 2, of: [{name}, {', '.join(others)}]}}"
        if kind < 0.34:
            return f"{{need: {name}, hardness: {self.chance.choice(['soft', 'unknown'])}}}"
        return name

    def _function(self, name: str) -> tuple[str, list[str]]:
        chance = self.chance
        facts = [f"title: Carry out {name}", "owner: Head of department"]
        facts.append(f"criticality: {chance.choice(['critical', 'important', 'normal'])}")
        rto, mtd = sorted(chance.sample([2, 4, 8, 24, 48, 72], 2))
        facts.extend((f"rto: {rto}h", f"mtd: {mtd}h"))
        if chance.random() < 0.2:
            one, two, three = chance.sample(self.layers["application"], 3)
            facts.append(f"shares: {{{one}: 50%, {two}: 30%, {three}: 20%}}")
            facts.append("minimum: 60%")
        facts.append(f"needs: [{self._needs(self.layers['application'], 2, 5)}]")
        facts.append(f"loss: {{per_hour: {chance.randint(1, 90) * 50}, after: {{24h: 9000}}}}")
        return name, facts

    def _services(self) -> Iterator[tuple[str, list[str]]]:
        names = list(self.layers)
        for above, layer in enumerate(names):
            below = names[above + 1] if above + 1 < len(names) else None
            for place, name in enumerate(self.layers[layer]):
                yield name, self._service(name, layer, place, below)

    def _service(self, name: str, layer: str, place: int, below: str | None) -> list[str]:
        chance = self.chance
        facts = [f"title: {layer.capitalize()} number {place}"]
        if chance.random() < 0.7:
            facts.append(f"provider: {self._popular(self.providers)}")
        if chance.random() < 0.6:
            market = chance.choice(["commodity", "differentiated", "proprietary"])
            facts.append(f"market: {market}")
        needs = self._needs(self.layers[below], 1, 3) if below else self._circle(name, place)
        if chance.random() < 0.15:
            needs += f", {self._popular(self.parties)}" if needs else self._popular(self.parties)
        facts.append(f"needs: [{needs}]")
        facts.append(self._outage())
        if chance.random() < 0.1:
            other = chance.choice([n for n in self.layers[layer] if n != name])
            facts.append(f"coupled_to: [{{service: {other}, by: [data], strength: strong}}]")
        if chance.random() < 0.2:
            facts.append("assumed: [needs]")
        return facts

    def _circle(self, name: str, place: int) -> str:
        """Let every fifth foundation and the next need each other: a restart deadlock."""
        pool = self.layers["foundation"]
        if place % 5 == 0:
            return pool[place + 1]
        return pool[place - 1] if place % 5 == 1 else ""

    def _outage(self) -> str:
        typical, worst = sorted(self.chance.sample([1, 2, 4, 8, 12, 24, 48, 120, 240], 2))
        confidence = self.chance.choice(["assumed", "evidenced", "attested"])
        if self.chance.random() < 0.05:
            return f"outage: {{typical: {typical}h, confidence: {confidence}}}"
        return (
            f"outage: {{typical: {typical}h, worst: {worst}h, per_year: 0.5,"
            f" confidence: {confidence}}}"
        )

    def _third_party(self, name: str) -> tuple[str, list[str]]:
        facts = [f"title: {name.capitalize()}", f"provider: {self._popular(self.providers)}"]
        if self.chance.random() < 0.4:
            facts.append(f"contracted_by: [{self.chance.choice(self.providers)}]")
        if self.chance.random() < 0.5:
            facts.extend(("automated: true", "appeal: none"))
        facts.append(self._outage())
        return name, facts

    def _provider(self, name: str) -> tuple[str, list[str]]:
        facts = [f"title: {name.capitalize()} Ltd", "country: NL", "outage: {worst: 30d}"]
        if self.chance.random() < 0.5:
            facts.append("acknowledges_after: 2h")
        return name, facts

    def _contract(self, number: int) -> tuple[str, list[str]]:
        provider = self.providers[number % PROVIDERS]
        services = self.layers["application"] + self.layers["platform"]
        covers = ", ".join(self.chance.sample(services, 3))
        facts = [f"provider: {provider}", f"covers: [{covers}]"]
        facts.append(f"annual_cost: {self.chance.randint(10, 500) * 100}")
        if self.chance.random() < 0.6:
            facts.append("credits: 1000")
        return f"contract-{number:02}", facts

    def _plan(self, number: int) -> tuple[str, list[str]]:
        chance = self.chance
        covers = chance.choice(self.layers["application"] + self.layers["module"])
        facts = [f"title: Go on without {covers}", f"covers: [{covers}]"]
        facts.append(f"uses: [{self._popular(self.layers['host'])}]")
        facts.extend(("detect: 15m", "decide: 30m", f"activate: {chance.choice([1, 2, 6])}h"))
        facts.append(f"sustains: {chance.choice([1, 3, 10, 30])}d")
        facts.append(f"capacity: {chance.choice([50, 80, 100])}%")
        facts.extend(("trigger: it does not answer", "decides: Duty manager"))
        facts.append("steps: [Call the team, Switch over]")
        if chance.random() < 0.5:
            facts.append("tests: [{date: 2025-11-03, result: passed, took: 2h}]")
        return f"plan-{number:02}", facts


def large_model(seed: int = 1) -> str:
    """Return the YAML text of one model of :data:`ELEMENTS` elements."""
    return LargeModel(seed).text()


if __name__ == "__main__":
    print(large_model(), end="")
