"""Why a platform could not be used, each with a code of its own and words for the reader.

All are ``PlatformUnavailable``: nothing happened, and the other channels go on.
"""

from typing import ClassVar

from torget.errors import PlatformUnavailable


class Trouble(PlatformUnavailable):
    """Base of what is known to go wrong. Subclasses say it in Swedish."""

    words: ClassVar[str]
    advice: ClassVar[str]

    def __init__(self, *, retry_after: int | None = None) -> None:
        super().__init__(self.words, remedy=self.advice, retry_after=retry_after)


class NoSuchHost(Trouble):
    """The name in the address does not exist."""

    code = "platform.no_such_host"
    words = "Adressen finns inte."
    advice = "Kontrollera att kanalens adress är rätt stavad."


class BadAddress(Trouble):
    """The address is not one that can be asked."""

    code = "platform.bad_address"
    words = "Adressen går inte att använda."
    advice = "Skriv hela adressen, till exempel https://blogg.kommunen.se."


class PrivateAddress(Trouble):
    """The address leads into the installation's own network, or to no public place."""

    code = "platform.private_address"
    words = "Adressen leder till ett internt nät, och dit får Torget inte ansluta."
    advice = "Ange en publik adress, eller låt driften tillåta interna adresser för kanalen."


class NotEncrypted(Trouble):
    """The address begins with http, so the password would travel in the open."""

    code = "platform.not_encrypted"
    words = "Adressen är okrypterad, så lösenordet skulle kunna läsas av andra."
    advice = "Ange en adress som börjar med https."


class BadCertificate(Trouble):
    """The certificate is out of date, another site's, or not there at all."""

    code = "platform.bad_certificate"
    words = "Det går inte att ansluta säkert till webbplatsen."
    advice = "Kontrollera adressen, och be den som sköter webbplatsen att se över certifikatet."


class NoAnswer(Trouble):
    """Nobody answers at the address, or not in time."""

    code = "platform.no_answer"
    words = "Webbplatsen svarar inte."
    advice = "Torget försöker igen. Kontrollera adressen om det fortsätter."


class Busy(Trouble):
    """The platform asked us to slow down."""

    code = "platform.busy"
    words = "Webbplatsen ber oss vänta."
    advice = "Torget försöker igen om en stund."


class OutOfOrder(Trouble):
    """The platform says that something broke on its side."""

    code = "platform.out_of_order"
    words = "Webbplatsen svarar med ett eget fel."
    advice = "Torget försöker igen. Säg till den som sköter webbplatsen om det fortsätter."


class Moved(Trouble):
    """The address points on to another one. It is never followed with a password in hand."""

    code = "platform.moved"
    words = "Adressen pekar vidare till en annan adress."
    advice = "Öppna kanalen i webbläsaren och ange den adress som visas där."


class TooLarge(Trouble):
    """The answer is larger than what is read."""

    code = "platform.too_large"
    words = "Svaret från webbplatsen är för stort för att läsas."
    advice = "Se efter på webbplatsen om något ovanligt långt har skrivits, och säg till driften."


class NotAsAgreed(Trouble):
    """The answer is not what the interface promises: cut off, or something else altogether."""

    code = "platform.not_as_agreed"
    words = "Webbplatsen svarar med något annat än väntat."
    advice = "Kontrollera adressen. Är den rätt, säg till den som sköter webbplatsen."


class SignInRefused(Trouble):
    """The user name or the password is wrong, or no longer valid."""

    code = "platform.sign_in_refused"
    words = "Inloggningen godtas inte."
    advice = "Skapa ett nytt applikationslösenord på webbplatsen och ange det för kanalen."


class MayNot(Trouble):
    """The account is known, but may not do this."""

    code = "platform.may_not"
    words = "Kontot är inloggat men har inte rätt att göra det här."
    advice = "Ge kontot rollen redaktör eller administratör på webbplatsen."


class NoInterface(Trouble):
    """There is a site, but not what an adapter talks to."""

    code = "platform.no_interface"
    words = "Där finns en webbplats, men inget WordPress som går att ansluta till."
    advice = "Kontrollera adressen, och att REST-gränssnittet inte är avstängt på webbplatsen."


BY_HAND = {  # why a person could not do what was asked
    "manual.gone": "Den som skulle göra det såg att det inte finns kvar på sidan.",
    "manual.no_access": "Den som skulle göra det kom inte in på kontot. Säg till IT.",
    "manual.not_offered": "Plattformen har ingen sådan knapp. Välj en annan åtgärd.",
    "manual.refused": "Plattformen tog inte emot det. Vänta en stund och försök igen.",
    "manual.other": "Den som skulle göra det fick inte till det. Fråga, och försök igen.",
    "manual.withdrawn": "Ett senare beslut gick före.",
}


def explain(code: str) -> tuple[str, str]:
    """Return message and remedy for the code of a trouble that was noted earlier."""
    known = {trouble.code: (trouble.words, trouble.advice) for trouble in Trouble.__subclasses__()}
    known |= {each: ("Det gick inte för hand.", advice) for each, advice in BY_HAND.items()}
    other = (
        "Kanalen kunde inte läsas.",
        "Torget försöker igen. Säg till driften om det fortsätter.",
    )
    return known.get(code, other)
