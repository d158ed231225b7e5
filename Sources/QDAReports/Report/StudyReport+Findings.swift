internal import QDACore

extension StudyReport {
  /// A diagnostic as the report prints it.
  public struct Finding: Hashable, Sendable, Codable {
    /// The stable identifier.
    public var id: String
    /// `error`, `warning` or `note`.
    public var severity: String
    /// Where it is, in words; empty where it is nowhere in particular.
    public var place: String
    /// What is the matter.
    public var summary: String
    /// The raw text that it is about.
    public var raw: String?
    /// Why it matters.
    public var explanation: String?
    /// Facts that belong to it.
    public var notes: [String]
    /// What to do.
    public var solutions: [String]
    /// How many times it occurred.
    public var count: Int
  }
}

extension Collector {
  func finding(_ diagnostic: Diagnostic) -> StudyReport.Finding {
    let place: String =
      switch diagnostic.place {
      case .file(let name, let line, let column):
        line > 0 ? "\(name):\(line):\(column)" : name
      case .text(let source, let span):
        labels[.source(source)] + position(of: span, in: source)
      case .object(let reference): labels.words(for: reference)
      case nil: ""
      }
    return StudyReport.Finding(
      id: diagnostic.id, severity: diagnostic.severity.rawValue, place: place,
      summary: diagnostic.summary, raw: diagnostic.raw, explanation: diagnostic.explanation,
      notes: diagnostic.notes, solutions: diagnostic.solutions, count: diagnostic.count)
  }

  private func position(of span: TextSpan, in source: ID<Source>) -> String {
    guard let text = try? project.texts.text(of: source) else { return "" }
    let place = text.lineAndColumn(ofScalar: Int(span.start))
    return ":\(place.line):\(place.column)"
  }
}
