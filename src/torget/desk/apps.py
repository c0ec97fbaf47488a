"""The app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Idag and the guideline."""

    name = "torget.desk"
