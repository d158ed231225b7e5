internal import QDACore

/// Hands the elements of a document to a builder.
final class RefiHandler: XMLHandler {
  // The parser alone calls, one element after the other; a check of each of millions of calls costs
  // more than some of the calls.
  @exclusivity(unchecked) private var builder: RefiBuilder

  init(file: String) { unsafe builder = RefiBuilder(file: file) }

  override func start(_ element: borrowing XMLStart) { unsafe builder.start(element) }
  override func text(_ utf8: borrowing Span<UInt8>) { unsafe builder.text(utf8) }
  override func end(_ element: borrowing XMLEnd) { unsafe builder.end(element) }

  /// Closes what is open where a document breaks off, and says why it does.
  func salvage(_ finding: Diagnostic) {
    unsafe builder.salvage()
    unsafe builder.result.findings.add(finding)
  }

  /// Hands over what was read.
  func finish() -> RefiProject {
    let result = unsafe builder.result
    unsafe builder.result = RefiProject()
    return result
  }
}

/// Makes a project of the elements of REFI-QDA, in whatever order and namespace they come.
///
/// Elements that occur a million times, selections and codings, are taken from their bytes; the rest
/// goes through strings. It is a value, because access to each property of an object is checked.
struct RefiBuilder {
  var result = RefiProject()

  /// What the elements below belong to.
  var owners: [RefiOwner] = []
  /// The elements that are open.
  var path: [RefiName?] = []
  var buffer: [UInt8] = []
  var isCollecting = false
  var codeParents: [ID<Code>] = []
  private var coding = PendingCoding()
  private var selectionName: [UInt8] = []
  var part = RefiPart()
  var value: (variable: ID<Attribute>?, value: AttributeValue?)
  let file: String
  private let names = RefiName.allCases
  private var derivedCount = 0
  /// The parts of a project around the one that is being read.
  var outerParts: [RefiPart] = []

  init(file: String) {
    self.file = file
    result.file = file
  }

  private struct PendingCoding {
    var id: ID<Coding>?
    var created = Stamp()
    var code: ID<Code>?
    var notes: [RefiGUID] = []
  }

  // MARK: - Elements

  mutating func start(_ element: borrowing XMLStart) {
    guard element.name >= 0 else {
      path.append(nil)
      if path.count == 1 { rootIsUnknown(element) }
      result.findings.add(unknownElement(element.localName, line: element.line))
      return
    }
    let name = names[element.name]
    path.append(name)
    switch name {
    case .plainTextSelection: startTextSelection(element)
    case .coding: startCoding(element)
    case .codeRef: codeRef(target(of: element), at: element.line)
    case .noteRef: noteRef(target(of: element))
    case .description, .plainTextContent, .textValue, .booleanValue, .integerValue, .floatValue,
      .dateValue, .dateTimeValue:
      // What describes an element that is not read must not describe the one around it.
      isCollecting = path.count < 2 || path[path.count - 2] != nil
      buffer.removeAll(keepingCapacity: true)
    case .users, .codes, .variables, .cases, .sources, .notes, .links, .sets, .graphs: break
    default: startRare(name, RefiAttributes(element), element)
    }
  }

  mutating func text(_ utf8: borrowing Span<UInt8>) {
    guard isCollecting else { return }
    buffer.append(utf8)
  }

  mutating func end(_ element: borrowing XMLEnd) {
    guard let name = path.popLast() ?? nil else { return }
    switch name {
    case .plainTextSelection: endSelection()
    case .coding: endCoding()
    case .codeRef, .noteRef: break
    case .description, .plainTextContent, .textValue, .booleanValue, .integerValue, .floatValue,
      .dateValue, .dateTimeValue:
      guard isCollecting else { break }
      isCollecting = false
      take(String(decoding: buffer, as: UTF8.self), as: name)
    case .users, .codes, .variables, .cases, .sources, .notes, .links, .sets, .graphs: break
    default: endRare(name)
    }
  }

  /// Closes what is open where a document breaks off; a selection that is not whole goes.
  mutating func salvage() {
    for owner in owners.reversed() {
      if case .selection = owner, part.isText { result.filling.dropLastPassage() }
    }
    part.end(into: &result)
    while let outer = outerParts.popLast() { outer.ended(into: &result) }
    owners = []
  }

  // MARK: - Selections of text and codings

