internal import QDACore

extension RefiBuilder {
  mutating func rootIsUnknown(_ element: borrowing XMLStart) {
    result.findings.add(
      Diagnostic(
        "refi.root-unknown", .error, at: .file(file, line: element.line, column: 1),
        "the document is neither a project nor a codebook of REFI-QDA", raw: element.localName,
        solutions: ["export the project as REFI-QDA (.qdpx or .qde)"]))
  }

  func unknownElement(_ name: String, line: Int) -> Diagnostic {
    Diagnostic(
      "refi.element-unknown", .warning, at: .file(file, line: line, column: 1),
      "the element '\(name)' is not of REFI-QDA; what it says is not read",
      explanation: "It is not written back either.",
      solutions: ["compare with the program that wrote the project if something is missing"])
  }

  mutating func unknownAttribute(of element: borrowing XMLStart, _ index: Int) {
    result.findings.add(
      unknownAttribute(
        element.attributeLocalName(index), of: element.localName, value: element.value(index),
        line: element.line))
  }

  func unknownAttribute(
    _ name: String, of element: String, value: String, line: Int
  ) -> Diagnostic {
    Diagnostic(
      "refi.attribute-unknown", .warning, at: .file(file, line: line, column: 1),
      "the attribute '\(name)' of '\(element)' is not of REFI-QDA; it is not read", raw: value,
      solutions: ["compare with the program that wrote the project if something is missing"])
  }

  func valueUnknown(_ value: String, of name: RefiName, line: Int) -> Diagnostic {
    Diagnostic(
      "refi.value-unknown", .warning, at: .file(file, line: line, column: 1),
      "the \(name.rawValue) is none that REFI-QDA knows; it is left out", raw: value,
      solutions: ["set it again after reading"])
  }

  /// What the words of a box on a page say besides, which has no place.
  func inBox(
    _ what: String, _ severity: Severity = .note, line: Int
  ) -> Diagnostic {
    Diagnostic(
      "refi.words-of-box", severity, at: .file(file, line: line, column: 1),
      "the words of a box on a page have a \(what) of their own, which is left out",
      explanation: "The words are kept, and what is coded in them is coded with the box.",
      solutions: ["compare with the program that wrote the project if something is missing"])
  }

  func numberRounded(_ text: String, line: Int) -> Diagnostic {
    Diagnostic(
      "refi.number-rounded", .note, at: .file(file, line: line, column: 1),
      "a position, time or coordinate has a fraction; it is rounded", raw: text,
      solutions: ["nothing for pictures and recordings; look at the passage of a text"])
  }

  func misplaced(_ name: RefiName, line: Int) -> Diagnostic {
    Diagnostic(
      "refi.element-misplaced", .warning, at: .file(file, line: line, column: 1),
      "an element '\(name.rawValue)' stands where REFI-QDA has none; it is not read",
      solutions: ["compare with the program that wrote the project if something is missing"])
  }
}
