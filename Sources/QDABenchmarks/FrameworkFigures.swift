import QDA

/// What the tables of the Framework Method cost: who says what, what comes together, what is stale.
enum FrameworkFigures {
  /// Prints times for the projects named, or for generated ones of 1,000 cases and 200 codes.
  static func run(_ paths: [String]) throws {
    if paths.isEmpty {
      for codings in [250_000, 500_000] { print(measure(generated(codings: codings))) }
      return
    }
    for path in paths {
      var options = ProjectReadingOptions()
      options.readsTexts = false
      let project = try ProjectReader.read(contentsOf: path, options: options).value
      print("\(path): \(measure(project))")
    }
  }

  private static func measure(_ project: Project) -> String {
    var lines = [
      "\(project.cases.count) cases, \(project.codebook.codes.count) codes, "
        + "\(project.codings.count) codings"
    ]
    func time<Result>(_ what: String, _ body: () -> Result) -> Result? {
      let clock = ContinuousClock()
      var result: Result?
      var times: [Duration] = []
      for _ in 0..<5 { times.append(clock.measure { result = body() }) }
      times.sort()
      lines.append("  \(what): \(times[2]) (\(times[0])–\(times[4]))")
      return result
    }
    _ = time("code × code by overlap") { Cooccurrence(of: project, in: .overlap) }
    _ = time("code × code by case") { Cooccurrence(of: project, in: .case) }
    let matrix = time("code × case") { CodingMatrix(project) }
    let excerpts = time("all cells with their words") { () -> Int in
      guard let matrix else { return 0 }
      return (try? matrix.forEachExcerpt(in: project) { _, _, _ in }) ?? 0
    }
    lines.append("  \(excerpts ?? 0) excerpts")
    var charted = project
    if let change = time(
      "what cells rest on",
      {
        charted.recordingBases(id: ID(derivedFrom: ["bases"]))
      })
    {
      try? charted.apply(change)
    }
    let state = time("staleness of \(charted.cells.count) cells") { ChartingState(of: charted) }
    lines.append("  \(state?.stale.count ?? 0) stale")
    if let attribute = project.attributes.first {
      _ = time("associations of all codes with an attribute") {
        project.codebook.codes.map {
          project.association(of: $0.id, with: attribute.id, matrix: matrix).columns.count
        }
      }
    }
    _ = time("saturation, in all orders") { project.saturation(matrix: matrix) }
    _ = time("all charts") {
      project.charts.reduce(0) { $0 + $1.counts.values.reduce(0, +) }
    }
    return lines.joined(separator: "\n")
  }

  /// 1,000 cases of one source each under 200 codes in 20 themes, all cells summarised.
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
}
