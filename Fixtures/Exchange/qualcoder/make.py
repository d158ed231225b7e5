"""Makes Allotment.qda (the columns of 2024's QualCoder) and early.qda (those of its first versions).

The tables and columns are QualCoder's, the study is invented. Positions are those that Python's own
slices have, as in QualCoder; the ones of 'Fiona.txt' are UTF-16 units, which its text widget counts.
"""
import os, sqlite3

HERE = os.path.dirname(os.path.abspath(__file__))
FULL = """
project(databaseversion text, date text, memo text, about text, bookmarkfile integer, bookmarkpos integer, codername text, recently_used_codes text)
source(id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text, av_text_id integer, risid integer, unique(name))
code_image(imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer, cid integer, memo text, date text, owner text, important integer, pdf_page integer)
code_av(avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text, date text, owner text, important integer)
annotation(anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text, date text)
attribute_type(name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text)
attribute(attrid integer primary key, name text, attr_type text, value text, id integer, date text, owner text)
case_text(id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text, memo text)
cases(caseid integer primary key, name text, memo text, owner text, date text)
code_cat(catid integer primary key, name text, owner text, date text, memo text, supercatid integer)
code_text(ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text, avid integer, important integer)
code_name(cid integer primary key, name text, memo text, catid integer, owner text, date text, color text)
journal(jid integer primary key, name text, jentry text, date text, owner text)
stored_sql(title text, description text, grouper text, ssql text)
"""
EARLY = """
project(databaseversion text, date text, memo text, about text)
source(id integer primary key, name text, fulltext text, mediapath text, memo text, owner text, date text)
cases(caseid integer primary key, name text, memo text, owner text, date text)
case_text(id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text, date text)
code_cat(catid integer primary key, name text, owner text, date text, memo text, supercatid integer)
code_text(cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text, memo text, ctid integer primary key)
code_name(cid integer primary key, name text, memo text, catid integer, owner text, date text, color text)
journal(jid integer primary key, name text, jentry text, date text, owner text)
"""


def fresh(path, tables):
    if os.path.exists(path):
        os.remove(path)
    con = sqlite3.connect(path)
    con.execute("pragma page_size = 512")
    con.execute("vacuum")
    for line in tables.strip().splitlines():
        con.execute("create table " + line)
    return con


def row(con, table, **values):
    con.execute("insert into %s (%s) values (%s)" % (
        table, ", ".join(values), ", ".join("?" * len(values))), list(values.values()))


DAY = "2024-05-01 10:%02d:00"
os.makedirs(os.path.join(HERE, "Allotment.qda"), exist_ok=True)
con = fresh(os.path.join(HERE, "Allotment.qda", "data.qda"), FULL)
row(con, "project", databaseversion="v11", date=DAY % 0, memo="Who stays on the plots?", about="QualCoder", codername="Mairi Bain")

ISLA = "I: Why stay?\r\nIsla: The soil 🥕 is mine.\r\nI: And the shed?\r\nIsla: Folk sing there 🎶 – aye.\r\n"
FIONA = "Fiona: 😀😀 Seeds came late.\nThe council never rang."
row(con, "source", id=1, name="Isla.txt", fulltext=ISLA, memo="by the gate", owner="Mairi Bain", date=DAY % 1)
row(con, "source", id=2, name="Fiona.txt", fulltext=FIONA, owner="Mairi Bain", date=DAY % 2, memo="")
row(con, "source", id=3, name="plan.png", mediapath="/images/plan.png", owner="Mairi Bain", date=DAY % 3, memo="")
row(con, "source", id=4, name="talk.mp3", mediapath="audio:/media/talk.mp3", owner="Mairi Bain", date=DAY % 4, memo="", av_text_id=5)
row(con, "source", id=5, name="talk.mp3.txt", fulltext="[00:00] Welcome.", owner="Mairi Bain", date=DAY % 4, memo="")
row(con, "source", id=6, name="rules.pdf", fulltext="No bonfires.\n", mediapath="/docs/rules.pdf", owner="Mairi Bain", date=DAY % 5, memo="")

row(con, "code_cat", catid=1, name="Staying", owner="Mairi Bain", date=DAY % 6, memo="why people keep a plot")
row(con, "code_cat", catid=2, name="Ground", owner="Mairi Bain", date=DAY % 6, memo="", supercatid=1)
row(con, "code_name", cid=1, name="soil", memo="talk of earth", catid=2, owner="Mairi Bain", date=DAY % 7, color="#CD853F")
row(con, "code_name", cid=2, name="company", memo="", catid=1, owner="Mairi Bain", date=DAY % 7, color="#B0E0E6")
row(con, "code_name", cid=3, name="leaving", memo="", owner="Ewan", date=DAY % 8, color="#F00")


