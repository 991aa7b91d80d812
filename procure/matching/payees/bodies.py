"""Words that tell what kind of body, person or payment a name speaks of: tables of plain knowledge, kept by hand."""

from typing import Final


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


LEGAL_FORMS: Final = {
    "limited": "ltd",
    "ltd": "ltd",
    "lt": "ltd",
    "limite": "ltd",
    "ltdd": "ltd",
    "lmited": "ltd",
    "limted": "ltd",
    "plc": "plc",
    "llp": "llp",
    "lp": "llp",
    "cic": "cic",
    "cio": "cio",
    "inc": "inc",
    "incorporated": "inc",
    "cyf": "ltd",
    "cyfyngedig": "ltd",
    "unlimited": "unltd",
    "bv": "bv",
    "gmbh": "gmbh",
}
LEGAL_PHRASES: Final = {
    "limited liability partnership": "llp",
    "limited liability partner": "llp",
    "community interest company": "cic",
    "community interest co": "cic",
    "charitable incorporated organisation": "cio",
    "public limited company": "plc",
    "limited company": "ltd",
    "limited partnership": "llp",
}

COMPASS: Final = {
    word: point
    for point, words in {
        "n": "north northern",
        "s": "south southern",
        "e": "east eastern",
        "w": "west western",
        "ne": "northeast northeastern",
        "nw": "northwest northwestern",
        "se": "southeast southeastern",
        "sw": "southwest southwestern",
        "m": "mid central middle",
    }.items()
    for word in words.split()
}
LINKING: Final = _words("and of for the in at on by to with a upon y de la le")

# words that say which kind of body this is; two words of one kind may stand for each other in a ledger
KINDS: Final = {
    word: kind
    for kind, words in {
        "practice": "surgery practice medical clinic centre health group family gp house partnership partner general",
        "council": "council borough county district city metropolitan parish town unitary london authority",
        "nhs": "nhs hospital foundation trust clinical commissioning primary teaching acute infirmary ambulance board",
        "charity": "charity charitable trust foundation fund society association friend project community hospice "
        "appeal",
        "school": "school college university academy primary nursery infant junior high playgroup preschool",
        "company": "service solution system holding group uk international consulting consultancy management "
        "company co associate enterprise trading",
        "home": "home care nursing residential house lodge court manor housing",
        "pharmacy": "pharmacy chemist pharmaceutical",
        "dental": "dental dentist orthodontic dentistry",
    }.items()
    for word in words.split()
    if word
}
# with one of these a name is another body's: the charity, the friends or the trading arm of what it names
SATELLITES: Final = _words(
    "charity charitable fund friend league radio scout appeal voluntary museum club union trading enterprise property "
    "holding benevolent society guild welfare volunteer alumni student staff social locum"
)
GENERIC: Final = frozenset(KINDS) | {"support", "organisation", "department", "unit", "office", "account"}

TITLES: Final = _words("mr mrs ms miss dr drs prof professor rev revd reverend sir dame lady lord cllr messrs")
PARTNERSHIP_ENDS: Final = _words("partner associate son")

PAYMENT_WORDS: Final = _words(
    "bacs chaps chq cheque dnu rates income payroll inv invoice invoices ref ac acct acc remittance"
)
