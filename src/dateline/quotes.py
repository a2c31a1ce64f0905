"""``Quote``: a string field that must stand in the article, for models of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pydantic_core import PydanticCustomError, core_schema

from dateline.spans import Evidence

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo


class Grounds(Protocol):
    """What a ``Quote`` needs of a grounder."""

    def ground(self, quote: str, /) -> Evidence | None: ...


class Quote(str):
    """Words copied from the article, with their exact place.

    In the JSON Schema it is a string. When dateline fills in a model, each ``Quote`` is found in
    the article: its text becomes the article's own wording and ``evidence`` says where it
    stands. A quote that is not in the article fails validation, and is asked for again. Outside
    an extraction nothing is looked up and ``evidence`` is None.
    """

    evidence: Evidence | None

    def __new__(cls, text: str, evidence: Evidence | None = None) -> Quote:
        """Make a quote; ``evidence`` is where it stands."""
        made = super().__new__(cls, text)
        made.evidence = evidence
        return made

    def __reduce__(self) -> tuple[type[Quote], tuple[str, Evidence | None]]:
        return (Quote, (str(self), self.evidence))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.with_info_after_validator_function(
            cls._found,
            core_schema.str_schema(min_length=1),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "type": "string",
            "minLength": 1,
            "description": "copied from the article, character for character",
        }

    @classmethod
    def _found(cls, text: str, info: ValidationInfo) -> Quote:
        grounder = info.context.get("grounder") if isinstance(info.context, dict) else None
        if grounder is None:
            return cls(text, getattr(text, "evidence", None))
        evidence = grounder.ground(text)
        if evidence is None:
            raise PydanticCustomError(
                "not_in_text", "these words are not in the article: copy them exactly"
            )
        return cls(evidence.quote, evidence)
