"""Makes databases that no program wrote: views and virtual tables in place of tables, and wrong values."""
import os, sqlite3

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = "create table source(id integer primary key, name text, fulltext text)"
CODE = "create table code_name(cid integer primary key, name text, memo text, catid integer, color text)"
TEXT = "create table code_text(ctid integer primary key, cid, fid, seltext, pos0, pos1)"
PROJECT = "create table project(date text)"
TRAP = "with recursive n(i) as (select 1 union all select i + 1 from n) select i as cid, i as name from n"


def make(name, *statements):
    path = os.path.join(HERE, name)
    if os.path.exists(path):
        os.remove(path)
    con = sqlite3.connect(path)
    con.execute("pragma page_size = 512")
    con.execute("vacuum")
    for statement in statements:
        con.execute(*statement) if isinstance(statement, tuple) else con.execute(statement)
    con.commit()
    con.close()


make("view.qda", PROJECT, SOURCE, TEXT, "create view code_name as " + TRAP)
make("virtual.qda", PROJECT, SOURCE, TEXT, "create virtual table code_name using fts4(cid, name)")
make("generated.qda", PROJECT, SOURCE, TEXT,
     "create table code_name(cid integer primary key, name text as (hex(zeroblob(100000000))))")
make("no-column.qda", PROJECT, "create table source(id integer primary key, name text)", CODE, TEXT)
make("empty.sqlite", "create table letters(a text)")
big = 2 ** 63 - 1
make("values.qda", PROJECT, SOURCE, CODE, TEXT,
     "insert into project values(null)",
     ("insert into source values(1, ?, ?)", (b"P1", b"abc \xff def")),
     ("insert into source values(2, null, ?)", ("abc\0def",)),
     "insert into source values(3, 'P3', 'three words here')",
     "insert into source values(4, 'null', null)",
     "insert into code_name values(1, 7, null, 'none', 'red')",
     "insert into code_name values(2, 'loop', null, 2, '#12345g')",
     ("insert into code_text values(1, 1, 3, 'words', ?, ?)", (big, -big)),
     "insert into code_text values(2, 1, 3, 'three', 'zero', 5)",
     "insert into code_text values(3, '1', 3.0, 'three', '0', 5.0)",
     ("insert into code_text values(4, 1, 3, ?, 6, 11)", (b"words",)),
     "insert into code_text values(5, null, null, null, null, null)",
     "insert into code_text values(6, 1, 3, null, 12, 99)",
     "insert into code_text values(7, 1, 2, 'c' || char(0) || 'd', 2, 5)",
     "insert into code_text values(8, 1, 3, '', 4, 4)",
     "create trigger t after insert on code_text begin delete from source; end")
