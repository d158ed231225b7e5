internal import QDACore

/// The findings of a reading, with equal ones gathered and counted.
struct RefiFindings {
  private(set) var diagnostics: [Diagnostic] = []
  private var positions: [String: Int] = [:]
  /// How many different findings of one id there are.
  private var kinds: [String: Int] = [:]
  /// How many of the raw texts of a gathered finding are shown.
  private static let shown = 5
  /// How many different findings of one id are listed, and how long a text of one may be.
  private static let listed = 100
  private static let longest = 300

  /// Adds a finding, or counts it where one of the same id and summary is there.
  mutating func add(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    diagnostic.summary = Self.cut(diagnostic.summary)
    diagnostic.raw = diagnostic.raw.map(Self.cut)
    var key = diagnostic.id + "\u{0}" + diagnostic.summary
    if positions[key] == nil, kinds[diagnostic.id, default: 0] >= Self.listed {
      // A damaged or hostile file may have a million of them.
      key = diagnostic.id
      diagnostic.summary = "there are more findings of this kind, which are only counted"
    }
    guard let position = positions[key] else {
      // What it is about is shown with the first as with all that follow.
      if diagnostic.notes.isEmpty, let raw = diagnostic.raw, !raw.isEmpty {
        diagnostic.notes = [raw]
      }
      positions[key] = diagnostics.count
      kinds[diagnostic.id, default: 0] += 1
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

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    let scalars = text.unicodeScalars
    guard
      let end = scalars.index(scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
