"""The 45 divisions of the Common Procurement Vocabulary (2008), and codes as people type them.

source  Commission Regulation (EC) No 213/2008; names shortened to what a buyer looks for
"""

DIVISIONS: dict[str, str] = {
    "03": "Farming, fishing and forestry products",
    "09": "Fuel, electricity and other energy",
    "14": "Mining, basic metals and related products",
    "15": "Food, drinks and tobacco",
    "16": "Farm machinery",
    "18": "Clothing, footwear, luggage and accessories",
    "19": "Leather, textiles, plastic and rubber",
    "22": "Printed matter",
    "24": "Chemical products",
    "30": "Office and computing machinery and supplies",
    "31": "Electrical machinery, equipment and lighting",
    "32": "Radio, television and communication equipment",
    "33": "Medical equipment, medicines and personal care products",
    "34": "Vehicles and transport equipment",
    "35": "Security, fire-fighting, police and defence equipment",
    "37": "Musical instruments, sports goods, games, toys and art materials",
    "38": "Laboratory, optical and precision equipment",
    "39": "Furniture, furnishings, domestic appliances and cleaning products",
    "41": "Collected and purified water",
    "42": "Industrial machinery",
    "43": "Mining, quarrying and construction machinery",
    "44": "Construction structures and materials",
    "45": "Construction work",
    "48": "Software packages and information systems",
    "50": "Repair and maintenance services",
    "51": "Installation services",
    "55": "Hotel, restaurant, catering and retail services",
    "60": "Transport services",
    "63": "Transport support and travel agency services",
    "64": "Postal and telecommunications services",
    "65": "Public utilities",
    "66": "Financial and insurance services",
    "70": "Property services",
    "71": "Architecture, engineering and inspection services",
    "72": "IT services",
    "73": "Research and development services",
    "75": "Public administration, defence and social security services",
    "76": "Oil and gas industry services",
    "77": "Farming, forestry, gardening and grounds services",
    "79": "Business services: law, marketing, recruitment, printing and security",
    "80": "Education and training services",
    "85": "Health and social work services",
    "90": "Sewage, waste, cleaning and environmental services",
    "92": "Recreation, culture and sport services",
    "98": "Other community, social and personal services",
}


def parse_cpv(written: str) -> str | None:
    """Eight digits from a code as typed, with or without its check digit; None where there is no such division."""
    digits = written.replace(" ", "").split("-", 1)[0]
    if len(digits) == 8 and digits.isascii() and digits.isdigit() and digits[:2] in DIVISIONS:
        return digits
    return None


def division_words(code: str | None) -> str | None:
    """The name of a code's division; None where there is none."""
    return DIVISIONS.get((code or "")[:2])
