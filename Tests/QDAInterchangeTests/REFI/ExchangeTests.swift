import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// Laws of writing for other tools and reading again, over generated studies.
struct ExchangeTests {
  private static let seeds: [UInt64] = [1, 2, 3, 20_240_117]
  private let formats: [Format] = [.qdpx, .qde]

  private func write(
    _ project: Project, _ format: Format, in folder: String,
    _ options: ProjectWritingOptions = ProjectWritingOptions()
  ) throws -> String {
    let path = "\(folder)/study.\(format.extensions[0])"
    let writer = try #require(ProjectWriter(project, as: format, options: options))
    _ = try writer.write(to: path)
    return path
  }

  @Test(arguments: seeds)
  func `a project with its sidecar comes back as it was`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    for (format, profile) in formats.flatMap({ one in ExchangeProfile.all.map { (one, $0) } }) {
      try withTemporaryFolder { folder in
        let path = try write(
          project, format, in: folder, ProjectWritingOptions(profile: profile))
        let read = try ProjectReader.read(contentsOf: path)
        #expect(differences(project, read.value) == [], "\(profile.id)")
        for source in project.sources where source.rendition.text != nil {
          let text = try project.texts.text(of: source.id)
          #expect(try read.value.texts.text(of: source.id).string == text.string)
        }
        let findings = read.diagnostics.filter { $0.id.hasPrefix("exchange.") }
        #expect(findings.isEmpty, "\(findings)")
      }
    }
  }

  @Test(arguments: seeds)
  func `a sidecar may be inside the archive`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    try withTemporaryFolder { folder in
      let path = try write(
        project, .qdpx, in: folder, ProjectWritingOptions(sidecar: .embedded))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["study.qdpx"])
      let read = try ProjectReader.read(contentsOf: path).value
      #expect(differences(project, read) == [])
    }
  }

  @Test(arguments: seeds)
  func `without a sidecar the file says what the loss report leaves`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    for profile in ExchangeProfile.all {
      for (format, kind) in [(Format.qdpx, ExchangeForm.Kind.archive), (.qde, .file)] {
        try withTemporaryFolder { folder in
          let form = ExchangeForm(of: project, as: kind, for: profile)
          let path = try write(
            project, format, in: folder, ProjectWritingOptions(profile: profile, sidecar: .none))
          let read = try ProjectReader.read(contentsOf: path).value
          // A name that is nothing but the words is taken for the writer's own.
          var expected = form.project
          expected.removeDerivedNames()
          #expect(differing(expected, read) == [], "\(profile.id)")
        }
      }
    }
  }

  @Test(arguments: seeds)
  func `what is written is valid`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    for profile in ExchangeProfile.all {
      let options = ProjectWritingOptions(profile: profile)
      let file = try #require(ProjectWriter(project, as: .qde, options: options)?.bytes)
      #expect(schemaErrors(file, schema: "Project.xsd") == [], "\(profile.id)")
      let codebook = try #require(ProjectWriter(project, as: .qdc, options: options)?.bytes)
      #expect(schemaErrors(codebook, schema: "Codebook.xsd") == [], "\(profile.id)")
      try withTemporaryFolder { folder in
        let path = try write(project, .qdpx, in: folder, options)
        let archive = try ZipArchive(path: path, name: "study", limits: .project)
        #expect(archive.names[0] == "project.qde")
        #expect(
          archive.names.dropFirst().allSatisfy { $0.hasPrefix("sources/") },
          "\(archive.names)")
        let inner = try archive.content(of: "project.qde")
        #expect(schemaErrors(inner, schema: "Project.xsd") == [], "\(profile.id)")
      }
    }
  }

  /// The rule of NVivo, spelled out here without the library: UTF-16 units, CRLF is two, no mark.
  @Test(arguments: seeds)
  func `a file for NVivo gives every passage its exact words`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    try withTemporaryFolder { folder in
      let path = try write(
        project, .qdpx, in: folder, ProjectWritingOptions(profile: .nvivo, sidecar: .none))
      let archive = try ZipArchive(path: path, name: "study", limits: .project)
      let document = String(decoding: try archive.content(of: "project.qde"), as: UTF8.self)
      var count = 0
      for source in project.sources where source.medium == .text && source.recording == nil {
        let name = "sources/\(source.id).txt"
        guard archive.contains(name) else { continue }
        var file = try archive.content(of: name)
        if file.starts(with: [0xEF, 0xBB, 0xBF]) { file.removeFirst(3) }
        let units = Array(String(decoding: file, as: UTF8.self).utf16)
        let text = try project.texts.text(of: source.id).string
        let lines = file.filter { $0 == 0x0A }.count
        #expect(lines == file.filter { $0 == 0x0D }.count)
        #expect(lines == text.utf8.filter { $0 == 0x0A }.count)
        for passage in project.codings.passages(in: source.id) {
          guard let span = passage.span else { continue }
          let element = try #require(
            document.firstMatch(
              of: try Regex(
                "<PlainTextSelection guid=\"\(passage.id)\"[^>]* startPosition=\"(\\d+)\" endPosition=\"(\\d+)\"",
                as: (Substring, Substring, Substring).self)))
          let (start, end) = (
            try #require(Int(element.output.1)), try #require(Int(element.output.2))
          )
          let words = String(decoding: units[start..<end], as: UTF16.self)
            .replacingOccurrences(of: "\r\n", with: "\n")
          let scalars = Array(text.unicodeScalars)[span.scalars]
          #expect(Array(words.unicodeScalars) == Array(scalars))
          count += 1
        }
      }
      #expect(count > 20)
    }
  }

  @Test
  func `for NVivo the attributes of cases say that they are`() throws {
    var project = Project.exchangeable(seed: 2)
    let names = ["Age", "Pages", "Cases:Odd", "\u{301}accent"]
    let ids = names.map { ID<Attribute>(derivedFrom: [$0]) }
    for (id, name) in zip(ids, names) { project.attributes[id] = Attribute(id: id, name: name) }
    project.cases[project.cases[0].id]?.values[ids[0]] = .text("44")
    let source = project.sources[0].id
    project.sources[source]?.values[ids[1]] = .text("12")
    project.sources[source]?.values[ids[2]] = .text("x")
    try withTemporaryFolder { folder in
      for sidecar in [ProjectWritingOptions.Sidecar.none, .embedded] {
        let path = try write(
          project, .qdpx, in: folder, ProjectWritingOptions(profile: .nvivo, sidecar: sidecar))
        let archive = try ZipArchive(path: path, name: "study", limits: .project)
        let inner = String(decoding: try archive.content(of: "project.qde"), as: UTF8.self)
        let written = inner.matches(of: /<Variable guid="[^"]*" name="([^"]*)"/)
          .map { String($0.output.1) }.suffix(4)
        #expect(
          written.map { Array($0.utf8) }
            == ["Cases:Age", "Pages", "Cases:Cases:Odd", "Cases:\u{301}accent"].map {
              Array($0.utf8)
            })
        let read = try ProjectReader.read(contentsOf: path).value
        #expect(read.attributes.map(\.name) == project.attributes.map(\.name))
        if sidecar == .embedded { #expect(differences(project, read) == []) }
      }
    }
  }

  @Test
  func `what another tool edited counts, and the rest is restored`() throws {
    let project = Project.exchangeable(seed: 4)
    try withTemporaryFolder { folder in
      let path = try write(project, .qde, in: folder)
      var text = try String(contentsOfFile: path, encoding: .utf8)
      // The theme gets another name, a note another text, and the graph goes.
      text = text.replacingOccurrences(of: "name=\"Theme 1\"", with: "name=\"Topic\"")
      text = text.replacingOccurrences(of: "Coded memo", with: "Coded memo, edited")
      let start = try #require(text.range(of: "    <Graph guid=\"\(project.graphs[0].id)\""))
      let end = try #require(
        text.range(of: "</Graph>\n", range: start.lowerBound..<text.endIndex))
      text.removeSubrange(start.lowerBound..<end.upperBound)
      try Data(text.utf8).write(to: URL(filePath: path))
      let read = try ProjectReader.read(contentsOf: path)
      let theme = try #require(read.value.codebook.codes[project.codebook.codes[0].id])
      #expect(theme.name == "Topic")
      #expect(theme.number == "1", "what the file cannot say is kept")
      #expect(read.value.cells == project.cells)
      #expect(read.value.configurations == project.configurations)
      #expect(read.value.evidence == project.evidence)
      #expect(read.value.graphs.isEmpty)
      let edited = read.diagnostics.filter { $0.id == "exchange.object-edited" }
      #expect(edited.contains { $0.place == .object(.code(theme.id)) })
      #expect(read.diagnostics.contains { $0.id == "exchange.object-removed" } == false)
    }
  }

  @Test
  func `a removed visible note is listed, and its cell is kept`() throws {
    let project = Project.exchangeable(seed: 4)
    let key = try #require(project.cells.keys.sorted().first)
    try withTemporaryFolder { folder in
      let path = try write(project, .qde, in: folder)
      var text = try String(contentsOfFile: path, encoding: .utf8)
      let start = try #require(text.range(of: "    <Note guid=\"\(Shown.cell(key))\""))
      let end = try #require(
        text.range(of: "</Note>\n", range: start.lowerBound..<text.endIndex))
      text.removeSubrange(start.lowerBound..<end.upperBound)
      try Data(text.utf8).write(to: URL(filePath: path))
      let read = try ProjectReader.read(contentsOf: path)
      #expect(read.value.cells[key] == project.cells[key])
      #expect(
        read.diagnostics.contains {
          $0.id == "exchange.object-removed" && $0.place == .object(.note(Shown.cell(key)))
        })
    }
  }

  @Test
  func `paths and accounts are written only when that is asked for`() throws {
    var project = Project.generated(seed: 1)
    project.origin = ProjectOrigin(program: "x", basePath: "C:/Users/ana/Study")
    project.coders[project.coders[0].id]?.initials = "CORP\\ana"
    project.sources[project.sources[0].id]?.files.original = "/home/ana/P1.wav"
    let plain = try #require(ProjectWriter(project, as: .qde))
    let text = String(decoding: try #require(plain.bytes), as: UTF8.self)
    let sidecar = String(decoding: try #require(plain.sidecar), as: UTF8.self)
    for secret in ["C:/Users", "CORP", "/home/ana"] {
      #expect(!text.contains(secret) && !sidecar.contains(secret), "\(secret)")
    }
    #expect(plain.losses(file: "x").count { $0.id == "exchange.withheld" } == 2)
    let all = try #require(
      ProjectWriter(
        project, as: .qde,
        options: ProjectWritingOptions(includesPaths: true, includesAccounts: true)))
    let open = String(decoding: try #require(all.bytes), as: UTF8.self)
    #expect(open.contains("basePath=\"C:/Users/ana/Study\""))
    #expect(open.contains("id=\"CORP\\ana\""))
  }

  @Test
  func `a note without a time has one in the file that stands for none`() throws {
    var project = Project.generated(seed: 1)
    let timeless = Note(id: project.notes[0].id, title: "Memo", body: "no time")
    project.notes = [timeless]
    let epoch = Timestamp("1970-01-01T00:00:00Z")
    let dated = Note(
      id: ID(derivedFrom: ["dated"]), title: "Old", body: "x", stamp: Stamp(at: epoch))
    for sidecar in [ProjectWritingOptions.Sidecar.none, .embedded] {
      project.notes[dated.id] = sidecar == .none ? nil : dated
      try withTemporaryFolder { folder in
        let path = try write(project, .qdpx, in: folder, ProjectWritingOptions(sidecar: sidecar))
        let archive = try ZipArchive(path: path, name: "study", limits: .project)
        let inner = String(decoding: try archive.content(of: "project.qde"), as: UTF8.self)
        for note in inner.matches(of: /<Note [^>]*>/) {
          #expect(note.output.contains(" creationDateTime=\""))
        }
        #expect(inner.contains("creationDateTime=\"1970-01-01T00:00:00Z\""))
        let read = try ProjectReader.read(contentsOf: path)
        #expect(read.value.notes[timeless.id]?.stamp.at == nil)
        if sidecar == .embedded { #expect(differences(project, read.value) == []) }
      }
    }
  }

  /// A file that comes in many pieces and may break off.
  private struct Film: FileStore {
    let names = ["sources/film.mp4"]
    let pieces: Int
    let breaksOff: Bool

    func read(_ name: String, _ receive: (Span<UInt8>) throws -> Void) throws {
      for piece in 0..<pieces {
        // Some pieces are empty.
        let bytes = [UInt8](repeating: UInt8(piece % 251), count: piece % 3 * 4096)
        try receive(bytes.span)
      }
      if breaksOff { throw FileUnavailable(name: name, reason: "it breaks off") }
    }
  }

  @Test
  func `a film goes into an archive piece by piece`() throws {
    var project = Project(id: ID(derivedFrom: ["film"]), title: "Film")
    var film = Source(id: ID(derivedFrom: ["film"]), name: "Film", kind: .document, medium: .video)
    film.files.media = "internal://film.mp4"
    project.sources[film.id] = film
    try withTemporaryFolder { folder in
      project.files = Film(pieces: 500, breaksOff: false)
      let path = try write(project, .qdpx, in: folder)
      let archive = try ZipArchive(path: path, name: "study", limits: .project)
      let expected = (0..<500).flatMap {
        [UInt8](repeating: UInt8($0 % 251), count: $0 % 3 * 4096)
      }
      #expect(try archive.content(of: "sources/film.mp4") == expected)
      // One that breaks off leaves the file that was there.
      let before = try bytes(of: path)
      project.files = Film(pieces: 500, breaksOff: true)
      #expect(throws: WritingError.self) { try write(project, .qdpx, in: folder) }
      #expect(try bytes(of: path) == before)
    }
  }

  @Test
  func `the loss report counts what has no place`() throws {
    let project = Project.generated(seed: 3)
    let report = try #require(
      ProjectWriter(project, as: .qdpx, options: ProjectWritingOptions(sidecar: .none))
    ).losses(file: "x.qdpx")
    #expect(report.allSatisfy { $0.id == "exchange.not-held" })
    func count(_ words: String) -> Int? { report.first { $0.summary.hasPrefix(words) }?.count }
    #expect(count("a cell of a chart") == project.cells.count)
    #expect(count("a piece of evidence") == project.evidence.count)
    #expect(count("a configuration") == 3)
    #expect(count("the number of a code") == 8)
    let accepted = project.codings.all.filter { $0.status == .accepted }
    #expect(
      count("a coding that is proposed or rejected") == project.codings.count - accepted.count)
    #expect(count("the weight of a coding") == accepted.count { $0.weight != nil })
    let kept = try #require(ProjectWriter(project, as: .qdpx)).losses(file: "x.qdpx")
    #expect(kept.allSatisfy { $0.severity == .note })
  }

  @Test
  func `no sidecar is said to keep a text that cannot be read`() throws {
    var project = Project(id: ID(derivedFrom: ["away"]), title: "Away")
    var interview = Source(
      id: ID(derivedFrom: ["P1"]), name: "P1", kind: .transcript, medium: .text)
    interview.files.plainText = "internal://P1.txt"
    interview.files.richText = "internal://P1.docx"
    project.sources[interview.id] = interview
    let report = try #require(ProjectWriter(project, as: .qde)).losses(file: "x.qde")
    let lost = report.filter { $0.id == "exchange.not-held" }
    #expect(
      lost.map(\.summary) == [
        "a formatted text, picture or recording, which only an archive holds: neither the file nor a sidecar holds it",
        "a text that is not available: neither the file nor a sidecar holds it",
      ])
    #expect(lost.allSatisfy { $0.severity == .warning && $0.count == 1 && !$0.solutions.isEmpty })
    // A source that never had a text loses none.
    project.sources[interview.id]?.files = SourceFiles()
    let empty = try #require(ProjectWriter(project, as: .qde)).losses(file: "x.qde")
    #expect(empty.allSatisfy { $0.id == "exchange.in-sidecar" })
  }

  @Test
  func `the validator finds what is wrong`() {
    let wrong = "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"x\"><Sets/></Project>"
    #expect(schemaErrors(Array(wrong.utf8), schema: "Project.xsd") != [])
  }

  @Test
  func `the same project gives the same bytes`() throws {
    let project = Project.exchangeable(seed: 5)
    try withTemporaryFolder { folder in
      for format in formats {
        let path = try write(project, format, in: folder)
        let first = (try bytes(of: path), try bytes(of: folder + "/study.qda.json"))
        _ = try write(project, format, in: folder)
        #expect(try bytes(of: path) == first.0)
        #expect(try bytes(of: folder + "/study.qda.json") == first.1)
      }
    }
  }

  @Test
  func `a project that was read is written as it was read`() throws {
    try withTemporaryFolder { folder in
      let none = ProjectWritingOptions(sidecar: .none)
      let path = try write(Project.exchangeable(seed: 9), .qdpx, in: folder, none)
      let first = try ProjectReader.read(contentsOf: path).value
      let before = try bytes(of: path)
      _ = try write(first, .qdpx, in: folder, none)
      #expect(try bytes(of: path) == before)
    }
  }

  // MARK: -

  private func objects(_ project: Project) -> [String: Object] {
    var empty = Project(id: project.id, title: "")
    empty.schemas = []
    empty.details = project.details
    let change = Change(from: empty, to: project, id: ID(derivedFrom: []))
    var found: [String: Object] = ["details": .details(project.details)]
    for case .insert(let object, _) in change.operations {
      found[object.reference?.description ?? "\(found.count)"] = object
    }
    return found
  }

  /// The objects of which two projects do not say the same.
  private func differing(_ left: Project, _ right: Project) -> [String] {
    let (left, right) = (objects(left), objects(right))
    return Set(left.keys).union(right.keys).sorted().filter {
      left[$0]?.exchangeDigest != right[$0]?.exchangeDigest
    }.prefix(3).map {
      String("\($0): \(left[$0], default: "-") is \(right[$0], default: "-")".prefix(2500))
    }
  }

  private func differences(_ left: Project, _ right: Project) -> [String] {
    if left == right { return [] }
    let change = Change(from: left, to: right, id: ID(derivedFrom: []))
    return
      (["\(left.id == right.id)"] + change.operations.prefix(2).map { String("\($0)".prefix(2500)) })
  }
}
