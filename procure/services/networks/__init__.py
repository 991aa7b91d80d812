"""Support networks and the members they look after."""
