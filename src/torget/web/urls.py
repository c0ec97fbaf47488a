"""Addresses of the page frame itself."""

from django.urls import path

from torget.web import views

app_name = "web"
urlpatterns = [path("tema/<slug:revision>.css", views.theme, name="theme")]
