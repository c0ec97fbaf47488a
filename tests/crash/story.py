"""A blog, decisions about its comments, and what must hold whatever is killed."""

import random
import time
from collections import defaultdict
from collections.abc import Callable
from io import StringIO
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests import make  # noqa: E402
from torget.channels.models import Attempt  # noqa: E402
from torget.channels.services import save_connection  # noqa: E402
from torget.journal.models import Entry  # noqa: E402
from torget.moderation import selectors, services  # noqa: E402
from torget.moderation.models import Decision  # noqa: E402
from torget.practice.blog.faults import Act  # noqa: E402
from torget.practice.blog.server import PracticeBlog, visitor_writes  # noqa: E402
from torget.project import verify  # noqa: E402
from torget.records.models import Message  # noqa: E402
from torget.records.work import sweep  # noqa: E402

if TYPE_CHECKING:
    from tests.crash.kills import Tally

COMMENTS, AHEAD = 24, 4
SLOW = (50, 200)
IN_TIME: dict[str, set[str | None]] = {
    "hidden": {"hold"},
    "public": {"approved"},
    "removed": {"trash", None},
}


class Story:
    """The municipality, its blog, and the person who decides while lanes are killed."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        self.dice = dice
        call_command("migrate", verbosity=0)
        self.blog = PracticeBlog(folder / "blog.sqlite3")
        self.post = self.blog.store.add_post("Lekplatsen", "Nu är den klar.")
        self.person = make.moderator()
        self.written = 0

    def __enter__(self) -> Self:
        self.blog.start()
        channel = make.channel("Bloggen")
        save_connection(
            channel,
            base_url=self.blog.url,
            username=self.blog.username,
            secret=self.blog.password,
        )
        for _ in range(COMMENTS):
            self._visitor()
        sweep(9)
        self.blog.faults.slow_down(*SLOW)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.blog.stop()

    def busy(self) -> None:
        """See to it that some decisions wait, and now and then that a comment has come."""
        if self.dice.random() < 0.3:
            self._visitor()
        self._release()
        while Decision.objects.unfinished().count() < AHEAD:
            self._decide()

    def await_moment(self, *, within_act: bool) -> None:
        """Return at a random instant, within an act if asked and if one comes."""
        started = time.time()
        while within_act and time.time() < started + 5:
            if any(act.began > started for act in self.blog.faults.acts):
                break
            time.sleep(0.002)
        time.sleep(self.dice.uniform(0, SLOW[1] / 1000 * (1.3 if within_act else 3)))

    def phase(self, lane: str) -> str:
        """Return where the lane was, by what the blog and the database know."""
        if lane == "read":
            return "read lane"
        sent = Decision.objects.filter(state=Decision.State.SENT).first()
        if sent is None:
            return "between acts"
        act = self._last_act(sent)
        if act is None or act.began < _sent_at(sent):
            return "inside: marked as sent, nothing sent"
        if act.effect is None:
            return "inside: sent, no effect yet"
        if act.answered is None:
            return "inside: took effect, not answered"
        return "inside: answered, not confirmed"

    def settle(self, start: Callable[[str], BaseProcess], patience: float) -> None:
        """Let the lanes work undisturbed until nothing waits."""
        self.blog.faults.slow_down(0, 0)
        processes = [start(lane) for lane in ("act", "read")]
        deadline = time.time() + patience
        while Decision.objects.unfinished().exists() and time.time() < deadline:
            time.sleep(0.3)
            self._release()
        time.sleep(1)
        for process in processes:
            process.kill()
            process.join()
        sweep(9)

    def judge(self, tally: "Tally") -> None:
        """Check that nothing acknowledged is lost or doubled and that saving came first."""
        tally.decided = Decision.objects.count()
        tally.acts = len(self.blog.faults.acts)
        wrong = tally.wrong
        wrong += [f"{d.key} is unfinished" for d in Decision.objects.unfinished()]
        kept = set(Message.objects.values_list("remote_id", flat=True))
        wrong += [f"comment {n} is lost" for n in range(1, self.written + 1) if str(n) not in kept]
        if len(kept) != Message.objects.count():
            wrong.append("a message is doubled")
        for decision in Decision.objects.standing().select_related("message"):
            wrong += self._not_as_decided(decision)
        wrong += self._doubled()
        wrong += self._before_receipt()
        out = StringIO()
        if verify.run(json=False, stdout=out):
            wrong.append(out.getvalue())

    def _not_as_decided(self, decision: Decision) -> list[str]:
        comment = self.blog.store.comment(int(decision.message.remote_id))
        status = comment.status if comment else None
        seen = str(decision.message.seen)
        if decision.state != Decision.State.CONFIRMED or status not in IN_TIME[seen]:
            return [f"{decision.key} {decision.measure}: {decision.state}, {seen}, blog {status}"]
        return []

    def _doubled(self) -> list[str]:
        """Find acts sent again though the page already showed them, and lines written twice."""
        wrong = []
        by_target: dict[str, list[Act]] = defaultdict(list)
        for act in self.blog.faults.acts:
            by_target[act.path].append(act)
        for path, acts in by_target.items():
            for earlier, later in pairwise(acts):
                same = (earlier.method, earlier.body) == (later.method, later.body)
                if same and earlier.effect and earlier.effect < later.began:
                    wrong.append(f"{path}: sent again after it had taken effect")
        for decision in Decision.objects.all():
            lines = Entry.objects.filter(event="moderation.performed", about=decision.key).count()
            most = 2 if decision.measure == Decision.Measure.REMOVE else 1
            if lines > most:
                wrong.append(f"{decision.key}: performed {lines} times")
        return wrong

    def _before_receipt(self) -> list[str]:
        """Find removals that took effect before a receipt and its decision were in the journal."""
        first: dict[str, float] = {}
        for decision in Decision.objects.exclude(measure=Decision.Measure.KEEP):
            receipt = Entry.objects.get(id=decision.receipt_entry)
            decided = Entry.objects.get(event="moderation.decided", about=decision.key)
            if receipt.seq >= decided.seq:
                return [f"{decision.key}: receipt after the decision"]
            path = f"/wp/v2/comments/{decision.message.remote_id}"
            first[path] = min(decided.at.timestamp(), first.get(path, float("inf")))
        return [
            f"{act.path}: taken down before it was saved"
            for act in self.blog.faults.acts
            if "approved" not in act.body and act.began < first.get(act.path, float("inf"))
        ]

    def _visitor(self) -> None:
        self.written = visitor_writes(self.blog.store, self.post, "Kim", "Din idiot, du ljuger.")

    def _decide(self) -> None:
        messages = Message.objects.exclude(seen=Message.Seen.REMOVED)
        busy = Decision.objects.unfinished().values("message")
        message = self.dice.choice(list(messages.exclude(pk__in=busy)))
        hidden = message.seen == Message.Seen.HIDDEN
        measure = self.dice.choice(["keep", "keep", "remove"] if hidden else ["hide"])
        judgement = make.judgement(measure, urgent=measure == "remove")
        services.decide(
            sight=selectors.sight(message), judgement=judgement, by=self.person, now=timezone.now()
        )

    def _release(self) -> None:
        """Let what rests after a fault be tried again, once the blog has done what it was told."""
        if Attempt.objects.exists():
            time.sleep(SLOW[1] / 1000 * 1.5)
            Attempt.objects.update(next_try=timezone.now())

    def _last_act(self, decision: Decision) -> Act | None:
        ending = f"/comments/{decision.message.remote_id}"
        acts = [act for act in self.blog.faults.acts if act.path.endswith(ending)]
        return acts[-1] if acts else None


def _sent_at(decision: Decision) -> float:
    lines = Entry.objects.filter(event="moderation.sent", about=decision.key)
    return lines.latest("seq").at.timestamp()
