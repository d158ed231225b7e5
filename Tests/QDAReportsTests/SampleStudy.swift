import QDA
import QDATestSupport

/// The small study with something of every kind that a report shows, and with hostile words.
struct SampleStudy {
  /// A code that would run in a page that does not escape it.
  static let script = "<script>alert(\"1\")</script>"
  /// A quotation mark that is one character with its accent, and would close an attribute.
  static let accented = "\"\u{301} onmouseover=alert(1) x=\""
  /// A formula that a spreadsheet would run.
  static let formula = "=cmd()|'/c calc'!A1"

  var project: Project

  static func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  init() {
    project = SmallStudy().project
    project.title = "Tea & \(Self.script)"
    project.questions = ["What works | for whom?", Self.accented]
    addAttributes()
    addThemes()
    addCells()
    addConfigurations()
    addTheory()
    addMapping()
  }

  var report: StudyReport {
    StudyReport(project, diagnostics: diagnostics + project.check()) { reference in
      switch reference {
      case .code(let id): ["matching", "waiting"].first { Self.id($0) == id }
      case .evidence(let id): ["e1", "e2", "e3", "e4"].first { Self.id($0) == id }
      default: nil
      }
    }
  }

  var diagnostics: [Diagnostic] {
    [
      Diagnostic(
        "participant.age-band-reversed", .warning,
        at: .file("participants.csv", line: 3, column: 9),
        "the band of P2 runs backwards", raw: "26–25", solutions: ["ask which one is meant"])
    ]
  }

  private mutating func addAttributes() {
    let age = Attribute(id: Self.id("age"), name: "Age", kind: .band)
    let place = Attribute(id: Self.id("place"), name: "Place")
    project.attributes[age.id] = age
    project.attributes[place.id] = place
    let values: [(String, AttributeValue, String)] = [
      ("P1", .band(56, nil), Self.formula), ("P2", .invalid(raw: "26–25"), "+44 131"),
      ("P3", .band(26, 35), "Leith"),
    ]
    for (name, band, where_) in values {
      project.cases[Self.id(name)]?.values[age.id] = band
      project.cases[Self.id(name)]?.values[place.id] = .text(where_)
    }
    project.coders[Self.id("AB")] = Coder(id: Self.id("AB"), name: "Ada Bell", initials: "AB")
  }

  private mutating func addThemes() {
    for (number, name, parent) in [
      ("2", "Flow | capacity", nil), ("2.1", "surges", "2"), ("3", "Empty theme", nil),
    ] {
      let code = Code(
        id: Self.id("code " + number), parent: parent.map { Self.id("code " + $0) }, number: number,
        name: name, isCodable: parent != nil)
      project.codebook.codes[code.id] = code
    }
  }

  private mutating func addCells() {
    let cells: [(String, CellState, String)] = [
      ("P1", .nothingSaid, ""), ("P2", .notAsked, ""), ("P3", .summarised, Self.script),
    ]
    for (name, state, summary) in cells {
      let key = Cell.Key(row: Self.id(name), column: Self.id("code 2.1"))
      project.cells[key] = Cell(
        key: key, state: state,
        runs: summary.isEmpty
          ? [] : [Run(.summary, summary, references: [Self.id("Nobody rang us")])],
        author: Stamp(by: Self.id("AB")))
    }
    let key = Cell.Key(row: Self.id("P1"), column: Self.id("matching"))
    project.cells[key]?.alternatives = [
      Cell.Alternative(
        state: .summarised, runs: [Run(.summary, "Another reading | of it")],
        author: Stamp(by: Self.id("AB")))
    ]
  }

  private mutating func addConfigurations() {
    project.elements[Self.id("hope")] = Element(
      id: Self.id("hope"), text: "Workers \(Self.script) hope", actor: "workers",
      layer: .interpersonal)
    // Told in the order C-M-O-M: the second mechanism answers the outcome.
    let chain: [(String, String?, String)] = [
      ("context", nil, "busy"), ("mechanism", "resource", "call"),
      ("outcome", "short-term", "come"),
      ("mechanism", "reasoning", "hope"),
    ]
    project.configurations[Self.id("CMO3")] = Configuration(
      id: Self.id("CMO3"), label: "CMO3", title: "Hope | after all",
      slots: chain.map {
        Slot(id: Self.id("CMO3 \($2)"), role: $0, part: $1, element: Self.id($2))
      }, rivals: [Self.id("CMO1")], status: .proposed)
    project.evidence[Self.id("e5")] = Evidence(
      id: Self.id("e5"), target: .slot(Self.id("CMO3 busy")),
      ground: .judgement("agreed by the team"), basis: .inferred)
    project.links[Self.id("L3")] = Link(
      id: Self.id("L3"), from: Self.id("CMO1"), to: Self.id("CMO3"), kind: .ripple, text: "leads on"
    )
    project.links[Self.id("L4")] = Link(
      id: Self.id("L4"), from: Self.id("CMO3"), to: Self.id("CMO1"), kind: .feedback)
    project.evidence[Self.id("e6")] = Evidence(
      id: Self.id("e6"), target: .link(Self.id("L3")), ground: .passage(Self.id("She rang first")))
  }

  /// One summary is stale in every way, and its column was taken apart.
  private mutating func addMapping() {
    let key = Cell.Key(row: Self.id("P1"), column: Self.id("matching"))
    project.cells[key]?.author = Stamp(by: Self.id("AB"))
    project.cells[key]?.basis = Cell.Basis(
      code: 1,
      codings: [
        Cell.Basis.Entry(coding: Self.id("She rang first"), words: 2),
        Cell.Basis.Entry(coding: Self.id("gone"), words: 3),
      ])
    project.categories[Self.id("warm")] = Category(
      id: Self.id("warm"), level: .category, name: "Warm <beginnings>", column: Self.id("matching"))
    project.categories[Self.id("phone")] = Category(
      id: Self.id("phone"), name: "By telephone", column: Self.id("matching"),
      parent: Self.id("warm"), cases: [Self.id("P1")])
    project.typologies[Self.id("kinds")] = Typology(
      id: Self.id("kinds"), name: "Kinds of beginning", dimensions: ["who rings"],
      columns: [Self.id("matching")],
      types: [Term(name: "rung", definition: "Somebody rings | first."), Term(name: "cold")],
      placements: [
        Typology.Placement(Self.id("P1"), in: "rung"),
        Typology.Placement(Self.id("P2"), in: nil, reason: "tells of both"),
      ])
    project.explanations[Self.id("because")] = Explanation(
      id: Self.id("because"), kind: .explicit, text: "Nobody had the number.",
      cells: [Cell.Key(row: Self.id("P2"), column: Self.id("matching"))],
      passages: [Self.id("Nobody rang us")], stamp: Stamp(by: Self.id("AB")))
    project.explanations[Self.id("perhaps")] = Explanation(
      id: Self.id("perhaps"), kind: .implicit, text: "A call makes a guest of a case.",
      cells: [key])
  }

  private mutating func addTheory() {
    project.theory[Self.id("refined")] = TheoryVersion(
      id: Self.id("refined"), stage: .refined, title: "At the end",
      statements: [
        Statement(
          id: Self.id("T1"), text: "A call beforehand helps", configurations: [Self.id("CMO1")],
          why: "Two interviews")
      ])
  }
}
