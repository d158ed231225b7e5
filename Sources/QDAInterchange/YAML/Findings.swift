internal import QDACore

/// The diagnostics of one reading, gathered by everything that takes part in it.
final class Findings {
  private(set) var all: [Diagnostic] = []
  /// Ids of participants that are written in another way than in their table.
  var variants = LabelVariantNotes(place: "the study")

  /// Everything, file by file in the order in which they were read, from top to bottom.
  var inOrder: [Diagnostic] {
    var ranks: [String: Int] = [:]
    let placed = (rooted + variants.diagnostics + leftOutFindings).enumerated().map {
      index, diagnostic in
      guard case .file(let name, let line, let column)? = diagnostic.place else {
        return (key: (Int.max, 0, 0, index), diagnostic)
      }
      let rank = ranks[name] ?? ranks.count
      ranks[name] = rank
      return (key: (rank, line, column, index), diagnostic)
    }
    return placed.sorted { $0.key < $1.key }.map(\.1)
  }

  // A file that is wrong throughout must not be compared with every key again and again.
  private var comparisons = 500_000

  /// "did you mean …" as a note, or nothing where no key is near.
  func nearest(_ word: String, _ candidates: @autoclosure () -> [String]) -> [String] {
    guard comparisons > 0 else { return [] }
    let candidates = candidates()
    comparisons -= candidates.count
    return Suggestion.notes(for: word, among: candidates)
  }

  // MARK: Gathered findings

  private var leftOut: [String: String] = [:]
  private var lost: [String: (file: String, places: [String], count: Int)] = [:]
  private var gathered: [[String]: Int] = [:]

  /// Remembers the key of a record that was left out, so that what refers to it is counted and not
  /// reported one by one.
  func leaveOut(_ key: String, in file: String) {
    if !key.isEmpty, leftOut[key] == nil { leftOut[key] = file }
  }

  /// Adds a finding about a key that nothing has: one for each key and file, with the number of
  /// its uses.
  func addUnknown(_ key: String, _ diagnostic: Diagnostic) {
    guard let file = leftOut[key] else {
      addRepeated(key, diagnostic)
      return
    }
    var entry = lost[file] ?? (file, [], 0)
    entry.count += 1
    if entry.places.count < 5 { entry.places.append("'\(key)' at \(Self.shown(diagnostic.place))") }
    lost[file] = entry
  }

  /// Adds a finding at its first place in a file, and counts it where it comes again.
  func addRepeated(_ key: String, _ diagnostic: Diagnostic) {
    var names = [diagnostic.id, key]
    if case .file(let name, _, _)? = diagnostic.place { names.append(name) }
    guard let index = gathered[names] else {
      gathered[names] = all.count
      all.append(diagnostic)
      return
    }
    all[index].count += 1
    if all[index].count <= 6 {
      all[index].notes.append("also at \(Self.shown(diagnostic.place))")
    }
  }

  private static func shown(_ place: Place?) -> String {
    guard case .file(let name, let line, _)? = place else { return "an unknown place" }
    return line > 0 ? "\(name):\(line)" : name
  }

  /// All findings, with one for each key that nothing has and that many files use: the fault is one.
  private var rooted: [Diagnostic] {
    var files: [[String]: Int] = [:]
    for (names, _) in gathered { files[[names[0], names[1]], default: 0] += 1 }
    var first: [[String]: Int] = [:]
    var kept: [Diagnostic] = []
    for diagnostic in all {
      guard let raw = diagnostic.raw, files[[diagnostic.id, raw], default: 0] > 3 else {
        kept.append(diagnostic)
        continue
      }
      guard let index = first[[diagnostic.id, raw]] else {
        first[[diagnostic.id, raw]] = kept.count
        kept.append(diagnostic)
        continue
      }
      kept[index].count += diagnostic.count
      if kept[index].notes.count < 6 {
        kept[index].notes.append("also at \(Self.shown(diagnostic.place))")
      }
    }
    return kept
  }

  private var leftOutFindings: [Diagnostic] {
    lost.values.sorted { $0.file < $1.file }.map { file, places, count in
      Diagnostic(
        "study.record-left-out", .warning, at: .file(file, line: 0, column: 0),
        "\(count) reference\(count == 1 ? " leads" : "s lead") to what was left out of this file",
        explanation: "They are left out too, and come back with it.", notes: places,
        solutions: ["mend the findings of this file first"])
    }
  }

  func add(_ diagnostic: Diagnostic) { all.append(diagnostic) }

  func add(_ diagnostics: [Diagnostic]) { all += diagnostics }
}

/// A place in a file with the line that is shown with it.
struct Spot {
  var place: Place
  var line: String?
}

extension Suggestion {
  /// "did you mean …" as a note, or nothing where no candidate is near.
  static func notes(for word: String, among candidates: some Sequence<String>) -> [String] {
    nearest(to: word, among: candidates).map { ["did you mean '\($0)'?"] } ?? []
  }
}
