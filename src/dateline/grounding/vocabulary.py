"""Words that a quote may not change: numbers, negations, directions, days and months.

A quote may differ from the article in spelling; in these words it may not differ at all. The
lists hold common words of several European languages and of Arabic: a word too many only makes
matching stricter, never wrong.
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


NUMBER_WORDS = _listed(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty
    ninety hundred hundreds thousand thousands million millions billion billions trillion
    trillions dozen dozens score scores half halves quarter quarters couple several few many pair
    single once twice thrice double triple
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante cent cents mille milliers millions milliard milliards dizaine
    dizaines centaine centaines
    dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta
    cuarenta cincuenta sesenta setenta ochenta noventa cien ciento cientos mil miles millón
    millones decena decenas docena docenas
    dois três quatro sete oito nove dez cem cento milhão milhões dezenas centenas
    due tre quattro cinque sei sette otto dieci cento mila migliaia milione milioni decine
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig
    hundert hunderte tausend tausende dutzend dutzende millionen milliarde milliarden
    два две три четыре пять шесть семь восемь девять десять сто тысяча тысячи тысяч миллион
    миллионов десятки сотни
    اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة سبعة سبع ثمانية تسعة عشرة عشر عشرين ثلاثين مئة
    مائة مئات ألف آلاف مليون ملايين عشرات
    """
)

NEGATIONS = _listed(
    """
    not no never none neither nor nobody nothing nowhere without except unless unlikely hardly
    barely false falsely
    deny denies denied denying denial refuse refuses refused refusing reject rejects rejected
    rejecting fail fails failed failing failure
    ne pas jamais aucun aucune sans rien non ni
    nunca sin ningún ninguno ninguna nada
    não nem sem nenhum nenhuma
    mai senza nessun nessuno nessuna
    nicht kein keine keinen keinem keiner keines nie niemals ohne
    не нет ни без никогда
    لا لم لن ليس ليست غير بدون دون ينفي نفى نفت
    """
)

DIRECTIONS = frozenset(
    f"{first}{second}{ending}"
    for first in ("", "north", "south")
    for second in ("north", "south", "east", "west")
    if first != second
    for ending in ("", "ern", "ward", "wards")
)
"""Words of which none may stand for another, though they differ by a letter or two."""

_CALENDAR = _listed(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    january february march april june july august september october november december
    """
)

REVERSING_PREFIXES = _listed("non anti un ex pseudo counter")
"""Prefixes with a hyphen after which the rest of the word means something else."""

FIXED_WORDS = NUMBER_WORDS | NEGATIONS | _CALENDAR | REVERSING_PREFIXES | {"pro"}
"""Words that must be the same in the quote and in the text."""

LIGHT_WORDS = _listed(
    """
    a an the this that these those it its of in on at and is are was were be been being has have
    had also who which
    le la les de des du un une et au aux el los las del al y o os e do dos il lo gli di der die das
    den dem des und ein eine
    """
)
"""Words that a quote may hold more of than the text, a few at a time; none of them turns about
who did what to whom, as "by" does."""

_ALIKE = ("a an the this that these those", "is are was were", "has have had", "in on at of")
EXCHANGEABLE = {word: group for group in map(_listed, _ALIKE) for word in group}
"""Small words, each with those it may stand for; none of them says who did what to whom."""

NEGATING_PREFIXES = _listed("un in im il ir dis non a anti mis ex de")
"""Letters that turn a word into its opposite when they stand in front of it."""

CONTRACTED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
"""What stands before "n't" where it is not the whole verb."""
