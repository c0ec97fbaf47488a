"""Tells Django about channels."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """The app."""

    name = "torget.channels"
    default_auto_field = "django.db.models.BigAutoField"
