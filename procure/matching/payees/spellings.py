"""How ledgers shorten, and what words tell: tables of plain public knowledge, kept by hand.

Each table is written as lines of `short long` so that a person who knows ledgers can read, question and extend it.
"""

from typing import Final


def _pairs(lines: str) -> dict[str, str]:
    """The first word of each line stands for the rest of it."""
    return {short: long for short, _, long in (line.strip().partition(" ") for line in lines.strip().splitlines())}


SHORT_FORMS: Final = _pairs(
    """
    ft foundation trust
    nhsft nhs foundation trust
    nhsf nhs foundation
    nhst nhs trust
    nhstrust nhs trust
    medctr medical centre
    medcentre medical centre
    medgroup medical group
    medprac medical practice
    hlthctr health centre
    nhsftrust nhs foundation trust
    hospnhstrust hospital nhs trust
    lon london
    bor borough
    auth authority
    mids midlands
    ic integrated care
    mhp mental health partnership
    mh mental health
    wic walk in centre
    sth south
    nth north
    fndtn foundation
    found foundation
    founda foundation
    foundatio foundation
    foundatn foundation
    fdn foundation
    trst trust
    tr trust
    ht health trust
    pct primary care trust
    tpct teaching primary care trust
    ccg clinical commissioning group
    csu commissioning support unit
    icb integrated care board
    lcg local commissioning group
    stp sustainability transformation partnership
    lhb local health board
    uhb university health board
    hb health board
    sha strategic health authority
    ha health authority
    hc health centre
    mc medical centre
    bsa business services authority
    nhsbsa nhs business services authority
    nhsbt nhs blood and transplant
    nhspb nhs professionals
    nhse nhs england
    dh department health
    doh department health
    dhsc department health social care
    hosp hospital
    hosps hospitals
    hospita hospital
    hsp hospital
    hlth health
    hcare healthcare
    hlthcare healthcare
    healthcare health care
    univ university
    uni university
    unversity university
    coll college
    sch school
    acad academy
    ambulanc ambulance
    amb ambulance
    med medical
    medic medical
    surg surgery
    surgy surgery
    surgeries surgery
    prac practice
    pract practice
    practise practice
    prct practice
    ctr centre
    cntr centre
    cntre centre
    cen centre
    cent centre
    center centre
    clin clinical
    comm community
    comms communications
    commis commissioning
    svc service
    svs services
    svcs services
    serv service
    servs services
    srv service
    srvs services
    assoc association
    assocs associates
    assn association
    ass association
    inst institute
    soc society
    org organisation
    organization organisation
    dept department
    dep department
    div division
    gov government
    govt government
    mgt management
    mgmt management
    mngt management
    admin administration
    intl international
    int international
    nat national
    natl national
    bros brothers
    grp group
    gp general practice
    hldgs holdings
    hldg holding
    ind industries
    eng engineering
    elec electrical
    mfg manufacturing
    pharm pharmacy
    pharma pharmaceutical
    phys physiotherapy
    physio physiotherapy
    diag diagnostics
    diags diagnostics
    equip equipment
    tech technology
    techs technologies
    sys systems
    sol solutions
    solns solutions
    conslt consulting
    dev development
    devt development
    resi residential
    res residential
    nurs nursing
    ment mental
    psych psychology
    educ education
    edu education
    env environmental
    voluntry voluntary
    vol voluntary
    cvs council for voluntary service
    cab citizens advice bureau
    ymca young mens christian association
    ptnr partners
    ptnrs partners
    ptrs partners
    ptr partners
    partner partners
    ptns partners
    pship partnership
    pnship partnership
    pshp partnership
    lb london borough
    lbc london borough council
    mbc metropolitan borough council
    mb metropolitan borough
    mdc metropolitan district council
    met metropolitan
    metro metropolitan
    bc borough council
    boro borough
    cc county council
    dc district council
    dist district
    cncl council
    counci council
    teach teaching
    gen general
    royl royal
    intergrated integrated
    assoicates associates
    """
)

# initials that stand for one body wherever they stand, alone too
SAID_ALONE: Final = frozenset({"nhsbsa", "nhsbt", "nhse", "dhsc"})

COUNTIES: Final = _pairs(
    """
    beds bedfordshire
    berks berkshire
    bucks buckinghamshire
    cambs cambridgeshire
    ches cheshire
    derbys derbyshire
    derbs derbyshire
    glos gloucestershire
    gloucs gloucestershire
    hants hampshire
    herts hertfordshire
    hunts huntingdonshire
    lancs lancashire
    leics leicestershire
    lincs lincolnshire
    middx middlesex
    norf norfolk
    northants northamptonshire
    northumb northumberland
    notts nottinghamshire
    oxon oxfordshire
    salop shropshire
    shrops shropshire
    staffs staffordshire
    warks warwickshire
    wilts wiltshire
    worcs worcestershire
    yorks yorkshire
    bham birmingham
    birm birmingham
    manc manchester
    mcr manchester
    wton wolverhampton
    soton southampton
    bwd blackburn with darwen
    """
)

# streets are shortened, not spelt out: "st" is a saint as often as a street, and both then read alike
STREETS: Final = _pairs(
    """
    saint st
    saints st
    street st
    road rd
    avenue ave
    lane ln
    terrace tce
    terr tce
    square sq
    crescent cres
    gardens gdns
    court ct
    drive dr
    doctor dr
    doctors drs
    mount mt
    """
)
