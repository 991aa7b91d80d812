"""The postcode areas of the United Kingdom: the post town each is named for and the region most of it lies in.

Approximate on purpose: postal areas cross regions, and these rows give only the larger part. They name a place until
the ONS Postcode Directory has been loaded; no share of spend rests on them.
"""

from dataclasses import dataclass

REGIONS = (
    "North East",
    "North West",
    "Yorkshire and the Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
    "Wales",
    "Scotland",
    "Northern Ireland",
)

_BY_REGION = {
    "North East": "DH Durham, DL Darlington, NE Newcastle upon Tyne, SR Sunderland, TS Cleveland",
    "North West": (
        "BB Blackburn, BL Bolton, CA Carlisle, CH Chester, CW Crewe, FY Blackpool, L Liverpool, LA Lancaster, "
        "M Manchester, OL Oldham, PR Preston, SK Stockport, WA Warrington, WN Wigan"
    ),
    "Yorkshire and the Humber": (
        "BD Bradford, DN Doncaster, HD Huddersfield, HG Harrogate, HU Hull, HX Halifax, LS Leeds, S "
        "Sheffield, WF Wakefield, YO York"
    ),
    "East Midlands": "DE Derby, LE Leicester, LN Lincoln, NG Nottingham, NN Northampton",
    "West Midlands": (
        "B Birmingham, CV Coventry, DY Dudley, HR Hereford, ST Stoke-on-Trent, TF Telford, WR Worcester, WS "
        "Walsall, WV Wolverhampton"
    ),
    "East of England": (
        "AL St Albans, CB Cambridge, CM Chelmsford, CO Colchester, HP Hemel Hempstead, IP Ipswich, LU Luton, "
        "NR Norwich, PE Peterborough, SG Stevenage, SS Southend-on-Sea, WD Watford"
    ),
    "London": (
        "BR Bromley, CR Croydon, E London East, EC London East Central, EN Enfield, HA Harrow, IG Ilford, KT "
        "Kingston upon Thames, N London North, NW London North West, RM Romford, SE London South East, SM "
        "Sutton, SW London South West, TW Twickenham, UB Southall, W London West, WC London West Central"
    ),
    "South East": (
        "BN Brighton, CT Canterbury, DA Dartford, GU Guildford, ME Rochester, MK Milton Keynes, OX Oxford, PO "
        "Portsmouth, RG Reading, RH Redhill, SL Slough, SO Southampton, TN Tunbridge Wells"
    ),
    "South West": (
        "BA Bath, BH Bournemouth, BS Bristol, DT Dorchester, EX Exeter, GL Gloucester, PL Plymouth, SN "
        "Swindon, SP Salisbury, TA Taunton, TQ Torquay, TR Truro"
    ),
    "Wales": "CF Cardiff, LD Llandrindod Wells, LL Llandudno, NP Newport, SA Swansea, SY Shrewsbury",
    "Scotland": (
        "AB Aberdeen, DD Dundee, DG Dumfries, EH Edinburgh, FK Falkirk, G Glasgow, HS Outer Hebrides, IV "
        "Inverness, KA Kilmarnock, KW Kirkwall, KY Kirkcaldy, ML Motherwell, PA Paisley, PH Perth, TD "
        "Galashiels, ZE Lerwick"
    ),
    "Northern Ireland": "BT Belfast",
}


@dataclass(frozen=True)
class PostcodeArea:
    """Letters, the post town they stand for, and the region the larger part lies in."""

    letters: str
    town: str
    region: str


POSTCODE_AREAS: dict[str, PostcodeArea] = {
    letters: PostcodeArea(letters, town, region)
    for region, listed in _BY_REGION.items()
    for letters, _, town in (entry.partition(" ") for entry in listed.split(", "))
}
