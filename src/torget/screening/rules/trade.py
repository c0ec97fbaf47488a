"""Clause 4.10 g: commercial messages. Single cues are innocent; several together are not."""

import re
from collections.abc import Iterator, Sequence

from torget.policy.clauses import carries_out
from torget.screening.findings import Finding
from torget.screening.hits import Rule
from torget.screening.sentences import Reading

ADVERT = Rule("g", "trade.advert", "Ser ut som reklam eller ett kommersiellt budskap", 0.8)
DOUBTFUL = Rule("g", "trade.doubtful", "Kan vara reklam", 0.55, "mild")
LINK = Rule("g", "trade.bare_link", "Länk utan sammanhang, kan vara skräppost", 0.5, "mild")

_CUES = {
    "price": r"\b\d[\d ]*(?::-|\s?(?:kr|kronor|spänn|sek|lax)\b)(?:/\w+)?|\bfrån \d{2,}|\b\d+\s?(?:%|procent)(?= (?:rabatt|på|för|till|billigare|off))|-\d+ ?%|\bgratis\b|\bfri frakt\b|\bkostnadsfri\w*|\b£\d+|\bgratis \w+(?:besök|mätning|värdering|offert)",
    "offer": r"\b(?:rea|rabatt\w*|kampanj\w*|erbjudande\w*|halva priset|2 för 1|två för en|betala för en|kanonpris\w*|bäst(?:a)? (?:pris\w*|betalt)|bästa priset|lägsta pris\w*|introduktionspris|provpris|studentpris|mängdrabatt|startbonus|fast(?:a)? pris\w*|presentkort|sommarrea|premiär\w*|billigast\w*|prova (?:utan|gratis|på)|ord\.? ?pris|bonus|provision|garanti|\d+ ?för ?\d+)\b",
    "order": r"\b(?:boka\w*|beställ\w*|ring (?:oss|idag|redan|nu|\w+ (?:på|för))|kontakta (?:oss|\w+ på|mäklar\w*)|drop-?in|offert\w*|köp (?:nu|två|här|dina|din|lotter)|ansök|registrera (?:dig|kort)|anmäl intresse|hör av dig|skriv (?:[a-zåäö]+ )?(?:i kommentar\w*|pm|dm|\"?[a-zåäö]{2,10}\"?) (?:så|till)|kommentera \w+|visa (?:den här|inlägget|kommentaren)|swisha|messa|skicka (?:pm|dm|meddelande)|pm för|först till kvarn|delbetala\w*|avbetalning)\b",
    "us": r"\b(?:hos (?:oss|salong|\w+s)|vi på|vår (?:butik|salong|sida|hemsida|bio|firma|profil|server|box)|våra (?:inlägg|produkter|köpare|kunder|tjänster)|min (?:sida|kod|länk|profil|rabattkod|salong|firma|onlinekurs|kurs|hudvårdslinje|stream)|vi (?:köper|säljer|erbjuder|hjälper dig|monterar|utför|fixar|flyttar|tvättar|levererar|bevil\w+|har öppnat|öppnar|är i ert område)|jag (?:coachar|erbjuder|hjälper dig|lär)|f-skatt|rot(?:-avdrag)?|rut(?:-avdrag)?|ab\b|handelsbolag|vårt team|mitt team|personal!|välkomna önskar|kunder)\b",
    "firm": r"\b(?:\w*(?:salong|mäkleri|mäklarhuset|städ|takrent|elservice|bygg ab|entreprenad|däck|bilverkstad|krogen|pizzeria|restaurang|hotell|gym|frisör\w*|naglar|fransar|nagelsalong|körskola\w*|kennel|butik\w*|värdering|biltvätt|flyttstäd|solceller\w*|solpanel\w*|laddbox\w*|massage|fotvård|tatuering\w*|elavtal|elräkningen|julbord|lunch|burgare|smink|serum|hudvård|coach\w*|pt-paket|skoavdelning\w*|fönsterbyte|takmålning|takbyte|snöskottning|dödsbo\w*|guld|silver|ved|valpar|intensivkurs|privatlektion\w*|kapslar\w*|inkontinens\w*|reklam|smycken|webshop|webbshop))\b",
    "pull": r"\b(?:trött på|har du (?:också )?(?:ont|fått nej|svårt)|sugen på|dags att (?:byta|sälja|boka)|funderar du på|vill du (?:också|ha|tjäna|gå ner)|begränsat antal|bara (?:\w+ )?(?:idag|platser|i helgen)|\d+ platser kvar|platser kvar|få platser|sista chansen|innan midnatt|hela (?:veckan|helgen|månaden|sommarlovet)|denna vecka|just nu|måste bara tipsa|tips från|tack vare|förändra\w* mitt liv|9 av 10|missa inte)\b",
    "link": r"https?://|hxxp|www\.|\b[\w-]+\.(?:example|se|com|nu|shop|net|xyz)\b|\blänk (?:i|nedan|på|till)\b|\blänken (?:i|nedan|under)\b|\bi (?:min |vår )?bio\b|\bmin profil\b|\bvår profil\b|\bföljer? @|\bhos @|@\w+ (?:för|så|nu)",
    "sign": r"[📣🎁🔥💸💰✅👉🤑💅🎰🚀☎📈💹✨🍕💇✂⚡💆]",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _CUES.items()}
