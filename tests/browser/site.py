"""The settings of the site under test: those in use, with addresses that fail (see ``faulty``)."""

from torget.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.browser.faulty"
