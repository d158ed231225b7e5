internal import FoundationEssentials

extension StudyReport {
  /// What stands where something was withheld.
  static let withheld = "[withheld]"

  /// What stands where the roles of somebody were withheld.
  static let roleWithheld = "role withheld"

  /// The report without what could tell who somebody is: their words and names, their attributes, the role
  /// categories and combinations that only one person has, and sites with one member.
  ///
  /// Every format is made from the report, so that what is gone here is gone in all of them. Ids such
  /// as P17, other places and counts stay; a person whose roles are withheld counts in no role category.
  /// What is told in other words than theirs is for people to look through.
  ///
  /// - Throws: ``ReportError`` where the report cannot be encoded, which only its own text can cause.
  public func redacted() throws(ReportError) -> StudyReport {
    var copy = try replacingWords()
    copy.caution +=
      " Redacted: quotes, names, attributes, role categories that one person has, and sites with one "
      + "member are withheld."
    copy.withholdQuotes()
    copy.withholdAttributes()
    copy.withholdSmallCategories()
    copy.withholdSmallSites()
    // What these say follows from the rest, and would give away what is withheld there.
    copy.methods = copy.methodsParagraph
    copy.checklist = copy.checklistItems
    return copy
  }

  // MARK: Quotes

  private mutating func withholdQuotes() {
    for index in quotes.indices {
      quotes[index].text = Self.withheld
      quotes[index].before = ""
      quotes[index].after = ""
      // The label in a transcript is a name as often as not.
      if !quotes[index].participants.isEmpty {
        quotes[index].speaker = quotes[index].participants.joined(separator: ", ")
      }
    }
    for chart in charts.indices {
      for cell in charts[chart].cells.indices {
        charts[chart].cells[cell].runs = charts[chart].cells[cell].runs.map { Self.redacted($0) }
        for other in charts[chart].cells[cell].alternatives.indices {
          let runs = charts[chart].cells[cell].alternatives[other].runs
          charts[chart].cells[cell].alternatives[other].runs = runs.map { Self.redacted($0) }
        }
      }
    }
    // What a claim rests on is counted by role, also with those whose roles are withheld.
    diagnostics.removeAll { $0.id == "theory.quantifier-unsupported" }
    for index in diagnostics.indices { diagnostics[index].raw = nil }
    for index in codebook.codes.indices where !codebook.codes[index].example.isEmpty {
      codebook.codes[index].example = Self.withheld
    }
  }

  private static func redacted(_ run: Stretch) -> Stretch {
    guard run.kind == "verbatim" else { return run }
    var copy = run
    copy.text = withheld
    return copy
  }

  // MARK: Attributes and categories

  private mutating func withholdAttributes() {
    for index in participants.indices {
      participants[index].values = participants[index].values.map {
        Value(attribute: $0.attribute, value: Self.withheld, isInvalid: false)
      }
    }
    tallies = []
    mapping.associations = []
  }

  private mutating func withholdSmallCategories() {
    // Without somebody who is hidden, another category may be down to one.
    var hidden: Set<String> = []
    var known = -1
    while hidden.count > known {
      known = hidden.count
      for share in roles.categories + roles.groups {
        let left = share.participants.filter { !hidden.contains($0) }
        if left.count == 1 { hidden.formUnion(left) }
      }
    }
    guard !hidden.isEmpty else { return }
    func without(_ share: Share) -> Share? {
      var copy = share
      copy.participants.removeAll { hidden.contains($0) }
      guard copy.participants.count != share.participants.count else { return share }
      if copy.participants.isEmpty { return nil }
      copy.count = copy.participants.count
      copy.words = "\(copy.count) of \(copy.of)"
      copy.quotes = self.quotes(of: copy.participants)
      return copy
    }
    roles.categories = roles.categories.compactMap { without($0) }
    roles.groups = roles.groups.compactMap { without($0) }
    roles.groups.append(
      Share(
        name: Self.roleWithheld, definition: "", words: "\(hidden.count) of \(roles.total)",
        count: hidden.count, of: roles.total,
        participants: participants.map(\.id).filter { hidden.contains($0) },
        quotes: quotes(of: Array(hidden)), ofQuotes: quotes.count))
    for index in participants.indices where hidden.contains(participants[index].id) {
      participants[index].roles = [Self.roleWithheld]
    }
    let members = Dictionary(
      (roles.categories + roles.groups.filter { $0.name == "no role" }).map {
        ($0.name, Set($0.participants))
      }, uniquingKeysWith: { first, _ in first })
    for index in configurations.indices {
      let standing = configurations[index].standing
      let against = Set(standing.contradicting + standing.rival)
      configurations[index].roles = configurations[index].roles.compactMap { role in
        guard let own = members[role.role] else { return nil }
        return RoleStanding(
          role: role.role, supporting: standing.supporting.count { own.contains($0) },
          contradicting: against.count { own.contains($0) }, of: own.count)
      }
    }
  }

