"""Enterprises, consortia and support networks: answer six questions, find lots, bid together, help members."""

from .routes import journey

__all__ = ["journey"]
