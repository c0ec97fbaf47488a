"""Take the pictures of the user guide anew: ``make pictures``, or with a folder to put them in."""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.browser.pictures import take_all  # noqa: E402

if __name__ == "__main__":
    take_all(*map(Path, sys.argv[1:2]))
