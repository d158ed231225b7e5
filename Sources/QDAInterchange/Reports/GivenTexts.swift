internal import QDACore

/// The texts that were given beside a report, found by the names of its sources.
struct GivenTexts {
  private let texts: [GivenText]
  private var byStem: [String: [Int]] = [:]
  private var isUsed: [Bool]

  init(_ texts: [GivenText]) {
    self.texts = texts
    isUsed = texts.map { _ in false }
    for (index, text) in texts.enumerated() {
      byStem[Self.key(ReportPath.stem(text.name)), default: []].append(index)
      let leaf = text.name.split(separator: "/").last.map(String.init) ?? text.name
      let whole = Self.key(leaf)
      if whole != Self.key(ReportPath.stem(text.name)) { byStem[whole, default: []].append(index) }
    }
  }

  /// Reports and files differ in capitals and in what stands for a space.
  private static func key(_ name: String) -> String {
    name.lowercased().split { $0.isWhitespace || $0 == "_" }.joined(separator: " ")
  }

  /// The text of a source: the one of its name, or of several that whose folders fit best.
  mutating func text(
    named name: String, path: String, file: String, _ diagnostics: inout [Diagnostic]
  ) -> Text? {
    let candidates = byStem[Self.key(name)] ?? byStem[Self.key(ReportPath.stem(name))] ?? []
    guard let first = candidates.first else { return nil }
    var chosen = first
    if candidates.count > 1 {
      let ranked = candidates.map { ($0, agreement(of: texts[$0].name, with: path)) }
      let best = ranked.map(\.1).max() ?? 0
      let fitting = ranked.filter { $0.1 == best }.map(\.0)
      guard fitting.count == 1 || Set(fitting.map { texts[$0].text }).count == 1,
        let only = fitting.first
      else {
        diagnostics.append(
          Diagnostic(
            "report.text-ambiguous", .warning, at: .file(file, line: 0, column: 0),
            "several of the given texts could be '\(name)'; none is used",
            notes: candidates.prefix(5).map { texts[$0].name },
            solutions: ["give only the text that belongs to it, or name it with its folder"]))
        for candidate in candidates { isUsed[candidate] = true }
        return nil
      }
      chosen = only
    }
    isUsed[chosen] = true
    return texts[chosen].text
  }

  /// How many names from the end two paths have in common.
  private func agreement(of name: String, with path: String) -> Int {
    let left = name.split(separator: "/").reversed()
    let right = path.split(separator: "/").reversed()
    var count = 0
    for (one, other) in zip(left, right) {
      let isLeaf = count == 0
      let a = isLeaf ? ReportPath.stem(String(one)) : String(one)
      let b = isLeaf ? ReportPath.stem(String(other)) : String(other)
      if Self.key(a) != Self.key(b) { break }
      count += 1
    }
    return count
  }

  /// A finding for the texts that belong to no source.
  func unused(file: String) -> [Diagnostic] {
    let names = texts.indices.filter { !isUsed[$0] }.map { texts[$0].name }
    if names.isEmpty { return [] }
    return [
      Diagnostic(
        "report.text-unused", .warning, at: .file(file, line: 0, column: 0),
        "given texts belong to no source of the report", notes: Array(names.prefix(5)),
        solutions: ["name each text as its source is named, or leave it out"], count: names.count)
    ]
  }
}
