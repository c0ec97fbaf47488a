"""Addresses of what the municipality writes."""

from django.urls import path

from torget.publishing.views import compose, posts

app_name = "publishing"
urlpatterns = [
    path("skriv/", compose.write, name="write"),
    path("skriv/kontroller/", compose.check, name="check"),
    path("skriv/<int:pk>/", compose.draft, name="draft"),
    path("skriv/<int:pk>/slang/", compose.weed, name="weed"),
    path("inlagg/", posts.listing, name="list"),
    path("inlagg/<int:pk>/", posts.post, name="post"),
    path("inlagg/<int:pk>/bild/<uuid:key>/", posts.picture, name="picture"),
    path("inlagg/<int:pk>/andra/<uuid:key>/", compose.change, name="change"),
    path("inlagg/<int:pk>/godkann/<uuid:key>/", posts.approve, name="approve"),
    path("inlagg/<int:pk>/ta-tillbaka/<uuid:key>/", posts.withdraw, name="withdraw"),
    path("inlagg/<int:pk>/aterta/<uuid:key>/", posts.cancel, name="cancel"),
    path("inlagg/<int:pk>/ta-ner/<uuid:key>/", posts.take_down, name="take_down"),
]
