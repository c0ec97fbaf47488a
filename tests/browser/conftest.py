"""What every browser test may ask for."""

from tests.web.browser import chromium

__all__ = ["chromium"]
