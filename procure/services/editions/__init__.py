"""New editions of registers and boundaries: uploaded, staged, merged, in force."""
