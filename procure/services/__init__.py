"""What happens: one verb-rich noun a file. Services flush and never commit."""
