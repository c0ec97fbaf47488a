"""What waits for whom, and the guideline. Reads the modules below, which never ask it."""
