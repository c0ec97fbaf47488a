"""What the practice municipality has brought in by hand, and one thing that is left to do."""

from datetime import datetime

from torget.channels.models import Channel
from torget.moderation import selectors, services
from torget.moderation.models import Basis, Decision, Ground
from torget.organisation.models import RoleName, User
from torget.practice.content import traffic
from torget.records.byhand.matching import Pasted
from torget.records.byhand.services import paste
from torget.records.byhand.times import moment


def bring_in(*, now: datetime) -> None:
    """Paste the week's comments on the channels by hand, and decide about those that say so.

    What is decided waits as a guided step: someone is to do it on the platform and say so.
    """
    by = User.objects.get(roles__role=RoleName.COMMUNICATIONS)
    for row in traffic()["pasted"]:
        pasted = Pasted(
            text=row["text"],
            author=row["author"],
            time=row["time"],
            moment=moment(row["time"], now),
            address=row["address"],
            post=row["post"],
        )
        channel = Channel.objects.get(name=row["channel"])
        (saved,) = paste(channel, [pasted], by=by, now=now)
        if grounds := {Ground(clause): "" for clause in row.get("grounds", ())}:
            services.decide(
                sight=selectors.sight(saved.version.message),
                judgement=services.Judgement(
                    measure=Decision.Measure.HIDE,
                    grounds=grounds,
                    basis=Basis.GUIDELINE,
                    reason=services.standard_reason(grounds),
                ),
                by=by,
                now=now,
            )
