internal import QDACore

// codebook.yaml
extension StudyReader {
  static let codeKeys = [
    "id", "guid", "number", "name", "definition", "include", "exclude", "example", "origin",
    "color", "codable", "role", "codes",
  ]

  mutating func readCodebook() {
    guard
      let book = document(
        "codebook.yaml", "codebook", keys: ["version", "codes", "versions", "rules"])
    else { return }
    for code in readCodes(book, isHistory: false) { project.codebook.codes[code.id] = code }
    for code in project.codebook.codes where !code.number.isEmpty {
      if codesByNumber[code.number] == nil { codesByNumber[code.number] = code.id }
    }
    let known = ["number", "by", "at", "why", "codes", "map"]
    for map in book.maps("versions", "version", keys: known) { readVersion(map) }
    checkVersion(book)
    readRules(book)
  }

  // Walks the tree of codes with a stack; a code comes before what is below it.
  private mutating func readCodes(_ top: YAMLMapping, isHistory: Bool) -> [Code] {
    var codes: [Code] = []
    var numbers: [String: String] = [:]
    var stack: [(map: YAMLMapping, parent: ID<Code>?)] = []
    func push(_ map: YAMLMapping, below parent: ID<Code>?) {
      for child in map.maps("codes", "code", keys: Self.codeKeys).reversed() {
        stack.append((child, parent))
      }
    }
    push(top, below: nil)
    while let (map, parent) = stack.popLast() {
      guard let key = map.required("id") else { continue }
      let entered =
        isHistory
        ? keys.id(for: key) ?? map.text("guid").flatMap { ID($0) } ?? keys.derived(key)
        : enter(key, guid: map.text("guid"), Code.self, at: map.spot("id"))
      guard let id = entered else { continue }
      let number = map.text("number") ?? ""
      if !isHistory, !number.isEmpty, let other = numbers.updateValue(key, forKey: number) {
        reportNumber(number, other, at: map.spot("number"))
      }
      codes.append(
        Code(
          id: id, parent: parent, number: number, name: map.text("name") ?? key,
          definition: map.text("definition") ?? "", include: map.text("include") ?? "",
          exclude: map.text("exclude") ?? "", example: map.text("example") ?? "",
          origin: map.choice("origin"), isCodable: map.flag("codable") ?? true,
          color: map.text("color"), role: role(map)))
      push(map, below: id)
    }
    return codes
  }

  private func role(_ map: YAMLMapping) -> SlotPlace? {
    guard let text = map.text("role") else { return nil }
    if let place = SlotPlace(text) { return place }
    reportValue(text, "a role such as context or mechanism:reasoning", at: map.spot("role"))
    return nil
  }

  private func reportNumber(_ number: String, _ other: String, at spot: Spot) {
    findings.add(
      Diagnostic(
        "codebook.number-duplicate", .warning, at: spot.place,
        "code '\(other)' has the number \(number) too", raw: number, line: spot.line,
        solutions: ["number the codes anew; their keys stay"]))
  }

  private mutating func readVersion(_ map: YAMLMapping) {
    guard map.required("number") != nil, let number = map.integer("number") else { return }
    if project.codebook.versions.contains(where: { $0.number == number }) {
      let spot = map.spot("number")
      findings.add(
        Diagnostic(
          "codebook.version-duplicate", .error, at: spot.place,
          "version \(number) is there twice; this one is left out", line: spot.line,
          solutions: ["give each version a number of its own"]))
      return
    }
    let codes = readCodes(map, isHistory: true)
    var moves: [ID<Code>: [ID<Code>]] = [:]
    let listed = Set(codes.map(\.id))
    if let map = map.map("map") {
      for entry in map.node.entries {
        moves[keys.id(for: entry.key) ?? keys.derived(entry.key)] = map.texts(entry.key)
          .compactMap { value -> ID<Code>? in
            // A code of this version may be gone from the codebook since.
            let former: ID<Code> = keys.derived(value.text)
            return listed.contains(former) ? former : code(value.text, at: map.spot(of: value.node))
          }
      }
    }
    project.codebook.versions.append(
      FrameworkVersion(
        number: number, stamp: stamp(map), why: map.text("why") ?? "", codes: codes, map: moves))
  }

  private func checkVersion(_ book: YAMLMapping) {
    guard let version = book.integer("version"),
      let last = project.codebook.versions.map(\.number).max(), last != version
    else { return }
    let spot = book.spot("version")
    findings.add(
      Diagnostic(
        "codebook.version-mismatch", .warning, at: spot.place,
        "the codebook says version \(version), and the last under 'versions' is \(last)",
        line: spot.line, solutions: ["add the version, or correct the number"]))
  }
}
