"""Lots with their needs and gates, and what buyers and enterprises said about them."""
