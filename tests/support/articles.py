"""Invented articles: incidents, people and most places in them do not exist."""

MARKET = """Nine killed in Port Elva market bombing

At least nine people were killed and 24 others wounded when a car bomb exploded in a crowded \
market \
in Port Elva on Tuesday morning, police said.

The blast destroyed a dozen stalls and damaged a nearby mosque. "We heard a huge noise and then \
saw \
bodies on the ground," said Hodan Warsame, a shopkeeper.

Police spokesman Idris Farole told Radio Marsa that two suspects had been arrested near the bus \
station. He added that the death toll could rise.

In a separate incident, gunmen shot dead a district official in Bar Gudud village on Monday \
night, \
residents said.
"""
FOILED = """Security forces foil attack on Kesra power plant

The army foiled a plan to attack a power plant near Kesra on Sunday, the interior ministry said \
in a \
statement.

"The cell was preparing to strike within days," Interior Minister Samir Haddoud said. He denied \
that \
the suspects belonged to the police.

Attacks on energy installations have become more frequent this year. Analysts say that armed \
groups \
want to weaken the government ahead of the vote.
"""
PLANNED = """Army to launch major offensive in Vardan valley: general

The army will launch a major offensive against the Red Hills Front in the Vardan valley next \
week, \
General Tomas Berek said on Thursday.

He claimed that the rebels had lost more than 60 percent of their fighters since March.

The Red Hills Front captured the town of Orsk in 2019 after months of fighting.
"""
CLASH = """Rebels seize border town after heavy clashes

Fighters of the Azure Coast Army captured the border town of Tel Amun on Wednesday after heavy \
clashes with government troops, both sides said. The death toll is not known.

The rebels entered the town at dawn, a resident told the Coastal Herald by phone.

Earlier on Wednesday, warplanes bombed rebel positions near Tel Amun, killing six fighters, a \
military source said.

The conflict has killed more than 4,000 people since it began in 2018, according to the Conflict \
Observatory.
"""
BUDGET = """Finance minister presents budget

Finance Minister Lara Quint presented the budget to parliament on Monday. The government wants to \
cut spending by 4 percent next year.

"This is a fight against inflation," she said. Opposition leader Piet Maas attacked the plan as \
unfair and said his party would vote against it.
"""
HEARSAY = """Unidentified gunmen kidnapped seven farmers in Kharif province late on Friday, the \
Daily \
Horizon reported, citing a security official.

The men were probably taken to the mountains, according to residents. It was not clear who was \
behind the attack.
"""
SHELLING = """Three civilians, including a child, were killed on 4 May when artillery shells \
hit a \
residential area in Donvar, regional governor Ilya Marek said.

The army accused separatists of shelling the town. The separatists denied the accusation and said \
that government forces had fired the rockets.

Separately, two soldiers died when their vehicle struck a landmine near the village of Stepova on \
the same day. Five others were wounded.
"""
AREA = """Army takes 2,500 kilometers of Dorvan from Salt Road Movement

The army cleared about 2,300 square kilometers of Dorvan province of fighters of the Salt Road \
Movement on Monday. Soldiers captured 40 fighters and destroyed 12 tunnels.
"""
REPELLED = """Night assault on highway posts fails

Fighters of the Salt Road Movement attacked army posts near the Melka highway on Monday, a \
brigade commander said. Soldiers repelled the attack and the raiders fled into the dunes. The \
toll is not known.
"""
OPERATION = """Army sweeps Velmar in second phase of Iron Dawn

Three brigades of the ANF cleared about 2,900 square kilometers of Velmar province of Black Reed \
fighters last Monday, the general staff said.

Soldiers captured over sixty fighters and destroyed 14 tunnels. As the sweep went on, 52 villages \
were searched and 17 hideouts were destroyed. Three soldiers were killed and eight others were \
wounded.

The operation began with an air raid on Black Reed positions between Kesh and Lodar.
"""
LOSING = """Raiders short of fuel and men: army spokesman

Red Veil has lost more than 70 percent of its vehicles, Colonel Yusuf Dahir said. Speaking to \
Marlan state television on Wednesday, Dahir said the troops had been resupplied.

Troops will attack the Red Veil in Hadra district within weeks, the colonel said.
"""
CHECKPOINT = """KARSA (Coast Agency) — Gunmen killed by soldiers at a checkpoint

KARSA (Coast Agency) — Three gunmen were killed by soldiers on Tuesday at a checkpoint between \
Lomo and Karsa Bay, the army said.

One soldier was wounded in the exchange of fire. A car bomb killed four civilians in Karsa in \
March.
"""
TALLY = """Home Guard reports 31 casualties among Grey Hand

A raid by the Home Guard (HG) in the Telmin region on Friday killed nine Grey Hand fighters and \
wounded 22 others, a district official said.

According to the HG, its patrols lost nobody in the raid.

The Grey Hand has attacked villages between Odra and the coast since March 2014.
"""
MARSH = """Forty fighters killed in reed beds near Tarsin

Soldiers and Village Guards killed forty fighters of the Crimson Banner in reed beds south of \
Tarsin on Sunday, a security source told the Valley Courier.

Border troops repelled a Crimson Banner attack near Umm Dahl on Sunday morning, killing five \
militants, a military source said.
"""
POST = """Gunmen attack police post in Nandu, four dead

NANDU, May 3 (River Press) - Gunmen on motorcycles attacked a police post in Nandu town in the \
early hours of Thursday, killing three officers and a civilian, the regional governor said.

Police returned fire and two of the attackers were killed, Governor Salif Barro told Radio \
Tamou. Six people were wounded.

No group has claimed responsibility. Similar attacks have been blamed on the Sand Lions, which \
has operated in the area since 2015.

Last month, 14 soldiers were killed in an ambush near Tillo.
"""
RALLY = """Thousands rally in Larkov against fuel price rise

About 5,000 people marched through central Larkov on Saturday to protest a rise in fuel \
prices. Police fired tear gas to disperse the crowd, and at least 12 protesters were injured, \
the Larkov Medical Union said.

The interior ministry said 37 people had been arrested for throwing stones at officers.

"We will be back next week," said student leader Mira Dossova.
"""
OUTPOST = """Border guards repulse raid by smugglers' militia

Border guards repulsed an attack by the Kharan Brigade on an outpost near Dest-e Malu on \
Friday night, a spokesman for the guards said. Eleven fighters were killed and the rest fled \
across the border. No guards were hurt.

It was the third attack on the outpost this year.

The Kharan Brigade denied that it had lost any men and said its fighters had destroyed two \
vehicles.
"""
DRONE = """Drone strike kills commander between Assar and Umm Rabi

A drone strike killed a senior commander of the Northern Shield and two of his bodyguards on a \
road between Assar and Umm Rabi late on Tuesday, residents and a security official said.

The military declined to comment. The number of casualties among civilians is not clear.

On Wednesday, the Northern Shield vowed to retaliate. "The terrorists will pay," Defence \
Minister Omar Tlass said in response.
"""
ALL = {
    "market": MARKET,
    "foiled": FOILED,
    "planned": PLANNED,
    "clash": CLASH,
    "budget": BUDGET,
    "hearsay": HEARSAY,
    "shelling": SHELLING,
    "area": AREA,
    "repelled": REPELLED,
    "operation": OPERATION,
    "losing": LOSING,
    "checkpoint": CHECKPOINT,
    "tally": TALLY,
    "marsh": MARSH,
    "post": POST,
    "rally": RALLY,
    "outpost": OUTPOST,
    "drone": DRONE,
}
