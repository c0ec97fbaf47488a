"""Pages about the channels: the public directory and the register."""
