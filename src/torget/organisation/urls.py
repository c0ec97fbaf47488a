"""Addresses of sign-in and one's own account."""

from django.urls import path

from torget.organisation import views

app_name = "organisation"
urlpatterns = [
    path("logga-in/", views.sign_in, name="sign_in"),
    path("logga-ut/", views.sign_out, name="sign_out"),
    path("konto/", views.account, name="account"),
]
