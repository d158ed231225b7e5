internal import QDACore

/// A project as a file of REFI-QDA can say it.
///
/// Writing this form and reading the file again gives it back. What differs from the project itself is
/// the loss report, and what a sidecar holds.
struct ExchangeForm {
  /// The kinds of files.
  enum Kind: Sendable {
    /// An archive with texts and media.
    case archive
    /// A project file alone, with its texts.
    case file
    /// The codes alone.
    case codebook
  }

  let kind: Kind
  let profile: ExchangeProfile
  /// What the file says, as it is read again.
  var project: Project
  /// The sources whose passages or codings the file says otherwise than the project.
  var changedBlocks: Set<ID<Source>> = []
  /// The sources that are written as a part of the note with the same id.
  var noteSources: Set<ID<Source>> = []
  var losses = ExchangeLosses()

  /// The project itself.
  let original: Project
  /// What passages are known by in the file, where that is another id; `nil` for one that has no place.
  var movedPassages: [ID<Passage>: ID<Passage>?] = [:]
  /// The codings that have no place in the file.
  var droppedCodings: Set<ID<Coding>> = []
  var heldTexts: [ID<Source>: Text] = [:]
  var plainTextNames: Set<String> = []
  /// The files of an archive that notes are in.
  var noteFiles: [ID<Note>: String] = [:]
  /// The configuration that a slot or edge belongs to, and the version that a statement does.
  private(set) var owners: [Reference: Reference] = [:]

  init(of original: Project, as kind: Kind, for profile: ExchangeProfile) {
    self.kind = kind
    self.profile = profile
    self.original = original
    project = Project(id: original.id, title: "")
    project.title = allowed(original.title)
    project.origin = ProjectOrigin(
      program: profile.origin, basePath: original.origin?.basePath)
    project.idStyle = original.idStyle
    holdCodes()
    countMethod()
    if kind == .codebook {
      holdCodeSets()
      countTheRest()
      return
    }
    for configuration in original.configurations {
      let note = Reference.note(Shown.configuration(configuration.id))
      for slot in configuration.slots { owners[.slot(slot.id)] = note }
      for edge in configuration.edges { owners[.edge(edge.id)] = note }
    }
    for version in original.theory {
      for statement in version.statements {
        owners[.statement(statement.id)] = .note(Shown.theory(version.id))
      }
    }
    holdDetails()
    holdAttributes()
    findNoteSources()
    let texts = lookAtTexts()
    for source in original.sources { hold(source, texts[source.id]) }
    project.texts = ExchangeTexts(base: original.texts, replaced: heldTexts)
    project.files = original.files
    project.codings = original.codings
    for source in original.codings.sources { holdPassages(of: source) }
    for one in original.cases { hold(one) }
    for note in original.notes { hold(note) }
    showCells()
    showConfigurations()
    showTheory()
    holdObjects()
    if profile.needsUniqueNames { suitQualCoder() }
    settleNotes()
    if kind == .archive { placeNotes() }
  }

  /// The text with what XML does not allow replaced, and counted.
  mutating func allowed(_ text: String) -> String {
    let allowed = XMLText.allowed(text)
    if allowed != text { losses.add("characters that XML does not allow", allowed) }
    return allowed
  }

  private mutating func holdDetails() {
    project.description = allowed(original.description)
    project.created = original.created
    project.modified = original.modified
    losses.add("a question of the study", original.questions.first, count: original.questions.count)
    if original.roleAttribute != nil { losses.add("which attribute has the role categories") }
    if original.schemas != [.cmo] { losses.add("the slots that configurations may have") }
    for coder in original.coders {
      let held = Coder(
        id: coder.id, name: allowed(coder.name), initials: allowed(coder.initials))
      if coder.kind != .person { losses.add("that a coder is a machine", coder.name) }
      project.coders.insert(held)
    }
  }

  // MARK: - Codes

  private mutating func holdCodes() {
    var seen: Set<ID<Code>> = []
    for code in original.codebook.inReadingOrder {
      var parent = code.parent
      // One of the codes that are under each other in a cycle must stand at the top.
      if let id = parent, !seen.contains(id) {
        losses.add("a code whose parent is missing or below it", code.name)
        parent = nil
      }
      seen.insert(code.id)
      var held = Code(
        id: code.id, parent: parent, name: allowed(code.name),
        definition: allowed(shownDefinition(of: code)), isCodable: code.isCodable)
      held.color = code.color.flatMap { HexColor.isWritable($0) ? $0 : nil }
      if held.color != code.color { losses.add("a colour that is not of the form #rrggbb") }
      if !code.number.isEmpty { losses.add("the number of a code", code.number) }
      if code.origin != nil { losses.add("where a code came from", code.name) }
      if code.role != nil { losses.add("the role of a code in configurations", code.name) }
      if held.definition != code.definition {
        losses.add("what to include, what to exclude and the example of a code", code.name)
      }
      project.codebook.codes.insert(held)
    }
    losses.add("a version of the framework", count: original.codebook.versions.count)
  }

