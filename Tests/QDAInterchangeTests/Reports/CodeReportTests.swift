import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct CodeReportTests {
  private let head = "Files\\\\A\\\\P1 - § 1 reference coded [ 4.00% Coverage]\n"

  private func read(_ text: String, texts: [String: String] = [:]) throws -> Reading<Project> {
    try report(Array(text.utf8), name: "Hope.txt", as: .nvivoCodeReport, texts: texts)
  }

  @Test
  func `a report is one code, its sources by path and its references`() throws {
    let reading = try report("NVivoCodeReport/Hope.txt", as: .nvivoCodeReport)
    let project = reading.value
    #expect(project.paths == ["Hope"])
    #expect(project.sources.map(\.name) == ["P07", "P08"])
    #expect(project.sets.map(\.name) == ["Round 1/Wave 2", "Round 1"])
    #expect(
      project.coded == [
        "P07: Hope: Reference 9 - of the letter says so.", "P07: Hope: We will open \nin May.",
        "P07: Hope: Yes.", "P08: Hope: ",
      ])
    #expect(reading.findings == ["report.code-from-file-name", "report.text-not-given × 3"])
  }

  @Test
  func `without its text a passage has its words and no position`() throws {
    let project = try report("NVivoCodeReport/Hope.txt", as: .nvivoCodeReport).value
    let passages = project.passages.filter { $0.anchor != nil }
    #expect(passages.count == 3)
    #expect(passages.allSatisfy { $0.verdict == .unverified && $0.span?.isEmpty == true })
  }

  @Test
  func `a region of a page is kept as one`() throws {
    let project = try report("NVivoCodeReport/Hope.txt", as: .nvivoCodeReport).value
    let passage = try #require(project.passages.last)
    let box = Box(first: Point(x: 0, y: 0), second: Point(x: 587, y: 783))
    #expect(passage.region == .pdf(page: 0, box))
    #expect(passage.name == "Page 1 : (0,0) - (587,783)")
    #expect(project.sources.map(\.medium) == [.text, .pdf])
  }

  @Test
  func `with its text every quote is found, and order settles one that comes twice`() throws {
    let text = String(
      decoding: try bytes(of: fixture("Exchange/NVivoCodeReport/P07.txt")), as: UTF8.self)
    let reading = try report(
      "NVivoCodeReport/Hope.txt", as: .nvivoCodeReport, texts: ["p07.TXT": text])
    let source = try #require(reading.value.sources.first)
    let passages = reading.value.codings.passages(in: source.id)
    #expect(
      try passages.map { try reading.value.quote(of: $0) } == [
        "We will open in May.", "Reference 9 - of the letter says so.", "Yes.",
      ])
    // The first "Yes." of the text stands before everything else that is coded.
    #expect(passages.map { $0.span?.start } == [13, 65, 102])
    #expect(passages.allSatisfy { $0.verdict == .unchanged && $0.anchor == nil })
    #expect(reading.findings == ["report.code-from-file-name", "report.place-by-order"])
  }

  @Test
  func `a quote whose order leaves two places stays undecided`() throws {
    let reading = try read(
      head + "Reference 1 - 4.00% Coverage\nyes\n", texts: ["P1": "yes and yes"])
    let passage = try #require(reading.value.passages.first)
    guard case .ambiguous(let candidates) = passage.verdict else {
      Issue.record("decided: \(passage.verdict)")
      return
    }
    #expect(candidates.map { $0.span.start } == [0, 8])
    #expect(passage.span?.isEmpty == true)
    #expect(reading.findings.contains("coding.ambiguous"))
  }

  @Test
  func `as many equal quotes as there are places are given them in order`() throws {
    let reading = try read(
      "Files\\\\P1 - § 2 references coded [ 8.00% Coverage]\nReference 1 - 4.00% Coverage\nyes\n"
        + "Reference 2 - 4.00% Coverage\nyes\n", texts: ["P1": "yes and yes"])
    #expect(reading.value.passages.map { $0.span?.start } == [0, 8])
  }

  @Test
  func `where single quotes stand in another order, order settles nothing`() throws {
    let reading = try read(
      "Files\\\\P1 - § 3 references coded [ 12.00% Coverage]\nReference 1 - 4.00% Coverage\nlast\n"
        + "Reference 2 - 4.00% Coverage\nfirst\nReference 3 - 4.00% Coverage\nyes\n",
      texts: ["P1": "first yes last yes"])
    #expect(!reading.findings.contains("report.place-by-order"))
    #expect(reading.value.passages.count { $0.verdict.isVerified } == 2)
  }

  @Test
  func `UTF-16, angle brackets, blank lines and decimal commas are one report with the other`()
    throws
  {
    let reading = try report("NVivoCodeReport/Hope-brackets.txt", as: .nvivoCodeReport)
    #expect(
      reading.value.coded == [
        "P07: Hope-brackets: We will open in May.", "P07: Hope-brackets: Yes.\n\nAnd more.",
      ])
    #expect(!reading.findings.contains("report.coverage-mismatch"))
    let word = try report("NVivoCodeReport/Hope.docx", as: .nvivoCodeReport)
    #expect(word.value.coded == ["P07: Hope: We will open in May."])
  }

  @Test
  func `words that look like the head of a reference are words`() throws {
    let reading = try read(
      head + "Reference 1 - 4.00% Coverage\nReference D applies\nReference 7 - 1.00% Coverage\n")
    #expect(
      reading.value.coded == [
        "P1: Hope: Reference D applies\nReference 7 - 1.00% Coverage"
      ])
  }

  @Test
  func `a head that counts other than what follows is found, and so is its coverage`() throws {
    let reading = try read(
      "Files\\\\P1 - § 3 references coded [ 9.00% Coverage]\nReference 1 - 4.00% Coverage\na b c d\n"
        + "Reference 2 - 4.00% Coverage\ne f g h\n")
    #expect(
      reading.findings == [
        "report.count-mismatch", "report.coverage-mismatch", "report.code-from-file-name",
        "report.text-not-given × 2",
      ])
    #expect(reading.diagnostics[0].place == .file("Hope.txt", line: 1, column: 1))
  }

  @Test
  func `coverage may differ by a hundredth`() throws {
    let reading = try read(
      "Files\\\\P1 - § 1 reference coded [ 4.01% Coverage]\nReference 1 - 4.00% Coverage\na b\n")
    #expect(!reading.findings.contains("report.coverage-mismatch"))
  }

  @Test
  func `lines before the first head are counted, not lost in silence`() throws {
    let reading = try read("Name: Hope\n\n" + head + "Reference 1 - 4.00% Coverage\na b\n")
    #expect(reading.findings.first == "report.line-unclear")
    #expect(reading.diagnostics[0].place == .file("Hope.txt", line: 1, column: 1))
  }

  @Test
  func `a given text that fits no source, or two that fit one, is said`() throws {
    let body = head + "Reference 1 - 4.00% Coverage\na b\n"
    #expect(try read(body, texts: ["P2.txt": "a b"]).findings.last == "report.text-unused")
    let both = try read(body, texts: ["x/P1.txt": "a b", "y/P1.txt": "a b c"])
    #expect(both.findings.contains("report.text-ambiguous"))
    let one = try read(body, texts: ["A/P1.txt": "a b", "B/P1.txt": "a b c"])
    #expect(one.value.passages.first?.verdict == .unchanged)
  }

  @Test(arguments: [
    "", "\n\n", "Reference 1 - 4.00% Coverage\nwords\n", "just words",
    "Files\\\\P1 - § x references coded [ 4% Coverage]",
  ])
  func `what holds no head of a source is refused`(text: String) {
    #expect(throws: ReadingError.self) { try read(text) }
  }

  @Test
  func `the same file makes the same project`() throws {
    let one = try report("NVivoCodeReport/Hope.txt", as: .nvivoCodeReport).value
    let other = try report("NVivoCodeReport/Hope.txt", as: .nvivoCodeReport).value
    #expect(one.codings == other.codings)
    #expect(one.sources == other.sources)
    #expect(one.id == other.id)
  }

  @Test
  func `a report is told by its first lines`() throws {
    let content = try bytes(of: fixture("Exchange/NVivoCodeReport/Hope-brackets.txt"))
    #expect(ReportFormats.recognise(content, name: "a.txt") == .nvivoCodeReport)
    #expect(ReportFormats.recognise(Array("Hope - § 3".utf8), name: "a.txt") == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a hundred thousand references are read`() throws {
    var text = ""
    for source in 0..<1000 {
      text += "Files\\\\P\(source) - § 100 references coded [ 100.00% Coverage]\n"
      for number in 1...100 { text += "Reference \(number) - 1.00% Coverage\nword \(number)\n" }
    }
    let project = try read(text).value
    #expect(project.codings.count == 100_000)
    #expect(project.sources.count == 1000)
  }
}

/// Reports that NVivo itself wrote, with every count checked against an independent reading.
struct RealCodeReportTests {
  private static let folder = shared("samples/exchange/nvivo-code-reports")

  @Test(
    .enabled(if: folder != nil, "needs the folder of shared samples"),
    arguments: [
      ("1967.txt", 1, 2, 1), ("J_Denial.txt", 123, 176, 13), ("J_Misc.txt", 249, 377, 28),
      ("J_Terrorism.txt", 209, 351, 33),
    ])
  func `every head's count fits its references`(
    name: String, sources: Int, references: Int, regions: Int
  ) throws {
    let folder = try #require(Self.folder)
    let reading = try report(
      bytes(of: "\(folder)/\(name)"), name: name, as: .nvivoCodeReport)
    let project = reading.value
    #expect(project.sources.count == sources)
    #expect(project.codings.count == references)
    #expect(project.passages.count { if case .pdf = $0.region { true } else { false } } == regions)
    #expect(
      reading.findings == [
        "report.code-from-file-name",
        references - regions == 1
          ? "report.text-not-given" : "report.text-not-given × \(references - regions)",
      ])
  }
}
