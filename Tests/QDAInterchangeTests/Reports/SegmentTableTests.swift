import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct SegmentTableTests {
  private let text = "I: Yes.\nWe will open in May.\nNobody came. 🙂\n"

  @Test
  func `MAXQDA's segments are codings with coder, time, weight and comment`() throws {
    let reading = try report("MAXQDA/segments.xlsx", as: .maxqdaSegments, texts: ["P07.txt": text])
    let project = reading.value
    #expect(project.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(project.coded == ["P07: Fears: Nobody came.", "P07: Plans: We will open in May."])
    #expect(project.passages.map { $0.span?.scalars } == [8..<28, 29..<41])
    #expect(project.passages.map(\.name) == ["3", "5–6"])
    #expect(project.sets.map(\.name) == ["Wave 1"])
    let codings = project.sources.flatMap { project.codings.codings(in: $0.id) }
    #expect(codings.map(\.weight) == [50, nil])
    #expect(codings.map(\.comment) == ["sure of it", ""])
    #expect(
      codings.compactMap(\.created.at).map(\.description) == [
        "2026-03-04T10:30:00", "2026-03-04T00:00:00",
      ])
    #expect(project.coders.map(\.name) == ["Ada Byron"])
    #expect(reading.findings == [])
  }

  @Test
  func `heads in another language are taken by their order, which is said`() throws {
    let reading = try report("MAXQDA/segments-french.xlsx", as: .maxqdaSegments)
    #expect(reading.findings.first == "report.columns-by-position")
    #expect(
      reading.value.coded == ["P07: Fears: Nobody came.", "P07: Plans: We will open in May."])
    #expect(reading.value.passages.allSatisfy { $0.verdict == .unverified })
  }

  @Test
  func `one head in another language is where the others leave room, and days come first`() throws {
    let heads =
      "Farbe,Kommentar,Dokumentgruppe,Dokumentname,Code,Anfang,Ende,Gewicht,Segment,Fläche,"
      + "Abdeckungsgrad %,Autor,Datum der Erstellung"
    let row = "●,,G,P1,Hope,1,1,0,words,5,1,Ada,3.4.2026 10:30:00"
    let reading = try report(
      Array("\(heads)\n\(row)\n".utf8), name: "a.csv", as: .maxqdaSegments)
    #expect(
      reading.value.codings.all.map(\.created.at?.description) == ["2026-04-03T10:30:00"])
    #expect(reading.findings == ["report.text-not-given"])
  }

  @Test
  func `a weight that is no whole number is left out and said`() throws {
    let reading = try report(
      Array("Document,Code,Segment,Weight\nP1,Hope,words,2.5\n".utf8), name: "a.csv",
      as: .maxqdaSegments)
    #expect(reading.value.codings.all.map(\.weight) == [nil])
    #expect(reading.findings.first == "table.value-invalid")
  }

  @Test
  func `Dedoose's excerpts have the codes of their columns with weights`() throws {
    let reading = try report("Dedoose/excerpts.xlsx", as: .dedooseExcerpts, texts: ["P07": text])
    let project = reading.value
    #expect(project.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(
      project.coded == [
        "P07.docx: Fears: Nobody came.", "P07.docx: Plans: Nobody came.",
        "P07.docx: Plans: We will open in May.",
      ])
    #expect(project.passages.map(\.name) == ["0-20", "Page 2: 5-17"])
    #expect(project.codings.all.compactMap(\.weight) == [3])
    #expect(
      project.passages.compactMap(\.created.at).map(\.description) == [
        "2026-03-04T00:00:00", "2026-03-05T00:00:00",
      ])
    #expect(reading.findings == [])
  }

  @Test
  func `ATLAS.ti's quotations are passages with and without codes`() throws {
    let reading = try report("ATLASti/quotations.xlsx", as: .atlasTiQuotations)
    #expect(reading.value.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(
      reading.value.coded == [
        "P07: Fears: We will open in May.", "P07: Plans: We will open in May.",
      ])
    #expect(Set(reading.value.passages.map(\.description)) == ["said twice", ""])
    #expect(Set(reading.value.passages.map(\.name)) == ["We will open", "Nobody"])
    #expect(reading.findings == ["report.text-not-given × 2"])
  }

  @Test
  func `ATLAS.ti's co-occurrence table gives codes and a note`() throws {
    let reading = try report("ATLASti/cooccurrence.xlsx", as: .atlasTiCooccurrence)
    #expect(reading.value.codebook.codes.map(\.name) == ["Hope", "Fears: of wasps"])
    let note = try #require(reading.value.notes.first)
    #expect(note.body.contains("| Hope | 75 | 0 | 2 |\n"))
    #expect(note.about.count == 2)
    #expect(reading.findings == ["report.counts-only × 6", "report.sheet-unread"])
  }

  @Test
  func `Taguette's highlights come once for each tag and are one passage each`() throws {
    let table =
      "id,document,tag,content\r\n4,P07,hope,We will open\r\n4,P07,plans,We will open\r\n"
      + "5,P07,fears,\"Nobody came.\r\nAt all\"\r\n"
    let reading = try report(
      Array(table.utf8), name: "highlights.csv", as: .taguetteHighlights, texts: ["P07": text])
    #expect(reading.value.passages.count == 2)
    #expect(reading.value.codings.count == 3)
    #expect(
      reading.value.coded == [
        "P07: fears: Nobody came.\nAt all", "P07: hope: We will open", "P07: plans: We will open",
      ])
  }

  @Test(arguments: [
    (Format.maxqdaSegments, "Document name,Code,Segment\n"), (.dedooseExcerpts, "Media,Copy\n"),
    (.atlasTiQuotations, "Document;Codes\nx;y\n"), (.taguetteHighlights, "tag,content\n"),
    (.atlasTiCooccurrence, "a,b\nc,d\n"), (.nvivoMatrix, ",x\ny,1\n"),
    (.maxqdaSegments, "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}"),
  ])
  func `wrong columns, and what is no table, are refused or hold nothing`(
    format: Format, text: String
  ) {
    do {
      let reading = try report(Array(text.utf8), name: "a.csv", as: format)
      #expect(reading.value.codings.count == 0)
      #expect(text.hasPrefix("Document name"))
    } catch {
      #expect(error is ReadingError)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a hundred thousand segments are read`() throws {
    var table = "Document name,Code,Segment,Author\n"
    for number in 0..<100_000 {
      table += "P\(number % 50),Theme > Code \(number % 300),words \(number),Ada\n"
    }
    let project = try report(Array(table.utf8), name: "a.csv", as: .maxqdaSegments).value
    #expect(project.codings.count == 100_000)
    #expect(project.codebook.codes.count == 301)
  }

  @Test(arguments: [
    ("NVivoCodeReport/Hope.txt", Format.nvivoCodeReport),
    ("NVivoCodeReport/Hope.docx", .nvivoCodeReport), ("NVivoMatrix/Int05_Bee.xlsx", .nvivoMatrix),
    ("Codebooks/nvivo.xlsx", .codebookTable), ("Codebooks/nvivo.docx", .codebookTable),
    ("Dedoose/excerpts.xlsx", .dedooseExcerpts), ("MAXQDA/segments.xlsx", .maxqdaSegments),
    ("ATLASti/cooccurrence.xlsx", .atlasTiCooccurrence),
    ("ATLASti/quotations.xlsx", .atlasTiQuotations), ("ATLASti/unit.xml", .atlasTiXML),
    ("Classification/people.csv", .nvivoClassification), ("FrameworkMatrix/chart.xlsx", nil),
    ("Workbook/values.xlsx", nil),
  ])
  func `a layout that tells is recognised, and no other is guessed`(path: String, format: Format?)
    throws
  {
    let content = try bytes(of: fixture("Exchange/\(path)"))
    #expect(ReportFormats.recognise(content, name: path) == format)
  }
}

