# ruff: noqa: E501 - one case or rule a line
"""What a column heading of a spend file may mean: the words of the field, scored from 0 (no) to 1 (said outright)."""

import re
from difflib import get_close_matches
from functools import lru_cache

CORE = ("supplier", "amount", "paid_on")
FIELDS = (
    *CORE,
    "category",
    "description",
    "transaction_number",
    "department",
    "supplier_postcode",
    "supplier_id",
    "vat",
    "gross",
    "company_number",
)

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORDS = re.compile(r"[^a-z0-9£%]+")
_SPELLINGS = {
    "net": "nett",
    "number": "no num nbr nr nos numb numbers",
    "amount": "amt amnt amout ammount amounts amoun",
    "transaction": "trans txn tran trx transation transact transactions tansaction",
    "description": "desc descr descripton desription descriptions",
    "department": "dept depart directotate",
    "directorate": "dir directorates",
    "invoice": "inv invoices",
    "payment": "pmt pymt paymt pymnt payments",
    "reference": "ref refno",
    "organisation": "org organization organistion",
    "supplier": "supp suppl suuplier suplier supplyer suppliers splr suppier",
    "vendor": "vend vendors",
    "beneficiary": "benificiary beneficary beneficiaries beneficiery",
    "category": "catergory cat categories",
    "expense": "exp expenses expence",
    "expenditure": "expend expenditures expediture",
    "document": "doc docno",
    "excluding": "excl exc ex excludes exclusive excluded",
    "including": "incl inc includes inclusive included",
    "value": "val values",
    "creditor": "cred creditors",
    "payee": "payees",
    "date": "dt dates datetime",
    "company": "co companies",
    "postcode": "postalcode zip",
    "account": "acct acc ac",
}
_SPELT = {spelling: word for word, spellings in _SPELLINGS.items() for spelling in spellings.split()}

_USED = (
    "supplier", "payment", "transaction", "description", "department", "directorate", "category", "beneficiary", "invoice",
    "merchant", "creditor", "reference", "expense", "expenditure", "narrative", "postcode", "amount", "recoverable",
    "irrecoverable", "purpose", "including", "excluding", "suppliers", "merchandise", "recipients", "depreciation", "credit", "credits",
)  # fmt: skip
_LONG, _ALIKE = 6, 0.84
_HEADING, _SENTENCE = 90, 240  # characters that a plain heading, and one explained at length, have at most

Rule = tuple[re.Pattern[str], float]


def _rules(*pairs: tuple[str, float]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), score) for pattern, score in pairs)


_WHO = "supplier|vendor|payee|beneficiary|creditor|merchant|recipient|contractor"
_ABOUT_WHO = (
    "id|number|code|reference|type|post|postcode|address|town|city|county|category|group|class|classification|vat|"
    "registration|invoice|site|email|sector|status|sme|vcse|charity|internal|location|country|region|ward|size|bank|"
    "total|amount|date|local|account|commodity|contact|spend|payment|kind|website|description|uri|url|line|area"
)
_NOT_MONEY = (
    "number|reference|code|id|type|date|description|category|count|quantity|qty|budget|balance|cumulative|ytd|percent|"
    "percentage|threshold|range|band|rate|unit|name|period|method|status|run|batch|voucher|terms|days|class|group|"
    "currency|level|capital|month|year|supplier|vendor|purpose|narrative|limit|outstanding|due|annual|max|maximum"
)
_NOT_PAID = (
    "start|end|ending|expiry|expire|expires|award|awarded|due|birth|review|renewal|extension|commence|commencement|"
    "completion|publication|published|publish|publishing|closing|delivery|contract|valid|request|requisition|deadline|"
    "extract|extracted|report|received|receipt|required|by|until|number|reference|code|id|amount|term|terms|days|"
    "description|name|type|order|ordered|raised|grant|agreement|tender|calendar|frequency|method|value|count"
)

