"""What finance officers call their accounts: the words that say what was bought, or that nothing was.

Words of ours, a phrase each; endings, case and little words such as "and" do not count. Left out on purpose: words
that stand for several divisions, such as "equipment", "premises", "professional fees" or "supplies and services".
"""

from typing import Final

NO_PURCHASE: Final = (
    "national insurance, income tax, corporation tax, paye, superannuation, pension, pension contributions, "
    "salary, basic pay, wages, payroll, payroll control, payroll deductions, staff pay, employees, employee "
    "related, employee costs, redundancy, early retirement, apprenticeship levy, salary sacrifice, childcare "
    "vouchers, child care vouchers, seconded salary, nursing staff, rates, business rates, council tax, rates "
    "charges, precept, preceptor payments, levy, statutory levy, parishes, vat, vat only, stamp duty, grant, "
    "grants, grant payments, capital grants, bursaries, donations, contributions, voluntary giving, pupil premium, "
    "concessionary fares, transfer payments, direct payments, benefit payments, rent allowance, compensation, "
    "losses special payments, refunds, discretionary payments, housing benefit, prepayments, accruals, creditor, "
    "debtors, payables, receivables, recvables, control account, suspense, holding account, fixed asset clearing, "
    "depreciation, capital charge, interest, loan, dividend, public dividend capital, pdc, provisions utilised, "
    "income, receipts, investments, clinical negligence, cnst, carbon reduction scheme, co2 allowances, partner "
    "institutions, joint services"
)
"""Pay, taxes, gifts and book-keeping."""

UNCLEAR: Final = (
    "non medical equipment, clinical audit, telecoms equip, non healthcare, non clinical, hotel services, hotel "
    "srv, vehicle expenses, vehicle costs, transport expenses, building purchase, purchase of buildings, office "
    "expenses, research grants, energy efficiency, food waste, insurance claims, security deposits, training "
    "grants, carbon, non transport, private contractors, maintenance fee, maintenance staff, water hygiene, legal "
    "claims, skills development, tele conferencing"
)
"""Phrases whose words mislead: what they say could be of several divisions."""

