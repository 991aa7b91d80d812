"""What the trades of each CPV division deal in, in words of our own: lessons for notices, one a line.

Published notices teach the common divisions well and the rare ones hardly at all; these lines speak for the rare ones.
"""

TRADE_WORDS: dict[str, tuple[str, ...]] = {
    "03": (
        "wheat, barley, oats, potatoes, salad, fresh fruit and vegetables, hay, straw, plants and shrubs, nursery "
        "stock",
        "cattle, sheep, pigs, poultry, horses, fresh eggs, raw milk, live animals",
        "logs, timber, sawn wood, saplings, tree planting stock, whips, Christmas trees",
        "fresh fish, shellfish, salmon, fish stock for rivers",
    ),
    "09": (
        "diesel, gas oil, unleaded petrol, kerosene, heating oil, lubricants, fuel cards, liquid fuels, bunker fuel",
        "supply of electricity, half hourly electricity supply, renewable electricity, energy supply, power purchase",
        "supply of natural gas, LPG, propane, bottled gas, biogas",
        "wood chip, wood pellets, coal, solid fuel, solar photovoltaic panels, solar power, steam and heat",
    ),
    "14": (
        "crushed rock, limestone, gravel, sand, aggregates, rock salt, road salt, de-icing salt, grit, clay, chalk",
        "iron, steel, copper, aluminium, scrap metal, precious metals",
    ),
    "15": (
        "meat and poultry, bacon, sausages, frozen fish, processed vegetables, canned food",
        "milk, cheese, butter, yoghurt, dairy products, ice cream",
        "bread, cakes, sandwiches, biscuits, flour, breakfast cereals, baby food, infant formula",
        "groceries and provisions, frozen food, ambient food, ready meals, soft drinks, bottled water, beer, wine, "
        "tea, coffee, confectionery",
    ),
    "16": (
        "tractors, ride-on mowers, gang mowers, strimmers, hedge trimmers, chainsaws, chippers, ploughs, seed drills",
    ),
    "18": (
        "uniforms, corporate clothing, workwear, high visibility jackets, personal protective clothing, helmets",
        "shoes, safety boots, gloves, scrubs, aprons, school uniform, body worn garments, bags, luggage, rucksacks",
        "jewellery, medals, watches, badges",
    ),
    "19": ("fabric, cloth, cotton, wool, yarn, leather, rubber, plastic sheeting, polythene bags, bin liners, sacks",),
    "22": (
        "books, library stock, textbooks, e-books, newspapers, periodicals, journals, magazines, maps, subscriptions",
        "printed forms, envelopes, ballot papers, cheques, banknotes, passports, stamps, tickets, postcards, labels",
    ),
    "24": (
        "industrial gases, oxygen, nitrogen, acids, salts, dyes, fertiliser, pesticides, herbicides, weedkiller",
        "water treatment chemicals, chlorine, coagulant, polymers, antifreeze, adhesives, explosives, plastics",
    ),
    "30": (
        "laptops, desktop computers, tablets, servers, storage arrays, monitors, keyboards, printers, scanners, "
        "computer hardware, computer peripherals, toner, ink cartridges",
        "photocopiers, multifunctional devices, office machines, shredders, franking machines, calculators, "
        "stationery, paper, office supplies, pens, folders, smart cards, card readers",
    ),
    "31": (
        "electric motors, generators, transformers, uninterruptible power supplies, switchgear, distribution "
        "boards, cables, wiring, batteries, power factor equipment",
        "street lighting columns, lanterns, LED lamps, luminaires, festive lights, emergency lighting, illuminated "
        "signs, electric vehicle charging points",
        "alarm systems, sirens, traffic signals equipment, electrical components",
    ),
    "32": (
        "two-way radios, radio equipment, airwave terminals, transmitters, antennas, televisions, projectors, "
        "interactive screens, audio visual equipment, microphones, video conferencing equipment",
        "telephones, handsets, mobile phones, switchboards, routers, network switches, wireless network equipment, "
        "local area network, structured cabling, fibre optic cable, recording equipment",
    ),
    "33": (
        "medical devices, imaging equipment, x-ray, MRI and CT scanners, ultrasound, defibrillators, ventilators, "
        "monitors for patients, endoscopes, surgical instruments, dialysis equipment, theatre tables, hospital "
        "beds",
        "medicines, vaccines, drugs, pharmaceuticals, insulin, blood products, medical gases, contrast media",
        "dressings, catheters, syringes, needles, examination gloves, masks, incontinence pads, continence "
        "products, stoma, orthotics, prostheses, hearing aids, wheelchairs, mobility aids, community equipment, "
        "telecare alarms",
        "test kits, reagents, diagnostics, blood glucose, dental consumables, first aid kits, toiletries, nappies, "
        "condoms, body bags, mortuary equipment",
    ),
    "34": (
        "cars, vans, minibuses, buses, coaches, lorries, tippers, refuse collection vehicles, road sweepers, "
        "ambulances, police vehicles, fire appliances, vehicle leasing, electric vehicles, motorcycles",
        "tyres, vehicle parts, spare parts for vehicles, bodywork, chassis, trailers, engines",
        "trains, locomotives, rolling stock, boats, ships, vessels, aircraft, helicopters, drones, bicycles",
        "road signs, traffic lights, parking meters, pay and display machines, bollards, crash barriers, traffic cones",
    ),
    "35": (
        "fire extinguishers, hoses, breathing apparatus, rescue tools, fire fighting equipment, lifeboats, life "
        "jackets",
        "surveillance systems, body worn video, access control, intruder alarms, security scanners, x-ray baggage "
        "screening, number plate recognition, bomb disposal",
        "body armour, stab vests, batons, handcuffs, firearms, ammunition, missiles, armoured vehicles, warships, "
        "electronic warfare, radar for defence, parachutes, military aircraft",
    ),
    "37": (
        "musical instruments, pianos, gym equipment, sports goods, footballs, treadmills, playground equipment, "
        "play areas, skate parks, multi use games area, toys, games, arts and crafts, amusement rides",
    ),
    "38": (
        "laboratory instruments, microscopes, spectrometers, chromatographs, mass spectrometry, incubators, "
        "centrifuges, analysers, detectors, radiation monitors, oscilloscopes, sensors",
        "smart meters, water meters, gas meters, thermometers, scales, weather stations, satellite navigation, "
        "binoculars, cameras, lenses, speed cameras, survey instruments, air quality monitors",
    ),
    "39": (
        "desks, office chairs, tables, school furniture, beds, mattresses, sofas, wardrobes, shelving, lockers, "
        "library furniture, stage curtains, seating",
        "curtains, blinds, carpets, vinyl, towels, sheets, bedding, linen, crockery, cutlery, fabrics for furnishing",
        "catering equipment, dishwashers, ovens, fridges, washing machines, white goods, cleaning materials, "
        "janitorial supplies, soap, detergent, paper towels, toilet rolls, mops",
    ),
    "41": ("drinking water, raw water, purified water, water coolers supply",),
    "42": (
        "pumps, valves, compressors, turbines, boilers, heat exchangers, burners, engines, bearings, gears",
        "lifts, hoists, cranes, fork lift trucks, conveyors, escalators, stair lifts, patient hoists, lifting gear",
        "ventilation units, chillers, refrigeration, filters, heat pumps, air conditioning units, industrial "
        "ovens, furnaces",
        "machine tools, lathes, laser cutters, 3D printers, packaging machines, compactors, balers, laundry "
        "machines, water treatment plant",
    ),
    "43": (
        "diggers, excavators, dumpers, road rollers, drilling rigs, tunnelling machines, plant hire, mobile "
        "cranes, asphalt plant, tracked machines",
    ),
    "44": (
        "bricks, blocks, cement, concrete, asphalt, bitumen, paving slabs, kerbs, roof tiles, plasterboard, "
        "timber, insulation, paint, building supplies, builders merchant",
        "doors, fire doors, windows, kitchens, kitchen units, radiators, bathroom fittings, fencing, gates, "
        "railings, scaffolding, modular buildings, portable cabins, greenhouses, bus shelters",
        "pipes, manholes, drain covers, tanks, tools, hand tools, locks, keys, screws, ironmongery, wheeled bins, "
        "containers, cables, ladders, plumbing materials, electrical materials, springs",
    ),
    "45": (
        "construction of houses, new homes, new build dwellings, school extension, hospital building, sports hall, "
        "office fit out, alterations, refurbishment, conversion, main contractor, design and build",
        "demolition, site clearance, groundworks, excavation, piling, remediation of land, earthworks",
        "resurfacing, highways works, road construction, footways, bridges, cycle lanes, drainage, sewers, "
        "pipelines, flood defence, sea wall, coastal works, river works, car park construction, public realm works",
        "roof replacement, re-roofing, windows and doors replacement, kitchens and bathrooms replacement, external "
        "wall insulation, retrofit, decarbonisation works, rewiring, heating replacement, boiler replacement, lift "
        "installation, fire safety works, cladding, painting, plastering, flooring works, disabled adaptations",
    ),
    "48": (
        "software licences, case management system, finance system, human resources system, housing management "
        "system, electronic patient record, document management system, library management system, booking system",
        "enterprise resource planning, customer relationship management, database software, antivirus, "
        "geographical information system, scheduling software, learning platform, off the shelf package, "
        "application suite",
    ),
    "50": (
        "servicing and maintenance of lifts, boilers, fire alarms, air conditioning, emergency lighting, plant, "
        "pumps, reactive repairs, planned preventative maintenance, maintenance contract, mechanical and "
        "electrical maintenance",
        "vehicle repair, vehicle maintenance, fleet maintenance, tyre fitting, body repairs, MOT testing, aircraft "
        "maintenance, ship repair, train refurbishment",
        "repair of medical equipment, calibration, computer maintenance, hardware support, printer maintenance, "
        "traffic signal maintenance, street lighting maintenance, playground repairs, weapons maintenance",
    ),
    "51": (
        "supply and install, installation of equipment, fitting of alarms, installing meters, installing cameras, "
        "installation of medical equipment, installation of communications equipment",
    ),
    "55": (
        "school catering, staff restaurant, cafe concession, meals on wheels, vending services, hospitality, "
        "canteen, catering services, conference venue, hotel rooms, holiday centres, bar operation, temporary "
        "accommodation in hotels",
    ),
    "60": (
        "local bus services, tendered bus routes, home to school transport, taxi contracts, special needs "
        "transport, dial a ride, community transport, coach hire, minibus with driver, private hire vehicles, "
        "school bus route",
        "non-emergency patient transport, courier, haulage, freight, road haulage, rail services, ferry services, "
        "air charter, helicopter services, van hire with driver, prisoner transport",
    ),
    "63": (
        "business travel, travel management, travel booking, flights and accommodation, storage and warehousing, "
        "handling, archive storage, removals, logistics, freight forwarding, parking enforcement, car park "
        "management, toll collection, air traffic control, port services, vehicle recovery, salvage",
    ),
    "64": (
        "mail collection and delivery, postal services, hybrid mail, parcels, courier of letters, mobile "
        "telephony, telephone lines, broadband, wide area network, voice services, satellite services, paging",
    ),
    "65": ("water supply and waste water retail, gas and electricity distribution, meter reading, public utilities",),
    "66": (
        "insurance, motor insurance, liability insurance, insurance brokerage, claims handling, actuarial services",
        "banking, merchant acquiring, card payments, treasury advice, pension administration, fund management, "
        "investment management, cash collection, leasing finance, pensions, credit",
    ),
    "70": (
        "property management, lettings, estate agent, sale of land, valuation, rent collection, lease of offices, "
        "accommodation with rent, housing association management, development partner, disposal of site",
    ),
    "71": (
        "architects, quantity surveyor, structural engineer, civil engineering consultancy, building services "
        "engineer, clerk of works, principal designer, employer's agent, design team, masterplan, landscape "
        "architect",
        "site investigation, ground investigation, topographical survey, condition survey, asbestos survey, "
        "ecological survey, flood modelling, feasibility of works, transport planning, highways design, planning "
        "consultancy",
        "testing of water, laboratory testing, technical inspection, fire risk assessment, energy performance "
        "certificates, electrical inspection and testing, legionella, geological survey, technical assistance",
    ),
    "72": (
        "software development, website design and hosting, digital delivery team, user centred design, cloud "
        "hosting, software as a service, data centre, data analytics, data migration, systems integration, "
        "technical support",
        "service desk, managed services, cyber security testing, penetration test, network management, IT "
        "consultancy, agile delivery, application support, digital transformation, developers, technical "
        "architects, DevOps",
        "web content, data entry, data supply, database services, internet services, domain names, backup",
    ),
    "73": (
        "research study, evaluation of programme, evidence review, literature review, social research, clinical "
        "trial, experimental development, innovation competition, feasibility research, technology development, "
        "longitudinal study, modelling, defence research, prototype",
    ),
    "75": (
        "public administration, welfare rights administration, benefits administration, job centre services, "
        "policy support to government, foreign aid, defence services, police services, fire and rescue services, "
        "electoral services, custody, court services, grant administration, immigration removal, prisons",
    ),
    "76": (
        "offshore platform services, drilling services, well logging, decommissioning of wells, pipeline inspection",
    ),
    "77": (
        "grounds maintenance, grass cutting, arboriculture, tree works, tree planting services, weed control, "
        "landscape maintenance, sports pitch maintenance, woodland management, timber harvesting, animal breeding, "
        "fisheries, farming services, habitat restoration, park upkeep, hedge cutting",
    ),
    "79": (
        "legal services, solicitors, counsel, barristers, conveyancing, audit, internal audit, accountancy, tax "
        "advice, bookkeeping, debt recovery, bailiffs, payroll",
        "recruitment, temporary staff, agency workers, executive search, interim management, supply teachers, "
        "locum doctors, personnel services, outplacement",
        "management consultancy, business support programme, project management support, strategy, market "
        "research, opinion polls, survey fieldwork, consultation, economic development advice",
        "advertising, campaign, marketing, communications agency, public relations, media buying, branding, "
        "graphic design, printing, mailing, exhibitions, events, conference organisation, translation, "
        "interpreting, transcription, telephone answering",
        "security guards, manned guarding, investigation, CCTV monitoring, cash in transit, key holding, "
        "photography, packaging, library indexing, document scanning",
    ),
    "80": (
        "training courses, apprenticeship training, leadership development, e-learning, first aid courses, driver "
        "training, qualifications, skills bootcamp, teacher training, language teaching, adult education, coaching",
        "schools, alternative provision, nursery education, special school places, higher education, tutoring, "
        "examinations, youth education, careers education, fire fighter training, safety training",
    ),
    "85": (
        "domiciliary care, home care, care homes, residential care, nursing homes, supported living, extra care, "
        "day opportunities, respite, direct payments support, carers support, learning disability, reablement",
        "children's homes, fostering, adoption, family support, children's centre, short breaks, youth work, young "
        "people leaving care, domestic abuse refuge, advocacy, mediation, victim support, homelessness, floating "
        "support",
        "substance misuse treatment, sexual health, school nursing, health visiting, smoking cessation, weight "
        "management, health checks, mental health service, counselling, talking therapies, wellbeing service",
        "hospital services, GP services, out of hours, urgent care, dental services, ophthalmology, physiotherapy, "
        "diagnostics service, pathology service, ambulance service, pharmacy service, occupational health, "
        "midwifery, veterinary, employment and social inclusion, healthcare in prisons, community health, end of "
        "life",
    ),
    "90": (
        "refuse collection, recycling collection, treatment of waste, composting, landfill, skip hire, clinical "
        "waste, hazardous waste, energy from waste, disposal of waste, household waste recycling centre",
        "office cleaning, building cleaning, window cleaning, street cleansing, graffiti removal, gully cleansing, "
        "sewer cleaning, septic tanks, sewage treatment, pest control, snow clearance, gritting service",
        "environmental consultancy, ecological monitoring, pollution control, noise, air quality, contaminated "
        "land, environmental impact assessment, sustainability, asbestos removal, disinfecting",
    ),
    "92": (
        "museum services, galleries, library services, archives, theatre, festival, arts commission, artist, film "
        "production, video, broadcasting, news agency, leisure centre operation, sports development, swimming "
        "pools, gambling, lottery, fireworks, entertainment, performances, beach, conservation of heritage, "
        "leisure management",
    ),
    "98": (
        "membership bodies, trade unions, youth associations, religious services, community groups, voluntary "
        "sector infrastructure, hairdressing, beauty, laundry, linen hire, dry cleaning, funerals, cremation, "
        "cemetery, cloakroom, domestic services, concierge, caretakers, accommodation services, miscellaneous "
        "services",
    ),
}
