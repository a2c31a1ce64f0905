"""The shipped gazetteer: places that reports of conflict and protest name, by folded name.

Loaded once, on first use. Which of several places of one name is meant is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from dateline.resolution.name_forms import fold_name, without_article, word_set
from dateline.resources import find

PlaceType = Literal["country", "admin1", "region", "capital", "city", "town"]
REGION_TYPES: frozenset[PlaceType] = frozenset({"country", "admin1", "region"})

# Countries where al-Qaim and Qaim are one place; elsewhere "El" belongs to the name.
_ARABIC = word_set("IQ SY LB JO PS EG LY SD YE SA AE KW QA BH OM TN DZ MA MR SO TD IL")


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One row. ``country`` is ISO 3166-1 alpha-2, null where several
    states hold or claim it; ``border_km`` is how far
    the nearest settlement of another country is, null for 200 km and more or where not known."""

    name: str
    type: PlaceType
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    border_km: int | None


class Gazetteer:
    """Places by name. Lookups are exact after folding case, diacritics, apostrophes and "al-"."""

    def __init__(self, rows: str) -> None:
        self._rows: list[str] = []
        self._by_key: dict[str, list[int]] = {}
        self._bare: dict[str, list[int]] = {}
        self._peoples: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        by_key, bare, folded = self._by_key, self._bare, fold_name.__wrapped__
        for line in rows.splitlines():
            if line[:1] in ("#", ""):
                continue
            name, kind, _, country, _, _, _, aliases, peoples = line.split("\t")
            number = len(self._rows)
            self._rows.append(line)
            names = [name, *aliases.split("|")] if aliases else [name]
            for form in names:
                key = folded(form)
                places = by_key.setdefault(key, [])
                if number not in places:
                    places.append(number)
                if country in _ARABIC and (short := _without_leading_article(key)) != key:
                    shorter = bare.setdefault(short, [])
                    if number not in shorter:
                        shorter.append(number)
            if kind == "country":
                self._countries[country] = name
                for people in peoples.split("|") if peoples else ():
                    self._peoples[folded(people)] = country
        self._lookup = lru_cache(maxsize=4096)(self._find)

    def __len__(self) -> int:
        return len(self._rows)

    def lookup(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Return every place that has this name or alias, in the file's order; empty for none."""
        return self._lookup(name)

    def country_of(self, word: str) -> str | None:
        """Return the country that a country's name or its people's ("Kenyan") means, else None."""
        people = self._peoples.get(fold_name(word))
        if people is not None:
            return people
        return next((p.country for p in self.lookup(word) if p.type == "country"), None)

    def is_people(self, word: str) -> bool:
        """Whether the word names a country's people: "Iraqi", "Kenyans"."""
        return fold_name(word) in self._peoples

    def country_name(self, code: str) -> str | None:
        """Return the English name of a country code, or None."""
        return self._countries.get(code)

    def _find(self, name: str) -> tuple[GazetteerPlace, ...]:
        key = fold_name(name)
        numbers = self._by_key.get(key)
        if numbers is None:
            short = _without_leading_article(key)
            numbers = self._bare.get(key) or self._bare.get(short)
            if numbers is None and short != key:
                numbers = [n for n in self._by_key.get(short, ()) if self._country(n) in _ARABIC]
        if not numbers and "-" in key:
            numbers = self._by_key.get(key.replace("-", " "))
        return tuple(_place(self._rows[number]) for number in numbers or ())

    def _country(self, number: int) -> str:
        return self._rows[number].split("\t", 4)[3]


def _without_leading_article(key: str) -> str:
    if key[:1] not in ("a", "e"):
        return key
    # Only the first word's article: inner ones are part of compound names.
    head, space, rest = key.partition(" ")
    if head in ("al", "el") and rest:
        return rest
    return without_article(head) + space + rest


@lru_cache(maxsize=4096)
def _place(row: str) -> GazetteerPlace:
    name, kind, admin1, country, lat, lon, border, _, _ = row.split("\t")
    return GazetteerPlace(
        name=name,
        type=cast("PlaceType", kind),
        admin1=admin1 or None,
        country=country or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        border_km=int(border) if border else None,
    )


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the shipped gazetteer, read on the first call.

    Raises:
        PromptError: the file is not where it was installed.
    """
    return Gazetteer(find("schemas", "gazetteer.tsv").read_text(encoding="utf-8"))
