"""A municipality to practise in."""
