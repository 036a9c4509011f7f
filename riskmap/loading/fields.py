"""What the shapes are made of: shorthands, evidence and needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from riskmap.loading.quantities import REFERENCE_PATTERN, Day, Reference, Text
from riskmap.model import Confidence, Hardness


class Shape(BaseModel):
    """Base of all raw shapes: unknown keys are errors, a key without a value counts as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = cls.model_fields
        return {key: item for key, item in value.items() if item is not None or key not in known}


@dataclass(frozen=True, slots=True, eq=False)
class Shorthand:
    """Lets a short form stand for a long one.

    Attributes
    ----------
    expand : callable
        Turns the short form into the long one, and leaves everything else alone.
    short : dict
        JSON Schema of the short form.
    """

    expand: Callable[[Any], Any]
    short: dict[str, Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Expand before validating."""
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Offer both forms."""
        return {"anyOf": [self.short, handler(schema)]}


def under(key: str) -> Callable[[Any], Any]:
    """Return a function that puts a plain text under the one key that matters."""
    return lambda value: {key: value} if isinstance(value, str) else value


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


ID = {"type": "string", "pattern": REFERENCE_PATTERN}
PLAIN_TEXT = {"type": "string", "pattern": r"\S"}

References = Annotated[list[Reference], Shorthand(_listed, ID)]
Texts = Annotated[list[Text], Shorthand(_listed, PLAIN_TEXT)]
Words = Shorthand(_listed, {"type": "string"})


class EvidenceShape(Shape):
    """Where a fact comes from."""

    source: Text | None = Field(None, description="Document, measurement, or a person's role.")
    date: Day | None = Field(None, description="The day the source speaks of.")
    confidence: Confidence | None = Field(None, description="How far it may be relied on.")


class NeedShape(Shape):
    """The long form of one need."""

    need: Reference = Field(description="Id of the element needed.")
    hardness: Hardness = Field(
        Hardness.HARD,
        description="hard stops what needs it; soft only degrades it; unknown counts as hard.",
    )
    why: Text | None = Field(None, description="Why it is needed, in your words.")
    evidence: EvidenceShape = EvidenceShape()


class AnyOfShape(Shape):
    """Automatic alternatives: one of them is enough."""

    any_of: "list[NeedItem]" = Field(min_length=1, description="One of these is enough.")


class AtLeastShape(Shape):
    """k of n: so many of these must work."""

    at_least: Annotated[int, Field(ge=1, strict=True)] = Field(description="How many must work.")
    of: "list[NeedItem]" = Field(min_length=1, description="Out of these.")


class AllOfShape(Shape):
    """All of these, as one alternative inside ``any_of`` or ``at_least``."""

    all_of: "list[NeedItem]" = Field(min_length=1, description="All of these must work.")


def _need_kind(value: Any) -> str | None:
    """Tell the forms of a need apart by their keys; None when it is none of them."""
    if not isinstance(value, dict):
        return "@id"
    for key, tag in _NEED_KEYS.items():
        if key in value:
            return tag
    return None


_NEED_KEYS = {
    "any_of": "@any",
    "at_least": "@k",
    "of": "@k",
    "all_of": "@all",
    **dict.fromkeys(NeedShape.model_fields, "@need"),
}


NeedItem = Annotated[
    Annotated[Reference, Tag("@id")]
    | Annotated[NeedShape, Tag("@need")]
    | Annotated[AnyOfShape, Tag("@any")]
    | Annotated[AtLeastShape, Tag("@k")]
    | Annotated[AllOfShape, Tag("@all")],
    Discriminator(_need_kind),
]
Needs = Annotated[list[NeedItem], Shorthand(_listed, ID)]

NEED_FORMS: dict[str, type[Shape]] = {
    "@need": NeedShape,
    "@any": AnyOfShape,
    "@k": AtLeastShape,
    "@all": AllOfShape,
}
"""Marks that pydantic puts into the place of an error, with the form each stands for."""
