"""Tells Django about moderation."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The app."""

    name = "torget.moderation"
    default_auto_field = "django.db.models.BigAutoField"
