"""Join the forms of a name into clusters: by the article's own words first, then the dictionary.

Nothing is joined by resemblance. "Al-Amin" joins "Ahmed al-Amin" when nobody else in the article
bears that name; "the militia" joins nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dateline.resolution.actor_forms import (
    country_of_actor,
    fullest,
    is_personal,
    kind_of_actor,
    member_of,
    surname_of,
    word_before_tail,
)
from dateline.resolution.gazetteer import load_gazetteer
from dateline.resolution.groups import KINDS, MEMBERS
from dateline.resolution.name_forms import (
    TITLE_WORDS,
    first_place,
    is_acronym,
    name_key,
    stands_alone,
)
from dateline.resolution.name_patterns import NOT_NAMES, ORGANISATION_HEADS
from dateline.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dateline.records.vocabulary import ActorKind, AliasSource
    from dateline.resolution.actor_dictionary import ActorDictionary, KnownActor
    from dateline.resolution.aliases import AliasPair


class Cluster(NamedTuple):
    """One actor of an article: its fullest printed form and every form with its first place."""

    name: str
    mentions: tuple[tuple[str, Span], ...]
    kind: ActorKind | None = None
    country: str | None = None
    alias_source: AliasSource = "article"

    @property
    def start(self) -> int:
        """Where its first mention begins."""
        return self.mentions[0][1].start


class Clustering:
    """Forms of names of one article while they are being joined. Keys are ``name_key`` keys."""

    def __init__(self, text: str, spans: Sequence[Span], dictionary: ActorDictionary) -> None:
        self._text = text
        self._spans = spans
        self._dictionary = dictionary
        self._parent: dict[str, str] = {}
        self._forms: dict[str, dict[str, Span]] = {}
        self._defined: dict[str, str] = {}
        self._known: dict[str, KnownActor] = {}
        self._ending_in: dict[str, list[str]] = {}

    def add(self, form: str, place: Span) -> str:
        """Take in a printed form with its first place; returns its key."""
        key = name_key(form)
        self._parent.setdefault(key, key)
        forms = self._forms.setdefault(key, {})
        earlier = forms.get(form)
        if earlier is None or place.start < earlier.start:
            forms[form] = place
        return key

    def join(self, pairs: Iterable[AliasPair]) -> None:
        """Do every joining: what the article states, parts of names, the dictionary."""
        for pair in pairs:
            name = self.add(self._text[pair.name.start : pair.name.end], pair.name)
            alias = self.add(self._text[pair.alias.start : pair.alias.end], pair.alias)
            for one, other in ((name, alias), (alias, name)):
                if one.isupper():
                    self._defined.setdefault(one, other)
            self._unite(name, alias)
        self._join_members()
        self._join_tails()
        self._join_known()

    def find(self, key: str) -> str:
        """The cluster of a key, as the key that stands for it."""
        parent = self._parent
        root = key
        while parent[root] != root:
            root = parent[root]
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def __contains__(self, key: str) -> bool:
        return key in self._parent

    def clusters(self, roots: Iterable[str]) -> dict[str, Cluster]:
        """Describe the clusters that these keys stand for."""
        members: dict[str, list[str]] = {root: [] for root in roots}
        for key in self._parent:
            root = self.find(key)
            if root in members:
                members[root].append(key)
        return {root: self._describe(root, keys) for root, keys in members.items()}

    # -- joining -----------------------------------------------------------------------------

    def _unite(self, one: str, other: str) -> None:
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first

    def _join_members(self) -> None:
        """ "RSF fighters" are the RSF, where RSF is a name of its own."""
        for key, forms in list(self._forms.items()):
            for form, place in list(forms.items()):
                rest = member_of(form)
                if rest is None:
                    continue
                inner = name_key(rest)
                if inner in self._parent or is_acronym(rest) or self._dictionary.lookup(inner):
                    start = self._text.find(rest, place.start, place.end)
                    if start >= 0:
                        self._unite(self.add(rest, Span(start, start + len(rest))), key)

    def _join_tails(self) -> None:
        """A surname, or "the Front", joins the one full name of the article that ends in it."""
        keys = [key for key in self._parent if key]
        full = [key for key in keys if " " in key]
        for name in full:
            at = name.find(" ")
            while at >= 0:
                self._ending_in.setdefault(name[at + 1 :], []).append(name)
                at = name.find(" ", at + 1)
        for key in keys:
            bearers = self._ending_in.get(key, ())
            if len(bearers) != 1 or self._dictionary.lookup(bearers[0]) or key in MEMBERS:
                continue
            form = next(iter(self._forms[key]))
            whole = next(iter(self._forms[bearers[0]]))
            if not self._may_shorten(whole, form) or not self._sole_bearer(whole, form):
                continue
            self._unite(bearers[0], key)
            self._set_apart(key, form, whole)
        for name in full:
            for whole in list(self._forms[name]):
                self._add_surname(name, whole)
        for key in keys:
            if " " not in key and self.find(key) == key:
                self._add_full_name(key)

    def _add_full_name(self, key: str) -> None:
        """Find the full name of a person who was given by surname, when the article prints one."""
        form = next(iter(self._forms[key]))
        if is_acronym(form) or not form[-1:].islower() or not any(c.isupper() for c in form):
            return
        if key in ORGANISATION_HEADS or key in KINDS or self._dictionary.lookup(key):
            return
        gazetteer = load_gazetteer()
        if gazetteer.lookup(form) or gazetteer.is_people(form):
            return
        found: dict[str, Span] = {}
        place = first_place(self._text, form, self._spans)
        while place is not None:
            start = place.start
            while place.start - start < 60 and (before := self._word_before(start)):
                start -= len(before) + 1
            if start < place.start:
                found.setdefault(self._text[start : place.end], Span(start, place.end))
            place = first_place(self._text, form, self._spans, after=place.end)
        if len(found) == 1:
            ((whole, span),) = found.items()
            if is_personal(whole):
                self._unite(key, self.add(whole, span))
                self._set_apart(key, form, whole)

    def _add_surname(self, key: str, whole: str) -> None:
        """Find the later mentions of a full name by its surname alone."""
        if self._dictionary.lookup(key) or not is_personal(whole):
            return
        surname = surname_of(whole)
        if not surname or name_key(surname) in self._parent:
            return
        if not self._sole_bearer(whole, surname):
            return
        end = self._forms[key][whole].end
        for form in dict.fromkeys((surname, surname[0].upper() + surname[1:])):
            place = first_place(self._text, form, self._spans, after=end)
            while place is not None and self._word_before(place.start) == word_before_tail(
                whole, surname
            ):
                place = first_place(self._text, form, self._spans, after=place.end)
            if place is not None:
                self._unite(key, self.add(form, place))
                return

    def _set_apart(self, key: str, form: str, whole: str) -> None:
        """Give a shortened form the first place where it stands without the rest of the name."""
        own = word_before_tail(whole, form)
        place = first_place(self._text, form, self._spans)
        while place is not None and self._word_before(place.start) == own:
            place = first_place(self._text, form, self._spans, after=place.end)
        forms = self._forms[key]
        if place is not None:
            forms[form] = place
        elif len(forms) > 1:
            del forms[form]

    def _may_shorten(self, whole: str, form: str) -> bool:
        if is_personal(whole) and form[:1].isalpha():
            return any(c.isupper() for c in form)
        head = form.split()[-1]
        return head[0].isupper() and head.lower() in ORGANISATION_HEADS

    def _sole_bearer(self, whole: str, tail: str) -> bool:
        """Whether every capitalised name in the article that ends in ``tail`` is ``whole``."""
        own = word_before_tail(whole, tail)
        size = len(tail)
        for span in self._spans:
            at = self._text.find(tail, span.start, span.end)
            while at >= 0:
                if stands_alone(self._text, at, at + size):
                    before = self._word_before(at)
                    if before and before != own and name_key(before) != name_key(own):
                        return False
                at = self._text.find(tail, at + size, span.end)
        return True

    def _word_before(self, at: int) -> str:
        """The capitalised name word right before an offset; empty for anything else."""
        start = max(0, at - 40)
        left = self._text[start:at]
        if not left or left[-1] not in " \u00a0":
            return ""
        word = left.rstrip(" \u00a0").rpartition(" ")[2].lstrip('"“‘(')
        plain = word.rstrip(".").lower()
        if "\n" in word or not word or plain in TITLE_WORDS or plain in NOT_NAMES:
            return ""
        if word[-1] in '.!?,;:)”"' and len(word) > 2:
            return ""
        return word if word[0].isupper() or word[:3] in ("al-", "el-") else ""

    def _join_known(self) -> None:
        """Use the dictionary for what the article leaves open; the article's definitions win."""
        roots: dict[str, str] = {}
        unsure: list[tuple[str, tuple[KnownActor, ...]]] = []
        for key in list(self._parent):
            found = self._dictionary.lookup(key)
            if not found or (key in self._defined and not self._agrees(key, found)):
                continue
            if len(found) > 1:
                unsure.append((key, found))
                continue
            self._assign(key, found[0], roots)
        for key, found in unsure:
            likely = [actor for actor in found if actor.name in roots]
            if not likely:
                likely = [actor for actor in found if self._prints_other(actor, key)]
            if len(likely) == 1:
                self._assign(key, likely[0], roots)

    def _assign(self, key: str, actor: KnownActor, roots: dict[str, str]) -> None:
        root = self.find(key)
        held = self._known.get(root)
        if held is not None and held != actor:
            return
        if any(self.find(name) == root for name in self._ending_in.get(key, ())):
            # A person's surname that is also an organisation's name ("Wagner").
            return
        if actor.name in roots:
            self._unite(roots[actor.name], key)
        else:
            roots[actor.name] = key
        self._known[self.find(key)] = actor

    def _agrees(self, acronym: str, found: tuple[KnownActor, ...]) -> bool:
        """Whether the article and the dictionary mean the same by an acronym."""
        partner = self._defined[acronym]
        return any(actor in found for actor in self._dictionary.lookup(partner))

    def _prints_other(self, actor: KnownActor, key: str) -> bool:
        return any(
            name_key(form) != key and first_place(self._text, form, self._spans) is not None
            for form in actor.forms
        )

    # -- describing --------------------------------------------------------------------------

    def _describe(self, root: str, keys: list[str]) -> Cluster:
        forms: dict[str, Span] = {}
        for key in keys:
            forms |= self._forms[key]
        known = self._known.get(root)
        source: AliasSource = "article"
        if known is not None:
            for form in known.forms:
                if form not in forms and self._is_own(form, root):
                    place = first_place(self._text, form, self._spans)
                    if place is not None and not _inside(place, forms):
                        forms[form] = place
            stated = {name_key(form) for form in forms}
            if len({k for k in stated if known in self._dictionary.lookup(k)}) > 1:
                source = "dictionary"
        mentions = tuple(sorted(forms.items(), key=lambda item: item[1]))
        name = fullest(form for form, _ in mentions)
        if known is not None:
            return Cluster(name, mentions, known.kind, known.country, source)
        return Cluster(name, mentions, kind_of_actor(name), country_of_actor(name))

    def _is_own(self, form: str, root: str) -> bool:
        """Whether a dictionary form is not something else in this article."""
        key = name_key(form)
        if key in self._parent:
            return self.find(key) == root
        return len(self._dictionary.lookup(key)) == 1


def _inside(place: Span, forms: dict[str, Span]) -> bool:
    return any(other != place and place.within(other) for other in forms.values())
