public import QDACore

extension PublishedStudy {
  /// The study as a project: one source, a case for each participant, the headings that lead to
  /// quotations as codes, the quotations as passages coded with them, and the realist matrix.
  ///
  /// Every id follows from the file's digest (else the text's), the kind of object and its number in
  /// the order of the text. The codings are accepted, because the authors placed the quotations.
  public var project: Project {
    let ids = StudyIDs(digest: rendition.file ?? text.digest)
    var project = Project(id: ids.make("project", 0), title: name)
    let coder = Coder(
      id: ids.make("coder", 1), name: "published-study reader", initials: "PSR", kind: .machine)
    project.coders[coder.id] = coder
    let source = makeSource(ids)
    project.sources[source.id] = source
    project.texts = MemoryTexts([source.id: text])
    let attributes = StudyAttributes(table, ids: ids)
    for attribute in attributes.all { project.attributes[attribute.id] = attribute }
    project.roleAttribute = attributes.roles?.id
    project.codebook = Codebook(codes: Table(codes.map { $0.code(ids) }))
    let passages = quotations.enumerated().map { index, quotation in
      Passage(
        id: ids.make("passage", index + 1), source: source.id, region: .text(quotation.span),
        name: Self.quotationName(index), created: Stamp(by: coder.id))
    }
    project.codings.insert(
      passages, codings: makeCodings(passages, by: coder.id, ids), in: source.id)
    var covers: [ParticipantLabel: [Membership]] = [:]
    for (passage, quotation) in zip(passages, quotations) {
      if let label = quotation.participant {
        covers[label, default: []].append(.passage(passage.id))
      }
    }
    for (index, label) in labels.enumerated() {
      let id: ID<Case> = ids.make("case", index + 1)
      let isInTable = table.participants.indices.contains(index)
      project.cases[id] = Case(
        id: id, name: label.description, covers: covers[label] ?? [],
        values: isInTable ? attributes.values(of: table.participants[index]) : [:])
    }
    for (index, element) in elements.enumerated() {
      let id: ID<Element> = ids.make("element", index + 1)
      project.elements[id] = Element(id: id, text: element.text)
      let entry: ID<MatrixEntry> = ids.make("matrix-entry", index + 1)
      project.realistMatrix[entry] = MatrixEntry(
        id: entry, element: id, role: element.role, part: element.part, valence: element.valence)
    }
    return project
  }

  /// `Q01`, `Q02` and so on, in the order of the text.
  static func quotationName(_ index: Int) -> String {
    "Q" + (index < 9 ? "0" : "") + String(index + 1)
  }

  private func makeSource(_ ids: StudyIDs) -> Source {
    var marks = sections.map { Mark(.heading, $0.span) }
    marks += quotations.compactMap { $0.attribution.map { Mark(.label, $0) } }
    let scalars = Array(text.string.unicodeScalars)
    let paragraphs = text.lines().map { scalars.trimmed($0.scalars).span }.filter { !$0.isEmpty }
    return Source(
      id: ids.make("source", 1), name: name, kind: .document, rendition: rendition,
      paragraphs: paragraphs, marks: marks.sorted { $0.span < $1.span })
  }

  private func makeCodings(
    _ passages: [Passage], by coder: ID<Coder>, _ ids: StudyIDs
  ) -> [Coding] {
    let sectionsWithCode = Set(codes.map(\.section))
    return zip(passages, quotations).enumerated().compactMap { index, pair in
      guard let section = pair.1.section, sectionsWithCode.contains(section) else { return nil }
      return Coding(
        id: ids.make("coding", index + 1), passage: pair.0.id, code: ids.code(of: section),
        created: Stamp(by: coder), provenance: .imported, status: .accepted)
    }
  }

  /// A heading that leads to quotations, with its number among those.
  struct SectionCode {
    var section: Int
    var parent: Int?
    var number: String
    var name: String
    var isCodable: Bool

    func code(_ ids: StudyIDs) -> Code {
      Code(
        id: ids.code(of: section), parent: parent.map(ids.code(of:)), number: number, name: name,
        isCodable: isCodable)
    }
  }

  /// The headings that hold quotations and those above them, in order.
  var codes: [SectionCode] {
    let quoted = Set(quotedSections)
    var leading = quoted
    for section in quoted {
      var next = sections[section].parent
      while let parent = next, leading.insert(parent).inserted { next = sections[parent].parent }
    }
    var numbers: [Int: String] = [:]
    var children: [Int?: Int] = [:]
    return leading.sorted().map { index in
      let section = sections[index]
      children[section.parent, default: 0] += 1
      let own = String(children[section.parent] ?? 1)
      let number = section.parent.flatMap { numbers[$0] }.map { $0 + "." + own } ?? own
      numbers[index] = number
      return SectionCode(
        section: index, parent: section.parent, number: number, name: section.name,
        isCodable: quoted.contains(index))
    }
  }
}

/// Makes the ids of a study's objects.
struct StudyIDs {
  let digest: String

  init(digest: Digest) { self.digest = digest.description }

  func make<Kind>(_ kind: String, _ number: Int) -> ID<Kind> {
    ID(derivedFrom: [digest, "published-study", kind, String(number)])
  }

  func code(of section: Int) -> ID<Code> { make("code", section + 1) }
}

/// The attributes that a participant table has, and the values of a participant.
private struct StudyAttributes {
  var organisation, roles, gender, age: Attribute?
  var others: [String: Attribute] = [:]
  private(set) var all: [Attribute] = []

  init(_ table: ParticipantTable, ids: StudyIDs) {
    let participants = table.participants
    func make(_ name: String, _ kind: Attribute.Kind, _ terms: [Term] = []) -> Attribute {
      Attribute(
        id: ID(derivedFrom: [ids.digest, "published-study", "attribute", name]), name: name,
        kind: kind, vocabulary: terms)
    }
    if participants.contains(where: { $0.organisation != nil }) {
      organisation = make("organisation", .text)
    }
    if !table.roles.isEmpty { roles = make("roles", .terms, table.roles) }
    if participants.contains(where: { $0.gender != nil }) { gender = make("gender", .text) }
    if participants.contains(where: { $0.age != nil }) {
      let isBand = !table.ageBands.isEmpty || participants.contains { $0.age?.band != nil }
      age = make(
        "age", isBand ? .band : .number, table.ageBands.map { Term(name: $0.description) })
    }
    all = [organisation, roles, gender, age].compactMap { $0 }
    for field in participants.flatMap(\.others) where others[field.name] == nil {
      let attribute = make(field.name, .text)
      others[field.name] = attribute
      all.append(attribute)
    }
  }

  func values(of participant: Participant) -> Values {
    var values: Values = [:]
    if let organisation { values[organisation.id] = Self.text(participant.organisation) }
    if let roles { values[roles.id] = .terms(participant.roles) }
    if let gender { values[gender.id] = Self.text(participant.gender) }
    if let age { values[age.id] = Self.value(participant.age, in: age) }
    for field in participant.others {
      if let attribute = others[field.name] { values[attribute.id] = Self.text(field.value) }
    }
    return values
  }

  private static func text(_ text: String?) -> AttributeValue {
    text.map { $0.isEmpty ? .missing : .text($0) } ?? .missing
  }

  private static func value(_ age: ParticipantAge?, in attribute: Attribute) -> AttributeValue {
    guard let age else { return .missing }
    switch age.reading {
    case .band(let band): return .band(band.lower, band.upper)
    case .age(let years) where attribute.kind == .number: return .number(decimal: String(years))
    case .missing: return .missing
    case .age, .reversed, .unreadable: return .invalid(raw: age.raw)
    }
  }
}
