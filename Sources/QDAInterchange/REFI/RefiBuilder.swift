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
  private var path: [RefiName?] = []
  private var buffer: [UInt8] = []
  private var isCollecting = false
  private var codeParents: [ID<Code>] = []
  private var coding = PendingCoding()
  private var selectionName: [UInt8] = []
  var part = RefiPart()
  var value: (variable: ID<Attribute>?, value: AttributeValue?)
  let file: String
  private let names = RefiName.allCases

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

  private mutating func target(of element: borrowing XMLStart) -> RefiGUID? {
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
    guard let text, !text.isEmpty else { return nil }
    let trimmed = text.trimmed
    if let value = Int(trimmed.hasPrefix("+") ? String(trimmed.dropFirst()) : trimmed) {
      return value
    }
    // Some write coordinates and times with a fraction.
    if let value = Double(trimmed), abs(value) < 1e15 { return Int(value.rounded()) }
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

  private mutating func time(_ text: String?, line: Int) -> Timestamp? {
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

  private mutating func derivedID<Kind>(_ kind: String, line: Int) -> ID<Kind> {
    result.findings.add(
      Diagnostic(
        "refi.guid-missing", .warning, at: .file(file, line: line, column: 1),
        "a \(kind) has no GUID; one is made for it",
        solutions: ["export the project again with a newer version of the program"]))
    derivedCount += 1
    return ID(derivedFrom: [kind, "\(derivedCount)"])
  }
  private var derivedCount = 0

  // MARK: - Elements that are few

  private mutating func startRare(
    _ name: RefiName, _ attributes: RefiAttributes, _ element: borrowing XMLStart
  ) {
    let line = element.line
    for (unknown, value) in attributes.unknown + attributes.strange(to: name) {
      // Old exports of codebooks have the description as an attribute.
      if unknown == "description" { continue }
      result.findings.add(
        unknownAttribute(unknown, of: name.rawValue, value: value, line: line))
    }
    if let spelled = attributes.text(.guid) { result.spellings.look(at: spelled) }
    func id<Kind>(_ kind: String) -> ID<Kind> {
      attributes.text(.guid).map { guid($0, line: line).of() } ?? derivedID(kind, line: line)
    }
    func stamp(_ user: RefiName, _ at: RefiName) -> Stamp {
      Stamp(
        by: attributes.text(user).map { guid($0, line: line).of() },
        at: time(attributes[at], line: line))
    }
    func made() -> Stamp {
      let made = stamp(.creatingUser, .creationDateTime)
      return result.isOwn
        ? made.withoutStandIn(modified: stamp(.modifyingUser, .modifiedDateTime)) : made
    }
    let described =
      attributes[.description] ?? attributes.unknown.first { $0.name == "description" }?.value ?? ""
    switch name {
    case .project:
      result.namespace = element.namespace
      result.project.title = attributes[.name] ?? ""
      result.project.created = stamp(.creatingUserGUID, .creationDateTime)
      result.project.modified = stamp(.modifyingUserGUID, .modifiedDateTime)
      result.project.origin = ProjectOrigin(
        program: attributes[.origin] ?? "", basePath: attributes[.basePath])
      owners.append(.project)
    case .codeBook:
      if path.count == 1 {
        result.isCodebook = true
        result.namespace = element.namespace
        result.project.origin = ProjectOrigin(program: attributes[.origin] ?? "")
        owners.append(.project)
      }
    case .user:
      let given = Coder(
        id: id("user"), name: attributes[.name] ?? "", initials: attributes[.id] ?? "")
      // Some list the same person twice.
      if result.project.coders[given.id] == given { break }
      let coder = Coder(
        id: unique(given.id, in: \.coders, "user", line: line), name: given.name,
        initials: given.initials)
      result.project.coders.insert(coder)
    case .code:
      let code = Code(
        id: unique(id("code"), in: \.codebook.codes, "code", line: line),
        parent: codeParents.last, name: attributes[.name] ?? "", definition: described,
        isCodable: isCodable(attributes[.isCodable], line: line),
        color: color(attributes[.color], line: line))
      result.project.codebook.codes.insert(code)
      codeParents.append(code.id)
      owners.append(.code(code.id))
    case .variable:
      let attribute = Attribute(
        id: unique(id("variable"), in: \.attributes, "variable", line: line),
        name: attributes[.name] ?? "",
        kind: kind(attributes[.typeOfVariable], line: line))
      result.project.attributes.insert(attribute)
      owners.append(.attribute(attribute.id))
    case .case:
      let one = Case(
        id: unique(id("case"), in: \.cases, "case", line: line), name: attributes[.name] ?? "",
        unit: "case")
      result.project.cases.insert(one)
      owners.append(.case(one.id))
    case .variableValue: value = (nil, nil)
    case .variableRef: value.variable = target(of: element)?.of()
    case .sourceRef, .selectionRef:
      guard case .case(let id)? = owners.last, let target = target(of: element) else {
        result.findings.add(misplaced(name, line: line))
        break
      }
      if name == .sourceRef {
        result.caseSources[id, default: []].append(target)
      } else {
        result.caseSelections[id, default: []].append(target)
      }
    case .textSource, .pictureSource, .pdfSource, .audioSource, .videoSource:
      let medium: Medium =
        switch name {
        case .pictureSource: .picture
        case .pdfSource: .pdf
        case .audioSource: .audio
        case .videoSource: .video
        default: .text
        }
      let source = Source(
        id: unique(id("source"), in: \.sources, "source", line: line),
        name: attributes[.name] ?? "", kind: .document, medium: medium,
        created: stamp(.creatingUser, .creationDateTime),
        modified: stamp(.modifyingUser, .modifiedDateTime), files: attributes.files)
      result.project.sources.insert(source)
      outerParts.append(part)
      part = RefiPart(source: source.id, isText: medium == .text)
      owners.append(.source(source.id))
    case .textDescription, .representation:
      let representation = Representation(
        id: id("representation"), name: attributes[.name] ?? "",
        created: stamp(.creatingUser, .creationDateTime),
        modified: stamp(.modifyingUser, .modifiedDateTime))
      if case .selection(let passage)? = owners.last {
        owners.append(.quote(passage))
        if let path = attributes.text(.plainTextPath) { result.quoteFiles[passage] = path }
        let bare = Representation(id: representation.id)
        if representation != bare { result.findings.add(inBox("name or time", line: line)) }
        if attributes.text(.richTextPath) != nil {
          result.findings.add(inBox("formatted text", .warning, line: line))
        }
      } else {
        result.project.sources[part.source]?.representation = representation
        result.project.sources[part.source]?.files.plainText = attributes.text(.plainTextPath)
        result.project.sources[part.source]?.files.richText = attributes.text(.richTextPath)
        owners.append(.representation(part.source))
      }
    case .transcript:
      let source = Source(
        id: unique(id("transcript"), in: \.sources, "transcript", line: line),
        name: attributes[.name] ?? "", kind: .transcript, created: made(),
        modified: stamp(.modifyingUser, .modifiedDateTime), recording: part.source,
        files: attributes.files)
      result.project.sources.insert(source)
      outerParts.append(part)
      part = RefiPart(source: source.id, isText: false)
      owners.append(.source(source.id))
    case .syncPoint:
      let point = SyncPoint(
        id: id("sync point"), time: integer(attributes[.timeStamp], line: line),
        position: integer(attributes[.position], line: line))
      if result.project.sources[part.source]?.recording == nil {
        result.findings.add(misplaced(name, line: line))
      }
      result.project.sources[part.source]?.syncPoints.append(point)
    case .pictureSelection, .pdfSelection, .audioSelection, .videoSelection, .transcriptSelection:
      if !part.exists { result.findings.add(misplaced(name, line: line)) }
      let passage = Passage(
        id: id("selection"), source: part.source, region: region(name, attributes, line: line),
        name: attributes[.name] ?? "", created: made(),
        modified: stamp(.modifyingUser, .modifiedDateTime))
      part.add(passage)
      owners.append(.selection(passage.id))
    case .note:
      let note = Note(
        id: unique(id("note"), in: \.notes, "note", line: line), kind: .memo,
        title: attributes[.name] ?? "", body: "", stamp: made(),
        modified: stamp(.modifyingUser, .modifiedDateTime), files: attributes.files)
      result.project.notes.insert(note)
      outerParts.append(part)
      part = RefiPart(source: note.id.of(), isText: false)
      owners.append(.note(note.id))
    case .link:
      let link = ObjectLink(
        id: unique(id("link"), in: \.objectLinks, "link", line: line),
        name: attributes[.name] ?? "",
        direction: choice(attributes[.direction], .direction, line: line),
        color: color(attributes[.color], line: line))
      result.project.objectLinks.insert(link)
      result.linkEnds[link.id] = (
        attributes.text(.originGUID).map { guid($0, line: line) },
        attributes.text(.targetGUID).map { guid($0, line: line) }
      )
      owners.append(.link(link.id))
    case .set:
      let set = ObjectSet(
        id: unique(id("set"), in: \.sets, "set", line: line), name: attributes[.name] ?? "",
        description: described)
      result.project.sets.insert(set)
      owners.append(.set(set.id))
    case .memberCode, .memberSource, .memberNote:
      if case .set(let id)? = owners.last, let target = target(of: element) {
        result.members[id, default: []].append((name, target))
      } else {
        // Transana writes the GUID as the element's text.
        isCollecting = true
        buffer.removeAll(keepingCapacity: true)
      }
    case .graph:
      let graph = Graph(
        id: unique(id("graph"), in: \.graphs, "graph", line: line), name: attributes[.name] ?? "")
      result.project.graphs.insert(graph)
      owners.append(.graph(graph.id))
    case .vertex:
      guard case .graph(let graph)? = owners.last else {
        result.findings.add(misplaced(name, line: line))
        break
      }
      let second =
        attributes.text(.secondX) == nil && attributes.text(.secondY) == nil
        ? nil
        : Point(
          x: integer(attributes[.secondX], line: line) ?? 0,
          y: integer(attributes[.secondY], line: line) ?? 0)
      let vertex = Graph.Vertex(
        id: id("vertex"), name: attributes[.name] ?? "",
        origin: Point(
          x: integer(attributes[.firstX], line: line) ?? 0,
          y: integer(attributes[.firstY], line: line) ?? 0), extent: second,
        shape: choice(attributes[.shape], .shape, line: line),
        color: color(attributes[.color], line: line))
      result.project.graphs[graph]?.vertices.append(vertex)
      result.vertexObjects[vertex.id] = attributes.text(.representedGUID).map {
        guid($0, line: line)
      }
    case .edge:
      guard case .graph(let graph)? = owners.last else {
        result.findings.add(misplaced(name, line: line))
        break
      }
      let edge = Graph.Line(
        id: id("edge"), name: attributes[.name] ?? "",
        from: guid(attributes[.sourceVertex] ?? "", line: line).of(),
        to: guid(attributes[.targetVertex] ?? "", line: line).of(),
        direction: choice(attributes[.direction], .direction, line: line),
        style: choice(attributes[.lineStyle], .lineStyle, line: line),
        color: color(attributes[.color], line: line))
      result.project.graphs[graph]?.lines.append(edge)
      result.lineObjects[edge.id] = attributes.text(.representedGUID).map { guid($0, line: line) }
    default: result.findings.add(unknownElement(name.rawValue, line: line))
    }
    if !described.isEmpty, name.isDescribed { describe(described) }
  }

  private mutating func endRare(_ name: RefiName) {
    switch name {
    case .code:
      codeParents.removeLast()
      owners.removeLast()
    case .codeBook:
      if path.isEmpty { owners.removeLast() }
    case .variableValue:
      guard let variable = value.variable else { return }
      let given = value.value ?? .missing
      switch owners.last {
      case .case(let id): result.project.cases[id]?.values[variable] = given
      case .source(let id), .representation(let id):
        result.project.sources[id]?.values[variable] = given
      case .note(let id): result.noteValues[id, default: [:]][variable] = given
      case .quote: result.findings.add(inBox("value", .warning, line: 0))
      default: result.findings.add(misplaced(.variableValue, line: 0))
      }
    case .textSource, .pictureSource, .pdfSource, .audioSource, .videoSource, .transcript:
      owners.removeLast()
      part.end(into: &result)
      leavePart()
    case .note:
      owners.removeLast()
      part.end(noteInto: &result)
      leavePart()
    case .project, .variable, .case, .textDescription, .representation, .pictureSelection,
      .pdfSelection, .audioSelection, .videoSelection, .transcriptSelection, .link, .set, .graph:
      owners.removeLast()
    case .memberCode, .memberSource, .memberNote:
      guard isCollecting else { break }
      isCollecting = false
      let text = String(decoding: buffer, as: UTF8.self).trimmed
      if case .set(let id)? = owners.last, !text.isEmpty {
        result.members[id, default: []].append((name, guid(text, line: 0)))
      } else {
        result.findings.add(misplaced(name, line: 0))
      }
    default: break
    }
  }
  private var outerParts: [RefiPart] = []

  private mutating func leavePart() {
    part = outerParts.popLast() ?? RefiPart()
    part.resume()
  }
}
