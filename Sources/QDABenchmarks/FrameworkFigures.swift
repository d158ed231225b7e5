import Foundation
import QDA

/// What the tables of the Framework Method cost: who says what, what comes together, what is stale, and
/// in which cases configurations hold; beside other programs that do the same.
enum FrameworkFigures {
  /// Prints medians for the projects named, or for generated ones of 1,000 cases and 200 codes.
  ///
  /// `framework [FILE…] [--rounds N] [--only WORD]… [--beside COMMAND]…`. With `--only`, only figures
  /// are taken whose name has one of the words. A command is run by the shell in each round; where its
  /// last line is a JSON object with `compute_s`, as those of the limits and peers are, that is its time.
  static func run(_ arguments: [String]) throws {
    var paths: [String] = []
    var commands: [String] = []
    var only: [String] = []
    var rounds = 3
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
      case "--only": only += rest.popFirst().map { [$0] } ?? []
      case "--beside": commands += rest.popFirst().map { [$0] } ?? []
      default: paths.append(argument)
      }
    }
    var projects: [(name: String, project: Project)] = []
    if paths.isEmpty, commands.isEmpty {
      projects = [250_000, 500_000].map { ("generated", generated(codings: $0)) }
    }
    for path in paths {
      var options = ProjectReadingOptions()
      options.readsTexts = false
      projects.append((path, try ProjectReader.read(contentsOf: path, options: options).value))
    }
    var figures = Figures(only: only)
    for _ in 0..<max(1, rounds) {
      for (name, project) in projects {
        measure(
          project,
          "\(name), \(project.cases.count) × \(project.codebook.codes.count) × "
            + "\(project.codings.count)", &figures)
      }
      for command in commands { try figures.timings.run(command) }
    }
    figures.timings.print()
  }

  /// The figures that are asked for.
  private struct Figures {
    let only: [String]
    var timings = Timings()

    func isAsked(_ what: String) -> Bool {
      only.isEmpty || only.contains { what.contains($0) }
    }

    mutating func time<Result>(_ what: String, of name: String, _ body: () -> Result) -> Result? {
      guard isAsked(what) else { return nil }
      return timings.time("\(what): \(name)", body)
    }
  }

  private static func measure(_ project: Project, _ name: String, _ figures: inout Figures) {
    _ = figures.time("code × code by overlap", of: name) { Cooccurrence(of: project, in: .overlap) }
    _ = figures.time("code × code by case", of: name) { Cooccurrence(of: project, in: .case) }
    let matrix =
      figures.time("code × case", of: name) { CodingMatrix(project) } ?? CodingMatrix(project)
    _ = figures.time("framework matrix with excerpts", of: name) {
      (try? CodingMatrix(project).forEachExcerpt(in: project) { _, _, _ in }) ?? 0
    }
    let held = figures.isAsked("excerpts of texts in memory") ? holdingTexts(project) : project
    _ = figures.time("excerpts of texts in memory", of: name) {
      (try? CodingMatrix(held).forEachExcerpt(in: held) { _, _, _ in }) ?? 0
    }
    var charted = project
    if let change = figures.time(
      "what cells rest on", of: name,
      {
        charted.recordingBases(id: ID(derivedFrom: ["bases"]))
      })
    {
      try? charted.apply(change)
    }
    _ = figures.time("staleness of all cells", of: name) { ChartingState(of: charted) }
    if let attribute = project.attributes.first {
      _ = figures.time("associations of all codes with an attribute", of: name) {
        project.associations(
          of: project.codebook.codes.ids, with: attribute.id, matrix: matrix
        ).count
      }
    }
    if !project.configurations.isEmpty {
      _ = figures.time("negative cases of \(project.configurations.count) configurations", of: name)
      {
        project.patterns().entries.reduce(0) { $0 + $1.cases(.contradicts).count }
      }
    }
    _ = figures.time("saturation, in all orders", of: name) { project.saturation(matrix: matrix) }
    _ = figures.time("all charts", of: name) {
      project.charts.reduce(0) { $0 + $1.counts.values.reduce(0, +) }
    }
  }

  private static func holdingTexts(_ project: Project) -> Project {
    var held = project
    held.texts = MemoryTexts(
      project.sources.reduce(into: [:]) { $0[$1.id] = try? project.texts.text(of: $1.id) })
    return held
  }

  /// 1,000 cases of one source each under 200 codes in 20 themes, all cells summarised, and twenty
  /// configurations with a piece of evidence for every tenth coding.
  static func generated(codings count: Int) -> Project {
    var random = SplitMix(state: 20_240_117)
    var project = Project(id: ID(using: &random), title: "Generated")
    let place = Attribute(id: ID(using: &random), name: "place")
    project.attributes[place.id] = place
    for theme in 1...20 {
      let top = Code(id: ID(using: &random), number: "\(theme)", name: "Theme", isCodable: false)
      project.codebook.codes[top.id] = top
      for below in 1...10 {
        let code = Code(
          id: ID(using: &random), parent: top.id, number: "\(theme).\(below)", name: "Code",
          definition: "defined")
        project.codebook.codes[code.id] = code
      }
    }
    let codes = project.codebook.codes.filter(\.isCodable)
    let slots = addConfigurations(to: &project, &random)
    let words = String(repeating: "what was said that day at the door ", count: 1200)
    var texts = MemoryTexts()
    for number in 0..<1000 {
      let text = Text("\(number) " + words)
      var source = Source(id: ID(using: &random), name: "P\(number).txt")
      source.rendition.text = text.digest
      project.sources[source.id] = source
      texts.texts[source.id] = text
      let one = Case(
        id: ID(using: &random), name: "P\(number)", covers: [.source(source.id)],
        values: [place.id: .text("place \(number % 8)")])
      project.cases[one.id] = one
      var passages: [Passage] = []
      var codings: [Coding] = []
      for index in 0..<count / 1000 {
        if passages.isEmpty || index % 5 != 0 {
          let start = Int(random.next() % 40_000)
          passages.append(
            Passage(
              id: ID(using: &random), source: source.id,
              region: .text(TextSpan(scalars: start..<start + 120))))
        }
        codings.append(
          Coding(
            id: ID(using: &random), passage: passages[passages.count - 1].id,
            code: codes[Int(random.next() % 200)].id))
      }
      project.codings.insert(passages, codings: codings, in: source.id)
      for index in 0..<count / 10_000 {
        let evidence = Evidence(
          id: ID(using: &random), target: .slot(slots[Int(random.next() % UInt64(slots.count))]),
          ground: .passage(passages[index % passages.count].id),
          stance: random.next() % 8 == 0 ? .contradicts : .supports)
        project.evidence[evidence.id] = evidence
      }
      for code in codes {
        let key = Cell.Key(row: one.id, column: code.id)
        project.cells[key] = Cell(
          key: key, state: .summarised,
          runs: [Run(.summary, "Said so.", references: [passages[0].id])])
      }
    }
    project.texts = texts
    return project
  }

  /// Twenty configurations of a context, a resource, a reasoning and an outcome; gives their slots.
  private static func addConfigurations(
    to project: inout Project, _ random: inout SplitMix
  ) -> [ID<Slot>] {
    (1...20).flatMap { number in
      let places: [(String, String?)] = [
        ("context", nil), ("mechanism", "resource"), ("mechanism", "reasoning"), ("outcome", nil),
      ]
      let slots = places.map { role, part in
        let element = Element(id: ID(using: &random), text: "\(role) \(number)")
        project.elements[element.id] = element
        return Slot(id: ID(using: &random), role: role, part: part, element: element.id)
      }
      let one = Configuration(
        id: ID(using: &random), label: "CMO\(number)", title: "Configuration", slots: slots)
      project.configurations[one.id] = one
      return slots.map(\.id)
    }
  }
}