_RULES: dict[str, tuple[Rule, ...]] = {
    "supplier": _rules(
        (rf"^(?:the )?(?:{_WHO})(?: (?:{_WHO}))*(?: name)?(?: t)?$", 1.0),
        (rf"^(?:trading |full |legal )?name of (?:the )?(?:{_WHO})", 1.0),
        (rf"^(?!.*\b(?:{_ABOUT_WHO})\b).*\b(?:{_WHO})\b.*\bname\b", 1.0),
        (rf"^(?!.*\b(?:{_ABOUT_WHO})\b).*\b(?:{_WHO})s?\b", 0.9),
        (rf"\b(?:{_WHO})\b.*\bname\b", 0.8),
        (r"^(?:firm|company|organisation|person|who|whom)(?: was| we)? paid$", 0.75),
        (r"^(?:payment made to|paid to|payment to|payments to|pay to|paid to name|to whom paid)$", 0.9),
        (r"^(?:company|provider|trader|trading|third party|business|firm|contractor)(?: name)?(?: t)?$", 0.75),
        (rf"\b(?:{_WHO})\b.* t$", 0.75),
        (r"^(?:name|customer name|client name|account name|party name|trading name|organisation name)$", 0.6),
        (r"^(?:organisation|customer|client|party|trade name|who)$", 0.45),
        (rf"\b(?:{_WHO}) description\b|^(?:trading partner|counterparty)$", 0.5),
        (rf"\b(?:{_WHO})\b(?!.*\b(?:type|postcode|category|class|classification|date|amount|total)\b)", 0.35),
    ),
    "amount": _rules(
        (r"\b(?:vat|tax) excluding\b|\b(?:vat|tax)\b.*\bexcluding$|\bnet of\b.*\b(?:vat|tax)\b|\bexcluding (?:\w+ ){0,2}(?:vat|tax)\b", 1.0),
        (r"\b(?:without|before|less|not including|no) (?:\w+ ){0,2}(?:vat|tax)\b", 1.0),
        (r"\b(?:including|gross of|with|plus|and) (?:\w+ ){0,2}(?:vat|tax)\b|\b(?:vat|tax) including$", 0.75),
        (r"\b(?:vat|tax)\b", 0.0),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\bnet\b", 1.0),
        (r"^(?:sum of )?(?:invoice )?(?:distribution )?(?:line )?(?:distribution|line)(?: net)? (?:amount|value|total)", 0.97),
        (r"^(?:£|gbp|sterling|pounds|£ p|£s)$", 0.8),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\bgross\b", 0.72),
        (r"\b(?:original|foreign|entered|contract|awarded|estimated|approved|ordered|order|po) (?:\w+ )?(?:amount|value)\b", 0.3),
        (r"^(?:transaction|payment|paid|ap|ledger)? ?amount(?: paid)?(?: in)?(?: £| gbp| sterling| in sterling)*$", 0.95),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\b(?:invoice|payment|total) (?:amount|value)\b", 0.85),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\bamount\b", 0.9),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\bvalue\b", 0.85),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\b(?:spend|spending|spent|expenditure|actuals?)(?: £| gbp)*$", 0.7),
        (rf"^(?!.*\b(?:{_NOT_MONEY})\b).*\b(?:total|sum)\b", 0.7),
        (r"^(?:how much(?: paid)?|paid|amounts? paid|cost|costs|debit|price|charge|payment|payment £|cost £|paid £)$", 0.6),
        (r"^(?:total )?(?:supplier|vendor) (?:amount|total|value|spend|payment)(?: £)?$", 0.55),
        (r"^(?:\w+ )?amount (?:description|type|code).*$", 0.0),
        (r"\bamount\b(?!.*\b(?:number|reference|code|id|date|due|outstanding|range|band)\b)", 0.4),
    ),
    "paid_on": _rules(
        (r"^(?:period|month|week|quarter) (?:end|ending|ended)(?: date)?$", 0.45),
        (r"^date (?:of )?(?:period|month|week) (?:end|ending)$", 0.45),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\b(?:payment|paid|pay|bacs|cheque|remittance|settlement|settled)\b.*\bdate\b", 1.0),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bdate\b.*\b(?:payment|paid|pay|bacs|cheque|remittance|settlement|settled)\b", 1.0),
        (r"^(?:paid on|paid|when paid|pay day|payment day|bacs date|paid date time)$", 0.8),
        (r"^(?:the )?date$", 0.95),
        (r"^value date$", 0.6),
        (r"^data$", 0.3),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bclear(?:ed|ing|ance)?\b(?:.*\bdate\b|$)", 0.93),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\b(?:transaction|purchase|expenditure|spend|processed|incurred)\b.*\bdate\b", 0.9),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bdate\b.*\b(?:transaction|purchase|expenditure|spend|processed|incurred)\b", 0.9),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\b(?:posting|posted|post|ledger|gl|accounting|effective|entry)\b.*\bdate\b", 0.82),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bdate\b.*\b(?:posting|posted|post|ledger|gl|accounting|effective|entry)\b", 0.82),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\b(?:invoice|document|tax|voucher)\b.*\bdate\b", 0.7),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bdate\b.*\b(?:invoice|document|tax|voucher)\b", 0.7),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\b(?:certified|authorised|approved|updated|update|created|input|entered)\b", 0.55),
        (rf"^(?!.*\b(?:{_NOT_PAID})\b).*\bdate\b", 0.6),
        (r"^(?:when|settled on|settled|posted|posting|processed|transacted|paid in|value day|day)$", 0.5),
        (r"^(?:payment )?(?:month|period)(?: paid)?$", 0.3),
    ),
    "category": _rules(
        (r"^expense type$", 1.0),
        (r"^(?:expense|expenditure|spend|procurement|merchant|service|purchase|product|commodity|supplier)? ?category(?: \w+)?(?: t)?$", 0.9),
        (r"\bcategory\b(?!.*\b(?:code|uri|id|number)\b)", 0.8),
        (r"^(?:expense|cost|spend|account|subjective|ledger)(?: code| account)? (?:type|description|name|label|heading)(?: t)?$", 0.75),
        (r"\bproclass\b.*\b(?:description|name|heading|title|label)\b", 0.85),
        (r"\bproclass\b.*\b(?:level|tier) ?(?:1|one)\b|\bproclass (?:top|first) level\b", 0.7),
        (r"^(?:subjective|nature|nominal|cipfa|account|subject)\b(?!.*\b(?:code|number|id)\b)|\bproclass\b(?!.*\b(?:code|number|id)\b)", 0.6),
        (r"\bproclass\b", 0.5),
        (r"^(?:expenditure|spend) type$", 0.5),
        (r"^(?:expense|expenditure) code t$", 0.7),
    ),
    "department": _rules(
        (r"^(?:expense|expenditure|spend|service|business|budget) area(?: \w+)?$", 1.0),
        (r"^(?:directorate|department|division|service|portfolio|business unit|organisational unit)(?: name| label| description)?(?: t)?$", 0.9),
        (r"\b(?:directorate|organisational unit|cost centre (?:name|description)|service (?:area|division|label|name))\b", 0.8),
        (r"\bdepartment\b(?!.*\b(?:family|code|id|number)\b)", 0.8),
        (r"^cost cent(?:re|er)$", 0.5),
        (r"^(?:section|team|unit|locality|entity)$", 0.3),
    ),
    "description": _rules(
        (r"^(?:description|narrative|purpose|details?|purpose of (?:spend|expenditure|payment))(?: \w+)?$", 1.0),
        (r"^(?:transaction|invoice|line|item|payment|purchase|goods|extended|distribution) (?:line )?(?:description|narrative|details?|text)", 0.95),
        (r"\bsummary of\b.*\bpurpose\b|\bpurpose of\b", 0.9),
        (r"\b(?:narrative|comments?|reason)\b", 0.6),
        (r"\bdescription\b(?!.*\b(?:account|cost cent|service|category|supplier|vendor|code|merchant|department|body)\b)", 0.5),
    ),
    "transaction_number": _rules(
        (r"^(?:transaction|trans|payment|document|voucher|urn)(?: \w+)? (?:number|reference|id)(?: \w+)?$", 1.0),
        (r"^transaction$", 0.9),
        (r"\b(?:unique|our|ap|ledger|system|internal) (?:\w+ )?(?:reference|number|id)\b", 0.7),
        (r"^(?:document|voucher|reference|urn|unique id|uid)(?: number| reference| id| t)?$", 0.75),
        (r"^invoice (?:number|reference|id)$", 0.6),
        (r"\b(?:transaction|payment|document|voucher)\b.*\b(?:number|reference|id)\b", 0.7),
    ),
    "supplier_id": _rules(
        (rf"^(?:{_WHO}) (?:id|number|code|reference|account|identifier|account number|id number)(?: \w+)?$", 1.0),
        (r"^(?:supplier|vendor|creditor) name$", 0.3),
        (rf"\b(?:{_WHO})\b.*\b(?:id|number|code|reference|identifier)\b(?!.*\b(?:vat|company|charity|invoice)\b)", 0.6),
    ),
    "supplier_postcode": _rules((r"\bpost ?code\b", 1.0), (r"^supplier post$", 0.5)),
    "vat": _rules(
        (r"\b(?:excluding|net of|without|before|including|gross|with|plus|registration|number|code|rate|id)\b", 0.0),
        (r"^(?:irrecoverable|recoverable|non recoverable)? ?(?:vat|tax)(?: amount| value| total)?(?: £| gbp)*$", 1.0),
        (r"\b(?:irrecoverable|unrecoverable|recoverable)\b", 0.9),
        (r"^(?:amount|value|total)(?: of)? (?:vat|tax)$", 0.9),
        (r"\bvat (?:amount|value|element)\b", 0.9),
    ),
    "gross": _rules(
        (r"\bgross\b(?!.*\b(?:code|number|date)\b)", 1.0),
        (r"\b(?:including|plus|with) (?:\w+ ){0,2}(?:vat|tax)\b|\b(?:vat|tax) including$", 1.0),
        (r"^(?:invoice |payment |grand )?total(?: amount| value)?(?: £)?$", 0.4),
    ),
    "company_number": _rules(
        (r"^(?:supplier |vendor )?(?:crn|(?:company|companies house)(?: registration| house)? (?:number|id|reference|registration))$", 0.9),
        (r"\bcompan(?:y|ies)\b.*\b(?:number|registration|registered)\b", 0.9),
    ),
}  # fmt: skip


