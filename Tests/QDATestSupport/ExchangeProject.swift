public import QDA

extension Project {
  /// A generated study with what other tools have besides: sets, links, graphs, media, transcripts
  /// with sync points, passages with two regions, descriptions and files.
  public static func exchangeable(seed: UInt64) -> Project {
    var random = SeededGenerator(seed: seed ^ 0x5EED)
    var project = generated(seed: seed)
    project.description = random.text(words: 5)
    project.created = Stamp(by: project.coders[0].id, at: Timestamp("2026-01-02T03:04:05Z"))
    project.modified = Stamp(by: project.coders[1].id, at: Timestamp("2026-02-03T04:05:06.789"))
    project.addTwinnedDocuments(&random)
    project.addRecording(&random)
    project.addOddPassages(&random)
    project.addMemo(&random)
    project.addObjects(&random)
    return project
  }

  private mutating func put(_ source: Source, _ text: String?) {
    var source = source
    if let text {
      var held = texts as? MemoryTexts ?? MemoryTexts()
      held.texts[source.id] = Text(text)
      source.rendition.text = Text(text).digest
      texts = held
    }
    sources[source.id] = source
  }

  private mutating func addFile(_ name: String, _ bytes: [UInt8]) {
    var held = files as? MemoryFiles ?? MemoryFiles()
    held.files[name] = bytes
    files = held
  }

  /// A PDF and a picture with a text of their own.
  private mutating func addTwinnedDocuments(_ random: inout SeededGenerator) {
    let stamp = Stamp(by: coders[0].id, at: Timestamp("2026-03-01T10:00:00Z"))
    for medium in [Medium.pdf, .picture] {
      let text = "Überblick 𝔔 " + random.text(words: 12)
      let id = ID<Source>(using: &random)
      let ending = medium == .pdf ? "pdf" : "png"
      var source = Source(
        id: id, name: "Leaflet.\(ending)", kind: .document, medium: medium,
        description: random.text(words: 3), created: stamp)
      source.files.media = "internal://\(id).\(ending)"
      source.representation = Representation(
        id: ID(using: &random), name: "the words", description: "as read", created: stamp)
      addFile("sources/\(id).\(ending)", [1, 2, 3])
      put(source, text)
      let box = Box(first: Point(x: 10, y: 200), second: Point(x: 90, y: 20))
      let other: Region = medium == .pdf ? .pdf(page: 2, box) : .picture(box)
      let codes = codebook.codes.filter(\.isCodable)
      let passages = [
        Passage(
          id: ID(using: &random), source: id, region: .text(TextSpan(scalars: 0..<9)), twin: other,
          created: stamp, modified: stamp),
        Passage(
          id: ID(using: &random), source: id, region: .text(TextSpan(scalars: 10..<11)),
          name: "named", description: "a letter"),
        Passage(
          id: ID(using: &random), source: id, region: other, name: "box", description: "only a box",
          anchor: medium == .pdf ? Anchor(quote: "words of the box") : nil),
        Passage(
          id: ID(derivedFrom: ["whole", id.description]), source: id, region: .whole),
      ]
      codings.insert(
        passages,
        codings: passages.map {
          Coding(
            id: ID(using: &random), passage: $0.id, code: random.pick(codes).id, created: stamp,
            provenance: .imported, twin: $0.twin == nil ? nil : ID(using: &random))
        }, in: id)
    }
  }

  /// A film with a transcript.
  private mutating func addRecording(_ random: inout SeededGenerator) {
    let stamp = Stamp(at: Timestamp("2026-03-01T10:00:00-05:00"))
    let code = codebook.codes.filter(\.isCodable)[0].id
    let film = Source(id: ID(using: &random), name: "Film", kind: .document, medium: .video)
    put(film, nil)
    sources[film.id]?.files.media = "relative:///films/P1.mp4"
    let scene = Passage(
      id: ID(using: &random), source: film.id, region: .time(1500..<92_000), name: "scene")
    codings.insert(
      [scene],
      codings: [Coding(id: ID(using: &random), passage: scene.id, code: code, created: stamp)],
      in: film.id)
    var transcript = Source(
      id: ID(using: &random), name: "Film, in words", recording: film.id)
    transcript.syncPoints = [
      SyncPoint(id: ID(using: &random), time: 1500, position: 0),
      SyncPoint(id: ID(using: &random), time: 3000, position: 6),
      SyncPoint(id: ID(using: &random), time: 4000),
    ]
    put(transcript, "😀 one\ntwo three\n")
    let ranges: [Region] = [
      .synced(from: transcript.syncPoints[0].id, to: transcript.syncPoints[1].id),
      .synced(from: transcript.syncPoints[1].id, to: nil),
      .text(TextSpan(scalars: 6..<9)),
    ]
    let passages = ranges.map {
      Passage(id: ID(using: &random), source: transcript.id, region: $0, created: stamp)
    }
    codings.insert(
      passages,
      codings: passages.map { Coding(id: ID(using: &random), passage: $0.id, code: code) },
      in: transcript.id)
  }

