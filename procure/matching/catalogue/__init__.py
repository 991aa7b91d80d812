"""Finds who could do a piece of work, and says why.

The door: make a Catalogue of Offers, ask it to rank a Need. The commonest calls:
    catalogue = Catalogue(offers)
    matches = catalogue.rank(Need(title="Catering for wards", cpv=("55520000",)), top=10)
"""

from procure.matching.catalogue.offer import Award, Match, Need, Offer, Signal
from procure.matching.catalogue.ranking import Catalogue

__all__ = ["Award", "Catalogue", "Match", "Need", "Offer", "Signal"]
