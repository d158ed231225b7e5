"""Makes allotment.rqda. The tables and columns are RQDA's, the study is invented.

RQDA keeps R's substr(text, selfirst + 1, selend) as the selected words, which is Python's text[selfirst:selend].
"""
import os, sqlite3

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, "allotment.rqda")
TABLES = """
project(databaseversion text, date text, dateM text, memo text, about text, imageDir text)
source(name text, id integer, file text, memo text, owner text, date text, dateM text, status integer)
freecode(name text, memo text, owner text, date text, dateM text, id integer, status integer, color text)
treecode(cid integer, catid integer, date text, dateM text, memo text, status integer, owner text)
codecat(name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer)
treefile(fid integer, catid integer, date text, dateM text, memo text, status integer, owner text)
filecat(name text, fid integer, catid integer, owner text, date text, dateM text, memo text, status integer)
coding(cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text)
coding2(cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text, date text, memo text)
cases(name text, memo text, owner text, date text, dateM text, id integer, status integer)
caselinkage(caseid integer, fid integer, selfirst real, selend real, status integer, owner text, date text, memo text)
attributes(name text, status integer, date text, dateM text, owner text, memo text, class text)
caseAttr(variable text, value text, caseID integer, date text, dateM text, owner text, status integer)
fileAttr(variable text, value text, fileID integer, date text, dateM text, owner text, status integer)
journal(name text, journal text, date text, dateM text, owner text, status integer)
annotation(fid integer, position integer, annotation text, owner text, date text, dateM text, status integer)
image(name text, id integer, date text, dateM text, owner text, status integer)
"""
if os.path.exists(PATH):
    os.remove(PATH)
con = sqlite3.connect(PATH)
con.execute("pragma page_size = 512")
con.execute("vacuum")
for line in TABLES.strip().splitlines():
    con.execute("create table " + line)


def row(table, **values):
    con.execute("insert into %s (%s) values (%s)" % (
        table, ", ".join(values), ", ".join("?" * len(values))), list(values.values()))


DAY = "Mon Oct 28 08:%02d:36 2019"
TEXT = "Q: Dè tha math?\nMòrag: Am buntàta 🥔, gu dearbh.\nAgus an t-sìth.\n"
row("project", databaseversion="0.2.2", date=DAY % 1, memo="Plots", about="Database created by RQDA")
row("source", name="Mòrag", id=1, file=TEXT, memo="in the rain", owner="rita", date=DAY % 2, status=1)
row("source", name="old", id=2, file="gone", owner="rita", date=DAY % 2, status=0)
row("freecode", name="crop", memo="what grows", owner="rita", date=DAY % 3, id=1, status=1, color="#00FF00")
row("freecode", name="peace", owner="rita", date="Fri Nov  1 18:00:09 2019", id=2, status=1, color="gold")
row("freecode", name="dropped", owner="rita", date=DAY % 3, id=3, status=0)
row("codecat", name="Reasons", catid=1, owner="rita", date=DAY % 4, memo="", status=1)
row("codecat", name="Other", catid=2, owner="rita", date=DAY % 4, memo="", status=1)
row("treecode", cid=1, catid=1, date=DAY % 4, status=1)
row("treecode", cid=1, catid=2, date=DAY % 4, status=1)
row("filecat", name="Spring", catid=1, owner="rita", date=DAY % 4, status=1)
row("treefile", fid=1, catid=1, date=DAY % 4, status=1)


def coding(table, cid, words, minute, **more):
    start = TEXT.index(words)
    row(table, cid=cid, fid=1, seltext=words, selfirst=float(start), selend=float(start + len(words)),
        **{"status": 1, "owner": "rita", "date": DAY % minute, **more})


coding("coding", 1, "Am buntàta 🥔, gu dearbh.", 10, memo="sure of it")
coding("coding", 2, "an t-sìth", 11)
coding("coding", 2, "an t-sìth", 11)
coding("coding", 1, "Mòrag", 12, status=-1)
coding("coding2", 1, "buntàta", 13, owner="sam")
row("cases", name="Mòrag", memo="plot 9", owner="rita", date=DAY % 14, id=1, status=1)
row("caselinkage", caseid=1, fid=1, selfirst=0.0, selend=float(len(TEXT)), status=1, owner="rita", date=DAY % 15)
row("attributes", name="age", status=1, date=DAY % 16, owner="rita", **{"class": "Numeric"})
row("attributes", name="tenure", status=1, date=DAY % 16, owner="rita", **{"class": "Character"})
row("caseAttr", variable="age", value="61", caseID=1, date=DAY % 17, owner="rita", status=1)
row("caseAttr", variable="tenure", value="NA", caseID=1, date=DAY % 17, owner="rita", status=1)
row("fileAttr", variable="tenure", value="long", fileID=1, date=DAY % 17, owner="rita", status=1)
row("journal", name="First day", journal="Rain.", date=DAY % 18, owner="rita", status=1)
row("annotation", fid=1, position=16, annotation="speaks Gaelic", owner="rita", date=DAY % 19, status=1)
row("image", name="plan.jpg", id=1, date=DAY % 20, owner="rita", status=1)
con.commit()
con.close()
