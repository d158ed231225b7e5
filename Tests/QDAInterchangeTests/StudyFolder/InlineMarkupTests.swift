import QDACore
import Testing

@testable import QDAInterchange

struct InlineMarkupTests {
  private func read(
    _ transcript: String, name: String = "P1.txt", study: String = "markup: true"
  ) -> Reading<StudyFolder> {
    StudySamples.read([
      "study.yaml": "id: a\ncoders: [{id: AB, name: Ailsa Burn}]\n\(study)\n",
      "codebook.yaml": "codes: [{id: one, number: 1.1, name: First code}, {id: two}]\n",
      "participants.csv": "id,transcript\nP1,\(name)\n",
      "transcripts/\(name)": transcript,
    ])
  }

  private func coded(_ reading: Reading<StudyFolder>) throws -> [[String]] {
    let project = reading.value.project
    return try project.codings.all.map { coding in
      let passage = try #require(project.codings[coding.passage])
      let source = try #require(project.sources[passage.source])
      let text = try project.texts.text(of: source.id)
      return [
        reading.value.key(of: coding.code), source.words(in: passage.span ?? text.span, of: text),
        coding.provenance.rawValue,
      ]
    }
  }

  @Test
  func `tags code what stands between them, overlapping and nested`() throws {
    let reading = read(
      "I: So?\n\nP1: A [[one]]b [[two]]c[[/one]] d[[/two]] [[one]]e [[one]]f[[/one]][[/one]].\n")
    #expect(reading.diagnostics == [])
    #expect(
      Set(try coded(reading)) == [
        ["one", "b c", "markup"], ["two", "c d", "markup"], ["one", "e f", "markup"],
        ["one", "f", "markup"],
      ])
  }

  @Test
  func `tags are nobody's words and disturb no speaker`() throws {
    let plain = "I: So?\n\nP1: Yes, and no.\n\nAnd more.\n\nI: Why?\n\nP1: Because.\n"
    let tagged =
      "I: So?\n\n[[one]]P1: Yes, and[[/one]] no.\n\n[[two]]And more.[[/two]]\n\nI: Why?\n\n"
      + "P1: [[one]]Because.[[/one]]\n"
    let before = try #require(read(plain).value.project.sources.first)
    let after = try #require(read(tagged).value.project.sources.first)
    #expect(after.speakers.map(\.label) == before.speakers.map(\.label))
    #expect(after.turns.map(\.speakers) == before.turns.map(\.speakers))
    let texts = (Text(plain), Text(tagged))
    func words(_ source: Source, _ text: Text) -> [String] {
      source.turns.map { turn in
        turn.ranges.map { source.words(in: $0, of: text).trimmed }.joined(separator: " ")
      }
    }
    #expect(words(after, texts.1) == words(before, texts.0))
    #expect(after.rendition.text == texts.1.digest)
    #expect(after.marks.map(\.span) == after.marks.map(\.span).sorted())
  }

  @Test
  func `a quote in a table is found across a tag`() throws {
    var files = [
      "study.yaml": "id: a\ncoders: [{id: AB}]\nmarkup: true\n",
      "codebook.yaml": "codes: [{id: one}]\n",
      "transcripts/P1.txt": "P1: It was [[one]]cold and[[/one]] it was long.\n",
    ]
    files["codings/P1.AB.csv"] = "quote,code\ncold and it was long,one\n"
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics == [])
    #expect(try coded(reading).map { $0[1] } == ["cold and", "cold and it was long"])
  }

  @Test
  func `a tag without its partner or with an unknown key is reported in its place`() {
    let reading = read("I: So?\n\nP1: [[one]]a [[/two]]b [[tow]]c[[/tow]] [[sic]] [[in audible]]\n")
    #expect(
      reading.diagnostics.map(\.head) == [
        "transcripts/P1.txt:3:5 error markup.tag-unclosed",
        "transcripts/P1.txt:3:14 error markup.tag-unopened",
        "transcripts/P1.txt:3:24 error markup.code-unknown",
        "transcripts/P1.txt:3:41 error markup.code-unknown",
        "transcripts/P1.txt:3:49 warning markup.tag-malformed",
      ])
    #expect(reading.diagnostics[2].notes == ["did you mean 'two'?"])
  }

  @Test
  func `without the setting brackets are words`() throws {
    let reading = read("I: So?\n\nP1: [[one]]a[[/one]]\n", study: "markup: false")
    #expect(reading.value.project.codings.count == 0)
    #expect(
      try #require(reading.value.project.sources.first).marks.allSatisfy { $0.kind != .markup })
  }

  @Test
  func `the coder of the tags is the one named for the transcript`() throws {
    let reading = read(
      "P1: [[one]]a[[/one]]\n", study: "markup: true\ntranscripts: {P1.txt: {coder: AB}}")
    #expect(
      reading.value.project.codings.all.map(\.created.by)
        == [reading.value.id(for: "AB", of: Coder.self)])
  }

  @Test
  func `codings from mark-up are never written to tables`() {
    var folder = read("P1: [[one]]a[[/one]]\n").value
    var project = folder.project
    project.title = "Another"
    folder.update(to: project)
    #expect(!folder.files.keys.contains { $0.hasPrefix("codings/") })
    #expect(folder.files[StudyRest.file] == nil)
    #expect(folder.project.codings.count == 1)
  }

  // MARK: Comments

  /// A transcript as the reader of Word documents makes it, with comments.
  private struct Commented: TranscriptLoading {
    var comments: [Mark.Annotation]
    var names: [String] { ["P1.docx"] }

    func load(
      _ name: String, id: ID<Source>, settings: StudyTranscript.Settings
    ) -> StudyTranscript? {
      let text = Text("P1: It was cold and it was long.")
      let marks = comments.map { Mark(.annotation($0), TextSpan(scalars: 11..<15)) }
      let source = Source(
        id: id, name: name, rendition: Rendition(reader: "docx", text: text.digest),
        turns: [Turn(ranges: [TextSpan(scalars: 4..<32)])], marks: marks)
      return StudyTranscript(
        name: name, digest: Digest(of: []),
        reading: .success(
          Reading(Transcript(source: source, text: text, layout: LayoutReport(layout: .none)))))
    }
  }

  private func read(comments: [Mark.Annotation], study: String = "comments: codes")
    -> Reading<StudyFolder>
  {
    let files = [
      "study.yaml": "id: a\ncoders: [{id: AB, name: Ailsa Burn}]\n\(study)\n",
      "codebook.yaml": "codes: [{id: one, number: 1.1, name: First code}]\n",
    ]
    var reader = StudyReader(
      files: files.mapValues { Array($0.utf8) }, transcripts: Commented(comments: comments))
    return reader.read()
  }

  @Test(arguments: ["one", "1.1", "first code"])
  func `a comment that begins with a code codes its words`(name: String) throws {
    let reading = read(comments: [
      Mark.Annotation(
        id: "0", author: "Ailsa Burn", date: "2026-03-04T10:00:00Z", text: "\(name)\nSo she says.")
    ])
    #expect(reading.diagnostics == [])
    #expect(try coded(reading) == [["one", "cold", "comment"]])
    let coding = try #require(reading.value.project.codings.all.first)
    #expect(coding.comment == "So she says.")
    #expect(coding.created.by == reading.value.id(for: "AB", of: Coder.self))
    #expect(coding.created.at == Timestamp("2026-03-04T10:00:00Z"))
  }

  @Test
  func `other comments, replies and comments of strangers are told apart`() {
    let reading = read(comments: [
      Mark.Annotation(id: "0", author: "AB", text: "Check this"),
      Mark.Annotation(id: "1", author: "AB", text: "one", parent: "0"),
      Mark.Annotation(id: "2", author: "Somebody", text: "one"),
    ])
    #expect(
      reading.diagnostics.map(\.id) == ["markup.comment-without-code", "markup.author-unknown"])
    #expect(reading.value.project.codings.count == 1)
    #expect(reading.value.project.codings.all.first?.created.by == nil)
  }

  @Test
  func `comments are annotations unless the study says otherwise`() {
    let reading = read(comments: [Mark.Annotation(id: "0", text: "one")], study: "title: T")
    #expect(reading.value.project.codings.count == 0)
    #expect(reading.diagnostics == [])
  }
}
