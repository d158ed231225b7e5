internal import QDACore

/// The diagnostics of one reading, gathered by everything that takes part in it.
final class Findings {
  private(set) var all: [Diagnostic] = []
  /// Ids of participants that are written in another way than in their table.
  var variants = LabelVariantNotes(place: "the study")

  /// Everything, file by file in the order in which they were read, from top to bottom.
  var inOrder: [Diagnostic] {
    var ranks: [String: Int] = [:]
    let placed = (all + variants.diagnostics).enumerated().map { index, diagnostic in
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
