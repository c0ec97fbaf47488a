"""What every test may ask for."""

from tests.storage import data_folder, emptied_past_the_guards
from tests.wordpress.fixtures import a_wordpress, pytest_collection_modifyitems, wordpress

__all__ = [
    "a_wordpress",
    "data_folder",
    "emptied_past_the_guards",
    "pytest_collection_modifyitems",
    "wordpress",
]

pytest_plugins = ["tests.clause_plugin", "tests.minutes", "tests.network"]
