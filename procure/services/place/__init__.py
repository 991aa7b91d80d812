"""All anchors of a place together: who agreed to what, targets, progress, resilience."""
