internal import QDACore

/// Gives the bullets of a realist matrix their ids, and checks them against each other.
struct MatrixCheck {
  private(set) var elements: [PublishedStudy.MatrixElement] = []
  private(set) var findings: [Diagnostic] = []

  /// An empty bullet keeps its number, so that the others keep theirs, but is no element.
  init(
    _ matrix: RealistMatrixLayout, in study: StudyText,
    after earlier: [PublishedStudy.MatrixElement]
  ) {
    var numbers: [String: Int] = [:]
    for element in earlier {
      let letters = String(element.id.prefix { $0.isLetter })
      numbers[letters] = max(numbers[letters] ?? 0, Int(element.id.dropFirst(letters.count)) ?? 0)
    }
    var seen: [String: [PublishedStudy.MatrixElement]] = [:]
    for bullet in matrix.bullets {
      let column =
        matrix.columns.indices.contains(bullet.column)
        ? matrix.columns[bullet.column] : .init(role: "outcome", part: nil)
      let letters = Self.letters(column, bullet.valence)
      let number = (numbers[letters] ?? 0) + 1
      numbers[letters] = number
      let written = study.written(bullet.text, in: bullet.line)
      if !study.scalars[bullet.text].contains(where: { $0.isLetter || $0.isDigit }) {
        let line = study.lines[bullet.line].body
        findings.append(Self.empty(study.written(line, in: bullet.line)))
        continue
      }
      let element = PublishedStudy.MatrixElement(
        id: letters + (number < 10 ? "0" : "") + String(number), text: written.text,
        role: column.role, part: column.part, valence: bullet.valence, span: bullet.text.span,
        line: bullet.line + 1)
      let key = written.text.comparisonKey
      if let twin = seen[key]?.first(where: { Self.areOpposed($0.valence, element.valence) }) {
        findings.append(Self.inBoth(element, twin, written))
      } else if let twin = seen[key]?.first {
        findings.append(Self.duplicate(element, twin, written))
      }
      if seen[key]?.contains(where: { $0.valence == element.valence }) != true {
        seen[key, default: []].append(element)
      }
      elements.append(element)
    }
    for index in matrix.unclear {
      let line = matrix.bullets[index].line
      findings.append(Self.unclear(study.written(study.lines[line].body, in: line)))
    }
    for index in matrix.unnamed {
      let line = matrix.bullets[index].line
      findings.append(Self.unnamed(study.written(study.lines[line].body, in: line)))
    }
  }

  private static func letters(
    _ column: RealistMatrixLayout.Column, _ valence: Configuration.Valence?
  ) -> String {
    let role =
      switch (column.role, column.part) {
      case ("context", _): "C"
      case ("mechanism", _): "M"
      case (_, "short-term"): "S"
      case (_, "medium-term"): "I"
      case (_, "long-term"): "L"
      default: "O"
      }
    switch valence {
    case .favourable: return role + "F"
    case .unfavourable: return role + "U"
    case .mixed, nil: return role
    }
  }

  private static func areOpposed(
    _ left: Configuration.Valence?, _ right: Configuration.Valence?
  ) -> Bool {
    left != nil && right != nil && left != right
  }

  private static func empty(_ bullet: WrittenText) -> Diagnostic {
    Diagnostic(
      "matrix.element-empty", .warning, at: bullet.place, "the bullet has no text",
      raw: bullet.text, line: bullet.line,
      explanation: "It was left out; its number is not given to another.",
      solutions: ["write the element, or remove the bullet"])
  }

  private static func inBoth(
    _ element: PublishedStudy.MatrixElement, _ twin: PublishedStudy.MatrixElement,
    _ written: WrittenText
  ) -> Diagnostic {
    Diagnostic(
      "matrix.element-in-both-valences", .warning, at: written.place,
      "\(element.id) says the same as \(twin.id) in the other block", raw: written.text,
      line: written.line,
      explanation: "One thing is said to help and to hinder, with nothing that tells when.",
      notes: ["\(twin.id) is on line \(twin.line)"],
      solutions: ["correct one of the two, or say in what context each holds"])
  }

  private static func duplicate(
    _ element: PublishedStudy.MatrixElement, _ twin: PublishedStudy.MatrixElement,
    _ written: WrittenText
  ) -> Diagnostic {
    Diagnostic(
      "matrix.element-duplicate", .warning, at: written.place,
      "\(element.id) says the same as \(twin.id)", raw: written.text, line: written.line,
      explanation: "Both are kept; case, spaces, dashes and quotation marks are not compared.",
      notes: ["\(twin.id) is on line \(twin.line)"],
      solutions: ["remove one of the two, or word the difference"])
  }

  private static func unclear(_ bullet: WrittenText) -> Diagnostic {
    Diagnostic(
      "matrix.column-unclear", .warning, at: bullet.place,
      "where the columns of this block begin is not clear", raw: bullet.text, line: bullet.line,
      explanation: "Columns are told apart by the blank lines between them; here several gaps are "
        + "equal, or there are fewer bullets than columns, so the columns may be wrong.",
      solutions: ["put one more blank line between the columns of the block"])
  }

  private static func unnamed(_ bullet: WrittenText) -> Diagnostic {
    Diagnostic(
      "matrix.column-unclear", .warning, at: bullet.place,
      "the name of a block seems to be missing or wrong", raw: bullet.text, line: bullet.line,
      explanation: "These bullets have more parts than there are columns, or two blocks have the "
        + "same name; parts after the first set of columns were given the columns again, and no "
        + "valence.",
      solutions: ["write the name of the block above its first column"])
  }
}
