"""Names of months, weekdays and days around today, as news prints them in ten languages.

English is complete; of Arabic, French, German, Italian, Portuguese, Russian, Spanish, Turkish and
Ukrainian there are the full names, in the cases that dates use. Names that mean different
months in different languages are left out.
"""

from __future__ import annotations

_MONTHS = (
    "january jan enero janvier januar jänner gennaio janeiro января январь ocak января січня يناير",
    "february feb febrero février fevrier februar febbraio fevereiro февраля февраль şubat subat "
    "лютого فبراير شباط",
    "march mar marzo mars märz maerz março marco марта март mart березня مارس آذار",
    "april apr abril avril aprile апреля апрель nisan квітня أبريل ابريل نيسان",
    "may mayo mai maggio maio мая май mayıs mayis травня مايو أيار ايار",
    "june jun junio juin juni giugno junho июня июнь haziran червня يونيو حزيران",
    "july jul julio juillet juli luglio julho июля июль temmuz липня يوليو تموز",
    "august aug agosto août aout августа август ağustos agustos серпня أغسطس اغسطس آب",
    "september sept sep septiembre setiembre septembre settembre setembro сентября сентябрь eylül "
    "eylul вересня سبتمبر أيلول ايلول",
    "october oct octubre octobre oktober ottobre outubro октября октябрь ekim жовтня أكتوبر اكتوبر",
    "november nov noviembre novembre novembro ноября ноябрь kasım kasim листопада نوفمبر",
    "december dec diciembre décembre decembre dezember dicembre dezembro декабря декабрь aralık "
    "aralik грудня ديسمبر",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()
}
"""Every name, in lower case, with its number from 1."""

_WEEKDAYS = (
    "monday mon lunes lundi montag lunedì lunedi segunda-feira понедельник pazartesi понеділок "
    "الاثنين الإثنين",
    "tuesday tue tues martes mardi dienstag martedì martedi terça-feira вторник salı вівторок "
    "الثلاثاء",
    "wednesday wed miércoles miercoles mercredi mittwoch mercoledì mercoledi quarta-feira среда "
    "среду çarşamba середа середу الأربعاء الاربعاء",
    "thursday thu thur thurs jueves jeudi donnerstag giovedì giovedi quinta-feira четверг perşembe "
    "четвер الخميس",
    "friday fri viernes vendredi freitag venerdì venerdi sexta-feira пятница пятницу cuma "
    "п'ятниця п'ятницю الجمعة",
    "saturday sat sábado sabado samedi samstag sonnabend sabato суббота субботу cumartesi субота "
    "суботу السبت",
    "sunday sun domingo dimanche sonntag domenica воскресенье pazar неділя неділю الأحد الاحد",
)
WEEKDAYS: dict[str, int] = {
    name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()
}
"""Every name, in lower case, with its number from 0, Monday."""

DAYS_FROM_NOW: dict[str, int] = {
    **dict.fromkeys(
        (
            "today", "tonight", "this morning", "this afternoon", "this evening", "earlier today",
            "later today", "today's", "hoy", "aujourd'hui", "heute", "oggi", "hoje", "сегодня",
            "bugün", "сьогодні", "اليوم", "this night", "now", "early today", "late today",
            "earlier this morning", "earlier this evening",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "yesterday", "last night", "last evening", "yesterday's", "ayer", "hier", "gestern",
            "ieri", "ontem", "вчера", "dün", "вчора", "أمس", "امس", "anoche",
        ),
        -1,
    ),
    **dict.fromkeys(("the day before yesterday", "day before yesterday", "anteayer"), -2),
    **dict.fromkeys(
        ("tomorrow", "mañana", "demain", "morgen", "domani", "amanhã", "завтра", "yarın", "غدا"), 1
    ),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow"), 2),
}  # fmt: skip
"""Words for a day near publication, with its distance in days."""

HOLIDAYS: dict[str, tuple[int, int]] = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
}
"""Feasts that fall on the same day every year, with month and day."""

SEASONS = frozenset({"spring", "summer", "autumn", "fall", "winter"})
