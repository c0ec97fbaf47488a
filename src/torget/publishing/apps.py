"""Tells Django about publishing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """The app."""

    name = "torget.publishing"
    default_auto_field = "django.db.models.BigAutoField"
