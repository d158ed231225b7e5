/// A finding is written flat, with its file, line and column beside each other.
///
/// Places in files have `file`, `line` and `column`, the latter two only where they are known;
/// places in texts `source`, `start` and `end`; objects `object`. The marked line is `marked`.
extension Diagnostic: Codable {
  private enum Key: String, CodingKey {
    case id, severity, file, line, column, source, start, end, object
    case summary, raw, marked, explanation, notes, solutions, count
  }

  /// Reads a finding.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    var place: Place?
    if let file = try container.decodeIfPresent(String.self, forKey: .file) {
      place = .file(
        file, line: try container.decodeIfPresent(Int.self, forKey: .line) ?? 0,
        column: try container.decodeIfPresent(Int.self, forKey: .column) ?? 0)
    } else if let source = try container.decodeIfPresent(ID<Source>.self, forKey: .source) {
      let start = try container.decode(UInt32.self, forKey: .start)
      let end = try container.decode(UInt32.self, forKey: .end)
      guard let span = TextSpan(start: start, end: end) else {
        throw DecodingError.dataCorruptedError(
          forKey: .end, in: container, debugDescription: "the end lies before the start")
      }
      place = .text(source, span)
    } else if let object = try container.decodeIfPresent(Reference.self, forKey: .object) {
      place = .object(object)
    }
    self.init(
      try container.decode(String.self, forKey: .id),
      try container.decode(Severity.self, forKey: .severity), at: place,
      try container.decode(String.self, forKey: .summary),
      raw: try container.decodeIfPresent(String.self, forKey: .raw),
      line: try container.decodeIfPresent(String.self, forKey: .marked),
      explanation: try container.decodeIfPresent(String.self, forKey: .explanation),
      notes: try container.decode([String].self, forKey: .notes),
      solutions: try container.decode([String].self, forKey: .solutions),
      count: try container.decode(Int.self, forKey: .count))
  }

  /// Writes a finding.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(severity, forKey: .severity)
    switch place {
    case .file(let file, let line, let column):
      try container.encode(file, forKey: .file)
      if line > 0 {
        try container.encode(line, forKey: .line)
        try container.encode(column, forKey: .column)
      }
    case .text(let source, let span):
      try container.encode(source, forKey: .source)
      try container.encode(span.start, forKey: .start)
      try container.encode(span.end, forKey: .end)
    case .object(let reference): try container.encode(reference, forKey: .object)
    case nil: break
    }
    try container.encode(summary, forKey: .summary)
    try container.encodeIfPresent(raw, forKey: .raw)
    try container.encodeIfPresent(line, forKey: .marked)
    try container.encodeIfPresent(explanation, forKey: .explanation)
    try container.encode(notes, forKey: .notes)
    try container.encode(solutions, forKey: .solutions)
    try container.encode(count, forKey: .count)
  }
}
