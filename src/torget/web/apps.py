"""Tells Django about web."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    """The app."""

    name = "torget.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the folder for static files: the server warns of a missing one."""
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
