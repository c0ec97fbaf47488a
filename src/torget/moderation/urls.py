"""Addresses of the comments."""

from django.urls import path

from torget.moderation import views

app_name = "moderation"
urlpatterns = [
    path("kommentarer/", views.queue, name="queue"),
    path("kommentarer/nya/", views.news, name="news"),
    path("kommentarer/<int:pk>/", views.message, name="message"),
    path("kommentarer/<int:pk>/beslut/", views.decide, name="decide"),
    path("kommentarer/<int:pk>/angra/", views.undo, name="undo"),
]
