import QDACore
import QDAInterchange
import Testing

/// Which columns of a table hold the words, and which rows are headings.
struct TableColumnTests {
  private func said(
    _ text: String, _ values: [(name: String, value: String)] = [], name: String = "a.csv"
  ) throws -> [String] {
    turns(try readTranscript(text, values, name: name))
  }

  @Test(arguments: ["Line", "Turn", "Sentence", "Utterance", "Words"])
  func `a column of numbers holds no words, whatever its title`(_ title: String) throws {
    let rows = [
      [title, "Speaker", "Text", "Notes"], ["1", "Int", "How did it start?", ""],
      ["2", "P1", "By chance.", "door"],
    ]
    let expected = ["Int: How did it start?", "P1: By chance."]
    #expect(try said(rows.map { $0.joined(separator: ",") }.joined(separator: "\n")) == expected)
    let cells = rows.map { "<tr>" + $0.map { "<td>\($0)</td>" }.joined() + "</tr>" }.joined()
    #expect(
      try said("<html><body><table>\(cells)</table></body></html>", name: "a.html") == expected)
  }

  @Test
  func `a column of words may have the title of a number, or hold a number`() throws {
    #expect(try said("Utterance,Speaker\nWhy?,Int\nLuck.,P1\n") == ["Int: Why?", "P1: Luck."])
    #expect(try said("Speaker,Text\nInt,When?\nP1,2010\n") == ["Int: When?", "P1: 2010"])
    #expect(try said("Speaker,Text\nP1,2010\nP2,2011\n") == ["P1: 2010", "P2: 2011"])
  }

  @Test
  func `nothing of a column between two answers is in the words`() throws {
    let rows = [
      ["ID", "What helped?", "Since", "What did not?"],
      ["P1", "I liked the tea.", "4444", "The stairs."],
    ]
    let tabs = rows.map { $0.joined(separator: "\t") }.joined(separator: "\n")
    #expect(try said(tabs, name: "a.tsv") == ["P1: I liked the tea.\tThe stairs."])
    let commas = rows.map { $0.joined(separator: ",") }.joined(separator: "\n")
    #expect(try said(commas) == ["P1: I liked the tea.,The stairs."])
  }

  private let numbered = "Line,Speaker,Text,Notes\n1,Int,How so?,\n2,P1,By chance.,a\n"

  @Test(arguments: [
    ("speaker = Speaker; text = Words", "Words", "text"), ("speaker = Who", "Who", "speaker"),
    ("speaker = 9", "9", "speaker"),
  ])
  func `a named column that is not there is reported, and the reader finds one`(
    _ columns: String, _ wanted: String, _ role: String
  ) throws {
    let reading = try TranscriptReader.read(
      Array(numbered.utf8), name: "a.csv", options: TranscriptOptions([("columns", columns)]))
    let found = try #require(reading.diagnostics.first { $0.id == "table.column-not-found" })
    #expect(
      found.summary == "the table has no column '\(wanted)', which is named for the \(role)")
    #expect(found.severity == .warning)
    #expect(found.notes.last == "the columns are 'Line', 'Speaker', 'Text', 'Notes'")
    #expect(turns(reading.value) == ["Int: How so?", "P1: By chance."])
  }

  @Test
  func `a speaker's column alone may be named`() throws {
    let text = "Who says it,Text,Speaker\nInt,How so?,loud\nP1,By chance.,soft\n"
    #expect(
      try said(text, [("columns", "speaker = Who says it")]) == [
        "Int: How so?", "P1: By chance.",
      ])
    let short = "A,B\nyes,no\nno,yes\n"
    #expect(
      try findings(short, [("columns", "speaker = A")], name: "a.csv").first
        == "table.column-not-found")
    #expect(
      try !findings(numbered, [("columns", "speaker = 2; text = 3")], name: "a.csv")
        .contains("table.column-not-found"))
  }

  @Test
  func `a named column that no table of a document has is reported`() throws {
    let table =
      "<table><tr><td>Speaker</td><td>Text</td></tr>"
      + "<tr><td>I</td><td>Why?</td></tr><tr><td>P</td><td>Luck.</td></tr></table>"
    let html = "<html><body>\(table)</body></html>"
    let found = try findings(html, [("columns", "speaker = Who; text = Text2")], name: "a.html")
    #expect(found.filter { $0 == "table.column-not-found" }.count == 2)
  }

  private let survey = "P1,The talk with her helped.,4\nP2,The group was good for me.,3\n"

  @Test
  func `the id of LimeSurvey names the case, and so does a column that is named`() throws {
    let expected = ["P1: The talk with her helped.", "P2: The group was good for me."]
    #expect(
      try said("id. Response ID,Q1. What helped?,Q2[1]. How much [tea]\n" + survey) == expected)
    #expect(
      try said("Kürzel,Q1. What helped?,Q2. How much\n" + survey, [("columns", "speaker = 1")])
        == expected)
  }

  @Test
  func `a title above the headings is no heading`() throws {
    let expected = ["P1: The talk with her helped.", "P2: The group was good for me."]
    #expect(
      try said("Survey of 2024,,\n,,\nID,What helped?,How much\n" + survey) == expected)
    #expect(
      try said("Interview 4,,\nLine,Speaker,Text\n1,Int,How so?\n2,P1,By chance.\n")
        == ["Int: How so?", "P1: By chance."])
  }

  @Test
  func `a second row of headings is nobody's answer`() throws {
    let monkey = """
      Respondent ID,What helped you?,How often did you go?,
      ,Open-Ended Response,Weekly,Other (please specify)
      114,The talk with her helped.,Weekly,
      115,Nothing helped me at all.,,When I felt like it
      """
    #expect(
      try said(monkey) == [
        "114: The talk with her helped.,Weekly",
        "115: Nothing helped me at all.,When I felt like it",
      ])
    let reading = try TranscriptReader.read(Array(monkey.utf8), name: "a.csv")
    #expect(
      reading.diagnostics.first { $0.id == "table.read-as-survey" }?.notes == [
        "the answers are in 'What helped you?', 'How often did you go?', 'Other (please specify)'",
        "the first 2 rows are headings",
      ])
  }

  @Test
  func `who gives no id in the first row keeps the answers`() throws {
    let text = "ID,What helped?,Why?\n,The talk with her helped.,Trust\nP2,The group did it.,\n"
    #expect(try said(text) == [": The talk with her helped.,Trust", "P2: The group did it."])
  }

  @Test
  func `what a case was asked is no part of its answer`() throws {
    let text =
      "Participant,Question,Answer\nP1,What helped you most?,The talk with her helped.\n"
      + "P1,What did not help?,Nothing that I know.\n"
    #expect(
      try said(text) == ["P1: The talk with her helped.", "P1: Nothing that I know."])
  }

  @Test
  func `a table with more columns than anybody counts is read like others`() throws {
    let scales = (1...500).map { "q\($0)" }
    let answers = [String](repeating: "3", count: 500)
    let turns = [
      ["speaker", "text"] + scales, ["Int", "Why?"] + answers, ["Mia", "Luck."] + answers,
    ]
    #expect(
      try said(turns.map { $0.joined(separator: ",") }.joined(separator: "\n"))
        == ["Int: Why?", "Mia: Luck."])
    let cases = [
      ["id"] + scales + ["remarks"], ["P1"] + answers + ["the stairs were too steep"],
      ["P2"] + answers + ["nobody was there at all"],
    ]
    #expect(
      try said(cases.map { $0.joined(separator: ",") }.joined(separator: "\n"))
        == ["P1: the stairs were too steep", "P2: nobody was there at all"])
  }
}
