public import QDA

extension Project {
  /// A study with every kind of object, made from a seed.
  public static func generated(seed: UInt64, sources count: Int = 3) -> Project {
    var random = SeededGenerator(seed: seed)
    var project = Project(
      id: ID(using: &random), title: random.text(words: 4), questions: [random.text(words: 8)])
    let stamp = project.addCoders(&random)
    project.addCases(count + 1, &random)
    project.addCodes(&random, stamp)
    for index in 0..<count { project.addSource(index, &random, stamp) }
    project.addNotesAndCells(&random, stamp)
    project.addTheory(&random, stamp)
    return project
  }

  private mutating func addCoders(_ random: inout SeededGenerator) -> Stamp {
    for initials in ["AB", "CD"] {
      let coder = Coder(
        id: ID(using: &random), name: "Coder \(initials)", initials: initials,
        kind: random.once(in: 3) ? .machine : .person)
      coders[coder.id] = coder
    }
    return Stamp(
      by: coders[0].id, at: Timestamp("2026-03-0\(1 + random.next() % 9)T10:30:05.25+01:00"))
  }

  private mutating func addCases(_ count: Int, _ random: inout SeededGenerator) {
    let roles = Attribute(
      id: ID(using: &random), name: "roles", kind: .terms,
      vocabulary: [Term(name: "Crisis", definition: "immediate need"), Term(name: "Employer")])
    let age = Attribute(
      id: ID(using: &random), name: "age", kind: .band,
      vocabulary: [Term(name: "26–35"), Term(name: "56+")])
    let place = Attribute(id: ID(using: &random), name: "place")
    for attribute in [roles, age, place] { attributes[attribute.id] = attribute }
    roleAttribute = roles.id
    for number in 1...count {
      let values: Values = [
        roles.id: .terms(random.pick([[], ["Crisis"], ["Crisis", "Employer"]])),
        age.id: random.pick([.band(26, 35), .band(56, nil), .invalid(raw: "26–25"), .missing]),
        place.id: .text(random.text(words: 2)),
      ]
      let one = Case(id: ID(using: &random), name: "P\(number)", values: values)
      cases[one.id] = one
    }
  }

  private mutating func addCodes(_ random: inout SeededGenerator, _ stamp: Stamp) {
    for theme in 1...2 {
      let top = Code(
        id: ID(using: &random), number: "\(theme)", name: "Theme \(theme)",
        definition: random.text(words: 6), isCodable: false)
      codebook.codes[top.id] = top
      for below in 1...3 {
        let code = Code(
          id: ID(using: &random), parent: top.id, number: "\(theme).\(below)",
          name: "Code \(theme).\(below)", definition: random.text(words: 5),
          include: random.text(words: 3), origin: random.pick([nil, .aPriori, .emergent]))
        codebook.codes[code.id] = code
      }
    }
    codebook.versions = [
      FrameworkVersion(
        number: 1, stamp: stamp, why: random.text(words: 4), codes: [codebook.codes[1]])
    ]
  }

  private mutating func addSource(
    _ index: Int, _ random: inout SeededGenerator, _ stamp: Stamp
  ) {
    let content = (0..<6).map { turn in
      (turn.isMultiple(of: 2) ? "I: " : "P\(index + 1): ")
        + random.text(words: 25).replacingLineEnds
    }.joined(separator: "\n\n")
    let text = Text(content)
    var source = Source(id: ID(using: &random), name: "P0\(index + 1).txt")
    source.rendition.text = text.digest
    source.speakers = [
      Speaker(label: "I", role: .interviewer),
      Speaker(label: "P\(index + 1)", role: .participant, person: cases[index].id),
    ]
    source.paragraphs = text.lines().filter { !$0.isEmpty }
    for (number, paragraph) in source.paragraphs.enumerated() {
      let label = number.isMultiple(of: 2) ? 3 : 4
      let start = Int(paragraph.start)
      let mark = TextSpan(scalars: start..<start + label)
      source.marks.append(Mark(.label, mark))
      source.turns.append(
        Turn(
          speakers: [number % 2], ranges: [TextSpan(scalars: start + label..<Int(paragraph.end))],
          label: mark))
    }
    var texts = texts as? MemoryTexts ?? MemoryTexts()
    texts.texts[source.id] = text
    self.texts = texts
    sources[source.id] = source
    cases[cases[index].id]?.covers = [.source(source.id)]
    addCodings(to: source, of: text, &random, stamp)
  }

