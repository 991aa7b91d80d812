"""The shift list: what left, who could supply it here, and the next lawful step."""
