"""Torget. Loads a sound SQLite (3.51.3 or later) before anything can ask for sqlite3."""

from torget import sqlite

sqlite.load()