ACCOUNT_WORDS: Final[dict[str, str]] = {
    "09": (
        "energy, electricity, electric, gas, natural gas, heating oil, gas oil, fuel oil, fuel, petrol, diesel, "
        "derv, energy utilities, gas electricity, heat light power, energy costs, fuel purchase"
    ),
    "15": "food, groceries, milk, food drink, food beverages",
    "18": (
        "uniforms, clothing, protective clothing, workwear, ppe, footwear, clothing uniforms, clothes uniform "
        "laundry, uniforms clothing"
    ),
    "22": (
        "books, newspapers, journals, periodicals, publications, library materials, library books, books "
        "materials, books journals, journals databases, books publications"
    ),
    "24": "chemicals, fertiliser, laboratory chemicals, lab chemicals",
    "30": (
        "stationery, office equipment, computer hardware, it hardware, ict hardware, it equipment, ict equipment, "
        "computer equipment, hardware purchase, hardware purch, office it equipment, photocopier rental, computer "
        "consumables, toner, printer consumables, office supplies, laptops, photocopiers"
    ),
    "33": (
        "drugs, drug costs, medicines, pharmaceuticals, vaccines, medical equipment, medical surgical, med surg, "
        "surgical equipment, medical surgical equipment, med surg equip, medical surgical consumables, medical "
        "surgical supplies equipment, clinical consumables, medical consumables, surgical consumables, dressings, "
        "blood products, medical gases, surgical appliances, x ray equipment, imaging equipment, anaesthetic "
        "equipment, dialysis, dialysis consumables, prosthetics, orthotics, wheelchairs, hearing aids, medical "
        "supplies, laboratory reagents, lab reagents, lab reagents chemicals, reagents, pharmacy, pharmacy stock, "
        "fp10s, patients appliances, patients appl, examination gloves"
    ),
    "34": "vehicles, vehicle purchase, vehicle lease, lease vehicles, vehicle parts, tyres, purchase of vehicles",
    "35": "fire extinguishers, fire hoses, smoke detectors, fire fighting equipment",
    "37": "musical instruments, sports equipment, play equipment, toys, playground equipment",
    "38": "laboratory equipment, lab equipment, scientific equipment, lab equipment purchase",
    "39": (
        "furniture, furniture fittings, furniture equipment, bedding, bedding linen, cleaning materials, cleaning "
        "equipment, cleaning equipment materials, cleaning products, domestic appliances, kitchen equipment, "
        "catering equipment, specialist bed, crockery"
    ),
    "44": "building materials, construction materials, timber, refuse containers, wheeled bins, hand tools, tools",
    "45": (
        "construction, construction works, building works, highways works, minor works, main contractor, "
        "demolition, roofing, refurbishment, capital works, works construction, disabled adaptations, dwelling "
        "adaptations, minor contracted works, ext adapt improv, payments main contractor"
    ),
    "48": (
        "computer software, software, software licence, software licenses, software purchase, computer software "
        "license, it licences, software packages, information technology licences, crm database"
    ),
    "50": (
        "maintenance, repairs, r m, repairs maintenance, equipment maintenance, equip maint, equip repair, estates "
        "maintenance, housing repairs, building maintenance, vehicle maintenance, vehicle repairs, vehicle r m, "
        "computer maintenance, hardware maintenance, lab equip maint, med surg equip repair, med surg equip "
        "maintenance, med surg maint, planned maintenance, reactive maintenance, maintenance contracts, equip "
        "maint contracts, lift maintenance, bed maintenance, lan maintenance, telecomms maintenance, boiler "
        "servicing, responsive repairs"
    ),
    "55": (
        "catering, hospitality, catering hospitality, hotels, school meals, hotels conferences, contract catering, "
        "bed breakfast, catering services, meals"
    ),
    "60": (
        "transport, hire of transport, taxi, taxis, taxi service, coach hire, bus services, passenger transport, "
        "school transport, home to school transport, patient transport, courier, transport costs, other transport "
        "costs"
    ),
    "63": "removals, storage, record storage, business travel, travel agency, car parking, health record storage",
    "64": (
        "postage, postal, mail services, telephone, telephony, mobile phone, phone, phone rental, "
        "telecommunications, telecoms, telephone charges, data lines, data links, postage carriage"
    ),
    "65": "water, water sewerage, water charges, water rates, water service charges, sewerage charges",
    "66": "insurance, insurance premiums, bank charges, transport insurance, vehicle insurance, banking services",
    "70": (
        "rent, property rents, lease rents, premises rent, property lease, room hire, hire of premises, service "
        "charges rent, rental of property, accommodation lease"
    ),
    "71": (
        "architects, quantity surveyor, engineering consultancy, civil engineers, consultant civil engineer, "
        "planning consultancy, site investigation, laboratory tests, technical consultancy, consultants fees build"
    ),
    "72": (
        "it services, ict services, it support, ict support, software support, software maintenance, software "
        "development, it consultancy, hosting, managed service it, it managed service, website, web hosting, "
        "computer services, it costs, it, ict, data network, computer data network, service desk, information "
        "technology, ict software support maintenance, it int dev sw, software maintenance running costs"
    ),
    "73": "research, research development, clinical trials",
    "77": "grounds maintenance, tree works, tree maintenance, gardening, landscaping, arboriculture, forest creation",
    "79": (
        "events, agency staff, agency nursing, agency workers, agency admin, temporary staff, temporary bureau "
        "staffing, agency medical, agency non medical, contract staff, interim staff, locum, recruitment, student "
        "recruitment, recruitment agency, legal, legal fees, legal services, legal advice, legal prof fees, advice "
        "legal, solicitors, counsel fees, legal consultancy, legal advisors, audit fees, external audit, internal "
        "audit, audit, accountancy, management consultancy, consultancy fees, external consultancy, consultancy, "
        "consultancy costs, printing, printing charges, advertising, publicity, marketing, interpreting, "
        "translation, interpreting translation, security, security services, security contract, premises security, "
        "payroll services, debt collection, conferences, photocopying, surveys consultation, market research, "
        "advertising publicity, recruitment expenses, agency costs, bank agency"
    ),
    "80": (
        "training, training courses, staff training, training expenses, course fees, courses, tuition, training "
        "course fees, training conferences, course providers, training materials, short courses, course purchase"
    ),
    "85": (
        "social care, adult social care, residential care, home care, nursing care, nursing homes, domiciliary "
        "care, foster care, fostering, childcare, respite, day care, supported living, supporting people, "
        "independent living, carer support, health services, children young people, foster family support, health "
        "wellbeing, services from nhs bodies, healthcare from, healthcare non nhs, purchase healthcare, hcare srv "
        "rec, hlthcre, clinical services, clinical srv, clinical medical, gms, pms, apms, gp services, advocacy, "
        "independent placements, external placements, occupational health, nursing private contractor, "
        "homelessness, extra care, maternity pathways"
    ),
    "90": (
        "cleaning, waste, waste disposal, refuse, refuse collection, recycling, waste management, pest control, "
        "window cleaning, cleaning services, cleaning contract, tipping charges, clinical waste, ext contr "
        "domestics, contract cleaning"
    ),
    "92": "museums, leisure services, artist, artist payments, library services, theatre, sports coaching",
    "98": "laundry, linen hire, subscriptions membership, funerals, ext contr laundry, laundry services",
}
"""By CPV division."""