  /// The definition with the other fields below it, for tools that have but one.
  private func shownDefinition(of code: Code) -> String {
    let parts = [
      ("Include", code.include), ("Exclude", code.exclude), ("Example", code.example),
    ]
    return ([code.definition] + parts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" })
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // MARK: - Attributes and cases

  private mutating func holdAttributes() {
    for attribute in original.attributes {
      var held = Attribute(
        id: attribute.id, name: allowed(attribute.name), kind: attribute.kind,
        definition: allowed(attribute.definition))
      switch attribute.kind {
      case .terms, .band:
        held.kind = .text
        losses.add("that an attribute takes terms or bands", attribute.name)
      default: break
      }
      if !attribute.vocabulary.isEmpty {
        losses.add("the values that an attribute allows", attribute.name)
      }
      project.attributes.insert(held)
    }
  }

  mutating func held(_ values: Values) -> Values {
    var held: Values = [:]
    for (attribute, value) in values {
      switch value {
      case .text(let text): held[attribute] = .text(allowed(text))
      case .flag: held[attribute] = value
      case .number(let number) where number.isDecimal: held[attribute] = value
      case .date(let date) where RefiDate.isDate(date): held[attribute] = value
      case .dateTime(let date) where RefiDate.isDateTime(date): held[attribute] = value
      case .number(let raw), .date(let raw), .dateTime(let raw):
        held[attribute] = .text(allowed(raw))
        losses.add("that a value is invalid", raw)
      case .terms, .band: held[attribute] = .text(allowed(value.description))
      case .missing:
        if profile.leavesOutMissingValues {
          losses.add("that a value is missing")
        } else {
          held[attribute] = .missing
        }
      case .notApplicable: losses.add("that an attribute does not apply")
      case .invalid(let raw):
        held[attribute] = .text(allowed(raw))
        losses.add("that a value is invalid", raw)
      }
    }
    return held
  }

  private mutating func hold(_ one: Case) {
    var held = Case(
      id: one.id, name: allowed(one.name), unit: "case", values: held(one.values),
      description: allowed(one.description), codes: one.codes)
    if one.unit != "case" { losses.add("what a case is one of", one.unit) }
    losses.add("that a case belongs to another", one.name, count: one.memberOf.count)
    var sources: [Membership] = []
    var passages: [Membership] = []
    for membership in one.covers {
      switch membership {
      case .source: sources.append(membership)
      case .passage(let id) where movedPassages[id] == nil: passages.append(membership)
      case .passage: losses.add("that a whole source is a case's passage", one.name)
      case .speaker(_, let label): losses.add("for which case a speaker speaks", label)
      }
    }
    held.covers = sources + passages
    if held.name.isEmpty, held.covers.count == 1, case .source(let id) = held.covers[0] {
      // So a reader calls a case without a name.
      held.name = allowed(original.sources[id]?.name ?? "")
    }
    project.cases.insert(held)
  }

  // MARK: - Codebooks

  private mutating func holdCodeSets() {
    for set in original.sets {
      let codes = set.members.filter { if case .code = $0 { true } else { false } }
      guard !codes.isEmpty else {
        losses.add("a set without codes", set.name)
        continue
      }
      losses.add("members of a set that are no codes", count: set.members.count - codes.count)
      project.sets.insert(
        ObjectSet(
          id: set.id, name: allowed(set.name), description: allowed(set.description),
          members: codes))
    }
  }

  /// Counts what no exchange file has a place for: how the study was indexed, charted and mapped.
  private mutating func countMethod() {
    losses.add("who has read a source, and for what", count: original.readings.count)
    losses.add("a rule that proposes codings", count: original.rules.count)
    if original.charting != nil { losses.add("how charts are checked") }
    losses.add("a category of the mapping", count: original.categories.count)
    losses.add("a typology", count: original.typologies.count)
    losses.add("an explanation", count: original.explanations.count)
  }

  /// Counts what a codebook has no place for, which is everything else.
  private mutating func countTheRest() {
    losses.add("a coder", count: original.coders.count)
    losses.add("an attribute", count: original.attributes.count)
    losses.add("a source", count: original.sources.count)
    losses.add("a passage", count: original.codings.passageCount)
    losses.add("a coding", count: original.codings.count)
    losses.add("a case", count: original.cases.count)
    losses.add("a note", count: original.notes.count)
    losses.add("a cell", count: original.cells.count)
    losses.add("a configuration", count: original.configurations.count)
    losses.add("a piece of evidence", count: original.evidence.count)
    losses.add("a version of the theory", count: original.theory.count)
    losses.add("a link", count: original.objectLinks.count + original.links.count)
    losses.add("a graph", count: original.graphs.count)
  }
}

/// The texts of a project, some of them as they had to be changed for a file.
struct ExchangeTexts: TextStore {
  var base: any TextStore
  var replaced: [ID<Source>: Text]

  func text(of source: ID<Source>) throws(TextUnavailable) -> Text {
    if let text = replaced[source] { return text }
    return try base.text(of: source)
  }
}

/// Dates as XML Schema has them.
enum RefiDate {
  static func isDate(_ text: String) -> Bool {
    guard Timestamp(String(text.prefix(10))) != nil else { return false }
    return isDateTime("\(text.prefix(10))T00:00:00\(text.dropFirst(10))")
  }

  static func isDateTime(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T"), Timestamp(text) != nil else {
      return false
    }
    return bytes.last != UInt8(ascii: "z") && bytes[..<4] != [0x30, 0x30, 0x30, 0x30]
  }
}

extension HexColor {
  /// Whether a colour may stand in a file as it is.
  static func isWritable(_ color: String) -> Bool {
    let digits = color.utf8.dropFirst()
    return color.hasPrefix("#") && digits.count == 6
      && digits.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0)
      }
  }
}