  private mutating func startTextSelection(_ element: borrowing XMLStart) {
    var id: ID<Passage>?
    var start: Int?
    var end: Int?
    var created = Stamp()
    var modified = Stamp()
    selectionName.removeAll(keepingCapacity: true)
    for index in 0..<element.attributeCount {
      let known = element.attributeName(index)
      guard known >= 0, element.isOwnAttribute(index) else {
        unknownAttribute(of: element, index)
        continue
      }
      switch names[known] {
      case .guid: id = guid(element, index).of()
      case .name:
        element.withValue(index) { selectionName.append($0) }
      case .startPosition: start = number(element, index)
      case .endPosition: end = number(element, index)
      case .creatingUser: created.by = user(element, index)
      case .creationDateTime: created.at = time(element, index)
      case .modifyingUser: modified.by = user(element, index)
      case .modifiedDateTime: modified.at = time(element, index)
      default: unknownAttribute(of: element, index)
      }
    }
    let line = element.line
    if case .quote(let box)? = owners.last {
      // It counts the words of the box, which are no text of their own here.
      result.findings.add(inBox("selection", .warning, line: line))
      owners.append(.quote(box))
      return
    }
    let passage = id ?? derivedID("selection", line: line)
    let span = span(start, end, line: line)
    owners.append(.selection(passage))
    if !part.exists { result.findings.add(misplaced(.plainTextSelection, line: line)) }
    if part.isText {
      part.beginIfNeeded(&result.filling)
      let name = selectionName
      result.filling.addPassage(
        passage, span, name: name.span, created: created, modified: modified)
    } else {
      part.add(
        Passage(
          id: passage, source: part.source, region: .text(span),
          name: String(decoding: selectionName, as: UTF8.self), created: created,
          modified: modified, verdict: .unverified))
    }
  }

  private mutating func endSelection() {
    owners.removeLast()
  }

  private mutating func startCoding(_ element: borrowing XMLStart) {
    coding = PendingCoding()
    for index in 0..<element.attributeCount {
      let known = element.attributeName(index)
      guard known >= 0, element.isOwnAttribute(index) else {
        unknownAttribute(of: element, index)
        continue
      }
      switch names[known] {
      case .guid: coding.id = guid(element, index).of()
      case .creatingUser: coding.created.by = user(element, index)
      case .creationDateTime: coding.created.at = time(element, index)
      default: unknownAttribute(of: element, index)
      }
    }
    if coding.id == nil { coding.id = derivedID("coding", line: element.line) }
    owners.append(.coding)
  }

  private mutating func endCoding() {
    owners.removeLast()
    guard let id = coding.id else { return }
    guard let code = coding.code else {
      result.findings.add(
        Diagnostic(
          "refi.coding-without-code", .warning, at: .file(file, line: 0, column: 0),
          "a coding names no code and is left out", raw: id.description,
          solutions: ["code the selection again in the program that wrote the project"]))
      return
    }
    for note in coding.notes { result.noteRefs.append((note, .coding(id))) }
    switch owners.last {
    case .selection where part.isText:
      result.filling.addCoding(id, code, created: coding.created)
    case .selection(let passage):
      let element = path.last { $0 != .coding && $0 != .codeRef }
      part.add(
        code, id, coding.created, to: passage, onText: element == .plainTextSelection)
    case .quote(let passage):
      part.add(code, id, coding.created, to: passage, onText: false)
    case .source, .note, .representation:
      let whole = ID<Passage>(derivedFrom: ["whole", part.source.description])
      if part.isText {
        part.codedWhole.append((id, code, coding.created))
      } else {
        part.addWhole(whole)
        part.add(code, id, coding.created, to: whole, onText: true)
      }
    default:
      result.findings.add(misplaced(.coding, line: 0))
    }
  }

  private mutating func codeRef(_ target: RefiGUID?, at line: Int) {
    guard let target else { return }
    switch owners.last {
    case .coding:
      if coding.code == nil {
        coding.code = target.of()
      } else if let id = coding.id {
        // The schema has one code for each coding; a second one is a coding of its own.
        let extra = ID<Coding>(derivedFrom: ["coding", id.description, target.description])
        let first = coding
        coding = PendingCoding(id: extra, created: first.created, code: target.of())
        endCoding()
        owners.append(.coding)
        coding = first
      }
    case .case(let id): result.project.cases[id]?.codes.append(target.of())
    default: result.findings.add(misplaced(.codeRef, line: line))
    }
  }

  private mutating func noteRef(_ target: RefiGUID?) {
    guard let target else { return }
    switch owners.last {
    case .coding: coding.notes.append(target)
    case let owner?:
      if let about = owner.reference { result.noteRefs.append((target, about)) }
    case nil: break
    }
  }

  // MARK: - Attributes of selections and codings

