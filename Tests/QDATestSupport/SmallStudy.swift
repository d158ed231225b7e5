public import QDA

/// A study of three participants that can be checked by hand.
///
/// P1 (Crisis) and P2 (Crisis and Employer) are interviewed in one source each, P3 has no role and
/// was never charted. `CMO1` has a context, both parts of a mechanism and an outcome; `CMO2` has a
/// context and an undivided mechanism only. `CMO1` leads to `CMO2` and back.
public struct SmallStudy: Sendable {
  /// The study.
  public var project: Project
  /// An id that follows from a word, as everywhere in the study.
  public static func id<Kind>(_ key: String) -> ID<Kind> { ID(derivedFrom: ["small", key]) }

  /// Creates the study.
  public init() {
    project = Project(id: Self.id("study"), title: "Small study", questions: ["What works?"])
    let roles = Attribute(
      id: Self.id("roles"), name: "Role", kind: .terms,
      vocabulary: [Term(name: "Crisis"), Term(name: "MH"), Term(name: "Employer")])
    project.attributes[roles.id] = roles
    project.roleAttribute = roles.id
    for (name, terms) in [("P1", ["Crisis"]), ("P2", ["Employer", "Crisis"]), ("P3", [])] {
      project.cases[Self.id(name)] = Case(
        id: Self.id(name), name: name, values: [roles.id: .terms(terms)])
    }
    let theme = Code(id: Self.id("door"), number: "1", name: "Door", isCodable: false)
    project.codebook.codes[theme.id] = theme
    for (number, name) in [("1.1", "matching"), ("1.2", "waiting")] {
      let code = Code(
        id: Self.id(name), parent: theme.id, number: number, name: name, definition: name)
      project.codebook.codes[code.id] = code
    }
    addInterview(of: "P1", asked: "How did it go?", answer: "She rang first, so they came ready.")
    addInterview(of: "P2", asked: "And here?", answer: "Nobody rang us. They came anyway.")
    code("P1", "She rang first", as: "matching")
    code("P1", "they came ready", as: "matching")
    code("P2", "Nobody rang us", as: "matching")
    code("P2", "And here?", as: "waiting")
    let key = Cell.Key(row: Self.id("P1"), column: Self.id("matching"))
    project.cells[key] = Cell(
      key: key, state: .summarised,
      runs: [
        Run(.summary, "A call beforehand: "),
        Run(.verbatim, "She rang first", references: [Self.id("She rang first")]),
        Run(.comment, " (recently)"),
      ])
    let silent = Cell.Key(row: Self.id("P2"), column: Self.id("waiting"))
    project.cells[silent] = Cell(key: silent, state: .askedNotAnswered)
    addTheory()
  }

  private mutating func addInterview(of name: String, asked: String, answer: String) {
    let text = Text("I: \(asked)\n\(name): \(answer)")
    let lines = text.lines()
    var source = Source(id: Self.id(name + ".txt"), name: name + ".txt", paragraphs: lines)
    source.rendition.text = text.digest
    source.speakers = [
      Speaker(label: "I", role: .interviewer),
      Speaker(label: name, role: .participant, person: Self.id(name)),
    ]
    for (index, line) in lines.enumerated() {
      let start = Int(line.start) + (index == 0 ? 3 : 4)
      let label = TextSpan(scalars: Int(line.start)..<start)
      source.marks.append(Mark(.label, label))
      source.turns.append(
        Turn(speakers: [index], ranges: [TextSpan(scalars: start..<Int(line.end))], label: label))
    }
    project.sources[source.id] = source
    var texts = project.texts as? MemoryTexts ?? MemoryTexts()
    texts.texts[source.id] = text
    project.texts = texts
    project.cases[Self.id(name)]?.covers = [.source(source.id)]
  }

  private mutating func code(_ name: String, _ words: String, as code: String) {
    let source: ID<Source> = Self.id(name + ".txt")
    guard let text = try? project.texts.text(of: source),
      let span = Anchor(quote: words).locate(in: text, near: nil).span
    else { return }
    project.codings.insert(
      [Passage(id: Self.id(words), source: source, region: .text(span))],
      codings: [Coding(id: Self.id(words), passage: Self.id(words), code: Self.id(code))],
      in: source)
  }

  private mutating func addTheory() {
    let elements = [
      "busy": "Workers are busy", "call": "A call beforehand", "ready": "People feel expected",
      "come": "They come ready", "silence": "Nobody tells anybody anything",
    ]
    for (key, text) in elements.sorted(by: { $0.key < $1.key }) {
      project.elements[Self.id(key)] = Element(id: Self.id(key), text: text)
    }
    let slots: [(String, [(String, String?, String)])] = [
      (
        "CMO1",
        [
          ("context", nil, "busy"), ("mechanism", "resource", "call"),
          ("mechanism", "reasoning", "ready"), ("outcome", "short-term", "come"),
        ]
      ),
      ("CMO2", [("context", nil, "come"), ("mechanism", nil, "silence")]),
    ]
    for (label, parts) in slots {
      let configuration = Configuration(
        id: Self.id(label), label: label, title: "Title of \(label)",
        slots: parts.map {
          Slot(id: Self.id("\(label) \($2)"), role: $0, part: $1, element: Self.id($2))
        }, valence: label == "CMO1" ? .favourable : .unfavourable, status: .accepted)
      project.configurations[configuration.id] = configuration
    }
    add("e1", to: "CMO1 call", passage: "She rang first", .supports)
    add("e2", to: "CMO1 come", passage: "they came ready", .supports)
    add("e3", to: "CMO1 call", passage: "Nobody rang us", .contradicts)
    add("e4", to: "CMO1 come", passage: "And here?", .supports)
    project.links[Self.id("L1")] = Link(
      id: Self.id("L1"), from: Self.id("CMO1"), to: Self.id("CMO2"), kind: .ripple)
    project.links[Self.id("L2")] = Link(
      id: Self.id("L2"), from: Self.id("CMO2"), to: Self.id("CMO1"), kind: .inhibits)
  }

  private mutating func add(
    _ key: String, to slot: String, passage: String, _ stance: Evidence.Stance
  ) {
    project.evidence[Self.id(key)] = Evidence(
      id: Self.id(key), target: .slot(Self.id(slot)), ground: .passage(Self.id(passage)),
      stance: stance)
  }
}
