"""Place names that ledgers hang on the end of a payee: cities, larger towns, counties and regions.

Only single words of the United Kingdom, lower case. The list is general knowledge; a missing town costs a little
certainty, never a wrong link.
"""

from typing import Final

PLACE_WORDS: Final = frozenset(
    """
    aberdeen abingdon accrington alton altrincham amersham andover anglesey arundel ascot ashford ashton aylesbury
    banbury bangor barking barnes barnet barnsley barnstaple barrow basildon basingstoke bassetlaw bath batley
    battersea beaconsfield bebington beccles beckenham bedford bedfordshire bedworth belfast belper berkhamsted
    berkshire bermondsey berwick beverley bexhill bexley bicester bideford biggleswade billericay bilston birkenhead
    birmingham blackburn blackpool blandford bletchley blyth bodmin bognor bolton bootle borders boston bournemouth
    brackley bracknell bradford braintree brent brentford brentwood bridgend bridgnorth bridgwater bridlington
    brighouse brighton bristol brixham brixton broadstairs bromley bromsgrove bude budleigh burgess burnham burnley
    burton bury buxton caerphilly calderdale camberley camborne cambridge cambridgeshire camden cannock canterbury
    cardiff carlisle carmarthen carshalton castleford caterham chard chatham cheadle cheam chelmsford chelsea
    cheltenham chertsey chesham cheshire cheshunt chester chesterfield chichester chingford chippenham chiswick
    chorley christchurch cirencester clacton clapham cleethorpes clevedon cleveland clitheroe clwyd coalville
    colchester congleton consett corby cornwall coventry cowes cranleigh crawley crediton crewe cromer crowborough
    croydon cullompton cumbria cwmbran dagenham darlington dartford darwen daventry dawlish deal derby derbyshire
    dereham devizes devon dewsbury didcot diss doncaster dorchester dorking dorset dover downham droitwich dronfield
    dudley dundee dunstable durham ealing eastbourne eastleigh edgware edinburgh edmonton egham ellesmere ely
    enfield epping epsom erith essex evesham exeter exmouth falmouth fareham farnborough farnham faversham
    felixstowe feltham finchley fleet fleetwood folkestone frimley frome fulham fylde gainsborough gateshead
    gillingham glasgow glastonbury glossop gloucester gloucestershire godalming goole gosport grantham gravesend
    grays grimsby guildford gwent gwynedd hackney hailsham halesowen halesworth halifax halstead halton hammersmith
    hampshire hampstead haringey harlesden harlow harpenden harringay harrogate harrow hartlepool harwich haslemere
    hastings hatfield havant haverhill havering hayes hayle hayling haywards heathfield helston hemel hendon henley
    hereford herefordshire hertford hertfordshire hexham heywood hillingdon hinckley hitchin hoddesdon holborn
    holloway honiton horley hornchurch horsham hounslow hove hoylake huddersfield hull humber humberside hungerford
    huntingdon hyde ilford ilfracombe ilkeston ilkley ipswich islington jarrow keighley kempston kendal kenilworth
    kensington kent keswick kettering kidderminster kilburn kingsbridge kingston kingswood kirkby kirklees
    knaresborough knowsley knutsford lambeth lancashire lancaster launceston leamington leatherhead leeds leek
    leicester leicestershire leigh leighton leominster letchworth lewes lewisham leyland leyton lichfield lincoln
    lincolnshire liskeard littleborough littlehampton liverpool llandudno llanelli london loughborough louth
    lowestoft ludlow luton lyme lymington lytham macclesfield maidenhead maidstone maldon malmesbury malton malvern
    manchester mansfield march margate marlborough marlow maryport matlock medway melksham melton mersey merseyside
    merthyr merton middlesbrough middlesex middleton midhurst midlands milton minehead mirfield mitcham morden
    morecambe morley morpeth nantwich nelson newark newbury newcastle newham newhaven newmarket newport newquay
    newton norfolk northallerton northampton northamptonshire northumberland northumbria northwich norwich
    nottingham nottinghamshire nuneaton oakham okehampton oldbury oldham ormskirk orpington oswestry otley oxford
    oxfordshire oxted paddington paignton peckham penrith penzance perranporth peterborough peterlee petersfield
    pinner plymouth plympton plymstock pontefract poole portishead portsmouth potters prescot preston prestwich
    pudsey purley putney ramsgate rawtenstall rayleigh reading redbridge redcar redditch redhill redruth reigate
    retford rhyl rickmansworth ripley ripon rochdale rochester rochford romford romsey rossendale rotherham royston
    rugby rugeley ruislip runcorn rushden rutland ryde rye ryton salcombe sale salford salisbury saltash sandbach
    sandhurst sandwell sandwich scarborough scotland scunthorpe seaford seaham seaton sefton selby sevenoaks
    sheffield shepton sherborne sheringham shipley shoreham shrewsbury shropshire sidcup sidmouth sittingbourne
    skegness skelmersdale skipton sleaford slough smethwick solihull somerset southall southampton southend
    southport southsea southwark southwold spalding spennymoor stafford staffordshire staines stalybridge stamford
    stanley stanmore stevenage stockport stockton stoke stourbridge stowmarket stratford streatham stretford stroud
    sudbury suffolk sunderland surbiton surrey sussex sutton swaffham swale swanage swansea swindon tameside
    tamworth taunton tavistock teddington tees teesside teignmouth telford tewkesbury thame thames thanet thatcham
    thetford thirsk thornaby thurrock tilbury tiverton todmorden tonbridge tooting torbay torpoint torquay totnes
    tottenham tower trafford trowbridge truro tunbridge twickenham tyneside uckfield ulverston upminster uxbridge
    ventnor wadebridge wakefield wales walkden wallasey wallingford wallington wallsend walsall waltham walthamstow
    walton wandsworth wantage ware wareham warminster warrington warwick warwickshire washington watford wednesbury
    wellingborough wellington wells welwyn wembley westbury westminster weston wetherby weybridge weymouth whickham
    whitby whitehaven whitley whitstable widnes wigan wigston willenhall wilmslow wiltshire wimbledon wimborne
    winchester windsor winsford winslow wirral wisbech witham withernsea witney woking wokingham wolverhampton
    woodbridge woodford woolwich worcester worcestershire workington worksop worthing wrexham wycombe wymondham yarm
    yarmouth yateley yeovil york yorkshire
    """.split()  # noqa: SIM905 - six hundred quoted words would hide the words
)
