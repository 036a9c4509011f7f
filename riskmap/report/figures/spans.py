"""What an outage timeline shows: rows of spans. Hours count from the first failure."""

from dataclasses import dataclass

from riskmap.report.figures.typography import LABEL, STRONG, Type


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a row.

    Attributes
    ----------
    start_hours, end_hours : float
        The end may be infinite.
    state : str
        ``failed``, ``down``, ``degraded`` or ``carried``.
    """

    start_hours: float
    end_hours: float
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """What happens to one element.

    Attributes
    ----------
    kind : str
        ``cause``, ``function`` or ``fallback``.
    tolerance_hours : float or None
        How long it may be down, counted from when it goes down.
    tested : bool
        Whether a test shows that it carries; otherwise its bars are hollow.
    """

    label: str
    kind: str
    spans: tuple[Span, ...]
    tolerance_hours: float | None
    tested: bool = True

    @property
    def style(self) -> Type:
        """Type of the label."""
        return STRONG if self.kind == "function" else LABEL

    @property
    def worst(self) -> tuple[float, float] | None:
        """From when until when it is down for longest, whatever the levels in between."""
        stretches: list[tuple[float, float]] = []
        for span in sorted(self.spans, key=lambda s: s.start_hours):
            if span.state not in {"down", "failed"}:
                continue
            if stretches and span.start_hours <= stretches[-1][1]:
                start, end = stretches.pop()
                stretches.append((start, max(end, span.end_hours)))
            else:
                stretches.append((span.start_hours, span.end_hours))
        return max(stretches, key=lambda s: s[1] - s[0], default=None)

    @property
    def limit(self) -> float | None:
        """When tolerance ends, in hours from now."""
        if self.tolerance_hours is None:
            return None
        return self.tolerance_hours + (self.worst[0] if self.worst else 0.0)

    @property
    def breached(self) -> bool:
        """Whether it is down for longer than is tolerated."""
        return self.limit is not None and self.worst is not None and self.worst[1] > self.limit
