"""Addresses of Idag and the guideline."""

from django.urls import path

from torget.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("riktlinje/", views.guideline, name="guideline"),
]
