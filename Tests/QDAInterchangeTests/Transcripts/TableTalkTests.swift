import QDACore
import QDAInterchange
import Testing

/// Documents in which tables of turns stand beside each other, other tables and talk.
struct TableTalkTests {
  @Test(arguments: ["Clay Adkins:", "Clay Adkins :", "Clay Adkins：", "Clay Adkins"])
  func `a colon after a name in a speaker's column is no part of it`(_ cell: String) throws {
    let text =
      "speaker,words\n\(cell),So.\nNatasha:,Yes.\n\(cell),Well.\nNatasha:,No.\n:,Hm.\n"
    let transcript = try readTranscript(text, name: "a.csv")
    #expect(
      turns(transcript) == [
        "Clay Adkins: So.", "Natasha: Yes.", "Clay Adkins: Well.", "Natasha: No.\nHm.",
      ])
    #expect(try !findings(text, name: "a.csv").contains("transcript.label-variant"))
    let untitled = try readTranscript(
      "\(cell),Where did you go?\nNatasha:,We went home.\n\(cell),Why?\nNatasha:,It rained.\n",
      name: "a.csv")
    #expect(untitled.source.speakers.map(\.label) == ["Clay Adkins", "Natasha"])
    #expect(untitled.source.turns.count == 4)
  }

  private func table(_ rows: [[String]]) -> String {
    let cells = rows.map { row in
      "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return "<table>" + cells.joined() + "</table>"
  }

  private func read(
    _ body: String, _ values: [(name: String, value: String)] = []
  ) throws -> Transcript {
    try readTranscript("<html><body>\(body)</body></html>", values, name: "a.html")
  }

  private let first = [
    ["Time", "Speaker", "Text"], ["0:01", "JH", "How did it start?"], ["0:05", "P4", "In 2010."],
  ]

  @Test
  func `every table of turns is read, with the talk before and after them`() throws {
    let second = [["Time", "Speaker", "Text"], ["0:20", "JH", "Why?"], ["0:25", "P4", "Work."]]
    let transcript = try read(
      "<p>Interviewer: Jo Hall</p><p>Date: 3 May 2024</p>" + table(first) + table(second)
        + "<p>JH: Anything else?</p><p>P4: Trust: that is all.</p>")
    #expect(
      turns(transcript) == [
        "JH: How did it start?", "P4: In 2010.", "JH: Why?", "P4: Work.", "JH: Anything else?",
        "P4: Trust: that is all.",
      ])
    #expect(transcript.source.turns.map(\.start) == [1000, 5000, 20_000, 25_000, nil, nil])
    #expect(cast(transcript) == ["JH, interviewer", "P4, participant"])
    #expect(transcript.source.metadata.map(\.name) == ["Interviewer", "Date"])
  }

  @Test
  func `a table without a heading goes on with the one before it`() throws {
    let transcript = try read(
      table(first) + "<p>Page two</p>" + table([["0:20", "JH", "Why?"], ["0:25", "P4", "Work."]]))
    #expect(
      turns(transcript) == [
        "JH: How did it start?", "P4: In 2010.", ": Page two", "JH: Why?", "P4: Work.",
      ])
    #expect(transcript.source.turns[3].start == 20_000)
  }

  @Test
  func `text under a table that has no label is nobody's and is reported`() throws {
    let html = "<html><body>\(table(first))<p>After the table.</p></body></html>"
    #expect(turns(try readTranscript(html, name: "a.html")).last == ": After the table.")
    #expect(try findings(html, name: "a.html") == ["transcript.unattributed-text"])
  }

  @Test
  func `a table in the middle of an interview that names nobody who speaks is words`() throws {
    let transcript = try read(
      "<p>I: Why?</p><p>P4: Because.</p><p>I: And then?</p><p>P4: My budget:</p>"
        + table([["Item", "Speaker", "Text"], ["a", "Sony", "x"]]) + "<p>I: Thanks.</p>"
        + "<p>P4: Bye.</p>")
    #expect(
      turns(transcript) == [
        "I: Why?", "P4: Because.", "I: And then?",
        "P4: My budget:\nItem\nSpeaker\nText\na\nSony\nx", "I: Thanks.", "P4: Bye.",
      ])
  }

  @Test
  func `a small table whose speakers are labelled outside is one of turns`() throws {
    let transcript = try read(
      table(first) + "<p>JH: Why?</p><p>P4: Because.</p><p>JH: And then?</p><p>P4: We left.</p>")
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [0], [1]])
  }

  @Test
  func `a table of fields gives parts to the speakers of a table of turns`() throws {
    let transcript = try read(
      table([["Participant ID", "P9"], ["Interviewer", "Jo"]])
        + table([
          ["Speaker", "Utterance"], ["Jo", "Hi: there."], ["P9", "Hello."], ["Jo", "So?"],
        ]))
    #expect(cast(transcript) == ["Jo, interviewer", "P9, participant"])
    #expect(transcript.source.metadata.map(\.value) == ["P9", "Jo"])
  }

  @Test
  func `a table without a heading is read by what its columns hold`() throws {
    let transcript = try read(
      "<p>Date: 4 May</p>"
        + table([
          ["0:01", "I", "How did it start?"], ["0:05", "P4", "Well, in 2010."],
          ["", "", "And I stayed."], ["0:20", "I", "Why?"], ["0:25", "P4", "Because: family."],
        ]))
    #expect(
      turns(transcript) == [
        "I: How did it start?", "P4: Well, in 2010.\nAnd I stayed.", "I: Why?",
        "P4: Because: family.",
      ])
    #expect(transcript.source.turns.map(\.start) == [1000, 5000, 20_000, 25_000])
  }

  @Test
  func `themes beside quotes and codes beside a labelled talk are no speakers`() throws {
    let quotes = [
      ["Trust", "She rang me every week."], ["Trust", "I could ask her anything."],
      ["Money", "The bus was too dear."], ["Money", "Forms, forms and forms."],
    ]
    #expect(try read(table(quotes)).source.speakers.isEmpty)
    let coded = [
      ["I: How did it start?", "Start"], ["P4: Well, in 2010.", "Time"], ["I: Why then?", "Start"],
      ["P4: Because of work.", "Time"],
    ]
    #expect(try read(table(coded)).source.speakers.map(\.label) == ["I", "P4"])
  }

  @Test
  func `a layout that was asked for and marks nobody is named`() throws {
    let reading = try TranscriptReader.read(
      Array("<p>I: How?</p><p>P: So.</p>".utf8), name: "a.html",
      options: TranscriptOptions([("layout", "table")]))
    #expect(
      reading.diagnostics.first?.notes.last == "nothing is labelled in the layout 'table'")
  }

  @Test
  func `answers of a survey are joined by the separator and not by quotation marks`() throws {
    let csv =
      "ResponseId,Q1: What helped you?,Q2: What was hard?,Age\n"
      + "R_1,\"My worker, mostly.\",\"Money\",34\nR_2,,\"Transport\",51\n"
    #expect(
      turns(try readTranscript(csv, name: "a.csv"))
        == ["R_1: My worker, mostly.,Money", "R_2: Transport"])
  }

  @Test
  func `times and addresses of a form are no answers`() throws {
    let csv =
      "Timestamp,Username,What helped you most?,Age\n"
      + "2024/01/01 10:00:00 AM GMT,u0@x.org,My worker did.,20\n"
      + "2024/01/01 10:00:01 AM GMT,u1@x.org,\"Nothing, really.\",21\n"
    #expect(
      turns(try readTranscript(csv, name: "a.csv")) == [": My worker did.", ": Nothing, really."])
  }
}
