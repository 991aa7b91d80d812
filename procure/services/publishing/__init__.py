"""What is taken away: board reports, the public page, statutory files."""
