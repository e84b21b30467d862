"""The work of a measurement: a project with N recipients and one broadcast of about 11 KB, personalised, UTF-8."""

import datetime
import pathlib

PARAGRAPH = (
    "Dear {{ recipient.first_name }}, the course at the caf\u00e9 \u201cPause\u201d is open on Tuesday \u2013 book it "
    "before Friday, tell your colleagues at {{ recipient.school }}, and bring your questions about listening to "
    "children, na\u00efve assumptions and good records."
)
PLAIN = (
    "What a child does not say is often heard in how they play, in what they draw, and in whom they avoid. Write it "
    "down on the day, in their own words, and pass it on: the d\u00e9tails matter more than the conclusions."
)
FIRST_NAMES = ("Asha", "Zo\u00eb", "Ren\u00e9e", "Bola", "Chlo\u00e9", "Dev", "Ewa", "Femi")


def settings(transport: str, more: str = "") -> str:
    return f"""[organisation]
name = "Example Safeguarding Children Board"
website = "https://board.example"

[sender]
from = "Example Safeguarding Children Board <news@board.example>"
reply_to = "training@board.example"
message_id_domain = "board.example"
unsubscribe = "mailto:unsubscribe@board.example"

[transport]
{transport}
{more}
"""


def smtp(port: int, connections: int) -> str:
    return f'kind = "smtp"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nconnections = {connections}'


def week(paragraphs: int) -> str:
    today = datetime.date.today()
    body = "\n\n".join(PARAGRAPH if number % 3 == 0 else PLAIN for number in range(paragraphs))
    return f"""[week]
title = "Measured week"
timezone = "Europe/London"
lists = ["everyone"]
subject = "{{{{ broadcast.theme }}}} for {{{{ recipient.first_name }}}}"
lang = "en-GB"

[signature]
name = "Morgan Example"
role = "Training Officer"
organisation = "Example Safeguarding Children Board"
email = "training@board.example"

[[broadcast]]
date = {today.isoformat()}
at = "00:01"
theme = "Training and guidance at the caf\u00e9"
summary = "Where to find the courses of this year."
body = '''
{body}
'''
links = [{{ text = "Course list", url = "https://board.example/courses", note = "Updated monthly" }}]
"""


def people(count: int):
    """The lines of the list: distinct addresses, no two neighbours of one name."""
    yield "Email,Full name,first_name,school\n"
    for number in range(count):
        first = FIRST_NAMES[number % len(FIRST_NAMES)]
        yield f"person{number}@school{number % 977}.example,{first} Example {number},{first},School {number % 977}\n"


def lay_out(folder: pathlib.Path, count: int, paragraphs: int = 10) -> None:
    """Writes the project; weekcast.toml is the caller's."""
    (folder / "broadcasts").mkdir(parents=True, exist_ok=True)
    (folder / "broadcasts" / "measured.toml").write_text(week(paragraphs), encoding="utf-8")
    (folder / "recipients.toml").write_text(
        '[lists.everyone]\ntitle = "Everyone"\nfile = "people.csv"\n'
        'columns = { address = "Email", name = "Full name" }\n',
        encoding="utf-8",
    )
    with open(folder / "people.csv", "w", encoding="utf-8") as out:
        out.writelines(people(count))
