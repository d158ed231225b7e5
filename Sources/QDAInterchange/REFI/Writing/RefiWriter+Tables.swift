internal import QDACore

extension RefiWriter {
  func head() {
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project")
    xml.raw(" xmlns=\"urn:QDA-XML:project:1.0\" name=\"")
    xml.attribute(project.title)
    xml.raw("\"")
    xml.attribute("origin", project.origin?.program ?? "")
    xml.attribute("creatingUserGUID", project.created.by)
    xml.attribute("creationDateTime", project.created.at)
    xml.attribute("modifyingUserGUID", project.modified.by)
    xml.attribute("modifiedDateTime", project.modified.at)
    xml.attribute("basePath", project.origin?.basePath ?? "")
    xml.raw(">\n")
  }

  func users() {
    if project.coders.isEmpty { return }
    xml.raw("  <Users>\n")
    for coder in project.coders {
      xml.raw("    <User")
      xml.attribute("guid", coder.id)
      xml.attribute("name", coder.name)
      xml.attribute("id", coder.initials)
      xml.raw("/>\n")
    }
    xml.raw("  </Users>\n")
  }

  // MARK: - Codes

  func codes() {
    if project.codebook.codes.isEmpty { return }
    xml.raw("  <CodeBook>\n    <Codes>\n")
    codeTree(hasNotes: true)
    xml.raw("    </Codes>\n  </CodeBook>\n")
  }

  func codebook() {
    xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook")
    xml.raw(" xmlns=\"urn:QDA-XML:codebook:1.0\"")
    xml.attribute("origin", project.origin?.program ?? "")
    xml.raw(">\n  <Codes>\n")
    let hasWrapper = form.profile == .nvivo
    if hasWrapper {
      xml.raw("    <Code")
      xml.attribute("guid", ID<Code>(derivedFrom: ["nodes", project.id.description]))
      xml.raw(" name=\"Nodes\" isCodable=\"false\">\n")
    }
    codeTree(hasNotes: false)
    if hasWrapper { xml.raw("    </Code>\n") }
    xml.raw("  </Codes>\n")
    if !project.sets.isEmpty {
      xml.raw("  <Sets>\n")
      for set in project.sets {
        openSet(set)
        for member in set.members {
          guard case .code(let id) = member else { continue }
          xml.raw("      <MemberCode guid=\"")
          xml.guid(id)
          xml.raw("\"/>\n")
        }
        xml.raw("    </Set>\n")
      }
      xml.raw("  </Sets>\n")
    }
    xml.raw("</CodeBook>\n")
  }

  /// Writes the codes, which stand in reading order: a code ends where one that is not below it begins.
  private func codeTree(hasNotes: Bool) {
    var open: [ID<Code>] = []
    for code in project.codebook.codes {
      while let last = open.last, last != code.parent {
        open.removeLast()
        xml.raw("      </Code>\n")
      }
      xml.raw("      <Code guid=\"")
      xml.guid(code.id)
      xml.raw("\" name=\"")
      xml.attribute(code.name)
      xml.raw(code.isCodable ? "\" isCodable=\"true\"" : "\" isCodable=\"false\"")
      xml.attribute("color", code.color ?? "")
      xml.raw(">\n")
      xml.description(code.definition)
      if hasNotes { references(to: .code(code.id)) }
      open.append(code.id)
    }
    for _ in open { xml.raw("      </Code>\n") }
  }

  // MARK: - Variables and cases

  func variables() {
    if project.attributes.isEmpty { return }
    xml.raw("  <Variables>\n")
    let prefixed = prefixedAttributes
    for attribute in project.attributes {
      xml.raw("    <Variable guid=\"")
      xml.guid(attribute.id)
      xml.raw("\" name=\"")
      if prefixed.contains(attribute.id) { xml.attribute(VariablePrefix.cases) }
      xml.attribute(attribute.name)
      xml.raw("\" typeOfVariable=\"")
      switch attribute.kind {
      case .text, .terms, .band: xml.raw("Text")
      case .number: xml.raw("Float")
      case .integer: xml.raw("Integer")
      case .flag: xml.raw("Boolean")
      case .date: xml.raw("Date")
      case .dateTime: xml.raw("DateTime")
      }
      xml.raw("\">\n")
      xml.description(attribute.definition)
      xml.raw("    </Variable>\n")
    }
    xml.raw("  </Variables>\n")
  }

  /// The attributes whose names say that they are those of cases, as the program expects.
  private var prefixedAttributes: Set<ID<Attribute>> {
    guard form.profile.prefixesCaseAttributes else { return [] }
    let ofCases = Set(project.cases.flatMap(\.values.keys))
    let ofSources = Set(project.sources.flatMap(\.values.keys)).subtracting(ofCases)
    // A name that has the prefix by itself gets a second, as the reader takes one away.
    return Set(
      project.attributes.filter {
        !ofSources.contains($0.id) || VariablePrefix.stripped($0.name) != nil
      }.map(\.id))
  }

