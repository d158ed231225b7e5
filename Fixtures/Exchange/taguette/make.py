"""Makes allotment.sqlite3 and expected.json with Taguette itself: pip install taguette, python3 make.py

The documents go through Taguette's own conversion and its own code cuts the highlights; expected.json
holds what Taguette says the highlights are. html.json holds the text that its HTML parser sees in odd
fragments, after its own cleaning.
"""
import json, os, sqlite3
from datetime import datetime, timedelta

import bs4
from taguette import convert, database, extract
from taguette.export import _get_highlights_for_export

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, "allotment.sqlite3")
if os.path.exists(PATH):
    os.remove(PATH)
clock = datetime(2025, 3, 4, 9, 30, 0, 123456)


def now():
    global clock
    clock += timedelta(minutes=7)
    return clock


def text_of(html):
    return "".join(n for n in bs4.BeautifulSoup(html, "html5lib").find_all(string=True))


RHONA = """<html><head><title>gone</title></head><body>
<h1>Rhona – plot 7</h1>
<p><b>I:</b> What made you stay?</p>
<p><b>Rhona:</b> The c&eacute;ilidh in the shed 🥕🥕, honestly. Folk &amp; kale.<br/>And the quiet.</p>
<p>It&rsquo;s <i>mine</i>, ken?</p><p>Nobody shouts here.</p>
<ul><li>Water</li><li>Light</li></ul>
<table><tr><td>Bed</td><td>Crop</td></tr><tr><td>1</td><td>leeks &lt;3</td></tr></table>
<pre>

two  spaces
</pre></body></html>"""
EWAN = "<p>Ewan: 日本 seeds came late. I nearly left 😞 twice.</p>\n<p>Then Rhona rang.</p>"
NOTES = "<p>Shed notes only.</p>"

Session = database.connect("sqlite:///" + PATH)
db = Session()
for login in ("admin", "mairi"):
    user = db.query(database.User).get(login) or database.User(login=login)
    user.created = now()
    db.add(user)


def project(name, description):
    p = database.Project(name=name, description=description, created=now())
    db.add(p)
    db.flush()
    for login, right in (("admin", database.Privileges.ADMIN), ("mairi", database.Privileges.TAG)):
        db.add(database.ProjectMember(project=p, user_login=login, privileges=right))
    return p


def document(p, name, html, description=""):
    d = database.Document(
        name=name, description=description, filename=name + ".html", created=now(), project=p,
        text_direction=database.TextDirection.LEFT_TO_RIGHT, contents=convert.get_html_body(html))
    db.add(d)
    db.flush()
    c = database.Command.document_add("admin", d)
    c.date = now()
    db.add(c)
    return d


def tag(p, path, description=""):
    t = database.Tag(project=p, path=path, description=description)
    db.add(t)
    db.flush()
    return t


def highlight(d, words, tags, login):
    whole = text_of(d.contents)
    start = len(whole[:whole.index(words)].encode())
    end = start + len(words.encode())
    h = database.Highlight(document=d, start_offset=start, end_offset=end,
                           snippet=extract.extract(d.contents, start, end))
    db.add(h)
    db.flush()
    if tags:
        db.execute(database.highlight_tags.insert(),
                   [dict(highlight_id=h.id, tag_id=t.id) for t in tags])
    c = database.Command.highlight_add(login, d, h, [t.id for t in tags])
    c.date = now()
    db.add(c)
    return h


p1 = project("Allotment", "Who stays, and why?")
rhona = document(p1, "Rhona", RHONA, "Second interview, in the shed")
ewan = document(p1, "Ewan", EWAN)
staying = tag(p1, "staying", "Reasons to keep the plot")
people = tag(p1, "people.warm", "Others who help")
leaving = tag(p1, "leaving")
highlight(rhona, "céilidh in the shed 🥕🥕, honestly", [staying, people], "mairi")
highlight(rhona, "And the quiet.", [staying], "admin")
highlight(rhona, "mine, ken?Nobody shouts", [staying], "mairi")
highlight(rhona, "leeks <3", [], "admin")
highlight(rhona, "two  spaces", [leaving], "admin")
highlight(ewan, "日本 seeds", [leaving], "mairi")
highlight(ewan, "left 😞 twice.\nThen Rhona rang", [people, leaving], "mairi")
p2 = project("Second & smaller", "")
notes = document(p2, "Notes", NOTES)
highlight(notes, "Shed", [tag(p2, "staying")], "admin")
db.commit()

expected = {"texts": {}, "highlights": []}
for d in db.query(database.Document).order_by(database.Document.id):
    expected["texts"][d.name] = text_of(d.contents)
tagged = {h[0]: h[3] for p in (p1, p2) for h in _get_highlights_for_export(db, p.id, None)}
for h in db.query(database.Highlight).order_by(database.Highlight.id):
    whole = text_of(h.document.contents).encode()
    expected["highlights"].append(dict(
        document=h.document.name, tags=sorted(tagged.get(h.id, [])),
        words=whole[h.start_offset:h.end_offset].decode(),
        exported=convert.html_to_plaintext(h.snippet)))
json.dump(expected, open(os.path.join(HERE, "expected.json"), "w"), ensure_ascii=False, indent=1)

ODD = [
    "plain", "<p>a<p>b", "<p>a</p>\n\n<p> b </p>", "a&nbsp;b&amp;amp;c", "<pre>\n\nx\n</pre>",
    "<pre>x</pre>\n", "<table>\n<tr> <td>1</td> </tr>\n</table>", "<table>foo<tr><td>bar</td></tr></table>",
    "<ul>\n <li>a\n <li>b\n</ul>", "a<br>b<br/>c", "<b><i>x</b>y</i>z", "1 < 2 > 0 & 3", "&lt;p&gt;",
    "<!-- c -->x<!-- d -->", "<script>bad()</script>good", "<p>\u00a0\u2003a\u200b</p>", "e\u0301 🧑🏽‍🌾 \ufeff x",
    "<dl><dt>a</dt><dd>b</dd></dl>", "<a>no link</a> <a href='http://x.org/?a=1&b=2'>link</a>",
    "<a href='javascript:x'>t</a>", "<h1>a</h1> <h2>b</h2>", "<blockquote>\n<p>q</p>\n</blockquote>tail",
    "x\r\ny\rz", "<p>a</p> between <p>b</p>", "<img src=x>", "<q>a</q><del>b</del><sub>c</sub>",
    "<code>  two  </code>", "&copy; &hellip; &#8217; &#x1F955; &bogus; &notin;", "<p>a</p></div></p>b",
    "<td>cell</td>", "<custom>kept words</custom>", "tab\there", "<li>lone", "<p>one<ul><li>two</ul>three",
    "<table><caption>cap</caption><colgroup><col></colgroup><thead><tr><th>h</th></tr></thead>"
    "<tbody><tr><td>d</td></tr></tbody></table>", "a\u2028b\u2029c", "<b></b> <i> </i>x ",
]
pairs = []
for html in ODD:
    cleaned = convert.get_html_body(html)
    pairs.append(dict(html=cleaned, text=text_of(cleaned)))
json.dump(pairs, open(os.path.join(HERE, "html.json"), "w"), ensure_ascii=False, indent=1)

db.close()
con = sqlite3.connect(PATH)
con.execute("PRAGMA page_size = 1024")
con.execute("VACUUM")
con.close()