struct ReportXMLTests {
  private let text = "Yes.\nWe will open\nin May.\nAnd: Yes.\n"

  @Test
  func `ATLAS.ti's XML gives codes, documents, quotations, memos and families`() throws {
    let reading = try report("ATLASti/unit.xml", as: .atlasTiXML, texts: ["P07": text])
    let project = reading.value
    #expect(project.title == "Garden café")
    #expect(project.codebook.codes.map(\.name) == ["Hope", "Hope: plans"])
    #expect(project.codebook.codes.map(\.definition) == ["What people look forward to", ""])
    #expect(project.codebook.codes.map(\.color) == ["#ff0000", nil])
    #expect(
      project.coded == [
        "P07.rtf: Hope: We will open\nin May.", "P07.rtf: Hope: Yes.",
        "P07.rtf: Hope: plans: We will open\nin May.",
      ])
    #expect(project.sources.map(\.description) == ["first visit"])
    #expect(project.sets.map(\.members.count) == [2])
    let memo = try #require(project.notes.first)
    #expect(memo.body == "Open or shut?")
    #expect(memo.about == [.passage(project.passages[0].id)])
    #expect(project.passages.map(\.description) == ["said with care", ""])
    #expect(project.coders.map(\.name).sorted() == ["ada", "bob"])
    // The place of the second quotation is below the first, and so it is the second "Yes.".
    #expect(project.passages.map { $0.span?.scalars } == [5..<25, 31..<35])
    #expect(
      reading.findings == [
        "report.link-dangling", "report.element-unread", "report.place-by-order",
      ])
  }

  @Test(arguments: ["", "<a/>", "<storedHU>", "<!DOCTYPE storedHU []><storedHU/>"])
  func `XML that is cut off, of another kind or with a document type is refused`(xml: String) {
    #expect(throws: ReadingError.self) {
      try report(Array(xml.utf8), name: "a.xml", as: .atlasTiXML)
    }
  }

  private let extract = """
    <Extract><Node Name="Hope\\Plans"><Reference coder="ada"><Source>Files\\\\A\\\\P07</Source>\
    <Text>We will open</Text></Reference></Node><Node Name="Fears"><Reference><Source>P08</Source>\
    <Text>Nobody &lt;came&gt;</Text></Reference></Node></Extract>
    """

  @Test
  func `an extract of NVivo without a map names REFI-QDA as the way`() {
    guard
      case .noReader(_, _, let advice)? = #expect(
        throws: ReadingError.self,
        performing: { try report(Array(extract.utf8), name: "a.xml", as: .nvivoExtract) })
    else {
      Issue.record("read without a map")
      return
    }
    #expect(advice.contains(".qdpx"))
  }

  @Test
  func `an extract of NVivo is read by the caller's map`() throws {
    let reading = try report(
      Array(extract.utf8), name: "a.xml", as: .nvivoExtract,
      elements: [
        "reference": "Reference", "code": "Node@Name", "source": "Source", "text": "Text",
        "coder": "@coder",
      ])
    #expect(reading.value.paths == ["Hope", "Hope/Plans", "Fears"])
    #expect(reading.value.coded == ["P07: Plans: We will open", "P08: Fears: Nobody <came>"])
    #expect(reading.value.coders.map(\.name) == ["ada"])
    let coders = reading.value.passages.map { $0.created.by == nil }
    #expect(coders == [false, true])
  }

  @Test
  func `a map that fits nothing is refused`() {
    for elements in [
      ["reference": "Nothing", "code": "Node@Name"], ["reference": "Reference", "code": "@no"],
    ] {
      #expect(throws: ReadingError.self) {
        try report(
          Array(extract.utf8), name: "a.xml", as: .nvivoExtract, elements: elements)
      }
    }
  }
}
