"""The closed vocabularies of events and claims.

Sources: ACLED codebook (actor kinds, precision), PARC 3.0 and PolNeAR (source, cue, content),
FactBank (certainty and polarity). Event types are not here: they are a taxonomy, a data file
under ``schemas/`` that a user can swap.
"""

from __future__ import annotations

from typing import Literal

EventStatus = Literal["occurred", "attempted", "planned", "denied", "hypothetical"]
Salience = Literal["main", "secondary", "background"]
ActorRole = Literal["initiator", "target", "participant", "supporter", "affected"]
ActorKind = Literal[
    "state_forces",
    "rebel_group",
    "political_militia",
    "identity_militia",
    "rioters",
    "protesters",
    "civilians",
    "external_other",
]
AliasSource = Literal["article", "dictionary", "model"]
Outcome = Literal[
    "repelled",
    "fled",
    "surrendered",
    "territory_change",
    "supplies_cut",
    "property_destroyed",
    "weapons_seized",
    "hostages_released",
    "dispersed",
    "search_continues",
    "investigation_opened",
    "other",
]

QuoteType = Literal["direct", "indirect", "mixed", "narrator"]
SpeakerKind = Literal[
    "person",
    "official_body",
    "anonymous_official",
    "expert_group",
    "media",
    "narrator",
    "unspecified",
]
ClaimType = Literal[
    "event_report", "statistic", "plan", "assessment", "allegation", "goal", "opinion"
]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
ClaimRelation = Literal["reports", "denies", "explains", "predicts"]

PlaceRelation = Literal["in", "near", "direction_of", "between", "toward"]
PlacePrecision = Literal[1, 2, 3]
PlaceMethod = Literal["gazetteer", "none"]

DateGranularity = Literal["time", "day", "week", "month", "season", "year", "range", "unknown"]
DateBasis = Literal["explicit", "relative_to_publication", "inferred_from_text", "none"]

QuantityKind = Literal[
    "killed",
    "wounded",
    "captured",
    "casualties_combined",
    "displaced",
    "missing",
    "abducted",
    "arrested",
    "released",
    "participants",
    "personnel",
    "villages",
    "tunnels",
    "sites",
    "vehicles",
    "weapons",
    "buildings",
    "area",
    "distance",
    "percent",
    "duration",
    "money",
    "other",
]
Comparator = Literal["eq", "approx", "at_least", "at_most", "more_than", "less_than", "vague"]
QuantityScope = Literal["event", "operation", "campaign", "cumulative"]

PEOPLE_KINDS: frozenset[str] = frozenset(
    {
        "killed",
        "wounded",
        "captured",
        "casualties_combined",
        "displaced",
        "missing",
        "abducted",
        "arrested",
        "released",
        "participants",
        "personnel",
    }
)
"""Quantity kinds that count human beings."""
