"""What every test may ask for."""

from tests.storage import data_folder, django_db_modify_db_settings, emptied_past_the_guards
from tests.web.browser import chromium
from tests.wordpress.fixtures import a_wordpress, pytest_collection_modifyitems, wordpress

__all__ = [
    "a_wordpress",
    "chromium",
    "data_folder",
    "django_db_modify_db_settings",
    "emptied_past_the_guards",
    "pytest_collection_modifyitems",
    "wordpress",
]

pytest_plugins = ["tests.clause_plugin", "tests.minutes", "tests.network"]