  func cases() {
    if project.cases.isEmpty { return }
    xml.raw("  <Cases>\n")
    for one in project.cases {
      xml.raw("    <Case")
      xml.attribute("guid", one.id)
      xml.attribute("name", one.name)
      xml.raw(">\n")
      xml.description(one.description)
      for code in one.codes { xml.target("CodeRef", code) }
      values(one.values)
      for membership in one.covers {
        if case .source(let id) = membership { xml.target("SourceRef", id) }
      }
      for membership in one.covers {
        if case .passage(let id) = membership { xml.target("SelectionRef", id) }
      }
      xml.raw("    </Case>\n")
    }
    xml.raw("  </Cases>\n")
  }

  // MARK: - Links, sets and graphs

  func links() {
    if project.objectLinks.isEmpty { return }
    xml.raw("  <Links>\n")
    for link in project.objectLinks {
      xml.raw("    <Link")
      xml.attribute("guid", link.id)
      xml.attribute("name", link.name)
      xml.attribute("direction", link.direction?.rawValue ?? "")
      xml.attribute("color", link.color ?? "")
      xml.attribute("originGUID", link.origin?.guid)
      xml.attribute("targetGUID", link.target?.guid)
      xml.raw(">\n")
      references(to: .objectLink(link.id))
      xml.raw("    </Link>\n")
    }
    xml.raw("  </Links>\n")
  }

  private func openSet(_ set: ObjectSet) {
    xml.raw("    <Set guid=\"")
    xml.guid(set.id)
    xml.raw("\" name=\"")
    xml.attribute(set.name)
    xml.raw("\">\n")
    xml.description(set.description)
  }

  func sets() {
    if project.sets.isEmpty { return }
    xml.raw("  <Sets>\n")
    for set in project.sets {
      openSet(set)
      for member in set.members {
        switch member {
        case .code(let id): xml.target("MemberCode", id)
        case .source(let id): xml.target("MemberSource", id)
        case .case(let id): xml.target("MemberSource", id)
        case .note(let id): xml.target("MemberNote", id)
        default: break
        }
      }
      xml.raw("    </Set>\n")
    }
    xml.raw("  </Sets>\n")
  }

  func graphs() {
    if project.graphs.isEmpty { return }
    xml.raw("  <Graphs>\n")
    for graph in project.graphs {
      xml.raw("    <Graph")
      xml.attribute("guid", graph.id)
      xml.attribute("name", graph.name)
      xml.raw(">\n")
      for vertex in graph.vertices {
        xml.raw("      <Vertex")
        xml.attribute("guid", vertex.id)
        xml.attribute("representedGUID", vertex.represents?.guid)
        xml.attribute("name", vertex.name)
        xml.attribute("firstX", vertex.origin.x)
        xml.attribute("firstY", vertex.origin.y)
        xml.attribute("secondX", vertex.extent?.x)
        xml.attribute("secondY", vertex.extent?.y)
        xml.attribute("shape", vertex.shape?.rawValue ?? "")
        xml.attribute("color", vertex.color ?? "")
        xml.raw("/>\n")
      }
      for line in graph.lines {
        xml.raw("      <Edge")
        xml.attribute("guid", line.id)
        xml.attribute("representedGUID", line.represents?.guid)
        xml.attribute("name", line.name)
        xml.attribute("sourceVertex", line.from)
        xml.attribute("targetVertex", line.to)
        xml.attribute("color", line.color ?? "")
        xml.attribute("direction", line.direction?.rawValue ?? "")
        xml.attribute("lineStyle", line.style?.rawValue ?? "")
        xml.raw("/>\n")
      }
      xml.raw("    </Graph>\n")
    }
    xml.raw("  </Graphs>\n")
  }

  func end() {
    xml.description(project.description)
    references(to: .project)
    xml.raw("</Project>\n")
  }
}

extension Reference {
  /// The GUID by which a file refers to the object, or `nil` where it has none there.
  var guid: ID<Reference>? {
    switch self {
    case .project, .cell: nil
    case .source(let id): id.of()
    case .case(let id): id.of()
    case .attribute(let id): id.of()
    case .coder(let id): id.of()
    case .code(let id): id.of()
    case .passage(let id): id.of()
    case .coding(let id): id.of()
    case .note(let id): id.of()
    case .element(let id): id.of()
    case .configuration(let id): id.of()
    case .slot(let id): id.of()
    case .edge(let id): id.of()
    case .link(let id): id.of()
    case .evidence(let id): id.of()
    case .statement(let id): id.of()
    case .set(let id): id.of()
    case .objectLink(let id): id.of()
    case .graph(let id): id.of()
    case .unknown(let id): id
    }
  }
}
