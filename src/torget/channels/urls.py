"""Addresses of the public directory and the register."""

from django.urls import path

from torget.channels.views import assignments, life, public, register

app_name = "channels"
urlpatterns = [
    path("kanaler/", public.directory, name="directory"),
    path("kanaler.json", public.directory_json, name="directory_json"),
    path("uppdrag/", assignments.mandates, name="mandates"),
    path("register/kanaler/", register.register, name="register"),
    path("register/kanaler/ny/", life.new, name="new"),
    path("register/kanaler/<slug:slug>/", register.channel, name="channel"),
    path("register/kanaler/<slug:slug>/stang/", life.close, name="close"),
    path("register/kanaler/<slug:slug>/hamta/", register.fetch_now, name="fetch_now"),
    path("register/kanaler/<slug:slug>/kontrollera/", register.check, name="check"),
    path("register/kanaler/<slug:slug>/anslutning/", register.connection, name="connection"),
    path("register/kanaler/<slug:slug>/uppdrag/", register.give_mandate, name="give_mandate"),
    path(
        "register/kanaler/<slug:slug>/uppdrag/<uuid:key>/avsluta/",
        register.end_mandate,
        name="end_mandate",
    ),
]
