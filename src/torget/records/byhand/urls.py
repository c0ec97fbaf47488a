"""Addresses of what is done by hand."""

from django.urls import path

from torget.records.byhand import views

app_name = "byhand"
urlpatterns = [
    path("att-gora/", views.tasks, name="tasks"),
    path("att-gora/<uuid:key>/", views.task, name="task"),
    path("att-gora/<uuid:key>/bild/", views.proof, name="proof"),
    path("handlingar/for-in/", views.choose, name="choose"),
    path("handlingar/for-in/<slug:slug>/", views.paste, name="paste"),
    path("handlingar/<int:pk>/felaktig/", views.misfile, name="misfile"),
]
