"""Pairs of events that are easily taken for one, each event told twice. Places and people are invented."""

from datetime import date

from archive.text.grouping import Story

STRIKE = (
    Story(
        "strike-1",
        "Harbour workers in Velmouth walk out over pay",
        """Harbour workers in Velmouth stopped work on Monday after talks on pay broke down, the Dockers'
Guild said.
About 2,300 workers joined the walkout and 14 freighters lay idle off the port. The guild wants eight percent
more; the port's operator, Halden Terminals, offers three.
"We are not asking for the moon," said Guild leader Pell Okander.""",
        date(2018, 3, 5),
    ),
    Story(
        "strike-2",
        "Fourteen ships stranded as Velmouth dockers strike",
        """A strike of 2,300 dockers brought the port of Velmouth to a halt on Monday, leaving 14 freighters
waiting outside.
Halden Terminals, which runs the port, called the demand of the Dockers' Guild for eight percent
irresponsible. Pell Okander, who leads the guild, said an offer of three percent was an insult.""",
        date(2018, 3, 5),
    ),
)
SECOND_STRIKE = (
    Story(
        "second-strike-1",
        "Velmouth dockers strike again, this time over night shifts",
        """Dockers in Velmouth laid down tools on Thursday in a dispute about night shifts, their second
strike in three weeks.
The Dockers' Guild said 900 workers of the container berth took part. Halden Terminals said it had moved
six ships to Orsund. Guild leader Pell Okander accused the operator of breaking a promise on rest hours.""",
        date(2018, 3, 22),
    ),
    Story(
        "second-strike-2",
        "Container berth in Velmouth closed by row over night work",
        """The container berth of Velmouth was shut on Thursday when 900 dockers refused night shifts.
Halden Terminals sent six ships to Orsund instead. Rest hours agreed in the winter were ignored, said Pell
Okander of the Dockers' Guild; the operator denied it.""",
        date(2018, 3, 22),
    ),
)
CRASH = (
    Story(
        "crash-1",
        "Eleven killed as commuter plane hits hill near Tarvik",
        """A twin-engine plane of Norrland Air hit a hillside near Tarvik in thick fog on Sunday and all 11
people aboard were killed, police said.
The plane was on its way from Skern to Tarvik. Witnesses heard the engines seconds before the impact, said
police chief Runa Aske. The flight recorder was found.""",
        date(2016, 11, 13),
    ),
    Story(
        "crash-2",
        "No survivors in Norrland Air crash",
        """Eleven people died when a Norrland Air commuter plane flew into a hill in fog on its approach to
Tarvik on Sunday.
Rescuers found the wreck and its flight recorder three kilometres from the runway. The plane had left Skern
an hour earlier, police chief Runa Aske said.""",
        date(2016, 11, 14),
    ),
)
SECOND_CRASH = (
    Story(
        "second-crash-1",
        "Norrland Air plane skids off runway in Skern, four hurt",
        """A Norrland Air plane with 37 people aboard slid off an icy runway in Skern on Friday. Four
passengers were treated for broken bones.
It was the second accident of the airline this month. The aviation board said the pilot had been warned of
ice and would be heard on Monday. Norrland Air cancelled all flights from Skern.""",
        date(2016, 11, 18),
    ),
    Story(
        "second-crash-2",
        "Four injured after Norrland Air jet leaves icy runway",
        """Four people suffered broken bones on Friday when a jet of Norrland Air with 37 aboard left the
icy runway at Skern and stopped in a field.
The airline cancelled its flights from Skern; the aviation board wants to hear the pilot, who knew of the
ice.""",
        date(2016, 11, 18),
    ),
)
VOTE = (
    Story(
        "vote-1",
        "Dalgrove parliament rejects water levy",
        """The parliament of Dalgrove voted down a levy on water on Wednesday by 61 to 48, a defeat for
Finance Minister Ines Corvath.
Eleven members of her own Reform League voted against it. Farmers had driven 400 tractors into the capital.
Corvath said she would not resign.""",
        date(2020, 9, 9),
    ),
    Story(
        "vote-2",
        "Defeat for Corvath as water levy fails by 61 to 48",
        """Finance Minister Ines Corvath lost a vote on her water levy in Dalgrove's parliament on Wednesday,
61 to 48, after eleven deputies of the Reform League deserted her.
Farmers with 400 tractors cheered outside. She ruled out stepping down.""",
        date(2020, 9, 9),
    ),
)
SECOND_VOTE = (
    Story(
        "second-vote-1",
        "Dalgrove parliament passes pension reform by two votes",
        """A pension reform that raises the age of retirement to 66 passed the parliament of Dalgrove on
Wednesday with 55 votes to 53.
Finance Minister Ines Corvath of the Reform League called it a good day for the young. Trade unions
announced protests in ten towns. Last week deputies had rejected her levy on water.""",
        date(2020, 9, 16),
    ),
    Story(
        "second-vote-2",
        "Retirement at 66: Corvath wins narrow majority",
        """By 55 to 53 Dalgrove's deputies on Wednesday agreed to raise the age of retirement to 66.
It is the first success of Finance Minister Ines Corvath since her levy on water failed. Unions want to
take to the streets in ten towns against the pension reform.""",
        date(2020, 9, 16),
    ),
)
FIRE = (
    Story(
        "fire-1",
        "Night fire destroys cotton mill in Ostrel",
        """A fire destroyed a cotton mill in the Ostrel district of Marn early on Saturday, killing nine
workers of the night shift.
The doors to the stairs were locked, a survivor told reporters. Firemen needed seven hours. The owner, Bela
Textiles, said it was shaken.""",
        date(2015, 6, 20),
    ),
    Story(
        "fire-2",
        "Nine workers die behind locked doors in Marn mill",
        """Nine people of the night shift died when a cotton mill of Bela Textiles burnt down in Ostrel, a
district of Marn, on Saturday.
Survivors said that doors to the stairs had been locked. It took firemen seven hours to put out the
flames.""",
        date(2015, 6, 20),
    ),
)
SECOND_FIRE = (
    Story(
        "second-fire-1",
        "Shoe factory burns in Marn, all workers escape",
        """A shoe factory in the north of Marn went up in flames on Saturday afternoon. All 160 workers got
out unhurt.
A spark from a welder's torch set glue alight, the fire brigade said. Smoke drifted over the ring road,
which was closed until the evening.""",
        date(2015, 6, 20),
    ),
    Story(
        "second-fire-2",
        "Ring road shut as glue fire guts shoe factory",
        """Burning glue gutted a shoe factory in the north of Marn on Saturday and black smoke closed the
ring road until evening.
A welder's torch had started the fire, the brigade said; the 160 workers left the building in time.""",
        date(2015, 6, 20),
    ),
)
PAIRS = (
    (STRIKE, SECOND_STRIKE),
    (CRASH, SECOND_CRASH),
    (VOTE, SECOND_VOTE),
    (FIRE, SECOND_FIRE),
)
