"""An invented agency report as several invented outlets print it, and what only looks like a copy of it."""

from __future__ import annotations

from pathlib import Path

from tests.stories import put, put_sources

REPORT = (
    "PORT MERRAN (Calder Press) - The government of Osterlund said on Monday that it would close the "
    "Halvik tunnel for eleven weeks after engineers found cracks in four of its ventilation shafts.",
    "Transport Minister Ilse Vandermark told reporters in Port Merran that no vehicle heavier than a car "
    "would pass before the shafts had been lined with new concrete.",
    '"Nobody was hurt, and nobody will be, because we are closing it today and not next month," '
    "Vandermark said.",
    "The tunnel carries about 9,400 lorries a day between the harbour and the inland market towns. The "
    "hauliers' association said that the detour over the Brannoch pass takes three hours longer and is "
    "closed to fuel transports after dark.",
    "Opposition leader Pieter Aldous called the decision late. He said that a report on the shafts had "
    "lain in a drawer of the ministry since the spring, a charge that the minister denied.",
    "Repairs are expected to cost 62 million crowns. The operator, Halvik Crossings, will bear half of "
    "that sum under a contract signed when the tunnel opened nineteen years ago.",
    "Ferries across the Merran sound will run every twenty minutes from Wednesday, the harbour authority "
    "said, and fares for lorries will be halved for as long as the closure lasts.",
)
WHOLE = "\n\n".join(REPORT)
CUT = "\n\n".join(REPORT[:3])  # an outlet that had little room
CREDITED = WHOLE.replace("PORT MERRAN (Calder Press) - ", "") + "\n\nCalder Press contributed to this report."
OWN_LEAD = "\n\n".join(
    ("Lorry drivers in our town will need patience: the way to the harbour is barred.", *REPORT[1:])
)
OWN_REPORT = "\n\n".join(
    (
        "Hauliers in the market towns behind Port Merran woke to bad news when the Halvik tunnel shut.",
        '"Nobody was hurt, and nobody will be, because we are closing it today and not next month," the '
        "transport minister said of the cracks that were found in its shafts.",
        "At the depot of Fenwick & Daughters thirty drivers stood in the yard. Their boss, Adela Fenwick, "
        "has counted what the pass will cost her: two hours of wages a journey, and tyres. She does not "
        "blame the minister. She blames the mild winters, which let the water into the rock.",
        "In the harbour the mood is better. The ferries have sold out for the first week.",
    )
)
BACKGROUND = "\n\n".join(
    (
        "Parliament in Osterlund argued until midnight over who had known of the cracks, and since when.",
        "Deputies of four parties asked for an inquiry. A clerk of the ministry told the committee that he "
        "had sent the report on in April and had heard nothing of it since. The chairwoman, Greta Lomond, "
        "wants to hear the engineers on Thursday and the operator on Friday.",
        *REPORT[3:5],
    )
)

# outlet, day, headline and body by the name of the file
PAGES = {
    "wire": ("Calder Press", "2019-03-11", "Osterlund closes Halvik tunnel", WHOLE),
    "post": ("The Varnholm Post", "2019-03-12", "Tunnel shut for eleven weeks", CREDITED),
    "strait": ("Strait Times", "2019-03-12", "Cracks close the Halvik tunnel", CUT),
    "inland": ("Inland Herald", "2019-03-12", "Lorry drivers need patience", OWN_LEAD),
    "market": ("Market Gazette", "2019-03-13", "The yard stands still", OWN_REPORT),
    "review": ("Merran Review", "2019-03-14", "Who knew of the cracks", BACKGROUND),
}


def page(name: str) -> str:
    """The page of an outlet as a dump of it."""
    _, _, headline, body = PAGES[name]
    return f"{headline}\n\n{body}\n"


def put_pages(folder: Path, *names: str) -> Path:
    """Write pages into a folder, with a sources.csv that says where and when they stood."""
    put(folder, **{name: page(name) for name in names})
    rows = (
        f"{name}.txt,{PAGES[name][0]},https://{name}.example/1,{PAGES[name][1]},its site" for name in names
    )
    return put_sources(folder, *rows)
