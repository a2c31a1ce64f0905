"""Separate a person's title, with the people it belongs to, from the name."""

from __future__ import annotations

from functools import lru_cache

from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.name_forms import split_title


@lru_cache(maxsize=4096)
def split_person(name: str) -> tuple[str, str]:
    """Return title and name: ``("Kenyan Defence Minister", "Eva Novak")``.

    Title and name may be empty. A name with a people in front but no title stays whole.
    """
    title, rest = split_title(name)
    if title:
        return title, rest
    gazetteer = load_gazetteer()
    words = name.split()
    for count in (1, 2):
        people = " ".join(words[:count])
        if len(words) > count + 1 and (gazetteer.is_people(people) or gazetteer.country_of(people)):
            title, rest = split_title(" ".join(words[count:]))
            if title and rest:
                return f"{people} {title}", rest
    return "", name
