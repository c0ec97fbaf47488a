"""Addresses of what the public may keep of the journal."""

from django.urls import path

from torget.journal import views

app_name = "journal"
urlpatterns = [
    path("bevis/", views.proof, name="proof"),
    path("bevis/<int:size>.txt", views.note, name="note"),
    path("bevis.json", views.proof_json, name="proof_json"),
]