_PRIVATE = re.compile(
    r"\b(?:min (?:cykel|dotters|sons|mormors|gamla|farfars|hund|katt|syster\w*|barnvagn|cykelkärra|soffa)|mina (?:hemstickade|gamla|barns)|hobby|skänkes|bortskänkes|hämtas (?:gratis|vid|mot)|säljer (?:en|ett|min|mitt|mina|våra|vår) |loppis\w*|föreningen|förening\w*|klass \d\w|skolresa\w*|lägerskola\w*|insamling\w*|röda korset|rädda barnen|scout\w*|pro\b|spf|hembygd\w*|folkets hus|cancerfonden|församling\w*|bibliotek\w*|kulturskolan|teater\w*|innebandy|kören|biljetter|idrottsförening\w*|kommunen(?:s)?|ideell\w*|till förmån|byalag\w*|bygdegård\w*|hyr ut stugan|hojta|hittad|borttappad|upphittad|efterlyser|sökes|köper gärna|vill ha|någon som vill|nån som vill)\b"
)
_ABOUT = re.compile(
    r"\b(?:är (?:en )?(?:bluff|falsk|reklam|spam)|bluff\w*|se upp|akta er|varning för|spam\w*|anmält|anmäl kommentar\w*|vet (?:ni|nån|någon)|kan nån (?:rekommendera|tipsa)|rekommenderar ni|tips på|vilken \w+ (?:är|brukar)|var (?:köper|hittar)|tack (?:till|för|vare (?:er|personalen))|kostar det|varför kostar|höjd\w*|avgift\w*|skatt(?:en|emedel|epengar)?\b|upphandl\w*|konsult\w*|budget\w*|klicka inte|betala inget|kommunalråd\w*|felanmäl\w*)\b"
)


@carries_out("4.10.g")
def trade(reading: Reading, official: Sequence[str]) -> Iterator[Finding]:
    """Yield one finding when a text gathers enough marks of a commercial message."""
    text = reading.view.text[:4000]
    for own in official:
        text = text.replace(own, " " * len(own))
    found = {name: match for name, pattern in _PATTERNS.items() if (match := pattern.search(text))}
    if not found or _ABOUT.search(text):
        return
    points = (
        len(found)
        - 0.5 * ("sign" in found)
        - 0.5 * ("price" in found)
        - 2 * bool(_PRIVATE.search(text))
    )
    first = min(match.start() for match in found.values())
    last = max(match.end() for match in found.values())
    asks = text.rstrip().endswith("?") and "link" not in found
    if reading.quoted(first) or asks or not {"order", "offer", "us", "link"} & set(found):
        return
    if points >= 2.5:
        yield ADVERT.at(reading, first, last)
    elif points >= 2:
        yield DOUBTFUL.at(reading, first, last)
    elif (
        "link" in found
        and len(re.findall(r"[^\W\d_]{2,}", text)) <= 7
        and "." in found["link"][0]
        and not _PRIVATE.search(text)
    ):
        yield LINK.at(reading, found["link"].start(), found["link"].end())