  mutating func target(of element: borrowing XMLStart) -> RefiGUID? {
    for index in 0..<element.attributeCount {
      let number = element.attributeName(index)
      // Some write `guid` for what refers to another object.
      if number >= 0, names[number] == .targetGUID || names[number] == .guid {
        return guid(element, index)
      }
    }
    return nil
  }

  private mutating func guid(_ element: borrowing XMLStart, _ index: Int) -> RefiGUID {
    if let id = element.withValue(index, { RefiGUID(utf8: $0) }) { return id }
    return guid(element.value(index), line: element.line)
  }

  /// The id that a GUID means; one that is none still means the same object wherever it is written.
  mutating func guid(_ text: String, line: Int) -> RefiGUID {
    if let id = RefiGUID(text) { return id }
    result.findings.add(
      Diagnostic(
        "refi.guid-invalid", .warning, at: .file(file, line: line, column: 1),
        "an identifier is no GUID; another takes its place", raw: text,
        explanation: "Objects that name each other by it still belong together.",
        solutions: ["nothing, unless the project goes back to a program that knows the old one"]))
    return RefiGUID(derivedFrom: ["guid", text])
  }

  private mutating func user(_ element: borrowing XMLStart, _ index: Int) -> ID<Coder>? {
    let isEmpty = element.withValue(index) { $0.isEmpty }
    return isEmpty ? nil : guid(element, index).of()
  }

  private mutating func number(_ element: borrowing XMLStart, _ index: Int) -> Int? {
    let plain = element.withValue(index) { bytes -> Int? in
      guard !bytes.isEmpty, bytes.count < 16 else { return nil }
      var value = 0
      for index in bytes.indices {
        let digit = bytes[index] &- 0x30
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    return plain ?? integer(element.value(index), line: element.line)
  }

  mutating func integer(_ text: String?, line: Int) -> Int? {
    guard let text else { return nil }
    let trimmed = text.trimmed
    if let value = Int(trimmed.hasPrefix("+") ? String(trimmed.dropFirst()) : trimmed) {
      return value
    }
    // Some write coordinates and times with a fraction.
    if let value = Double(trimmed), abs(value) < 1e15 {
      if value.rounded() != value { result.findings.add(numberRounded(text, line: line)) }
      return Int(value.rounded())
    }
    result.findings.add(
      Diagnostic(
        "refi.number-invalid", .warning, at: .file(file, line: line, column: 1),
        "a position is no number; 0 takes its place", raw: text,
        solutions: ["look at the selections of this source"]))
    return nil
  }

  private mutating func time(_ element: borrowing XMLStart, _ index: Int) -> Timestamp? {
    if let time = element.withValue(index, { Timestamp(utf8: $0) }) { return time }
    return time(element.value(index), line: element.line)
  }

  mutating func time(_ text: String?, line: Int) -> Timestamp? {
    guard let text, !text.isEmpty else { return nil }
    if let time = Timestamp(text) { return time }
    if let time = Timestamp(cutting: text) {
      result.findings.add(
        Diagnostic(
          "refi.time-cut", .note, at: .file(file, line: line, column: 1),
          "a time is finer than a millisecond; it is kept to the millisecond", raw: text))
      return time
    }
    result.findings.add(
      Diagnostic(
        "refi.time-invalid", .warning, at: .file(file, line: line, column: 1),
        "a time is not of the form 2026-03-04T10:30:00Z and is left out", raw: text,
        solutions: ["nothing, unless the time matters: then correct it in the program it is from"]))
    return nil
  }

  private mutating func span(_ start: Int?, _ end: Int?, line: Int) -> TextSpan {
    let first = start ?? 0
    let last = end ?? first
    guard first <= last, first >= 0, last <= Int(UInt32.max) else {
      result.findings.add(
        Diagnostic(
          "refi.position-invalid", .warning, at: .file(file, line: line, column: 1),
          "a selection ends before it starts, or lies before the start of the text; it is kept empty",
          raw: "\(first)–\(last)", solutions: ["mark the passage again in the source"]))
      let place = max(0, min(first, Int(UInt32.max)))
      return TextSpan(scalars: place..<place)
    }
    return TextSpan(scalars: first..<last)
  }

  mutating func derivedID<Kind>(_ kind: String, line: Int) -> ID<Kind> {
    result.findings.add(
      Diagnostic(
        "refi.guid-missing", .warning, at: .file(file, line: line, column: 1),
        "a \(kind) has no GUID; one is made for it",
        solutions: ["export the project again with a newer version of the program"]))
    derivedCount += 1
    return ID(derivedFrom: [kind, "\(derivedCount)"])
  }
}
