internal import QDACore

/// Reads the report of a code's references that NVivo writes as text or as a Word document.
///
/// The report does not name its code: the name of the file does. It quotes, and gives no positions:
/// where the texts of the sources are given, every quote is looked for in its text.
enum CodeReportReader {
  /// Reads a report as a project with one code.
  ///
  /// - Throws: ``ReadingError`` where the file cannot be read or holds no head of a source.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let (text, findings) = try text(of: bytes, name: name, options: options)
    var report = CodeReport(bytes, name: name, options: options)
    report.builder.diagnostics = findings
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      report.take(line, number: index + 1)
    }
    return try report.finish()
  }

  private static func text(
    of bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> (String, [Diagnostic]) {
    if bytes.starts(with: Array("PK".utf8)) {
      let document = try WordDocument.read(bytes, name: name, limits: options.limits)
      return (document.value.text, document.diagnostics)
    }
    let decoded = try TextDecoding.decode(bytes, name: name, encoding: options.encoding)
    return (decoded.value.string, decoded.diagnostics)
  }

  /// Whether the first lines of a text are those of a report.
  static func recognises(_ text: String) -> Bool {
    text.split(separator: "\n", maxSplits: 12, omittingEmptySubsequences: true).prefix(12)
      .contains { CodeReportLine.head($0.trimmedSpace) != nil }
  }
}

/// What has been read of a code report.
struct CodeReport {
  var builder: ReportBuilder
  private let code: ID<Code>
  private var source: OpenSource?
  private var reference: OpenReference?
  private var stray: [Int] = []

  /// A source whose references are being read.
  private struct OpenSource {
    var id: ID<Source>
    var head: CodeReportLine.Head
    var line: Int
    var found = 0
    var covered = 0
  }

  /// A reference whose words are being read.
  private struct OpenReference {
    var line: Int
    var body: [Substring] = []
  }

  init(_ bytes: [UInt8], name: String, options: ProjectReadingOptions) {
    builder = ReportBuilder(bytes, name: name, format: .nvivoCodeReport, options: options)
    code = builder.code([ReportPath.stem(name)])
  }

  mutating func take(_ line: Substring, number: Int) {
    if let head = CodeReportLine.head(line.trimmedSpace) {
      endSource()
      let path = ReportPath.NVivo(head.path)
      let id = builder.source(path.name, in: path.folders + path.names.dropLast())
      source = OpenSource(id: id, head: head, line: number)
      return
    }
    // Words may look like the head of a reference: only the next number is one.
    if let open = source,
      let next = CodeReportLine.reference(line.trimmedSpace, word: open.head.word),
      next.number == open.found + 1
    {
      endReference()
      source?.found += 1
      source?.covered += next.coverage
      reference = OpenReference(line: number)
      return
    }
    if reference != nil {
      reference?.body.append(line)
    } else if !line.allSatisfy(\.isWhitespace) {
      stray.append(number)
    }
  }

  private mutating func endReference() {
    guard let open = reference, let source else { return }
    reference = nil
    var body = open.body[...]
    while let first = body.first, first.allSatisfy(\.isWhitespace) { body = body.dropFirst() }
    while let last = body.last, last.allSatisfy(\.isWhitespace) { body = body.dropLast() }
    var entry = ReportReference(
      quote: body.joined(separator: "\n"), uses: [ReportReference.Use(code: code)],
      place: .file(builder.file, line: open.line, column: 1), isInOrder: true)
    if body.count == 1, let line = body.first, let box = CodeReportLine.box(line) {
      entry.region = Self.region(of: box)
      builder.change(source.id) { $0.medium = .pdf }
      entry.name = String(line.trimmedSpace)
      entry.quote = ""
    }
    builder.add(entry, to: source.id)
  }

  // Pages count from 1 in the report. Its points are taken to be those of REFI-QDA.
  private static func region(of box: (page: Int, corners: [Int])) -> Region {
    .pdf(
      page: box.page - 1,
      Box(
        first: Point(x: box.corners[0], y: box.corners[1]),
        second: Point(x: box.corners[2], y: box.corners[3])))
  }

  private mutating func endSource() {
    endReference()
    guard let open = source else { return }
    source = nil
    let place = Place.file(builder.file, line: open.line, column: 1)
    if open.found != open.head.count {
      builder.add(
        Diagnostic(
          "report.count-mismatch", .error, at: place,
          "the head says \(open.head.count) references and \(open.found) follow",
          raw: open.head.path,
          solutions: ["export the report again; a part of it may be missing"]))
    }
    if abs(open.covered - open.head.coverage) > 100 {
      builder.add(
        Diagnostic(
          "report.coverage-mismatch", .warning, at: place,
          "the references cover \(Self.percent(open.covered)) % together, and the head says "
            + "\(Self.percent(open.head.coverage)) %", raw: open.head.path,
          solutions: ["see whether references overlap, or whether a part of the report is missing"])
      )
    }
  }

  private static func percent(_ value: Int) -> String {
    let hundredths = (value + 50) / 100
    let rest = hundredths % 100
    return "\(hundredths / 100)." + (rest < 10 ? "0" : "") + "\(rest)"
  }

  mutating func finish() throws(ReadingError) -> Reading<Project> {
    endSource()
    guard !builder.project.sources.isEmpty else {
      throw .malformed(
        file: builder.file, line: 1, column: 1,
        reason: "no line names a source, as in 'Files\\\\Interview 1 - § 2 references coded "
          + "[4.20% Coverage]'; export the code's references from NVivo as text")
    }
    if let first = stray.first {
      builder.add(
        Diagnostic(
          "report.line-unclear", .warning, at: .file(builder.file, line: first, column: 1),
          "lines belong to no reference and are left out",
          solutions: ["see whether they are words of a passage, and export the report again"],
          count: stray.count))
    }
    builder.add(
      Diagnostic(
        "report.code-from-file-name", .note, at: .file(builder.file, line: 0, column: 0),
        "the report does not name its code; it is called '\(ReportPath.stem(builder.file))' as the "
          + "file is", solutions: ["rename the file or the code where that is not its name"]))
    return builder.finish()
  }
}
