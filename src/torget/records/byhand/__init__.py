"""What a person brings in or carries out by hand, in any channel, with or without an API."""
