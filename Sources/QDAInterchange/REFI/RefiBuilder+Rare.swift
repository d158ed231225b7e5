internal import QDACore

/// Elements that are few, which go through strings.
extension RefiBuilder {
  mutating func startRare(
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
      // A program that opened a file from here and saved it keeps the times in it.
      stamp(.creatingUser, .creationDateTime)
        .withoutStandIn(modified: stamp(.modifyingUser, .modifiedDateTime))
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

  /// Lists a value that another one of the same variable takes the place of.
  private mutating func notice(_ first: AttributeValue?, before second: AttributeValue) {
    guard let first, first != second else { return }
    result.findings.add(
      Diagnostic(
        "refi.value-repeated", .warning, at: .file(file, line: 0, column: 0),
        "one thing has two values of the same variable; the last counts", raw: first.description,
        solutions: ["look in the program that wrote the file which of them is right"]))
  }

  mutating func endRare(_ name: RefiName) {
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
      case .case(let id):
        notice(result.project.cases[id]?.values[variable], before: given)
        result.project.cases[id]?.values[variable] = given
      case .source(let id), .representation(let id):
        notice(result.project.sources[id]?.values[variable], before: given)
        result.project.sources[id]?.values[variable] = given
      case .note(let id):
        notice(result.noteValues[id]?[variable], before: given)
        result.noteValues[id, default: [:]][variable] = given
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

  private mutating func leavePart() {
    part = outerParts.popLast() ?? RefiPart()
    part.resume()
  }
}
