"""Posts and answers of the municipality's own, from draft to page."""
