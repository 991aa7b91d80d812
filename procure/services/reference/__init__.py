"""Registers, classifications and boundaries as they are loaded, to be looked things up in."""
