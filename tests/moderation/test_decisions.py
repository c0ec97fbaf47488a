"""Clause 4.10: what is decided, by whom, on what ground, and that it is saved first."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from tests import make
from torget.errors import (
    AlreadyDecided,
    IncompleteJudgement,
    MessageChanged,
    NoMandate,
    NotPreserved,
)
from torget.journal.models import Entry
from torget.journal.triggers import remove
from torget.moderation.models import Basis, Decision, DecisionGround, Ground
from torget.moderation.selectors import Sight, sight
from torget.moderation.services import Judgement, decide
from torget.organisation.models import RoleName
from torget.platforms.contract import Snapshot
from torget.policy.guideline import guideline
from torget.records.models import MessageVersion, Payload
from torget.records.services import capture
from torget.records.triggers import GUARDS

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.10")]


def order(version: MessageVersion, judgement: Judgement | None = None) -> Decision:
    return decide(
        sight=sight(version.message),
        judgement=judgement or make.judgement(),
        by=make.moderator(),
        now=make.MONDAY,
    )


@pytest.mark.parametrize(
    "ground",
    [
        pytest.param(Ground.DEFAMATION, marks=pytest.mark.clause("4.10.a")),
        pytest.param(Ground.HARASSMENT, marks=pytest.mark.clause("4.10.b")),
        pytest.param(Ground.VIOLENCE_OR_PORN, marks=pytest.mark.clause("4.10.c")),
        pytest.param(Ground.INCITEMENT, marks=pytest.mark.clause("4.10.d")),
        pytest.param(Ground.COPYRIGHT, marks=pytest.mark.clause("4.10.e")),
        pytest.param(Ground.SWEARING, marks=pytest.mark.clause("4.10.f")),
        pytest.param(Ground.ADVERTISING, marks=pytest.mark.clause("4.10.g")),
        pytest.param(Ground.SECRECY, marks=pytest.mark.clause("4.10.h")),
        pytest.param(Ground.LAW, marks=pytest.mark.clause("4.10.law")),
    ],
)
def test_each_ground_of_the_guideline_can_carry_a_decision(ground: Ground) -> None:
    citation = "17 kap. 1 § brottsbalken" if ground == Ground.LAW else ""

    decision = order(make.version(), make.judgement("hide", ground, citation=citation))

    stored = DecisionGround.objects.get(decision__key=decision.key)
    assert (stored.clause, stored.citation) == (ground, citation)
    line = Entry.objects.get(event="moderation.decided", about=decision.key)
    assert line.clauses == ["4.10", ground]


def test_the_grounds_are_those_of_the_guideline_and_no_others() -> None:
    assert set(Ground.values) == {c.id for c in guideline().clauses.values() if c.is_ground}
    assert set(Basis.values) == set(guideline().bases)


def test_a_decision_is_written_in_the_journal_with_its_clauses_and_no_name() -> None:
    moderator = make.moderator()

    decision = decide(
        sight=sight(make.version("Ditt svin").message),
        judgement=make.judgement("hide", Ground.DEFAMATION, Ground.SWEARING),
        by=moderator,
        now=make.MONDAY,
    )

    line = Entry.objects.get(event="moderation.decided", about=decision.key)
    assert line.clauses == ["4.10", "4.10.a", "4.10.f"]
    assert line.actor == moderator.actor


def test_a_decision_keeps_proof_that_the_comment_was_saved_before_it() -> None:
    version = make.version()

    decision = order(version)

    decision.refresh_from_db()
    assert decision.receipt_entry == version.entry.id
    assert decision.receipt_at <= decision.decided_at


def test_nothing_is_decided_about_what_is_not_saved() -> None:
    version = make.version()
    remove(connection, GUARDS)
    Payload.objects.update(canonical=b"{}")

    with pytest.raises(NotPreserved):
        order(version)

    assert not Decision.objects.exists()


@pytest.mark.clause("4.2")
def test_only_someone_with_a_mandate_at_that_second_decides() -> None:
    version = make.version()
    without = make.user("Utan", RoleName.COMMUNICATIONS)
    lapsed = make.user("Förra", RoleName.COMMUNICATIONS)
    make.mandate(lapsed, until=make.MONDAY)

    for person in (without, lapsed):
        with pytest.raises(NoMandate):
            decide(
                sight=sight(version.message),
                judgement=make.judgement(),
                by=person,
                now=make.MONDAY,
            )

    before = make.MONDAY - timedelta(seconds=1)
    assert decide(sight=sight(version.message), judgement=make.judgement(), by=lapsed, now=before)


@pytest.mark.clause("4.2")
def test_a_mandate_for_one_channel_says_nothing_about_another() -> None:
    person = make.moderator()
    elsewhere = make.version(at=make.channel("Fritidsgården"))

    with pytest.raises(NoMandate):
        decide(
            sight=sight(elsewhere.message),
            judgement=make.judgement(),
            by=person,
            now=make.MONDAY,
        )


def test_of_two_decisions_from_the_same_sight_one_stands() -> None:
    seen = sight(make.version().message)
    first, second = make.moderator("A"), make.moderator("B")
    decide(sight=seen, judgement=make.judgement("hide"), by=first, now=make.MONDAY)

    with pytest.raises(AlreadyDecided):
        decide(sight=seen, judgement=make.judgement("keep"), by=second, now=make.MONDAY)

    assert Decision.objects.get().measure == "hide"


def test_of_two_that_replace_the_same_decision_one_stands() -> None:
    version = make.version()
    order(version)
    seen = sight(version.message)
    decide(sight=seen, judgement=make.judgement("keep"), by=make.moderator(), now=make.MONDAY)

    with pytest.raises(AlreadyDecided):
        decide(sight=seen, judgement=make.judgement(), by=make.moderator(), now=make.MONDAY)

    assert Decision.objects.standing().get().measure == "keep"


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_give_one_decision() -> None:
    seen, moderator = sight(make.version().message), make.moderator()
    start = Barrier(6)
    lost: list[Exception] = []

    def one() -> None:
        start.wait()
        try:
            decide(sight=seen, judgement=make.judgement(), by=moderator, now=make.MONDAY)
        except Exception as error:  # noqa: BLE001 whatever a thread meets, the test shall tell
            lost.append(error)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Decision.objects.count() == 1
    assert [type(error) for error in lost] == [AlreadyDecided] * 5, lost


def test_what_has_changed_since_it_was_read_is_read_again_first() -> None:
    version = make.version("Du ljuger")
    seen = sight(version.message)
    capture(make.channel(), Snapshot(make.incoming("Förlåt")), at=make.MONDAY)
    version.message.refresh_from_db()

    with pytest.raises(MessageChanged):
        decide(sight=seen, judgement=make.judgement(), by=make.moderator(), now=make.MONDAY)

    urgent = make.judgement(urgent=True)
    assert decide(sight=seen, judgement=urgent, by=make.moderator(), now=make.MONDAY)


@pytest.mark.clause("4.10.law")
def test_a_judgement_cannot_be_made_without_what_the_guideline_asks_for() -> None:
    with pytest.raises(IncompleteJudgement) as no_citation:
        make.judgement("hide", Ground.LAW)
    with pytest.raises(IncompleteJudgement) as no_ground:
        Judgement(
            measure=Decision.Measure.REMOVE, grounds={}, basis=Basis.GUIDELINE, reason="För hård."
        )
    with pytest.raises(IncompleteJudgement) as no_reason:
        Judgement(
            measure=Decision.Measure.HIDE,
            grounds={Ground.SWEARING: ""},
            basis=Basis.GUIDELINE,
            reason="  ",
        )
    with pytest.raises(IncompleteJudgement) as to_nobody:
        Judgement(
            measure=Decision.Measure.PASS_ON, grounds={}, basis=Basis.GUIDELINE, reason="Inte vår."
        )

    faults = (no_citation, no_ground, no_reason, to_nobody)
    assert [fault.value.part for fault in faults] == ["citation", "grounds", "reason", "passed_to"]


@pytest.mark.clause("4.10.law")
def test_the_database_refuses_the_ground_law_without_a_citation() -> None:
    decision = order(make.version())

    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionGround.objects.create(decision=decision, clause=Ground.LAW)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Du är en lögnare och en tjuv, hela du", "Skriver att du är en lögnare och en tjuv."),
        ("Ditt svin!", "Skriver ditt svin."),
    ],
)
def test_a_reason_is_our_own_words_and_never_quotes_the_comment(text: str, reason: str) -> None:
    version = make.version(text)
    quoting = Judgement(
        measure=Decision.Measure.HIDE,
        grounds={Ground.DEFAMATION: ""},
        basis=Basis.GUIDELINE,
        reason=reason,
    )

    with pytest.raises(IncompleteJudgement, match="egna ord"):
        order(version, quoting)

    assert order(version, make.judgement())


def test_a_standard_reason_is_ours_even_if_the_comment_quotes_the_guideline() -> None:
    standard = guideline().clauses["4.10.a"].standard_reason
    judgement = Judgement(
        measure=Decision.Measure.HIDE,
        grounds={Ground.DEFAMATION: ""},
        basis=Basis.GUIDELINE,
        reason=standard,
    )

    assert order(make.version(f"Ni skrev: {standard}"), judgement)


def test_a_sight_knows_the_standing_decision_and_comes_back_from_its_token() -> None:
    version = make.version()
    decision = order(version)

    now = sight(version.message)

    assert now == Sight(version, decision)
    assert sight(version.message, now.token) == now


def test_the_database_refuses_to_change_or_remove_what_was_decided() -> None:
    decision = order(make.version())

    for change in (
        lambda: Decision.objects.update(reason="Något annat."),
        lambda: Decision.objects.update(measure="keep"),
        lambda: DecisionGround.objects.update(clause="4.10.f"),
        lambda: DecisionGround.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    decision.refresh_from_db()
    assert decision.measure == "hide"
