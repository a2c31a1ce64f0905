"""What a name looks like: capitalised words with their particles, and acronyms. Linear time."""

from __future__ import annotations

import re

from dateline.resolution.name_forms import word_set

# Capitals of Latin with the letters of transliterations, Greek and Cyrillic. A complete set would
# take longer to compile than the rest of this package.
_EXTENDED = "".join(chr(code) for code in range(0x100, 0x180) if chr(code).isupper())
CAPITAL = f"[A-ZÀ-ÖØ-Þ{_EXTENDED}ƏƠƯȘȚḌḎḤḪḴṢṬẒẔẠẾΑ-ΩА-ЯЀ-ЏҐҒҚҢҮҰҺӘӨ]"
_LETTER = r"[^\W\d_]"
_APOSTROPHE = "['’‘ʼʿʾʻ`]"
_HYPHEN = "[-‐‑]"
_ARTICLE = rf"(?:(?:al|el|ul|ad|an|ar|as|ash|at|az|adh|ath|d|l|bin|e){_HYPHEN}|[dl]['’])"
# "RSF-held" and "Kenyan-led" name RSF and Kenyan.
ADDED = (
    "led|backed|held|linked|aligned|allied|affiliated|controlled|run|occupied|supported|funded|trained|"
    "made|born|based|style|era|wide|majority|dominated|supplied|sponsored|installed|appointed|owned|"
    "administered|speaking|inspired|proposed|brokered|mediated|ruled|besieged|imposed|declared|like|free"
)
# Everything is bounded, so that no text makes the search slow.
_RUN = rf"(?:{_LETTER}{{1,40}}+|(?<={_LETTER}){_APOSTROPHE}(?!s\b)(?={_LETTER})){{1,6}}+"
_JOINED = rf"(?:{_HYPHEN}(?!(?:{ADDED})\b){_APOSTROPHE}?(?:{_LETTER}|\d)(?:{_RUN})?){{0,5}}+"
_DOTTED = r"(?:[A-Z]\.){2,6}+(?:[A-Z]\b)?"
_INITIAL = rf"{CAPITAL}\.(?=[ \u00a0]{CAPITAL})"
_CAPITALISED = rf"(?:{_ARTICLE})?{_APOSTROPHE}?{CAPITAL}(?:{_RUN})?\d{{0,3}}+{_JOINED}"
WORD = rf"(?:{_DOTTED}|{_INITIAL}|{_CAPITALISED})"
_PARTICLES = (
    "of the|of|for the|for|al|el|abu|bin|ben|bint|ibn|ould|ag|de la|de los|de las|de|del|della|"
    "di|da|do|dos|das|du|des|la|le|van der|van|von|der|den|ter|ul|ur|wa|wal|e|y|et"
)
NAME_RUN = rf"{WORD}(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0])?(?:the[ \u00a0])?{WORD}){{0,11}}+"
"""A run of capitalised words; what it names is for the caller to see."""

# Not after a hyphen: "pro-Kenyan" names nobody.
NAME = re.compile(rf"(?<![\w-]){NAME_RUN}")

ORGANISATION_HEADS = word_set(
    "army armies forces force navy guard guards corps police gendarmerie military militia "
    "militias brigade brigades battalion regiment division command front movement party "
    "alliance coalition council union ministry department agency organization organisation "
    "committee commission group network federation congress parliament assembly government "
    "authority authorities office center centre observatory bureau service services mission "
    "operation operations foundation association institute university court tribunal bank "
    "board league society cartel gang clan state emirate resistance liberation watch "
    "international newspaper news tv television radio times post journal media administration "
    "directorate secretariat tribe faction syndicate unit units cooperative company"
)
"""Last words that say: this capitalised name is an organisation's."""

CALENDAR = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december ramadan eid christmas easter"
)
NOT_NAMES = CALENDAR | word_set(
    "a an the this that these those some many most several few all both each every either "
    "neither no none one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred dozens scores hundreds thousands in on at by for from of "
    "to with without within inside outside near between among amid after before during since "
    "until till while when where why who whom whose which what how if unless although though "
    "because as so than then thus hence however meanwhile moreover furthermore also and but "
    "or nor yet not only even just still again earlier later now today yesterday tomorrow "
    "tonight soon once twice first second third last next finally according despite following "
    "about above across against along around behind below beneath beside besides beyond down "
    "into like off onto out over past per through throughout under up upon via i he she it we "
    "they you his her its our their your my me him them us himself herself itself themselves "
    "there here is are was were be been being has have had do does did will would can could "
    "may might shall should must let say says said such other others another same more less "
    "much very too instead rather indeed perhaps maybe speaking noting adding citing asked "
    "photo image file source sources breaking update exclusive analysis opinion read video "
    "live watch related advertisement share comments comment reply back please click "
    "subscribe yes no objective nearly almost at least up"
)
"""Words that a sentence may begin with and that are never a name by themselves."""
