"""The councils that readers keep beside those of LLR: the statistical neighbours of its nine districts."""

from typing import Final

from vawg_metrics.areas import Area

# Every English council among the twenty nearest neighbours of any of the nine districts in any of the three
# models (global, demographic, economic) of the ONS statistical nearest neighbours, with the code and name used
# there; the nine themselves are left out. A reader keeps these rows of a file about all of England.
_NAMED: Final = """
E06000001 Hartlepool; E06000002 Middlesbrough; E06000004 Stockton-on-Tees; E06000005 Darlington; E06000007 Warrington;
E06000008 Blackburn with Darwen; E06000009 Blackpool; E06000010 Kingston upon Hull, City of;
E06000011 East Riding of Yorkshire; E06000012 North East Lincolnshire; E06000015 Derby; E06000018 Nottingham;
E06000019 Herefordshire, County of; E06000020 Telford and Wrekin; E06000021 Stoke-on-Trent; E06000024 North Somerset;
E06000030 Swindon; E06000031 Peterborough; E06000032 Luton; E06000034 Thurrock; E06000035 Medway;
E06000036 Bracknell Forest; E06000037 West Berkshire; E06000039 Slough; E06000040 Windsor and Maidenhead;
E06000041 Wokingham; E06000049 Cheshire East; E06000050 Cheshire West and Chester; E06000051 Shropshire;
E06000052 Cornwall; E06000053 Isles of Scilly; E06000054 Wiltshire; E06000055 Bedford; E06000056 Central Bedfordshire;
E06000057 Northumberland; E06000059 Dorset; E06000060 Buckinghamshire; E06000061 North Northamptonshire;
E06000062 West Northamptonshire; E06000063 Cumberland; E06000065 North Yorkshire; E06000066 Somerset;
E07000009 East Cambridgeshire; E07000010 Fenland; E07000011 Huntingdonshire; E07000012 South Cambridgeshire;
E07000032 Amber Valley; E07000034 Chesterfield; E07000035 Derbyshire Dales; E07000036 Erewash; E07000037 High Peak;
E07000038 North East Derbyshire; E07000039 South Derbyshire; E07000040 East Devon; E07000042 Mid Devon;
E07000043 North Devon; E07000044 South Hams; E07000045 Teignbridge; E07000062 Hastings; E07000063 Lewes;
E07000065 Wealden; E07000066 Basildon; E07000067 Braintree; E07000070 Chelmsford; E07000071 Colchester;
E07000073 Harlow; E07000075 Rochford; E07000077 Uttlesford; E07000078 Cheltenham; E07000079 Cotswold;
E07000080 Forest of Dean; E07000081 Gloucester; E07000082 Stroud; E07000083 Tewkesbury;
E07000084 Basingstoke and Deane; E07000085 East Hampshire; E07000086 Eastleigh; E07000087 Fareham; E07000089 Hart;
E07000090 Havant; E07000091 New Forest; E07000092 Rushmoor; E07000093 Test Valley; E07000094 Winchester;
E07000096 Dacorum; E07000098 Hertsmere; E07000099 North Hertfordshire; E07000102 Three Rivers; E07000103 Watford;
E07000105 Ashford; E07000106 Canterbury; E07000107 Dartford; E07000108 Dover; E07000109 Gravesham;
E07000110 Maidstone; E07000111 Sevenoaks; E07000112 Folkestone and Hythe; E07000113 Swale;
E07000115 Tonbridge and Malling; E07000116 Tunbridge Wells; E07000117 Burnley; E07000118 Chorley; E07000119 Fylde;
E07000120 Hyndburn; E07000121 Lancaster; E07000122 Pendle; E07000124 Ribble Valley; E07000125 Rossendale;
E07000127 West Lancashire; E07000128 Wyre; E07000138 Lincoln; E07000139 North Kesteven; E07000140 South Holland;
E07000141 South Kesteven; E07000142 West Lindsey; E07000143 Breckland; E07000145 Great Yarmouth;
E07000146 King's Lynn and West Norfolk; E07000148 Norwich; E07000149 South Norfolk; E07000171 Bassetlaw;
E07000172 Broxtowe; E07000173 Gedling; E07000174 Mansfield; E07000175 Newark and Sherwood; E07000176 Rushcliffe;
E07000177 Cherwell; E07000179 South Oxfordshire; E07000180 Vale of White Horse; E07000181 West Oxfordshire;
E07000192 Cannock Chase; E07000193 East Staffordshire; E07000194 Lichfield; E07000195 Newcastle-under-Lyme;
E07000196 South Staffordshire; E07000197 Stafford; E07000199 Tamworth; E07000200 Babergh; E07000203 Mid Suffolk;
E07000208 Epsom and Ewell; E07000209 Guildford; E07000210 Mole Valley; E07000211 Reigate and Banstead;
E07000213 Spelthorne; E07000214 Surrey Heath; E07000215 Tandridge; E07000216 Waverley; E07000217 Woking;
E07000218 North Warwickshire; E07000219 Nuneaton and Bedworth; E07000220 Rugby; E07000221 Stratford-on-Avon;
E07000222 Warwick; E07000223 Adur; E07000224 Arun; E07000225 Chichester; E07000226 Crawley; E07000227 Horsham;
E07000228 Mid Sussex; E07000229 Worthing; E07000234 Bromsgrove; E07000235 Malvern Hills; E07000238 Wychavon;
E07000239 Wyre Forest; E07000241 Welwyn Hatfield; E07000242 East Hertfordshire; E07000244 East Suffolk;
E07000245 West Suffolk; E08000001 Bolton; E08000002 Bury; E08000004 Oldham; E08000005 Rochdale; E08000006 Salford;
E08000007 Stockport; E08000008 Tameside; E08000009 Trafford; E08000012 Liverpool; E08000013 St. Helens;
E08000014 Sefton; E08000015 Wirral; E08000022 North Tyneside; E08000023 South Tyneside; E08000025 Birmingham;
E08000026 Coventry; E08000027 Dudley; E08000028 Sandwell; E08000029 Solihull; E08000030 Walsall;
E08000031 Wolverhampton; E08000032 Bradford; E08000033 Calderdale; E08000034 Kirklees; E08000036 Wakefield;
E08000037 Gateshead; E08000038 Barnsley; E08000039 Sheffield; E09000002 Barking and Dagenham; E09000003 Barnet;
E09000004 Bexley; E09000005 Brent; E09000008 Croydon; E09000009 Ealing; E09000011 Greenwich; E09000015 Harrow;
E09000016 Havering; E09000017 Hillingdon; E09000018 Hounslow; E09000025 Newham; E09000026 Redbridge;
E09000030 Tower Hamlets; E09000031 Waltham Forest
"""

NEIGHBOURS: Final = tuple(Area(entry[:9], entry[10:], "authority") for entry in " ".join(_NAMED.split()).split("; "))

# Two neighbours that were given a new code in 2025 with hardly any change of area: one council, one line.
_RECODED: Final = {"E08000016": "E08000038", "E08000019": "E08000039"}


def code_now(code: str) -> str:
    """The code that a council has now, where only its code has changed."""
    return _RECODED.get(code, code)
