"""Everyday words of each CPV division, written by us: they carry short statements that notices never used."""

KEYWORDS: dict[str, str] = {
    "03": (
        "vegetables, fruit, crops, plants, seeds, flowers, livestock, eggs, timber, logs, fish, bulbs, trees "
        "for planting"
    ),
    "09": (
        "fuel, diesel, petrol, heating oil, gas supply, electricity supply, coal, biomass, wood pellets, solar panels"
    ),
    "14": "gravel, sand, road salt, grit, stone, aggregates, clay, metals, minerals",
    "15": (
        "meat, bread, bakery, milk, dairy, groceries, frozen food, snacks, drinks, ready meals, vegetables, "
        "tea and coffee"
    ),
    "16": "tractors, mowers, ploughs, harvesters, garden machinery",
    "18": "uniforms, workwear, clothing, shoes, boots, gloves, hats, jewellery, protective clothing, aprons",
    "19": "leather, textiles, fabrics, yarn, rubber, plastic sheets, bin bags, refuse sacks",
    "22": "books, newspapers, magazines, brochures, stationery forms, library books, printed matter, journals",
    "24": "chemicals, gases, fertiliser, disinfectant, paint, detergent, adhesives, de-icing",
    "30": (
        "laptops, computers, monitors, printers, tablets, keyboards, servers, photocopiers, paper, pens, "
        "toner, stationery"
    ),
    "31": (
        "lighting, lamps, street lights, cables, batteries, generators, switchgear, Christmas lights, charging points"
    ),
    "32": (
        "radios, televisions, cameras, telephones, mobile phones, audio-visual equipment, network switches, "
        "cctv cameras"
    ),
    "33": (
        "medicines, drugs, medical devices, dressings, wheelchairs, syringes, masks, cosmetics, toiletries, "
        "soap, hearing aids"
    ),
    "34": (
        "cars, vans, lorries, buses, minibuses, bicycles, vehicles, ambulances, trailers, tyres, car parts, "
        "boats, refuse vehicles"
    ),
    "35": (
        "fire engines, alarms, security equipment, weapons, police equipment, cctv systems, body armour, "
        "smoke detectors"
    ),
    "37": (
        "musical instruments, sports equipment, toys, games, playground equipment, craft, art materials, gym equipment"
    ),
    "38": (
        "laboratory equipment, microscopes, meters, measuring instruments, scientific instruments, cameras, "
        "spectrometers"
    ),
    "39": (
        "furniture, desks, chairs, beds, curtains, carpets, kitchen equipment, white goods, cleaning "
        "products, bedding, upholstery"
    ),
    "41": "drinking water, purified water, collected water",
    "42": (
        "pumps, boilers, machine tools, lifting equipment, ovens, refrigeration, air conditioning units, "
        "industrial machinery"
    ),
    "43": "excavators, mining machinery, construction plant, cranes, earth moving equipment",
    "44": (
        "building materials, doors, windows, fencing, bricks, timber joinery, pipes, tools, locks, paints, "
        "kitchens, radiators"
    ),
    "45": (
        "building work, construction, refurbishment, roofing, demolition, plumbing, electrical work, "
        "plastering, painting and decorating, joinery, bricklaying, road building, extensions, groundworks, "
        "flooring, heating installation, insulation, retrofit"
    ),
    "48": (
        "software packages, software licences, databases, information systems, antivirus, apps, case management system"
    ),
    "50": (
        "repair, maintenance, servicing, vehicle repair, bicycle repair, boiler servicing, lift maintenance, "
        "computer repair, mending"
    ),
    "51": "installation of equipment, fitting of equipment, installing machines",
    "55": (
        "catering, hospitality catering, school meals, canteen, restaurant, hotel, accommodation, meals on "
        "wheels, buffet, cafe, hospital catering, lunches, cooked meals, conference catering, event catering, "
        "vending"
    ),
    "60": (
        "transport, taxi, minibus hire with driver, school transport, bus services, courier, freight, patient "
        "transport, passenger transport"
    ),
    "63": ("travel agency, warehousing, storage, removals, parking services, cargo handling, tour operator, logistics"),
    "64": (
        "postal services, courier of letters, parcels, telephone services, broadband, mobile contracts, mail delivery"
    ),
    "65": "water supply, gas distribution, electricity distribution, public utilities, metering",
    "66": "insurance, banking, pensions, loans, financial services, credit union, investment, brokerage",
    "70": (
        "property management, estate agency, letting, rent of rooms, housing management, room hire, office "
        "space, valuation"
    ),
    "71": (
        "architect, architectural design, surveyor, engineering design, quantity surveying, structural "
        "engineer, planning consultancy, building inspection, testing, landscape design, energy assessment, "
        "project management of construction"
    ),
    "72": (
        "website design, web development, software development, it support, hosting, cloud, data services, "
        "cyber security, digital, app development, data analysis, internet services, computer support, it "
        "training platform"
    ),
    "73": (
        "research, evaluation, feasibility study, scientific research, development services, clinical trials, "
        "user research"
    ),
    "75": (
        "public administration, defence services, fire service, social security, police services, grants administration"
    ),
    "76": "oil and gas drilling, offshore services, well services",
    "77": (
        "grounds maintenance, gardening, tree surgery, landscaping, grass cutting, forestry, horticulture, "
        "planting, hedge cutting, weeding"
    ),
    "79": (
        "printing, leaflets, graphic design, marketing, recruitment, agency staff, legal advice, accountancy, "
        "audit, security guards, translation, interpreting, event management, market research, photography, "
        "business consultancy, payroll, packaging, call centre, mailing, social media, public relations, debt "
        "collection, bookkeeping, business advice, surveys"
    ),
    "80": (
        "training, courses, education, tuition, apprenticeships, e-learning, first aid training, English "
        "classes, driving lessons, schools, workshops, coaching, mentoring, skills, vocational training, "
        "adult learning"
    ),
    "85": (
        "home care, social care, counselling, nursing, childcare, supported living, mental health support, "
        "health services, advocacy, domestic abuse, youth work, drug and alcohol treatment, residential care, "
        "befriending, day care, nursery, carers, physiotherapy, dementia, respite, homelessness support, "
        "welfare advice, dentistry, employment support, reablement"
    ),
    "90": (
        "cleaning, office cleaning, window cleaning, waste collection, recycling, refuse, street cleaning, "
        "pest control, sewage, environmental services, gully emptying, clinical waste, deep cleaning, "
        "graffiti removal, litter, asbestos removal, gritting"
    ),
    "92": (
        "museum, theatre, music, arts, sports coaching, leisure centre, library services, entertainment, "
        "film, festivals, artist, dance, video production, heritage, exhibition, swimming pool, recreation, "
        "cultural events, fitness classes"
    ),
    "98": (
        "laundry, hairdressing, funerals, community services, trade unions, membership organisations, dry "
        "cleaning, linen hire, domestic help, beauty, concierge, cemetery, handyman"
    ),
}