  // A site of one person tells who it is. Its name is withheld with all other words.
  private mutating func withholdSmallSites() {
    for table in patterns.indices {
      var numbers: [String: String] = [:]
      for index in patterns[table].cases.indices where patterns[table].cases[index].isOnePerson {
        let number = "withheld-\(numbers.count + 1)"
        numbers[patterns[table].cases[index].id] = number
        patterns[table].cases[index].id = number
      }
      for pattern in patterns[table].patterns.indices {
        for index in patterns[table].patterns[pattern].readings.indices {
          let id = patterns[table].patterns[pattern].readings[index].case
          if let number = numbers[id] {
            patterns[table].patterns[pattern].readings[index].case = number
          }
        }
      }
    }
  }

  /// How many quotes are the words of some participants.
  private func quotes(of participants: [String]) -> Int {
    let members = Set(participants)
    return quotes.count { !members.isDisjoint(with: $0.participants) }
  }

  // MARK: Words in other words

  private func replacingWords() throws(ReportError) -> StudyReport {
    do {
      let tree = try JSONDecoder().decode(Tree.self, from: JSONEncoder().encode(self))
      let words = RedactedWords(of: self, texts: tree.texts)
      let ids = tree.ids
      var known: [String: String] = [:]
      let redacted = tree.mapping { key, text in
        if Self.terms.contains(key) { return text }
        if let other = words.replacement(for: text) { return other }
        if ids.contains(text) { return text }
        let withheld = known[text] ?? words.withheld(from: text)
        known[text] = withheld
        return withheld
      }
      return try JSONDecoder().decode(StudyReport.self, from: JSONEncoder().encode(redacted))
    } catch {
      throw ReportError(path: "report.json", reason: "\(error)")
    }
  }

  /// The fields that hold a term of the form and never what somebody wrote.
  static let terms: Set<String> = [
    "basis", "behaviour", "exceptions", "ground", "initial", "kind", "move", "purpose", "refined",
    "schema", "severity", "sign", "stage", "stance", "stances", "state", "states", "status", "unit",
    "valence", "verdict", "voice",
  ]
}

/// JSON as it is, for a change that concerns every string in it.
private enum Tree: Codable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Tree])
  case map([String: Tree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([Tree].self) {
      self = .list(value)
    } else {
      self = .map(try container.decode([String: Tree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .map(let value): try container.encode(value)
    }
  }

  // A report nests as deeply as its own types do, whatever the study.
  func mapping(under key: String = "", _ change: (_ key: String, String) -> String) -> Tree {
    switch self {
    case .text(let text): .text(change(key, text))
    case .list(let items): .list(items.map { $0.mapping(under: key, change) })
    case .map(let fields):
      .map(fields.reduce(into: [:]) { $0[$1.key] = $1.value.mapping(under: $1.key, change) })
    case .null, .flag, .integer, .number: self
    }
  }

  /// All texts, in no order.
  var texts: [String] {
    switch self {
    case .text(let text): [text]
    case .list(let items): items.flatMap(\.texts)
    case .map(let fields): fields.values.flatMap(\.texts)
    case .null, .flag, .integer, .number: []
    }
  }

  /// The ids of all objects, by which others refer to them.
  var ids: Set<String> {
    switch self {
    case .list(let items): return items.reduce(into: []) { $0.formUnion($1.ids) }
    case .map(let fields):
      var found = fields.values.reduce(into: Set<String>()) { $0.formUnion($1.ids) }
      if case .text(let id)? = fields["id"] { found.insert(id) }
      return found
    default: return []
    }
  }
}
