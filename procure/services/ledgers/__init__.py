"""Spend files: received, read, corrected, confirmed; what was refused, and what was read before."""
