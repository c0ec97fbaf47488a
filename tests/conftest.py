"""What every test may ask for."""

from tests.wordpress.fixtures import a_wordpress, pytest_collection_modifyitems, wordpress

__all__ = ["a_wordpress", "pytest_collection_modifyitems", "wordpress"]

pytest_plugins = ["tests.clause_plugin"]