  /// Empty, overlapping and whole passages, and a text that begins with a byte-order mark.
  private mutating func addOddPassages(_ random: inout SeededGenerator) {
    var source = Source(id: ID(using: &random), name: "odd <&\"\n>", kind: .document)
    source.rendition.lineEnd = .crlf
    source.rendition.hadByteOrderMark = true
    source.files.richText = "internal://odd.docx"
    addFile("sources/odd.docx", [9, 8, 7])
    put(source, "\u{FEFF}first  line\nsecond\tline 👩🏽‍🦽 e\u{301}nd\n\n\u{1}control\u{85}")
    let codes = codebook.codes.filter(\.isCodable)
    var passages: [Passage] = []
    for span in [(0, 0), (0, 5), (3, 9), (3, 9), (12, 12), (10, 30), (0, 42)] {
      passages.append(
        Passage(
          id: ID(using: &random), source: source.id,
          region: .text(TextSpan(scalars: span.0..<span.1)),
          name: span.1 == 30 ? "a name & more" : span.1 == 5 ? "\u{FEFF}firs" : "",
          description: span.1 == 9 ? "twice" : ""))
    }
    passages.append(
      Passage(id: ID(using: &random), source: source.id, region: .whole, name: "all of it"))
    passages.append(Passage(id: ID(using: &random), source: source.id, region: .whole))
    codings.insert(
      passages,
      codings: passages.dropFirst().map {
        Coding(
          id: ID(using: &random), passage: $0.id, code: random.pick(codes).id,
          status: random.pick(Coding.Status.allCases))
      }, in: source.id)
    cases[cases[0].id]?.covers += [
      .passage(passages[2].id), .speaker(sources[0].id, label: "P1"),
    ]
    cases[cases[0].id]?.codes = [codes[0].id]
    cases[cases[0].id]?.description = "the first"
  }

  /// A memo whose text is coded.
  private mutating func addMemo(_ random: inout SeededGenerator) {
    let note = Note(
      id: ID(using: &random), kind: .journal, title: "On method",
      body: "We coded\r\nthis memo too.",
      about: [.project, .coding(codings.all[0].id), .passage(codings.all[1].passage)],
      stamp: Stamp(by: coders[0].id), description: "odd")
    notes[note.id] = note
    let id = ID<Note>(using: &random)
    let memo = Note(id: id, title: "Memo", body: "Coded memo", about: [.source(sources[0].id)])
    notes[id] = memo
    let source = Source(
      id: ID(high: id.high, low: id.low), name: "Memo", kind: .memo)
    put(source, "Coded memo")
    let passage = Passage(
      id: ID(using: &random), source: source.id, region: .text(TextSpan(scalars: 0..<5)))
    codings.insert(
      [passage],
      codings: [
        Coding(
          id: ID(using: &random), passage: passage.id,
          code: codebook.codes.filter(\.isCodable)[1].id)
      ], in: source.id)
  }

  private mutating func addObjects(_ random: inout SeededGenerator) {
    let set = ObjectSet(
      id: ID(using: &random), name: "Group", description: "mixed",
      members: [
        .note(notes[0].id), .source(sources[0].id), .code(codebook.codes[1].id),
        .case(cases[0].id), .configuration(configurations[0].id),
      ])
    sets[set.id] = set
    let ends: [(Reference?, Reference?)] = [
      (.code(codebook.codes[0].id), .code(codebook.codes[1].id)),
      (.note(notes[0].id), .passage(codings.all[0].passage)), (.project, nil),
      (.source(sources[0].id), .unknown(ID(using: &random))),
      (.cell(cells.keys.sorted()[0]), .slot(configurations[0].slots[0].id)),
    ]
    for (origin, target) in ends {
      let link = ObjectLink(
        id: ID(using: &random), name: random.text(words: 2), origin: origin, target: target,
        direction: random.pick([nil] + LinkDirection.allCases),
        color: random.pick([nil, "#a0B1c2", "red"]))
      objectLinks[link.id] = link
    }
    let vertices = [
      Graph.Vertex(
        id: ID(using: &random), represents: .code(codebook.codes[0].id), name: "top",
        origin: Point(x: -5, y: 7), extent: Point(x: 50, y: 60), shape: .star, color: "#010203"),
      Graph.Vertex(id: ID(using: &random), origin: Point(x: 0, y: 0)),
    ]
    let graph = Graph(
      id: ID(using: &random), name: "Map", vertices: vertices,
      lines: [
        Graph.Line(
          id: ID(using: &random), represents: .set(set.id), name: "to", from: vertices[0].id,
          to: vertices[1].id, direction: .oneWay, style: .dotted)
      ])
    graphs[graph.id] = graph
    for kind in Attribute.Kind.allCases {
      let attribute = Attribute(
        id: ID(using: &random), name: "as \(kind.rawValue)", kind: kind, definition: "any")
      attributes[attribute.id] = attribute
      let value: AttributeValue =
        switch kind {
        case .text: .text(" two\nlines ")
        case .terms: .terms(["a", "b"])
        case .band: .band(18, 25)
        case .number: .number(decimal: "-3.50")
        case .integer: .number(decimal: "12")
        case .flag: .flag(true)
        case .date: .date("2026-02-29")
        case .dateTime: .dateTime("2026-02-28T12:00:00Z")
        }
      cases[cases[1].id]?.values[attribute.id] = value
      sources[sources[0].id]?.values[attribute.id] = kind == .flag ? .missing : value
    }
    cases[cases[0].id]?.values[attributes[0].id] = .notApplicable
  }
}
