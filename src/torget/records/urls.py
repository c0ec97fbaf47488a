"""Addresses of the records."""

from django.urls import path

from torget.records import views

app_name = "records"
urlpatterns = [
    path("handlingar/", views.records, name="list"),
    path("handlingar/<int:pk>/", views.record, name="record"),
    path("handlingar/<int:pk>/version/<int:n>/text/", views.text, name="text"),
    path("handlingar/<int:pk>/bilaga/<int:n>/", views.attachment, name="attachment"),
    path("handlingar/<int:pk>/export/", views.export, name="export"),
]
