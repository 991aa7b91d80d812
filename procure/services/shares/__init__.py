"""Local share: what an anchor calls local, and its spend summed for every area and cut."""
