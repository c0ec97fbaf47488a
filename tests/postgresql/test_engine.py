"""What PostgreSQL does in its own way holds the same promises."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests import make
from tests.storage import guards
from torget.journal import triggers
from torget.organisation.models import RoleName
from torget.project import database, doctor
from torget.project.database import refuse_doubled
from torget.project.folder import InUse
from torget.records.selectors import content

pytestmark = pytest.mark.django_db


def found() -> dict[str, doctor.Finding]:
    return {finding.about: finding for finding in doctor.examine()}


@pytest.fixture
def elsewhere() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """Another program's connection to the same database."""
    at = connection.get_connection_params()
    known = {name: at[name] for name in ("dbname", "user", "host")}
    with psycopg.connect(**known, autocommit=True) as other:
        yield other


def test_the_suite_runs_on_a_version_that_torget_supports() -> None:
    assert connection.vendor == "postgresql"
    assert connection.get_database_version() >= (15,)


@pytest.mark.clause("4.6")
@pytest.mark.parametrize("guard", [one for one in guards() if one.act == "DELETE"], ids=str)
def test_a_guarded_table_cannot_be_emptied_at_one_blow(guard: triggers.Guard) -> None:
    with (
        pytest.raises(IntegrityError, match=guard.name),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {guard.table} CASCADE")


@pytest.mark.clause("4.6")
def test_guards_that_are_taken_down_are_missed_and_can_be_put_up_again() -> None:
    triggers.remove(connection, guards())
    assert triggers.missing(connection, guards()) == guards()

    triggers.install(connection, guards())

    assert triggers.missing(connection, guards()) == []


def test_the_doctor_names_engine_version_and_encoding() -> None:
    findings = found()

    assert findings["Databas"].told.startswith("PostgreSQL ")
    assert findings["Databasens tecken"].told == "UTF8"
    assert findings["Databasens form"].told == "aktuell"
    assert not findings["Databas"].remedy


def test_the_doctor_warns_that_what_is_acknowledged_may_be_lost() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")

    assert "strömavbrott" in found()["Databasens skrivning"].remedy


def test_the_doctor_says_that_a_version_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "get_database_version", lambda: (14, 12))
    monkeypatch.setattr(
        connection, "ensure_connection", connection.check_database_version_supported
    )

    assert "15 eller senare" in found()["Databas"].remedy


def test_the_doctor_says_that_a_server_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses() -> None:
        with connection.wrap_database_errors:
            raise psycopg.OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refuses)

    assert "TORGET_DATABASE_URL" in found()["Databas"].remedy


def test_a_lane_that_another_process_works_in_is_refused(
    elsewhere: "psycopg.Connection[tuple[object, ...]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_GONE", 1)
    elsewhere.execute("SELECT pg_advisory_lock(hashtext('torget lane act'))")

    refuse_doubled(["read"])
    with pytest.raises(InUse):
        refuse_doubled(["act"])


def test_a_lane_is_free_again_when_its_process_has_gone(
    elsewhere: "psycopg.Connection[tuple[object, ...]]",
) -> None:
    elsewhere.execute("SELECT pg_advisory_lock(hashtext('torget lane heavy'))")
    elsewhere.close()

    refuse_doubled(["heavy"])


def test_what_the_engine_cannot_hold_in_a_text_is_kept_all_the_same() -> None:
    version = make.version(text="Hej\x00då", name="Kim\x00")

    assert content(version).text == "Hej\x00då"


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
@pytest.mark.parametrize(
    "place", ["/kommentarer/{}/", "/handlingar/{}/", "/handlingar/{}/bilaga/1/"]
)
def test_a_number_that_no_row_can_have_is_not_found(
    client: Client, place: str, number: int
) -> None:
    client.force_login(make.user("Maj", *RoleName))

    assert client.get(place.format(number)).status_code == 404


@pytest.mark.parametrize("place", ["/kommentarer/?vy=", "/kommentarer/nya/?sedan=", "/kanaler/?q="])
def test_a_character_that_the_engine_refuses_stops_no_page(client: Client, place: str) -> None:
    client.force_login(make.user("Maj", *RoleName))

    assert client.get(f"{place}%00").status_code in (200, 204)
