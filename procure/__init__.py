"""Procure keeps public money local."""
