import Foundation
import QDA
import QDATestSupport
import Testing

/// Archives as broken and hostile programs write them.
@Suite struct HostileArchiveTests {
  static func xml(path: String = "internal://a.txt", start: String = "0", end: String = "3")
    -> String
  {
    """
    <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/></Codes></CodeBook>
    <Sources><TextSource guid="\(g(10))" name="P1" plainTextPath="\(path)">
    <PlainTextSelection guid="\(g(11))" name="one" startPosition="\(start)" endPosition="\(end)"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection>
    </TextSource></Sources></Project>
    """
  }

  private static let text = ("sources/a.txt", "one two three")

  private func read(
    _ parts: [(String, String)], name: String = "a.qdpx",
    options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws -> Reading<Project> {
    try ProjectReader.read(HandMadeArchive(parts).bytes, name: name, options: options)
  }

  /// The bytes of a text in UTF-16, low byte first, with a mark.
  private func utf16(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 {
      bytes.append(UInt8(truncatingIfNeeded: unit))
      bytes.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    return bytes
  }

  /// The words of the one passage, where they are verified.
  private func words(_ reading: Reading<Project>) throws -> String? {
    let passage = try #require(reading.value.codings[ID<Passage>(high: 0, low: 11)])
    guard passage.verdict != .unverified else { return nil }
    return try reading.value.quote(of: passage)
  }

  @Test(arguments: [
    "../a.txt", "sources/../../a.txt", "/etc/a.txt", "C:\\a.txt", "C:/a.txt", "\\\\host\\a.txt",
    "sources\\..\\..\\a.txt",
  ])
  func `an entry whose name leads outside is never read`(_ name: String) throws {
    let reading = try read([("project.qde", Self.xml()), (name, "evil")])
    #expect(reading.diagnostics.contains { $0.id == "archive.name-refused" && $0.count == 1 })
    #expect(reading.diagnostics.contains { $0.id == "refi.text-missing" })
    #expect(try words(reading) == nil)
  }

  @Test func `many refused entries are one finding`() throws {
    let evil = (0..<500).map { ("../\($0)", "evil") }
    let reading = try read([("project.qde", Self.xml()), Self.text] + evil)
    #expect(
      reading.diagnostics.filter { $0.id == "archive.name-refused" }.map(\.count) == [500])
    #expect(try words(reading) == "one")
  }

  @Test func `a symbolic link is not followed`() throws {
    let path = fixture("Exchange/hostile-archives/link.qdpx")
    let reading = try ProjectReader.read(contentsOf: path)
    #expect(reading.diagnostics.contains { $0.id == "archive.link-refused" })
    #expect(try words(reading) == nil)
  }

  @Test func `a text that unfolds without measure is left out, with an error`() throws {
    let path = fixture("Exchange/hostile-archives/bomb.qdpx")
    let reading = try ProjectReader.read(contentsOf: path)
    let finding = try #require(reading.diagnostics.first { $0.id == "refi.file-unreadable" })
    #expect(finding.severity == .error && finding.raw?.contains("unfolds to more than") == true)
  }

  @Test func `more entries, or a larger part, than the limits allow are refused`() throws {
    var options = ProjectReadingOptions()
    options.limits = ArchiveLimits(entries: 1)
    #expect(throws: ReadingError.tooLarge(file: "a.qdpx", part: "list of entries", limit: 1)) {
      _ = try read([("project.qde", Self.xml()), Self.text], options: options)
    }
    options.limits = ArchiveLimits(partSize: 100)
    #expect(throws: ReadingError.tooLarge(file: "a.qdpx", part: "project.qde", limit: 100)) {
      _ = try read([("project.qde", Self.xml()), Self.text], options: options)
    }
  }

  @Test func `parts that share their bytes are refused`() throws {
    var archive = HandMadeArchive([("project.qde", Self.xml())])
    archive.parts += (0..<9).map { ("sources/\($0).txt", []) }
    archive.overlaps = true
    let error = #expect(throws: ReadingError.self) {
      _ = try ProjectReader.read(archive.bytes, name: "a.qdpx")
    }
    guard case .corruptArchive("a.qdpx", let reason)? = error else {
      Issue.record("read, or refused for another reason: \(String(describing: error))")
      return
    }
    #expect(reason.contains("overlap"))
  }

  @Test func `a missing project, several projects and another kind of archive are told apart`()
    throws
  {
    #expect(throws: ReadingError.missingPart(file: "a.qdpx", part: "project.qde")) {
      _ = try read([Self.text])
    }
    #expect(throws: ReadingError.looksLike(file: "a.qdpx", format: "docx")) {
      _ = try read([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")])
    }
    let both = try read([("other.qde", "<no/>"), ("project.qde", Self.xml()), Self.text])
    #expect(both.diagnostics.contains { $0.id == "refi.project-ambiguous" })
    #expect(try words(both) == "one")
    let error = #expect(throws: ReadingError.self) {
      _ = try read([("a.qde", Self.xml()), ("b.qde", Self.xml()), Self.text])
    }
    #expect(error?.description.contains("a.qde, b.qde") == true)
  }

  @Test(arguments: [
    ("Foo.QDE", "Sources/a.txt", "internal://A.TXT"), ("project.qde", "sources\\a.txt", "a.txt"),
    ("My/project.qde", "My/sources/a.txt", "internal://a.txt"),
    ("project.qde", "sources/a.TXT", "sources/a.txt"),
    ("project.qde", "sources/a b.txt", "internal://a%20b.txt"),
  ])
  func `a project and its sources are found however they are written`(
    _ project: String, _ source: String, _ path: String
  ) throws {
    let reading = try read([
      ("__MACOSX/._\(project)", "x"), ("__MACOSX/sources/._a.txt", "x"), ("sources/.root", ""),
      (project, Self.xml(path: path)), (source, "one two three"),
    ])
    #expect(try words(reading) == "one")
  }

  @Test(arguments: ["a.qde", "a.zip", "a"])
  func `an archive with a project in it is read under any name`(_ name: String) throws {
    let reading = try read([("project.qde", Self.xml()), Self.text], name: name)
    #expect(try words(reading) == "one")
  }

  @Test(arguments: [0, 1, 30, 200, 700])
  func `an archive that is cut off is refused as damaged`(_ length: Int) throws {
    let whole = HandMadeArchive([("project.qde", Self.xml()), Self.text]).bytes
    #expect(length < whole.count)
    let error = #expect(throws: ReadingError.self) {
      _ = try ProjectReader.read(Array(whole.prefix(length)), name: "a.qdpx")
    }
    if length > 4, case .corruptArchive? = error {
    } else if length > 4 {
      Issue.record("refused as \(String(describing: error))")
    }
  }

  @Test(arguments: [
    ("one tw\u{F6}", TextEncoding.windows1252), ("one two", .utf16LittleEndian),
  ])
  func `a text in another encoding is read, with a warning`(
    _ string: String, _ encoding: TextEncoding
  ) throws {
    let content =
      encoding == .windows1252
      ? string.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : utf16(string)
    let archive = HandMadeArchive(bytes: [
      ("project.qde", Array(Self.xml().utf8)), ("sources/a.txt", content),
    ])
    let reading = try ProjectReader.read(archive.bytes, name: "a.qdpx")
    #expect(try words(reading) == "one")
    #expect(
      reading.diagnostics.contains {
        $0.id == "refi.text-not-utf8" && $0.raw == encoding.rawValue
      })
  }

  @Test func `a byte-order mark is no part of a text, and an empty text holds no passage`() throws {
    let marked = try read([("project.qde", Self.xml()), ("sources/a.txt", "\u{FEFF}one two")])
    #expect(try words(marked) == "one")
    let empty = try read([("project.qde", Self.xml()), ("sources/a.txt", "")])
    #expect(try words(empty) == nil)
    #expect(empty.diagnostics.contains { $0.id == "refi.position-outside" })
  }

  @Test(arguments: [
    ("-5", "3", "refi.position-invalid"), ("9", "3", "refi.position-invalid"),
    ("0", "5000000000", "refi.position-invalid"),
    ("0", "99999999999999999999", "refi.number-invalid"),
    ("4", "4000", "refi.position-outside"), ("0", "NaN", "refi.number-invalid"),
  ])
  func `a position that no text has is reported and the passage is kept`(
    _ start: String, _ end: String, _ id: String
  ) throws {
    let reading = try read([("project.qde", Self.xml(start: start, end: end)), Self.text])
    #expect(reading.diagnostics.contains { $0.id == id })
    #expect(reading.value.codings.passageCount == 1 && reading.value.codings.count == 1)
  }

  @Test func `a project in UTF-16 is read`() throws {
    let xml = "<?xml version=\"1.0\" encoding=\"utf-16\"?>" + Self.xml()
    let content = utf16(xml)
    let archive = HandMadeArchive(bytes: [
      ("project.qde", content), ("sources/a.txt", Array("one two three".utf8)),
    ])
    #expect(try words(ProjectReader.read(archive.bytes, name: "a.qdpx")) == "one")
  }

  @Test func `a project file in a folder with a space in its name finds its sources`() throws {
    try withTemporaryFolder { folder in
      let study = folder + "/My study"
      try FileManager.default.createDirectory(
        atPath: study + "/sources", withIntermediateDirectories: true)
      for (name, content) in [("project.qde", Self.xml()), Self.text] {
        try Data(content.utf8).write(to: URL(filePath: study + "/" + name))
      }
      let reading = try ProjectReader.read(contentsOf: study + "/project.qde")
      #expect(try words(reading) == "one")
    }
  }
}
