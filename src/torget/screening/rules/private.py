"""Clause 4.10 h: sensitive matters about someone who can be pointed out."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening import targets
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.sentences import Reading, Sentence

HIDDEN = Rule("h", "private.hidden", "Kan röja någon med skyddade uppgifter", 0.9, "urgent")
HEALTH = Rule("h", "private.health", "Ser ut som en uppgift om någons hälsa", 0.8)
CARE = Rule("h", "private.care", "Ser ut som en uppgift om någons sociala förhållanden", 0.8)
SCHOOL = Rule("h", "private.school", "Ser ut som en uppgift om en elevs skolgång eller stöd", 0.75)
MONEY = Rule("h", "private.money", "Ser ut som en uppgift om någons skulder eller betalningar", 0.8)
CRIME = Rule(
    "h",
    "private.crime",
    "Ser ut som en uppgift om att någon är misstänkt eller dömd för brott",
    0.8,
)
HOME = Rule("h", "private.home", "Ser ut som en privatpersons hemadress eller vistelseort", 0.75)
CASE = Rule("h", "private.case", "Ser ut som en uppgift ur en enskilds ärende", 0.7)
BID = Rule("h", "private.bid", "Kan röja ett anbud eller en förhandling som inte är avslutad", 0.75)
ACCESS = Rule(
    "h",
    "private.access",
    "Ser ut som en uppgift om hur man kommer in i en lokal eller ett system",
    0.8,
)

_HIDING = re.compile(
    r"\bskydda(?:d|t|de) (?:adress|identitet|uppgifter|personuppgifter|boende\w*)|\bhemlig adress|\bsekretessmarker\w*|\bkvarskrivning\b|\bkvinnojour\w*|\bstår (?:det )?skydda\w*|\bgömmer (?:dom|dem|sig|barnen)\b|\bbytt namn till\b|\bbytte namn till\b|\bheter num(?:m?)er\b"
)
_WHERE = re.compile(
    r"\bbor\b|\bjobbar\b|\barbetar\b|\bgår på\b|\bsitter på\b|\bhus(?:et)?\b|\bgatan\b|\bvägen\b|\bingång\b|\btagga\b|\bnumera\b|\bheter\b|\bfoto\w*\b|\bsyns\b|\bvilla\w*\b"
)
_STREET = re.compile(
    r"\b(?!(?:skol|kommun|torg))[a-zåäöé]{2,25}(?:gatan?|vägen|stigen|gränd(?:en)?|backen|allén|kroken|grand|gatan)\s?\d{1,3}\s?[a-h]?\b"
)
_LIVES = re.compile(
    r"\bbor\b|\bhos\b|\bhemma\b|\bhem till\b|\badress\w*\b|\blives? at\b|\bknacka\b|\bfamiljen\b|\bäger huset\b|\bi thailand\b|\btomt\w*\b|\btomt\b|\bfastighetsägare\w*\b|\bheter\b|\bskicka\b"
)
_SEAT = re.compile(
    r"\b(?:eleven|elev|pojken|flickan|barnet|grabben|tjejen|dottern|sonen|kompisen) i \d\s?[a-f]?\b|\bi (?:klass )?\d[a-f]\b|\bi (?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian|förskoleklassen)\b"
)
_WHO = re.compile(
    r"\b(?:familjen|handläggaren|änkan|pappan|mamman|grannen|tant|farbror) (?:[a-zåäö]+|till \w+)\b|\bden som kör\b|\bi receptionen\b|\bpå avdelning\b"
)
_SENSITIVE = (
    ("health", HEALTH),
    ("care", CARE),
    ("school", SCHOOL),
    ("money", MONEY),
    ("crime", CRIME),
)
_GENERAL = re.compile(
    r"\b(?:föreläs\w*|berättar om|informationskväll|seniorcafé|föreningen|förbundet|teamet|insamling\w*|fonden|galan|temakväll|statistik|procent|antalet|utställning\w*|kampanj\w*|mottagningen tar emot|utbildning\w*|forskning\w*|hade polio|grunda\w*|avlidne författar\w*|invigning\w*|ansök(?:an|er)? (?:om|gör)|enligt tidningen|man i \d0-årsåldern|alla elever|barn med|elever med|personer med|du som|har du|vill du|söker fler|lex sarah|vi söker)\b"
)
_OFFICE = re.compile(
    r"\b(?:kommunalrådet|ordförande|rektor|chef|enhetschef|politiker|ledamot|stadsarkivarie|informerar|svarar på frågor|håller tal|möter|nås på|presenterar|visar|leder|invig\w*|fyller|konstnär\w*|foto:)\b"
)
_BIDDING = re.compile(
    r"\banbud\w*|\bofferera\w*|\bleverantör [a-f]\b|\bupphandling\w*|\bförhandl\w*|\bbudet\b|\bköpa \w*(?:tomten|fastigheten|marken)\b"
)
_AMOUNT = re.compile(
    r"\b\d[\d ,.]*\s?(?:mkr|miljon\w*|kronor|kr|tkr|mnkr)\b|\blägst\b|\bunderkän\w*|\bunder med\b"
)
_DECIDED = re.compile(
    r"\b(?:avtalsspärren (?:har )?(?:löpt|gått) ut|avslutad|tilldelats|undertecknat|kontraktet är|senast den|lämnas|sista anbudsdag)\b"
)
_CASEWORK = re.compile(
    r"\b(?:(?:ditt|din|hans|hennes|\w+s) (?:ärende|ansökan|bygglov|skuld|anmälan|klagomål)|avslag på|anmälde (?:din|dig|er)|klagade på|har klagat|skriftlig varning|avstängd med lön|sägas upp|vite\w*|har begärt|beviljats|fått avslag|avslogs|beviljad|skickat in \w+ klagomål)\b"
)
_ENTRY = re.compile(
    r"\bnyckel\w* (?:ligger|hänger|finns|under)\b|\bunder (?:blomkrukan|mattan|blomman|trappan)\b|\bolarmad\w*\b|\b(?:larmet|brandlarmet) (?:är av|stängs av|fungerar inte)\b|\bstår (?:tomt|olåst) (?:hela|till|i)\b|\bfunkar till alla dörrar\b"
)


@carries_out("4.9", "4.10.h")
def private(reading: Reading) -> Iterator[Finding]:
    """Yield places where something sensitive is said of a person who can be pointed out."""
    earlier: Sentence | None = None
    for sentence in reading.sentences:
        yield from _in_sentence(reading, sentence, earlier)
        earlier = sentence


def _in_sentence(
    reading: Reading, sentence: Sentence, earlier: Sentence | None
) -> Iterator[Finding]:
    text = sentence.text
    pointed = _pointed(reading, sentence)
    named = pointed or (earlier is not None and _pointed(reading, earlier) and sentence.has("they"))
    hiding = _HIDING.search(text)
    if (
        hiding
        and (named or _WHERE.search(text))
        and _WHERE.search(text)
        and (named or sentence.has("they", "you"))
        and not _GENERAL.search(text)
    ):
        yield HIDDEN.at(reading, sentence.start + hiding.start(), sentence.start + hiding.end())
    street = _STREET.search(text)
    if street and _LIVES.search(text) and (named or _WHO.search(text) or sentence.has("they")):
        yield HOME.at(reading, sentence.start + street.start(), sentence.start + street.end())
    entry = _ENTRY.search(text)
    if entry and not re.search(r"\b(?:kvitteras|legitimation|tappat|borttappad|hittad)\b", text):
        yield ACCESS.at(reading, sentence.start + entry.start(), sentence.start + entry.end())
    bid = _BIDDING.search(text)
    if (
        bid
        and _AMOUNT.search(text)
        and not _DECIDED.search(reading.view.text)
        and re.search(
            r"\b(?:öppnat|öppnades|ligger|lägst|underkänt|offererat|inte offentligt|inte officiellt|beredda att|håll tummarna|kommit in|spoiler)\b",
            reading.view.text,
        )
    ):
        yield BID.at(reading, sentence.start + bid.start(), sentence.start + bid.end())
    if not named or _GENERAL.search(text):
        return
    for kind, rule in _SENSITIVE:
        token = next((t for t in sentence.having(kind) if not reading.quoted(t.start)), None)
        if token and (kind != "school" or _SEAT.search(text) or targets.names(sentence)):
            yield rule.at(reading, token.start, token.end, term=token.word)
            return
    case = _CASEWORK.search(text)
    if case and targets.names(sentence) and not _OFFICE.search(text):
        yield CASE.at(reading, sentence.start + case.start(), sentence.start + case.end())


_OWN_KIN = re.compile(r"\b(?:min|mitt|mina|vår|våra|mins)\b")


def _pointed(reading: Reading, sentence: Sentence) -> bool:
    """Say whether a person can be pointed out: a name, a pupil in a class, a family at an address."""
    found = [t for t in targets.names(sentence)]
    if found or _SEAT.search(sentence.text):
        return True
    if _WHO.search(sentence.text) or _STREET.search(sentence.text) and sentence.has("they", "kin"):
        return True
    return (
        sentence.has("role")
        and not _OWN_KIN.search(sentence.text)
        and bool(re.search(r"\b(?:han|hon|den där|har|är)\b", sentence.text))
        and any(t.word.endswith(("n", "na", "t")) for t in sentence.having("role"))
    )
