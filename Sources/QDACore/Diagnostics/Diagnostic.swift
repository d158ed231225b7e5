/// How much a finding matters.
public enum Severity: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
  /// Something worth knowing that needs no action.
  case note
  /// Something that may be wrong, or that was lost or decided by a rule.
  case warning
  /// Something that is wrong and was left out or left as it is.
  case error

  /// Orders severities from note to error.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Where a finding belongs.
public enum Place: Hashable, Sendable, Codable {
  /// A line and a column, both counted from 1, of a file named relative to what was opened.
  case file(String, line: Int, column: Int)
  /// A range of a source's text.
  case text(ID<Source>, TextSpan)
  /// An object of the project.
  case object(Reference)
}

/// A finding: what is the matter, where, and what to do next.
///
/// Every `id` is stable, lower-case and dotted by area, and has a page in the documentation.
public struct Diagnostic: Hashable, Sendable, Error {
  /// The stable identifier, such as `participant.age-band-reversed`.
  public var id: String
  /// How much it matters.
  public var severity: Severity
  /// Where it is, if it is anywhere in particular.
  public var place: Place?
  /// One sentence in lower case without a full stop.
  public var summary: String
  /// The raw text that the finding is about, exactly as written, where that helps.
  public var raw: String?
  /// The line of the file that holds the place, for display.
  public var line: String?
  /// Why it matters, in a sentence or two.
  public var explanation: String?
  /// Facts that belong to the finding, such as candidates or the related place.
  public var notes: [String]
  /// What to do next, each one an instruction.
  public var solutions: [String]
  /// How many times it occurred, where occurrences are gathered into one finding.
  public var count: Int

  /// Creates a finding.
  public init(
    _ id: String, _ severity: Severity, at place: Place? = nil, _ summary: String,
    raw: String? = nil, line: String? = nil, explanation: String? = nil, notes: [String] = [],
    solutions: [String] = [], count: Int = 1
  ) {
    self.id = id
    self.severity = severity
    self.place = place
    self.summary = summary
    self.raw = raw
    self.line = line
    self.explanation = explanation
    self.notes = notes
    self.solutions = solutions
    self.count = count
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The finding as compilers print theirs, with the marked line where it is known.
  ///
  /// `file:line:column: severity: summary [id]`, then the line, notes and solutions, indented.
  public var description: String {
    var text = ""
    var mark: Int?
    switch place {
    case .file(let written, let line, let column):
      let name = written.escapingControls
      text += line > 0 ? "\(name):\(line):\(column): " : "\(name): "
      mark = column
    case .text(let source, let span): text += "\(source)@\(span): "
    case .object(let reference): text += "\(reference): "
    case nil: break
    }
    text += "\(severity.rawValue): \(summary.escapingControls)"
    if count > 1 { text += " (\(count) times)" }
    text += " [\(id)]"
    if let line { text += Self.marked(line, column: mark) }
    if let explanation { text += "\n  \(explanation.escapingControls)" }
    for note in notes { text += "\n  note: \(note.escapingControls)" }
    for solution in solutions { text += "\n  help: \(solution.escapingControls)" }
    return text
  }

  // A long line is cut around the mark: a transcript often has a whole turn on one line.
  private static func marked(_ line: String, column: Int?) -> String {
    let scalars = Array(line.unicodeScalars)
    let at = min(max(1, column ?? 1) - 1, scalars.count)
    let start = at > 60 ? at - 40 : 0
    let end = min(scalars.count, start + 100)
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: scalars[start..<end].map { $0 == "\t" ? " " : $0 })
    let lead = start > 0 ? "…" : ""
    var text = "\n  \(lead)\(String(shown))\(end < scalars.count ? "…" : "")"
    if column != nil {
      text += "\n  " + String(repeating: " ", count: at - start + lead.count) + "^"
    }
    return text
  }
}

extension String {
  /// With control characters as escapes: a file's name must not look like a second finding.
  package var escapingControls: String {
    guard unicodeScalars.contains(where: Self.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where Self.isControl(scalar): text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}

/// A value that was read, with everything that was noticed on the way.
///
/// Nothing usable throws; something usable is returned here together with its diagnostics.
public struct Reading<Value: Sendable>: Sendable {
  /// What was read.
  public var value: Value
  /// What was doubted, lost or decided by a rule, in the order of the input.
  public var diagnostics: [Diagnostic]

  /// Creates a reading.
  public init(_ value: Value, diagnostics: [Diagnostic] = []) {
    self.value = value
    self.diagnostics = diagnostics
  }
}

extension Reading: Equatable where Value: Equatable {}