@lru_cache(maxsize=4_096)
def normalise(heading: str) -> str:
    """A heading's words in lower case, run-together words parted, common short forms and misspellings spelt out."""
    parted = _CAMEL.sub(" ", heading).lower().replace("post code", "postcode").replace("p/code", "postcode")
    parted = parted.replace("pro class", "proclass")
    words = _NOT_WORDS.sub(" ", parted).split()
    return " ".join(_SPELT.get(word) or _respell(word) for word in words)


@lru_cache(maxsize=16_384)
def _respell(word: str) -> str:
    """A long word one or two slips away from one that headings use."""
    if len(word) < _LONG or word in _USED:
        return word
    return next(iter(get_close_matches(word, _USED, n=1, cutoff=_ALIKE)), word)


@lru_cache(maxsize=8_192)
def score(heading: str, field: str) -> float:
    """How surely a heading names a field, from its words alone."""
    words = normalise(heading)
    if not words or len(words) > _SENTENCE:
        return 0.0
    if len(words) > _HEADING:  # explained at length: its first words say what it is, but less surely
        return 0.6 * _points(words[:_HEADING].rpartition(" ")[0], field)
    return _points(words, field)


def _points(words: str, field: str) -> float:
    return next((points for pattern, points in _RULES[field] if pattern.search(words)), 0.0)
