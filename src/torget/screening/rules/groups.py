"""Clause 4.10 b: agitation and contempt against a group. Opinions on policy are lawful."""

import re
from collections.abc import Iterator

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.sentences import Reading, Sentence

SLUR = Rule("b", "group.slur", "Kan antas vara ett skällsord om en grupp", 0.9)
CONTEMPT = Rule("b", "group.contempt", "Ser ut som förakt mot en grupp människor", 0.8)
SHUT_OUT = Rule(
    "b", "group.shut_out", "Ser ut som uppmaning att stänga ute en grupp människor", 0.75
)

# A made-up or unnamed group: "såna där", "dom där", "den sortens folk".
_UNNAMED = re.compile(
    r"\b(?:såna|sådana|sånt|sådant|den sortens|de|dom|dem) (?:där |här )?(?:folk\w*|männi\w*|typer|som|släkt\w*|jäv\w*|parasit\w*)\b"
    r"|\b(?:såna|sådana|de|dom) (?:där|här)\b|\b\w{3,20}folket\b|\b\w{3,20}folk\b|\bsåna\b|\bhela (?:rasen|folket|släktet|religionen|den tron|sekten|gruppen|bunten|högen)\b"
    r"|\b(?:regnbåg|slöj|burk[ae]|hijab|moské|böne|pride|islam|invandrar|flykting|asyl)\w*|\bden (?:där )?(?:tron|religionen|kulturen)\b|\bthose people\b|\bthey\b|\b\w+(?:erna|arna|lingarna)\b(?= (?:är|e|ä|ska|borde|har|snor|stjäl|luktar|hör|kan))"
)
_SHUT = re.compile(
    r"\b(?:ska|skall|borde|måste|får|kan|bör|behöver) (?:bara |väl |ju |all |alla |aldrig |inte |int |allihop |genast )*(?:ut|bort|hem|utvisas|kastas|slängas|stängas|låsas|spärras|skickas|deporteras|förbjudas|steriliseras|gasas|utrotas|saneras|hållas|hålla sig (?:borta|undan)|sättas i|ha (?:munkavle|utegångsförbud|koppel|karantän|eget|rösträtt)|inte få|vistas|synas|rösta|köra|torka|få (?:gå|rösta|vara|bo|åka|köra|sitta|vistas|leda|jobba))\b"
    r"|\bhör (?:inte|int|ej|icke|aldrig)(?: ju)? (?:hit|hemma)\b|\bdär hör (?:dom|de) hemma\b|\b(?:skicka|släng|kasta|packa|sparka|kör|jaga|åk|dra|flytta|stick|stäng|lås|göm|sätt|håll|send) (?:\w+ ){0,3}?(?:hem|ut|in|bort|borta|tillbaka|ihop|back|ur landet|dit du kommer|på en båt|i koppel|nånstans)\b"
    r"|\båk hem\b|\bgo home\b|\bdit (?:du|ni|de|dom) kommer ifrån\b|\bskickahemdom\b|\bförbjud (?:dem|dom|skiten)\b|\bgår (?:inte|int) att (?:lita|lära|göra|integrera)\w*\b|\blås (?:dörr\w*|in)\b|\binga \w+ (?:i vår|här|på vår|välkomna)\b|\bvarenda en\b|\bhela bunten\b|\bhela högen\b|\btill svin\b|\bfödda? (?:till|så|tjuv\w*|kriminella)\b|\bi (?:blodet|släkten|generna|naturen|dna)\b|\bderas natur\b|\bligger inte för (?:dom|dem)\b|\bför svenskar\b|\bstarta eget land\b|\bresten är\b|\bföder barn som\b|\bfinns ingen plats för\b|\båker färdtjänst\b|\bkan inte (?:bete|läsa|köra|tänka|låta bli)\w*\b|\bint bete s\w+\b|\bsaknar (?:hyfs|hjärna|folkvett|kultur)\b|\bsnart ska dö\b|\bbara en kostnad\b|\bbara ute efter\b|\b(?:ingen|till) nytta\b|\bkommer aldrig fatta\b|\bligger på (?:latsidan|bidrag)\b|\blever på (?:bidrag|våra|oss|andra)\b|\bluktar\b|\bligger oss till last\b|\bär (?:inte|knappt) (?:ens )?(?:människor|riktiga|friska?|som vi|normala?)\b|\binte riktiga (?:människor|kvinnor|män|svenskar)\b|\bfår skylla sig själva\b|\bunderlägsna?\b|\blägre stående\b|\bskapade? att tjäna\b|\bobehagligt att se\b|\bont i magen av att se\b|\bkommer i horder\b|\btar över (?:landet|allt|stan)\b"
)
_LAWFUL = re.compile(
    r"\b(?:tycker (?:inte )?(?:vi|att|kommunen|nyanlända|det)|åsikt|statistik\w*|procent|budget\w*|lagen|dom(?:stol\w*|en)|bygglov|trafik\w*|buller\w*|böneutrop|mottagande\w*|rättigheter\w*|diskrimin\w*|rasis\w+|fördom\w*|välkom\w*|trygga?|tillgänglig\w*|ramp\w* till|lika (?:rätt|värde)\w*|sluta (?:hata|hacka|skyll)\w*|inte alla|inget emot|respekt\w*|försvara|tack(?:ar)? (?:till|för))\b"
)
_RECLAIMED = re.compile(
    r"\b(?:vi|oss|som) (?:gamla |stolta )?(?:kärringar|bögar|flator|blattar|tanter|gubbar|samer|romer|muslimer)\b|\bjag (?:är|e) (?:själv )?(?:\w+ )?(?:bög|same|muslim|blatte|transa|flata|kvinna|invandrare|kärring)\b|^som (?:troende |gammal |ung )?(?:muslim|same|bög|kvinna|rom|jude|invandrare|transperson)"
)


@carries_out("4.10.b")
def groups(reading: Reading) -> Iterator[Finding]:
    """Yield slurs, contempt for a group and calls to shut a group out."""
    earlier = False
    for sentence in reading.sentences:
        named = sentence.has("group") or bool(_UNNAMED.search(sentence.text))
        if _RECLAIMED.search(sentence.text):
            continue
        for token in sentence.having("slur"):
            if not reading.quoted(token.start):
                yield SLUR.at(reading, token.start, token.end, term=token.word)
        if named or earlier:
            yield from _contempt(reading, sentence)
        # "Samerna klagar. Lata är de." The next sentence still speaks of them.
        earlier = sentence.has("group")


def _contempt(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    if sentence.asks and not re.search(r"\?\?|!", sentence.text):
        return
    lawful = bool(_LAWFUL.search(sentence.text))
    hard = [t for t in sentence.having("contempt") if not reading.quoted(t.start)]
    group = [t for t in sentence.having("group")]
    if hard and not lawful and (group or sentence.has("lot")):
        yield CONTEMPT.at(reading, hard[0].start, hard[0].end, term=hard[0].word)
        return
    match = _SHUT.search(sentence.text)
    if match and not lawful and not reading.quoted(sentence.start + match.start()):
        yield SHUT_OUT.at(reading, sentence.start + match.start(), sentence.start + match.end())
