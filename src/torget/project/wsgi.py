"""The door for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from torget.project.processes import follow

follow()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torget.project.settings")
application = get_wsgi_application()
