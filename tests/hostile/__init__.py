"""Posts, configurations and files that mean harm."""
