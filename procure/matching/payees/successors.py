"""Public bodies that were renamed or merged: the ledger keeps the old name for years, the register has the new one.

Plain public knowledge, one line each: a name as ledgers had it, then the name of the body that took over. Names are
written without their kind ("nhs trust", "council"), which ledgers give in many ways. A payee whose name begins with an
old name is also looked up under the new one; the old name, where registered, is still tried first.
"""

from typing import Final

_TABLE: Final = """
nhs litigation authority > nhs resolution
nhs litigation > nhs resolution
nhs logistics authority > nhs supply chain
nhs logistics > nhs supply chain
nhs purchasing and supply agency > nhs supply chain
national blood service > nhs blood and transplant
national blood authority > nhs blood and transplant
uk transplant > nhs blood and transplant
prescription pricing authority > nhs business services authority
nhs pensions > nhs business services authority
dental practice board > nhs business services authority
nhs commissioning board > nhs england
nhs trust development authority > nhs improvement
health protection agency > public health england
public health england > uk health security agency
national patient safety agency > nhs england
nhs connecting for health > nhs digital
health and social care information centre > nhs digital
department health > department health and social care
department of health > department of health and social care
criminal records bureau > disclosure and barring service
commission for social care inspection > care quality commission
healthcare commission > care quality commission
welsh assembly government > welsh government
scottish executive > scottish government
inland revenue > hm revenue and customs
age concern > age uk
terrence higgins > terrence higgins trust
heart of england > university hospitals birmingham
plymouth hospitals > university hospitals plymouth
royal free hampstead > royal free london
barnet and chase farm hospitals > royal free london
central manchester university hospitals > manchester university
university hospital of south manchester > manchester university
oxford radcliffe hospitals > oxford university hospitals
nuffield orthopaedic centre > oxford university hospitals
basildon and thurrock university hospitals > mid and south essex
mid essex hospital services > mid and south essex
southend university hospital > mid and south essex
west middlesex university hospital > chelsea and westminster hospital
ealing hospital > london north west university health care
north west london hospitals > london north west university health care
barts and the london > barts health
newham university hospital > barts health
whipps cross university hospital > barts health
lewisham health care > lewisham and greenwich
university hospital lewisham > lewisham and greenwich
south london health care > lewisham and greenwich
st georges health care > st georges university hospitals
university hospitals bristol > university hospitals bristol and weston
united bristol health care > university hospitals bristol
weston area health > university hospitals bristol and weston
colchester hospital university > east suffolk and north essex
ipswich hospital > east suffolk and north essex
pennine acute hospitals > northern care alliance
salford royal > northern care alliance
royal liverpool and broadgreen university hospitals > liverpool university hospitals
aintree university hospital > liverpool university hospitals
tameside hospital > tameside and glossop integrated care
derby teaching hospitals > university hospitals of derby and burton
derby hospitals > derby teaching hospitals
burton hospitals > university hospitals of derby and burton
peterborough and stamford hospitals > north west anglia
hinchingbrooke health care > north west anglia
city hospitals sunderland > south tyneside and sunderland
south tyneside > south tyneside and sunderland
northern devon health care > royal devon university health care
royal devon and exeter > royal devon university health care
taunton and somerset > somerset
somerset partnership > somerset
yeovil district hospital > somerset
poole hospital > university hospitals dorset
royal bournemouth and christchurch hospitals > university hospitals dorset
brighton and sussex university hospitals > university hospitals sussex
western sussex hospitals > university hospitals sussex
gloucestershire care services > gloucestershire health and care
2gether > gloucestershire health and care
south staffordshire and shropshire health care > midlands partnership
staffordshire and stoke on trent partnership > midlands partnership
northumberland tyne and wear > cumbria northumberland tyne and wear
cumbria partnership > north cumbria integrated care
north cumbria university hospitals > north cumbria integrated care
lancashire care > lancashire and south cumbria
5 boroughs partnership > north west boroughs health care
five boroughs partnership > north west boroughs health care
calderstones partnership > mersey care
liverpool community health > mersey care
manchester mental health and social care > greater manchester mental health
greater manchester west mental health > greater manchester mental health
doncaster and bassetlaw hospitals > doncaster and bassetlaw teaching hospitals
scarborough and north east yorkshire health care > york teaching hospital
great western ambulance service > south western ambulance service
south devon health care > torbay and south devon
torbay and southern devon health and care > torbay and south devon
university hospital of north staffordshire > university hospitals of north midlands
mid staffordshire > university hospitals of north midlands
royal wolverhampton hospitals > royal wolverhampton
black country partnership > black country health care
dudley and walsall mental health partnership > black country health care
norfolk and waveney mental health > norfolk and suffolk
suffolk mental health partnership > norfolk and suffolk
north essex partnership > essex partnership university
south essex partnership > essex partnership university
oxfordshire and buckinghamshire mental health > oxford health
hampshire partnership > southern health
winchester and eastleigh health care > hampshire hospitals
basingstoke and north hampshire > hampshire hospitals
worthing and southlands hospitals > western sussex hospitals
south downs health > sussex community
bradford hospitals > bradford teaching hospitals
walsall hospitals > walsall health care
worcestershire mental health partnership > worcestershire health and care
worcestershire health and care > herefordshire and worcestershire health and care
gloucestershire partnership > 2gether
bedfordshire and luton mental health and social care partnership > south essex partnership
kent and medway health and social care partnership > kent and medway
south london health authority > nhs england
dudley group of hospitals > dudley group
nottinghamshire county teaching > nottinghamshire health care
derbyshire mental health services > derbyshire health care
leicestershire county and rutland community health > leicestershire partnership
lincolnshire partnership mental health > lincolnshire partnership
tees esk and wear valleys mental health > tees esk and wear valleys
avon and wiltshire mental health > avon and wiltshire mental health partnership
sussex partnership mental health > sussex partnership
"""

SUCCESSORS: Final = dict(line.split(" > ") for line in _TABLE.strip().splitlines())
LONGEST: Final = max(len(old.split()) for old in SUCCESSORS)


def succeeded(text: str) -> str | None:
    """The text with a renamed body's old name, at its beginning, changed for the new; None where there is none.

    The longest old name that fits is taken, so that "nhs litigation authority" goes before "nhs litigation".
    """
    words = text.split()
    for length in range(min(LONGEST, len(words)), 0, -1):
        new = SUCCESSORS.get(" ".join(words[:length]))
        if new is not None:
            return " ".join([new, *words[length:]])
    return None
