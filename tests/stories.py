"""Invented articles for tests: every place, person and organisation in them is made up."""

from __future__ import annotations

from pathlib import Path

HARBOUR = """Ferry strike closes the harbour of Varnholm

12 March 2019

Dock workers in Varnholm walked out on Tuesday and closed the harbour of the island's capital for a second day.

"We will not load a single ferry before the company talks to us," said Marta Lindqvist, who leads the Varnholm Dock Workers Union. Lindqvist spoke to reporters at the gate of the old terminal.

The union says that 340 workers have stopped work. The harbour company, Norrsund Ferries, puts their number at fewer than 200 and calls the strike unlawful.

About 1,500 passengers were stranded on both sides of the strait, the coast guard said.
"""  # noqa: E501

HARBOUR_ELSEWHERE = """Second day of ferry strike strands passengers at Varnholm

13 March 2019

Some 1,500 passengers were still waiting on both sides of the strait on Wednesday as the ferry strike in Varnholm went on.

The Varnholm Dock Workers Union wants talks with Norrsund Ferries about night shifts. "We will not load a single ferry before the company talks to us," Marta Lindqvist, its chairwoman, told reporters on Tuesday.

Norrsund Ferries said that the strike was unlawful and that fewer than 200 workers took part. Lindqvist said 340 of them had stopped work.
"""  # noqa: E501

ORCHARD = """Late frost ruins apple blossom in the Tellen valley

2 May 2021

Growers in the Tellen valley expect to lose most of this year's apple crop after three nights of frost.

Jonas Okoro, who farms 40 hectares near Lower Tellen, said that he had lit fires between the rows until dawn. "It was not enough," Okoro said. "The blossom is brown on every second tree."

The Tellen Growers Association asked the regional government for help on Sunday. It puts the damage at 12 million crowns.
"""  # noqa: E501

STORIES = (HARBOUR, HARBOUR_ELSEWHERE, ORCHARD)


def put(folder: Path, **files: str | bytes) -> Path:
    """Write files into a folder (a keyword "a" is the file a.txt) and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def put_sources(folder: Path, *rows: str) -> Path:
    """Write a sources.csv with the columns file, outlet, url, published, known_from."""
    lines = ["file,outlet,url,published,known_from", *rows]
    (folder / "sources.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
