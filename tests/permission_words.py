"""The words of the permission table."""

ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed in"})
INSTALLATION = frozenset({"installation:admin"})
FINANCE = frozenset({"anchor:finance", "anchor:admin"})
BUYERS = frozenset({"anchor:buyer", "anchor:admin"})
ANCHOR = frozenset({"anchor:buyer", "anchor:finance", "anchor:viewer", "anchor:admin"})
ENTERPRISE = frozenset({"enterprise:member", "enterprise:admin"})
NETWORK = frozenset({"network:adviser", "network:admin"})
PLACE = frozenset({"place:viewer", "place:admin"})
EVERY_PERMISSION = ANCHOR | ENTERPRISE | NETWORK | PLACE | INSTALLATION
