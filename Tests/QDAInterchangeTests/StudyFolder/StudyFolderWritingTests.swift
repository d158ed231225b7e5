import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct StudyFolderWritingTests {
  /// The small study on disk, changed by a body and written; gives the files that differ, as text.
  private func change(
    _ files: [String: String]? = nil, _ body: (inout Project, StudyFolder) throws -> Void
  ) throws -> (before: [String: String], after: [String: String], project: Project) {
    try withTemporaryFolder { path in
      let files = try files ?? StudySamples.allotment()
      try StudySamples.put(files, in: path)
      let folder = try StudyFolder.read(at: path).value
      var project = folder.project
      try body(&project, folder)
      let written = try StudyFolder.write(project, to: path)
      var after: [String: String] = [:]
      for (name, bytes) in try StudySamples.bytes(in: path)
      where bytes != files[name].map({ Array($0.utf8) }) {
        after[name] = String(decoding: bytes, as: UTF8.self)
      }
      let gone = files.keys.filter { !FileManager.default.fileExists(atPath: path + "/" + $0) }
      #expect(written == (Array(after.keys) + gone).sorted())
      let again = try StudyFolder.read(at: path)
      #expect(again.value.project == project)
      return (files.filter { after[$0.key] != nil }, after, project)
    }
  }

  @Test(arguments: ["StudyFolders/Allotment", "StudyFolders/Broken", "LinkWorkers"])
  func `writing what was read touches no file`(name: String) throws {
    try withTemporaryFolder { path in
      let copy = path + "/study"
      try FileManager.default.copyItem(atPath: fixture(name), toPath: copy)
      let before = try StudySamples.bytes(in: copy)
      let project = try StudyFolder.read(at: copy).value.project
      #expect(try StudyFolder.write(project, to: copy) == [])
      #expect(try StudySamples.bytes(in: copy) == before)
    }
  }

  @Test
  func `a changed comment replaces one field of one row`() throws {
    let (before, after, _) = try change { project, folder in
      let id = try #require(folder.id(for: "P1-AB-2", of: Coding.self))
      var coding = try #require(project.codings[id])
      coding.comment = "Her words, and well put"
      let source = try #require(project.codings[coding.passage]).source
      project.codings.insert([], codings: [coding], in: source)
    }
    #expect(after.keys.sorted() == ["codings/P1.AB.csv"])
    #expect(
      after["codings/P1.AB.csv"]
        == before["codings/P1.AB.csv"]?
        .replacing("In her words", with: "\"Her words, and well put\""))
  }

  @Test
  func `a renamed code replaces one value and keeps every comment`() throws {
    let (before, after, _) = try change { project, folder in
      let id = try #require(folder.id(for: "trust", of: Code.self))
      project.codebook.codes[id]?.name = "Trust: being given a key"
      project.codebook.codes[id]?.include = "Keys, lists, money."
    }
    #expect(after.keys.sorted() == ["codebook.yaml"])
    #expect(
      after["codebook.yaml"]
        == before["codebook.yaml"]?
        .replacing("name: Being trusted", with: "name: \"Trust: being given a key\"")
        .replacing(
          "        definition: Being given something to look after.\n",
          with: "        definition: Being given something to look after.\n"
            + "        include: Keys, lists, money.\n"))
  }

  @Test
  func `a new code below a theme goes to its place`() throws {
    let (before, after, project) = try change { project, folder in
      let theme = try #require(folder.id(for: "staying", of: Code.self))
      let code = Code(
        id: ID(derivedFrom: ["allotment", "code", "habit"]), parent: theme, number: "2.2",
        name: "habit", definition: "Going because one always goes.")
      project.codebook.codes[code.id] = code
    }
    #expect(
      after["codebook.yaml"]
        == before["codebook.yaml"]?
        .replacing(
          "        definition: Others rely on the person.\n",
          with: "        definition: Others rely on the person.\n      - id: habit\n"
            + "        number: 2.2\n        definition: Going because one always goes.\n"))
    #expect(project.codebook.codes.count == 6)
  }

  @Test
  func `a new object with an id of its own keeps it beside a readable key`() throws {
    let id = ID<Code>(high: 1, low: 2)
    let (_, after, _) = try change { project, _ in
      project.codebook.codes[id] = Code(id: id, name: "Leaving for good", definition: "…")
    }
    let text = try #require(after["codebook.yaml"])
    #expect(
      text.contains("  - id: leaving-for-good\n    guid: \(id)\n    name: Leaving for good\n"))
  }

  @Test
  func `a changed slot is replaced within its line`() throws {
    let (before, after, _) = try change { project, folder in
      let id = try #require(folder.id(for: "CMO2", of: Configuration.self))
      project.configurations[id]?.slots[2].part = "long-term"
      project.configurations[id]?.valence = .mixed
    }
    #expect(after.keys.sorted() == ["configurations.yaml"])
    #expect(
      after["configurations.yaml"]
        == before["configurations.yaml"]?
        .replacing(
          "{id: o1, role: outcome, part: short-term, element: plot-given-up}",
          with: "{id: o1, role: outcome, part: long-term, element: plot-given-up}"
        )
        .replacing("valence: unfavourable", with: "valence: mixed"))
  }

  @Test
  func `a removed configuration takes its evidence with it and leaves the comments`() throws {
    let (before, after, _) = try change { project, folder in
      let id = try #require(folder.id(for: "CMO2", of: Configuration.self))
      let link = try #require(folder.id(for: "L1", of: Link.self))
      let statement = try #require(folder.id(for: "R1", of: Statement.self))
      let version = try #require(folder.id(for: "refined", of: TheoryVersion.self))
      project.configurations[id] = nil
      project.links[link] = nil
      for key in ["CMO2-e1", "CMO2-e2", "CMO2-e3", "L1-e1"] {
        let evidence = try #require(folder.id(for: key, of: Evidence.self))
        project.evidence[evidence] = nil
      }
      #expect(project.theory[version]?.statements.first?.id == statement)
      project.theory[version]?.statements[0].configurations.removeLast()
    }
    let text = try #require(after["configurations.yaml"])
    let old = try #require(before["configurations.yaml"])
    let start = try #require(old.range(of: "  - id: CMO2\n    title"))
    #expect(text == old[..<start.lowerBound])
    #expect(after["theory.yaml"]?.contains("configurations: [CMO1]\n        evidence") == true)
  }

  @Test
  func `cells are changed, added and removed row by row`() throws {
    let (before, after, _) = try change { project, folder in
      func key(_ row: String, _ column: String) throws -> Cell.Key {
        Cell.Key(
          row: try #require(folder.id(for: row, of: Case.self)),
          column: try #require(folder.id(for: column, of: Code.self)))
      }
      let author = Stamp(by: folder.id(for: "CD", of: Coder.self))
      let passage = try #require(folder.id(for: "P3-AB-2", of: Passage.self))
      project.cells[try key("P3", "trust")] = nil
      project.cells[try key("P2", "needed")] = Cell(
        key: try key("P2", "needed"), state: .summarised,
        runs: [
          Run(.summary, "Says, first,"), Run(.verbatim, "nobody asks", references: [passage]),
          Run(.comment, "as P3 does"),
        ], author: author)
      project.cells[try key("P2", "trust")]?.state = .nothingSaid
    }
    #expect(
      after["charts/1.csv"]
        == before["charts/1.csv"]?
        .replacing("P3,trust,asked-not-answered,,,AB,\n", with: "")
        .replacing("P2,trust,not-asked", with: "P2,trust,nothing-said"))
    #expect(
      after["charts/2.csv"]
        == before["charts/2.csv"]?
        .replacing(
          "P1-AB-3,AB,\n",
          with: "P1-AB-3,AB,\nP2,needed,summarised,"
            + "\"Says, first,“nobody asks” [1]{as P3 does}\",P3-AB-2,CD,\n"))
  }

  @Test
  func `a note keeps its head when its text changes, and its text when its head changes`() throws {
    let (before, after, _) = try change { project, folder in
      let key = try #require(folder.id(for: "key", of: Note.self))
      let meeting = try #require(folder.id(for: "meeting", of: Note.self))
      project.notes[key]?.body = "Shorter."
      project.notes[meeting]?.title = "Meeting in April"
    }
    #expect(
      after["notes/key.md"]
        == (before["notes/key.md"]?.components(separatedBy: "\n\n").first ?? "") + "\n\nShorter.\n")
    #expect(
      after["notes/meeting.md"]
        == before["notes/meeting.md"]?.replacing("Meeting in March", with: "Meeting in April"))
  }

  @Test
  func `participants change by the field and come in by the row`() throws {
    let (before, after, _) = try change { project, folder in
      let organisation = try #require(folder.id(for: "organisation", of: Attribute.self))
      let id = try #require(folder.id(for: "P3", of: Case.self))
      project.cases[id]?.values[organisation] = .text("North site; new part")
      let new = Case(
        id: ID(derivedFrom: ["allotment", "case", "P4"]), name: "P4",
        values: [organisation: .text("North site")])
      project.cases[new.id] = new
    }
    #expect(
      after["participants.csv"]
        == (before["participants.csv"] ?? "")
        .replacing("P3,South site", with: "P3,North site; new part") + "P4,North site,,,,\n")
  }

  @Test
  func `a source that is new becomes a transcript, and one that goes is removed`() throws {
    let text = Text("P4: I only came for the tea.\n")
    let (_, after, _) = try change { project, folder in
      let old = try #require(folder.id(for: "P2", of: Source.self))
      let new = ID<Source>(derivedFrom: ["allotment", "source", "P4"])
      var options = TranscriptOptions()
      options.interviewers = ["I"]
      let reading = try TranscriptReader.read(
        Array(text.string.utf8), name: "P4.txt", id: new, options: options)
      project.sources[new] = reading.value.source
      project.sources[old] = nil
      var texts = try #require(project.texts as? MemoryTexts)
      texts.texts[new] = text
      project.texts = texts
      let passages = project.codings.passages(in: old)
      let codings = Set(project.codings.codings(in: old).map(\.id))
      project.codings.remove(Set(passages.map(\.id)), codings: codings, in: old)
      for index in project.cases.indices {
        project.cases[project.cases[index].id]?.covers.removeAll { $0 == .source(old) }
      }
      for cell in project.cells.values
      where cell.references.contains(where: { id in passages.contains { $0.id == id } }) {
        project.cells[cell.key] = nil
      }
      for evidence in project.evidence where evidence.ground == .document(old) {
        project.evidence[evidence.id] = nil
      }
    }
    #expect(after["transcripts/P4.txt"] == text.string)
    #expect(after["exchange/rest.json"] == nil)
  }

  @Test
  func `a broken line stays where it is when its neighbours change`() throws {
    var files = try StudySamples.allotment()
    files["codings/P1.AB.csv"]? += "P1-AB-9,,,,\"open,,trust,,\n"
    files["codebook.yaml"] = files["codebook.yaml"]?.replacing(
      "name: Being needed", with: "name: \"Being needed")
    let (before, after, _) = try change(files) { project, folder in
      let id = try #require(folder.id(for: "needed", of: Code.self))
      project.codebook.codes[id]?.definition = "Somebody relies on the person."
      let coding = try #require(folder.id(for: "P1-AB-1", of: Coding.self))
      var changed = try #require(project.codings[coding])
      changed.weight = 3
      let source = try #require(project.codings[changed.passage]).source
      project.codings.insert([], codings: [changed], in: source)
    }
    #expect(
      after["codebook.yaml"]
        == before["codebook.yaml"]?.replacing("Others rely", with: "Somebody relies"))
    #expect(
      after["codings/P1.AB.csv"]
        == before["codings/P1.AB.csv"]?.replacing("trust,2,", with: "trust,3,"))
  }

  @Test
  func `what the layout has no place for is kept aside, and edits by hand count more`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(try StudySamples.allotment(), in: path)
      let folder = try StudyFolder.read(at: path).value
      var project = folder.project
      let id = try #require(folder.id(for: "P1", of: Source.self))
      project.sources[id]?.name = "Talk with a keyholder"
      let code = try #require(folder.id(for: "trust", of: Code.self))
      project.codebook.versions[0].codes[0].definition = "Old words."
      #expect(
        try StudyFolder.write(project, to: path) == ["codebook.yaml", "exchange/rest.json"])
      #expect(try StudyFolder.read(at: path).value.project == project)
      // The transcript changes by hand: what was kept aside for it no longer applies.
      let file = path + "/transcripts/P1.txt"
      let text = try String(contentsOfFile: file, encoding: .utf8)
      try (text + "\nI: Thanks.\n").write(toFile: file, atomically: true, encoding: .utf8)
      let edited = try StudyFolder.read(at: path)
      #expect(edited.diagnostics.map(\.id) == ["study.rest-outdated"])
      #expect(edited.value.project.sources[id]?.name == "P1.txt")
      #expect(edited.value.project.codebook.codes[code]?.name == "Being trusted")
    }
  }

  @Test
  func `speakers that only the rest names are not missed`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(try StudySamples.allotment(), in: path)
      let file = path + "/transcripts/P9.txt"
      try "It was wet. Nobody came.\n".write(toFile: file, atomically: true, encoding: .utf8)
      let folder = try StudyFolder.read(at: path)
      #expect(folder.diagnostics.map(\.id).contains("transcript.no-speakers"))
      var project = folder.value.project
      let id = try #require(folder.value.id(for: "P9", of: Source.self))
      project.sources[id]?.speakers = [Speaker(label: "Ana")]
      project.sources[id]?.turns[0].speakers = [0]
      try StudyFolder.write(project, to: path)
      let again = try StudyFolder.read(at: path)
      #expect(again.value.project.sources[id]?.speakers.map(\.label) == ["Ana"])
      #expect(!again.diagnostics.map(\.id).contains("transcript.no-speakers"))
    }
  }

  // MARK: Whole projects

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `a generated project is read back as it was`(seed: UInt64) throws {
    let project = Project.generated(seed: seed)
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path + "/new")
      let reading = try StudyFolder.read(at: path + "/new")
      #expect(reading.value.project == project)
      for source in project.sources {
        #expect(
          try reading.value.project.texts.text(of: source.id) == project.texts.text(of: source.id))
      }
      #expect(try StudyFolder.write(project, to: path + "/new") == [])
    }
  }

  @Test(arguments: 1...16 as ClosedRange<UInt64>)
  func `a project with all that other tools have is written again without a change`(
    seed: UInt64
  ) throws {
    let project = Project.exchangeable(seed: seed)
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path)
      let read = try StudyFolder.read(at: path).value.project
      #expect(read == project)
      #expect(try StudyFolder.write(read, to: path) == [])
      let again = try StudyFolder.write(project, to: path)
      #expect(again == [], "\(again)")
      // What does not change with the title keeps its bytes.
      let before = try StudySamples.bytes(in: path)
      var renamed = read
      renamed.title = "Renamed"
      let written = try StudyFolder.write(renamed, to: path)
      // The title is kept aside too, with what else is said of the project.
      #expect(written == ["exchange/rest.json", "study.yaml"])
      let after = try StudySamples.bytes(in: path)
      let lines = { (bytes: [UInt8]?) in
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n")
      }
      let changed = zip(
        lines(before["exchange/rest.json"]), lines(after["exchange/rest.json"])
      ).filter { $0 != $1 }
      #expect(changed.count == 2 && changed.allSatisfy { $1.contains("Renamed") })
    }
  }

  @Test
  func `writing the same project twice gives the same bytes`() throws {
    let project = Project.generated(seed: 5)
    #expect(StudyFolder(project).files == StudyFolder(project).files)
  }

  @Test
  func `one generated project after another is written over it`() throws {
    try withTemporaryFolder { path in
      var project = Project.generated(seed: 3)
      try StudyFolder.write(project, to: path)
      var random = SeededGenerator(seed: 99)
      for round in 0..<6 {
        project.title = "Round \(round)"
        let code = random.pick(Array(project.codebook.codes))
        project.codebook.codes[code.id]?.definition = random.text(words: 7)
        let coding = random.pick(project.codings.all)
        let source = try #require(project.codings[coding.passage]).source
        project.codings.remove(codings: [coding.id], in: source)
        let one = random.pick(Array(project.configurations))
        project.configurations[one.id]?.title = random.text(words: 4)
        if let cell = project.cells.keys.min() { project.cells[cell] = nil }
        let note = Note(id: ID(using: &random), title: "N\(round)", body: random.text(words: 5))
        project.notes[note.id] = note
        try StudyFolder.write(project, to: path)
        #expect(try StudyFolder.read(at: path).value.project == project)
      }
    }
  }

  @Test
  func `the worked study, written elsewhere, is the same study`() throws {
    let project = try StudyFolder.read(at: fixture("LinkWorkers")).value.project
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path + "/copy")
      #expect(try StudyFolder.read(at: path + "/copy").value.project == project)
    }
  }

  @Test
  func `a folder of another study is refused`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(["study.yaml": "id: other\n"], in: path)
      #expect(throws: WritingError.otherStudy(folder: path, id: "other")) {
        try StudyFolder.write(Project.generated(seed: 1), to: path)
      }
    }
  }

  @Test
  func `a file that somebody changed meanwhile is not overwritten`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(try StudySamples.allotment(), in: path)
      var folder = try StudyFolder.read(at: path).value
      var project = folder.project
      project.title = "Mine"
      folder.update(to: project)
      let theirs = "id: allotment\ntitle: Theirs\n"
      try StudySamples.put(["study.yaml": theirs], in: path)
      #expect(throws: WritingError.changedSinceReading(file: "study.yaml")) {
        try folder.write(to: path)
      }
      #expect(try String(contentsOfFile: path + "/study.yaml", encoding: .utf8) == theirs)
    }
  }

  @Test(arguments: ["codebook.yaml", "transcripts/P01.txt"])
  func `a file that is no part of the study is not overwritten`(file: String) throws {
    try withTemporaryFolder { path in
      try StudySamples.put([file: "mine"], in: path)
      #expect(throws: WritingError.inTheWay(file: file)) {
        try StudyFolder.write(Project.generated(seed: 1), to: path)
      }
      #expect(try StudySamples.bytes(in: path) == [file: Array("mine".utf8)])
    }
  }

  @Test
  func `a folder that was written can be changed and written again`() throws {
    try withTemporaryFolder { path in
      var project = Project.generated(seed: 2)
      var folder = StudyFolder(project)
      try folder.write(to: path)
      for title in ["Once", "Twice"] {
        project.title = title
        folder.update(to: project)
        let first = try folder.write(to: path)
        let second = try folder.write(to: path)
        #expect(first.contains("study.yaml"))
        #expect(second == [])
        #expect(try StudyFolder.read(at: path).value.project == project)
      }
    }
  }
}
