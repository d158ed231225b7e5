internal import QDACore

extension RefiBuilder {
  // MARK: - Texts of elements

  mutating func take(_ text: String, as name: RefiName) {
    switch name {
    case .description: describe(text)
    case .plainTextContent:
      switch owners.last {
      case .source(let id), .representation(let id): hold(text, of: id)
      case .note(let id): result.project.notes[id]?.body = text
      case .quote(let passage): part.quote(text, passage)
      default: result.findings.add(misplaced(.plainTextContent, line: 0))
      }
    case .textValue: value.value = .text(text)
    case .booleanValue:
      switch text.trimmed.lowercased() {
      case "true", "1": value.value = .flag(true)
      case "false", "0": value.value = .flag(false)
      case "": value.value = .missing
      default: value.value = .invalid(raw: text)
      }
    case .integerValue, .floatValue:
      let number = text.trimmed
      value.value =
        number.isEmpty
        ? .missing : number.isDecimal ? .number(decimal: number) : .invalid(raw: text)
    case .dateValue:
      let date = text.trimmed
      value.value =
        date.isEmpty ? .missing : RefiDate.isDate(date) ? .date(date) : .invalid(raw: text)
    case .dateTimeValue:
      let date = text.trimmed
      value.value =
        date.isEmpty ? .missing : RefiDate.isDateTime(date) ? .dateTime(date) : .invalid(raw: text)
    default: break
    }
  }

  /// Keeps the text of a source, unless it is none and a file has one.
  private mutating func hold(_ text: String, of id: ID<Source>) {
    if let path = result.project.sources[id]?.files.plainText {
      if text.isEmpty { return }
      result.findings.add(
        Diagnostic(
          "refi.text-twice", .note, at: .file(file, line: 0, column: 0),
          "a source has its text in the project and in a file; that in the project is read",
          raw: path, solutions: ["compare the two if passages look shifted"]))
    }
    result.inlineTexts[id] = text
  }

  mutating func describe(_ text: String) {
    switch owners.last {
    case .project: result.project.description = text
    case .code(let id): result.project.codebook.codes[id]?.definition = text
    case .attribute(let id): result.project.attributes[id]?.definition = text
    case .case(let id): result.project.cases[id]?.description = text
    case .source(let id): result.project.sources[id]?.description = text
    case .representation(let id):
      result.project.sources[id]?.representation?.description = text
    case .note(let id): result.project.notes[id]?.description = text
    case .set(let id): result.project.sets[id]?.description = text
    case .selection where part.isText: result.filling.describeLastPassage(text)
    case .selection(let id): part.describe(text, id)
    case .quote:
      if !text.isEmpty { result.findings.add(inBox("description", .warning, line: 0)) }
    case .link, .graph, .coding, nil:
      if !text.isEmpty { result.findings.add(misplaced(.description, line: 0)) }
    }
  }

  // MARK: - Values

  mutating func isCodable(_ text: String?, line: Int) -> Bool {
    switch text?.trimmed.lowercased() {
    case "false", "0": return false
    case "true", "1", nil: return true
    case let other?:
      result.findings.add(valueUnknown(other, of: .isCodable, line: line))
      return true
    }
  }

  mutating func kind(_ text: String?, line: Int) -> Attribute.Kind {
    switch text {
    case "Text", nil: return .text
    case "Boolean": return .flag
    case "Integer": return .integer
    case "Float": return .number
    case "Date": return .date
    case "DateTime": return .dateTime
    case let other?:
      result.findings.add(valueUnknown(other, of: .typeOfVariable, line: line))
      return .text
    }
  }

  mutating func choice<Choice: RawRepresentable<String>>(
    _ text: String?, _ name: RefiName, line: Int
  ) -> Choice? {
    guard let text, !text.isEmpty else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    result.findings.add(valueUnknown(text, of: name, line: line))
    return nil
  }

  mutating func color(_ text: String?, line: Int) -> String? {
    guard let text, !text.trimmed.isEmpty else { return nil }
    if let color = HexColor.canonical(text) {
      if HexColor.isTransparent(text) {
        result.findings.add(
          Diagnostic(
            "refi.color-opacity", .note, at: .file(file, line: line, column: 1),
            "a colour has an opacity, which is left out", raw: text,
            solutions: ["nothing: codes look the same in every program that has no opacity"]))
      }
      return color
    }
    result.findings.add(valueUnknown(text, of: .color, line: line))
    return nil
  }

  /// The id of an object, or one of its own where another object has it already.
  mutating func unique<Object: Identified>(
    _ id: ID<Object>, in table: WritableKeyPath<Project, Table<Object>>, _ kind: String, line: Int
  ) -> ID<Object> {
    guard result.project[keyPath: table].contains(id) else { return id }
    result.findings.add(
      Diagnostic(
        "refi.guid-repeated", .warning, at: .file(file, line: line, column: 1),
        "a second \(kind) has the same GUID; it gets one of its own", raw: id.description,
        explanation: "What refers to the GUID means the first.",
        solutions: ["give one of the two a new GUID in the program that wrote the project"]))
    return ID(
      derivedFrom: [kind, id.description, "\(result.project[keyPath: table].count)"])
  }

  mutating func region(_ name: RefiName, _ attributes: RefiAttributes, line: Int) -> Region {
    func number(_ name: RefiName) -> Int { integer(attributes[name], line: line) ?? 0 }
    switch name {
    case .audioSelection, .videoSelection:
      let (begin, end) = (number(.begin), number(.end))
      if begin <= end { return .time(begin..<end) }
      result.findings.add(
        Diagnostic(
          "refi.position-invalid", .warning, at: .file(file, line: line, column: 1),
          "a selection ends before it starts, or lies before the start of the text; it is kept empty",
          raw: "\(begin)–\(end)", solutions: ["mark the passage again in the source"]))
      return .time(begin..<begin)
    case .transcriptSelection:
      return .synced(
        from: attributes.text(.fromSyncPoint).map { guid($0, line: line).of() },
        to: attributes.text(.toSyncPoint).map { guid($0, line: line).of() })
    default:
      let box = Box(
        first: Point(x: number(.firstX), y: number(.firstY)),
        second: Point(x: number(.secondX), y: number(.secondY)))
      return name == .pdfSelection ? .pdf(page: number(.page), box) : .picture(box)
    }
  }
}
