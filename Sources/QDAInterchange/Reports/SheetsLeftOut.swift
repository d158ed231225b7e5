internal import QDACore

/// A finding for the sheets that a reader has no use for.
enum SheetsLeftOut {
  static func finding(
    _ all: [TableContent], but used: [TableContent], file: String
  ) -> [Diagnostic] {
    func key(_ table: TableContent) -> String { "\(table.rows.first?.number ?? 0) \(table.name)" }
    let known = Set(used.map(key))
    let left = all.filter { !$0.rows.isEmpty && !known.contains(key($0)) }
    if left.isEmpty { return [] }
    return [
      Diagnostic(
        "report.sheet-unread", .warning, at: .file(file, line: 0, column: 0),
        "sheets or tables have another layout and are left out",
        notes: left.filter { !$0.name.isEmpty }.prefix(20).map { "'\($0.name)'" },
        solutions: ["save what matters in them as a file of its own"], count: left.count)
    ]
  }
}
