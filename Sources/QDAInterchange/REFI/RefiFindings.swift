internal import QDACore

/// The findings of a reading, with equal ones gathered and counted.
struct RefiFindings {
  private(set) var diagnostics: [Diagnostic] = []
  private var positions: [String: Int] = [:]
  /// How many of the raw texts of a gathered finding are shown.
  private static let shown = 5

  /// Adds a finding, or counts it where one of the same id and summary is there.
  mutating func add(_ diagnostic: Diagnostic) {
    let key = diagnostic.id + "\u{0}" + diagnostic.summary
    guard let position = positions[key] else {
      positions[key] = diagnostics.count
      diagnostics.append(diagnostic)
      return
    }
    diagnostics[position].count += diagnostic.count
    if let raw = diagnostic.raw, diagnostics[position].raw != raw,
      diagnostics[position].notes.count < Self.shown, !diagnostics[position].notes.contains(raw)
    {
      diagnostics[position].notes.append(raw)
    }
  }
}