def coding(ctid, cid, fid, text, words, owner, utf16=False, **more):
    start = text.index(words)
    end = start + len(words)
    if utf16:
        start, end = (len(text[:n].encode("utf-16-le")) // 2 for n in (start, end))
    row(con, "code_text", ctid=ctid, cid=cid, fid=fid, seltext=words, pos0=start, pos1=end,
        owner=owner, date=DAY % (10 + ctid), **more)


coding(1, 1, 1, ISLA, "The soil 🥕 is mine.", "Mairi Bain", memo="strong", important=1)
coding(2, 2, 1, ISLA, "Folk sing there 🎶 – aye.", "Ewan", memo="")
coding(3, 2, 1, ISLA, "mine.\r\nI: And the shed?", "Ewan", memo="")
coding(4, 3, 2, FIONA, "Seeds came late", "Ewan", utf16=True, memo="")
coding(5, 3, 2, FIONA, "never rang", "Ewan", utf16=True, memo="")
coding(6, 1, 6, "No bonfires.\n", "No bonfires.", "Ewan", memo="")
# The words were edited away from where the position says.
row(con, "code_text", ctid=7, cid=2, fid=1, seltext="Folk sing", pos0=0, pos1=9, owner="Ewan", date=DAY % 17, memo="")
row(con, "code_text", ctid=8, cid=2, fid=1, seltext="nobody said this at all", pos0=3, pos1=26, owner="Ewan", date=DAY % 18, memo="")
row(con, "code_text", ctid=9, cid=77, fid=1, seltext="Isla", pos0=ISLA.index("Isla"), pos1=ISLA.index("Isla") + 4, owner="Ewan", date=DAY % 19, memo="")
row(con, "code_text", ctid=10, cid=1, fid=99, seltext="x", pos0=0, pos1=1, owner="Ewan", date="yesterday", memo="")

row(con, "code_image", imid=1, id=3, x1=10, y1=20, width=30, height=40, cid=1, memo="bed 4", date=DAY % 20, owner="Ewan")
row(con, "code_image", imid=2, id=6, x1=5, y1=6, width=7, height=8, cid=1, memo="", date=DAY % 20, owner="Ewan", pdf_page=0)
row(con, "code_av", avid=1, id=4, pos0=1500, pos1=4200, cid=2, memo="", date=DAY % 21, owner="Ewan")
row(con, "annotation", anid=1, fid=1, pos0=0, pos1=12, memo="leading question", owner="Ewan", date=DAY % 22)

row(con, "cases", caseid=1, name="Isla", memo="plot 3", owner="Mairi Bain", date=DAY % 23)
row(con, "cases", caseid=2, name="Fiona", memo="", owner="Mairi Bain", date=DAY % 23)
row(con, "case_text", id=1, caseid=1, fid=1, pos0=0, pos1=len(ISLA), owner="Mairi Bain", date=DAY % 24, memo="")
row(con, "case_text", id=2, caseid=2, fid=1, pos0=14, pos1=38, owner="Mairi Bain", date=DAY % 24, memo="about her")
row(con, "case_text", id=3, caseid=2, fid=3, pos0=0, pos1=0, owner="Mairi Bain", date=DAY % 24, memo="")
for name, where, kind in (("Age", "case", "numeric"), ("Role", "case", "character"), ("Season", "file", "character")):
    row(con, "attribute_type", name=name, date=DAY % 25, owner="Mairi Bain", memo="", caseOrFile=where, valuetype=kind)
for n, (name, where, value, key) in enumerate((
        ("Age", "case", "58", 1), ("Age", "case", "about 40", 2), ("Role", "case", "Holder", 1),
        ("Role", "case", "", 2), ("Season", "file", "spring", 1)), 1):
    row(con, "attribute", attrid=n, name=name, attr_type=where, value=value, id=key, date=DAY % 26, owner="Mairi Bain")
row(con, "journal", jid=1, name="Day 1", jentry="Coded all of Isla.", date=DAY % 27, owner="Ewan")
row(con, "stored_sql", title="counts", description="", grouper="", ssql="select 1")
con.commit()
con.close()

con = fresh(os.path.join(HERE, "early.qda"), EARLY)
row(con, "project", databaseversion="v2", date="2019-03-01 09:00:00", memo="", about="")
row(con, "source", id=1, name="a.txt", fulltext="Wet. Cold. Mine.", memo="", owner="me", date="2019-03-01 09:01:00")
row(con, "code_name", cid=1, name="weather", memo="", owner="me", date="2019-03-01 09:02:00", color="#999999")
row(con, "code_text", ctid=1, cid=1, fid=1, seltext="Cold.", pos0=5, pos1=10, owner="me", date="2019-03-01 09:03:00", memo="")
con.commit()
con.close()
