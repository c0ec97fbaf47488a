"""Tells Django about journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The app."""

    name = "torget.journal"
    default_auto_field = "django.db.models.BigAutoField"
