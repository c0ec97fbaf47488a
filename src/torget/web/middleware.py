"""Errors that were raised on purpose, told to the person who met them."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from torget.errors import TorgetError


class ToldErrors:
    """Shows the message and remedy of a ``TorgetError`` that no view took care of.

    And says in words what a browser would show an empty page for: the address of a form, opened.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        answer = self._get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content:
            allowed = {"Allow": answer["Allow"]}
            return HttpResponse(
                render_to_string("405.html", request=request), status=405, headers=allowed
            )
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with a page that says what happened and what to do; others are not ours."""
        if not isinstance(error, TorgetError):
            return None
        return render(request, "web/problem.html", {"problem": error}, status=409)
