"""Enterprises as they describe themselves, and as the matching engine sees them."""
