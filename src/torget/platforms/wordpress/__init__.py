"""WordPress: the municipality's blog, over wp/v2 with an application password."""
