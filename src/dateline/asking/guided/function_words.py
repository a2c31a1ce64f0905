"""English function words by what they do in a clause; all lower case."""

from __future__ import annotations

from dateline.asking.guided.lexicon import words_of

BE = words_of(
    """
    was were is are am be been being 's 're get gets got getting
    """
)
HAVE = words_of("has have had having 've")
WOULD = words_of("would could might may should can cannot couldn't wouldn't")
WILL = words_of("will shall 'll won't")
DO = words_of("do does did didn't doesn't don't")
AUX = BE | HAVE | WOULD | WILL | DO | {"must", "to", "not", "never", "n't"}
AUX |= words_of("wasn't weren't isn't aren't hasn't haven't hadn't")
ADVERBS = words_of(
    """
    also still already now then all both again once soon later just only either
    """
)
DETERMINERS = words_of(
    """
    a an the this that these those its their his her our my your each every any some no another
    several many few both such other further more new fresh major deadly large massive heavy
    recent similar first second third two three four five 's armed fierce violent joint
    """
)
PREPOSITIONS = words_of(
    """
    of in on at by with from to for during after before amid against near over under between
    through into across following since until without within along around as despite than
    """
)
RELATIVE = words_of("who which that whose whom where")
SUBORDINATE = words_of("if unless")
