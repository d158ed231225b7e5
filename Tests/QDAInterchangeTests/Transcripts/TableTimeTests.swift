import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// Tables as programs write them outside of English, and what their times are.
struct TableTimeTests {
  /// Who says what from when, with a column's end where there is one.
  private func said(_ text: String, _ name: String = "a.csv") throws -> [String] {
    let transcript = try readTranscript(text, name: name)
    return zip(transcript.source.turns, turns(transcript)).map { turn, words in
      "\(turn.start.map(String.init) ?? "-") \(words)"
    }
  }

  @Test
  func `seconds may have a comma`() throws {
    let text = "Sprecher;Text;Start\nI;Wie fing es an?;0,5\nAnna;\"Zufall; ja.\";62,25\n"
    #expect(try said(text) == ["500 I: Wie fing es an?", "62250 Anna: Zufall; ja."])
  }

  @Test(arguments: [
    ("Sprecher;Text;Beginn;Ende", ";"), ("Locuteur;Texte;Début;Fin", ";"),
    ("Hablante;Texto;Inicio;Fin", ";"), ("Parlante;Testo;Inizio;Fine", ";"),
    ("Falante;Fala;Início;Fim", ";"), ("Spreker;Tekst;Begintijd;Einde", ";"),
    ("Talare,Replik,Starttid,Slut", ","), ("говорящий;текст;начало;конец", ";"),
  ])
  func `columns are known by their titles in several languages`(
    _ heading: String, _ separator: String
  ) throws {
    let rows = [["I", "Hm?", "00:00:01", "00:00:02"], ["Ana", "Ja.", "00:00:03", "00:00:04"]]
    let text = ([heading] + rows.map { $0.joined(separator: separator) }).joined(separator: "\n")
    #expect(try said(text) == ["1000 I: Hm?", "3000 Ana: Ja."])
    #expect(try readTranscript(text, name: "a.csv").source.turns.map(\.end) == [2000, 4000])
  }

  @Test(arguments: ["sep=;\n", "sep=;\r\n", "\u{FEFF}sep=;\n"])
  func `a line that names the separator is no row`(_ line: String) throws {
    let text = line + "Speaker;Text\nAna;Hi, Ben, how are you, then?\nBen;Hello.\n"
    #expect(try said(text) == ["- Ana: Hi, Ben, how are you, then?", "- Ben: Hello."])
  }

  @Test
  func `what is no time in a column of times is pointed out`() throws {
    let text = "Speaker,Text,Start\nAna,Hi.,0:01\nBen,Oh.,after lunch\nAna,So.,later\nBen,Yes.,\n"
    let reading = try TranscriptReader.read(Array(text.utf8), name: "a.csv")
    let found = try #require(reading.diagnostics.first { $0.id == "table.time-unread" })
    #expect(found.place == .file("a.csv", line: 3, column: 9))
    #expect(found.summary == "the column 'Start' holds what is no time: 'after lunch'")
    #expect(found.count == 2)
    #expect(reading.value.source.turns.count == 4)
  }

  @Test
  func `who is named and says nothing has no turn`() throws {
    let transcript = try readTranscript("Speaker,Text\nAna,Hi.\nBen,\nAna,Bye.\n", name: "a.csv")
    #expect(turns(transcript) == ["Ana: Hi.", "Ana: Bye."])
    #expect(cast(transcript) == ["Ana, unknown"])
    let late = "Speaker,Text\nAna,Hi.\nBen,\n,I am here.\nCem,\nAna,Bye.\n"
    #expect(
      try turns(readTranscript(late, name: "a.csv")) == [
        "Ana: Hi.", "Ben: I am here.", "Ana: Bye.",
      ])
  }

  @Test
  func `labels of Audacity are read with their times`() throws {
    for sign in [".", ","] {
      let text =
        "0.500000\t2.100000\tSo?\n2.100000\t4.000000\tWell.\n6.25\t7.75\tYes.\n8.0\t9.0\tNo.\n"
        .replacing(".0", with: "\(sign)0").replacing("0.5", with: "0\(sign)5")
        .replacing("2.1", with: "2\(sign)1").replacing(".25", with: "\(sign)25")
        .replacing(".75", with: "\(sign)75")
      let transcript = try readTranscript(text)
      #expect(transcript.source.rendition.reader == "tsv")
      #expect(transcript.cues.map(\.start) == [500, 2100, 6250, 8000])
      #expect(transcript.cues.map(\.end) == [2100, 4000, 7750, 9000])
      #expect(transcript.cues.map { transcript.text[$0.span] } == ["So?", "Well.", "Yes.", "No."])
    }
  }

  // A day has 86,400 seconds.
  @Test(arguments: [
    (1.54 / 86_400, WorkbookStyles.Form.time, "00:00:01.540"),
    (4.26 / 86_400, .elapsed, "00:00:04.260"), (0.25, .time, "06:00:00"),
    (1.5, .elapsed, "36:00:00"), (86_399.9996 / 86_400, .elapsed, "24:00:00"),
    (45_291.5 + 0.4 / 86_400, .dateTime, "2023-12-31T12:00:00"),
    (86_399.9994 / 86_400, .time, "23:59:59.999"),
  ])
  func `times in a workbook keep their milliseconds`(
    _ value: Double, _ form: WorkbookStyles.Form, _ expected: String
  ) {
    #expect(SheetNumber.date("\(value)", form: form, since1904: false) == expected)
  }

  @Test
  func `the times of oTranscribe are those of its player`() throws {
    let text = #"""
      {"text":"<p><span class=\"timestamp\" data-timestamp=\"0.5\">00:00</span> I: How?</p><p><span class=\"timestamp\" data-timestamp=\"62.125\">01:02</span> Ana: So.</p><p><span class=\"timestamp\" data-timestamp=\"-1\">01:04</span> I: Oh?</p>"}
      """#
    #expect(try said(text, "a.otr") == ["500 I: How?", "62125 Ana: So.", "64000 I: Oh?"])
  }
}
