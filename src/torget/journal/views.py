"""What the public may keep of the journal: no person, no session, no cookie, no script."""

import base64
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from torget.journal.checkpoints import known_keys
from torget.journal.models import Checkpoint
from torget.policy.clauses import carries_out
from torget.verifier.tree import Refused

SHOWN, LISTED = 10, 100


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """Show the latest checkpoints and the key, and tell what they are for."""
    shown = {"checkpoints": published(SHOWN), "keys": known_keys()}
    return render(request, "journal/proof.html", shown)


@require_safe
@conditional_page
def proof_json(_request: HttpRequest) -> HttpResponse:
    """Return the same for machines, to whoever asks and from wherever."""
    told = {
        "public_keys": [key.line for key in known_keys()],
        "checkpoints": [_as_json(each) for each in published(LISTED)],
    }
    return _for_anyone(JsonResponse(told, json_dumps_params={"ensure_ascii": False}))


@require_safe
def note(_request: HttpRequest, size: int) -> HttpResponse:
    """Return one checkpoint as it was signed: the file to keep."""
    row = Checkpoint.objects.filter(size=size).first() if size < 2**63 else None
    if row is None:
        raise Http404
    return _for_anyone(HttpResponse(row.note, content_type="text/plain; charset=utf-8"))


@carries_out("4.6")
def published(most: int) -> Sequence[Checkpoint]:
    """Return the latest checkpoints, newest first, save what cannot be read any more."""
    rows = Checkpoint.objects.select_related("token")[:most]
    return [row for row in rows if _readable(row)]


def _readable(row: Checkpoint) -> bool:
    try:
        return row.told.size == row.size
    except (Refused, TypeError):
        return False


def _as_json(row: Checkpoint) -> dict[str, object]:
    told, token = row.told, getattr(row, "token", None)
    return {
        "origin": told.origin,
        "size": told.size,
        "root": told.root.hex(),
        "at": told.at,
        "note": row.note,
        "timestamp": base64.b64encode(bytes(token.answer)).decode() if token else None,
    }


def _for_anyone(answer: HttpResponse) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