  private mutating func addCodings(
    to source: Source, of text: Text, _ random: inout SeededGenerator, _ stamp: Stamp
  ) {
    let leaves = codebook.codes.filter(\.isCodable)
    var passages: [Passage] = []
    var made: [Coding] = []
    for number in 0..<8 {
      let turn = random.pick(source.turns).ranges[0]
      let start = Int.random(in: turn.scalars, using: &random)
      let end = Int.random(in: start + 1...Int(turn.end), using: &random)
      let passage = Passage(
        id: ID(using: &random), source: source.id,
        region: .text(TextSpan(scalars: start..<end)), created: stamp)
      passages.append(passage)
      for _ in 0...(number % 2) {
        made.append(
          Coding(
            id: ID(using: &random), passage: passage.id, code: random.pick(leaves).id,
            created: stamp, weight: random.pick([nil, nil, 1, 3]),
            comment: random.once(in: 3) ? random.text(words: 3) : "",
            status: random.pick([.accepted, .proposed])))
      }
    }
    codings.insert(passages, codings: made, in: source.id)
  }

  private mutating func addNotesAndCells(_ random: inout SeededGenerator, _ stamp: Stamp) {
    let note = Note(
      id: ID(using: &random), kind: .familiarisation, title: "First reading",
      body: random.text(words: 12), about: [.case(cases[0].id), .code(codebook.codes[1].id)],
      stamp: stamp)
    notes[note.id] = note
    for one in cases {
      for code in codebook.codes where code.isCodable && !random.once(in: 3) {
        let references = codings.codings(of: code.id).prefix(2).map(\.passage)
        let key = Cell.Key(row: one.id, column: code.id)
        let runs = [
          Run(.summary, "Says that it works "), Run(.verbatim, "most days", references: references),
          Run(.comment, "rather guarded"),
        ]
        let state = random.pick(CellState.allCases)
        cells[key] = Cell(
          key: key, state: state, runs: state == .summarised ? runs : [], author: stamp)
        if code.number.hasSuffix("3") {
          cells[key]?.alternatives = [
            Cell.Alternative(
              state: .summarised, runs: runs, author: stamp, code: codebook.codes[1].id)
          ]
        }
      }
    }
    for (key, basis) in bases(of: cells.keys) where codebook.codes[key.column]?.number != "1.2" {
      cells[key]?.basis = basis
    }
  }

  private mutating func addTheory(_ random: inout SeededGenerator, _ stamp: Stamp) {
    for number in 1...3 {
      let parts: [(String, String?)] = [
        ("context", nil), ("mechanism", "resource"), ("mechanism", "reasoning"),
        ("outcome", "short-term"),
      ]
      var slots: [Slot] = []
      for (role, part) in parts {
        let element = Element(
          id: ID(using: &random), text: random.text(words: 5).replacingLineEnds,
          layer: role == "context" ? .institutional : nil)
        elements[element.id] = element
        slots.append(Slot(id: ID(using: &random), role: role, part: part, element: element.id))
      }
      let edges =
        number == 1 ? [Edge(id: ID(using: &random), from: slots[0].id, to: slots[1].id)] : []
      let configuration = Configuration(
        id: ID(using: &random), label: "CMO\(number)", title: "Title \(number)", slots: slots,
        edges: edges, valence: random.pick(Configuration.Valence.allCases), stamp: stamp)
      configurations[configuration.id] = configuration
      for (slot, coding) in zip(slots, codings.all.shuffled(using: &random)) {
        let evidence = Evidence(
          id: ID(using: &random), target: .slot(slot.id), ground: .passage(coding.passage),
          stance: random.pick(Evidence.Stance.allCases),
          basis: random.pick(Evidence.Basis.allCases), stamp: stamp)
        self.evidence[evidence.id] = evidence
      }
    }
    for number in 0..<3 {
      let link = Link(
        id: ID(using: &random), from: configurations[number].id,
        to: configurations[(number + 1) % 3].id, kind: .ripple)
      links[link.id] = link
    }
    let first = Statement(id: ID(using: &random), text: random.text(words: 6))
    let second = Statement(
      id: ID(using: &random), text: random.text(words: 6),
      configurations: [configurations[0].id], from: [first.id], move: .refined, why: "said so")
    for (stage, statement) in [(TheoryVersion.Stage.initial, first), (.refined, second)] {
      let version = TheoryVersion(
        id: ID(using: &random), stage: stage, statements: [statement], stamp: stamp)
      theory[version.id] = version
    }
  }
}

extension String {
  fileprivate var replacingLineEnds: String {
    String(map { $0 == "\n" ? " " : $0 })
  }
}
