"""The gallery's addresses, but for one module."""

from tests.web import gallery

urlpatterns = [part for part in gallery.urlpatterns if "fel-i-formular" not in str(part)]
