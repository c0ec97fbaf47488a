"""A blog to practise on: small, on this machine only, and with WordPress's interface.

Standard library only, and no Django. ``server`` runs it, ``store`` holds its state, ``api`` is the
part of WordPress's REST interface that the adapter uses (``comments``, ``posts``, ``pictures``),
``pages`` is what visitors see, ``faults`` makes it behave as badly as the real world.
"""
