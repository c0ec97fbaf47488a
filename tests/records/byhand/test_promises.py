"""The promise suite, as far as it is about acts, run on a channel that a person carries.

The person does at once what is asked. Left out is what a person cannot promise: that messages come
by themselves, and how a wire breaks.
"""

import pytest
from django.utils import timezone

from tests.records.byhand.hand import channel, maj, pasted
from torget.channels.models import Channel, GuidedStep
from torget.channels.services import Proof
from torget.channels.services.guided import GuidedSteps
from torget.platforms.contract import Operation, Platform, RemoteId
from torget.platforms.manual import Manual
from torget.platforms.testkit import PlatformPromises
from torget.records import services as records
from torget.records.byhand.seen import last_seen
from torget.records.byhand.services import finish, paste
from torget.records.models import Message


class Diligent(GuidedSteps):
    """A guide whose person does what is asked at once."""

    def ask(self, operation: Operation) -> None:
        super().ask(operation)
        for step in GuidedStep.objects.filter(state=GuidedStep.State.OPEN):
            finish(step, proof=Proof(seen_done=True), picture=None, by=maj(), now=timezone.now())


class Desk:
    """A channel, and a person who pastes what visitors write."""

    def __init__(self) -> None:
        self.channel: Channel = channel(platform="wordpress")
        self.platforms: list[Platform] = []
        self.asked: list[str] = []

    def connect(self) -> Platform:
        desk = self

        class Told(Diligent):
            def ask(self, operation: Operation) -> None:
                desk.asked.append(Manual(self).preview(operation).decode())
                super().ask(operation)

        return Manual(Told(self.channel), "wordpress")

    def connect_to_nobody(self) -> Platform:
        raise NotImplementedError

    def visitor_writes(self, text: str, name: str = "Kim Berg") -> RemoteId:
        address = f"https://blogg.example/p#{Message.objects.count()}"
        (one,) = paste(
            self.channel,
            [pasted(text, shown=name, address=address)],
            by=maj(),
            now=timezone.now(),
        )
        return RemoteId(one.version.message.remote_id)

    def visitor_edits(self, ref: RemoteId, text: str) -> None:
        paste(self.channel, [pasted(text, address=ref)], by=maj(), now=timezone.now())

    def staff_bins(self, ref: RemoteId) -> None:
        message = Message.objects.get(remote_id=ref)
        records.note_visibility(message, Message.Seen.GONE, act=None, at=timezone.now())

    def public_sees(self, text: str) -> bool:
        found = [last_seen(self.channel, RemoteId(m.remote_id)) for m in Message.objects.all()]
        return any(text in repr(each) and "hidden" not in repr(each) for each in found)

    def goes_wrong(self, how: str, *, writes: bool = False) -> None:
        raise NotImplementedError

    def sent(self) -> str:
        return "\n".join(self.asked)

    def writes(self) -> int:
        return GuidedStep.objects.count()


LEFT_OUT = {
    "test_messages_come_oldest_first_with_their_author_and_time_zone",  # they are pasted
    "test_every_message_tells_its_thread",
    "test_no_address_of_a_person_or_a_machine_comes_in",
    "test_asking_twice_gives_the_same",
    "test_what_is_new_comes_after_the_cursor",
    "test_resolving_and_probing_change_nothing",  # what nobody was asked is not done
    "test_what_staff_took_away_is_gone_and_not_as_we_asked",
    "test_a_lost_answer_is_not_known_until_it_is_looked_up",  # there is no wire
    "test_a_platform_that_says_it_broke_is_believed_only_after_a_look",
    "test_nobody_there_is_unavailable_and_never_gone",
    "test_bad_answers_are_unavailable_and_never_gone",
}


@pytest.mark.django_db
class TestByHand(PlatformPromises):
    def make(self) -> Desk:
        return Desk()


for name in LEFT_OUT:
    assert hasattr(PlatformPromises, name)
    setattr(TestByHand, name, None)
