internal import FoundationEssentials

extension StudyReport {
  /// What stands where something was withheld.
  static let withheld = "[withheld]"

  /// The report without what could tell who somebody is: their words, their attributes, and the role
  /// categories and combinations that only one person has.
  ///
  /// Every format is made from the report, so that what is gone here is gone in all of them. Ids such
  /// as P17, places and counts stay; a person whose roles are withheld counts in no role category.
  /// Names, and words that are told rather than quoted, are for people to look through.
  ///
  /// - Throws: ``ReportError`` where the report cannot be encoded, which only its own text can cause.
  public func redacted() throws(ReportError) -> StudyReport {
    let report = try replacingWords()
    var copy = report
    copy.caution +=
      " Redacted: quotes, attributes, and role categories that one person has, are withheld."
    copy.withholdQuotes()
    copy.withholdAttributes()
    copy.withholdSmallCategories()
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
        name: "role withheld", definition: "", words: "\(hidden.count) of \(roles.total)",
        count: hidden.count, of: roles.total,
        participants: participants.map(\.id).filter { hidden.contains($0) },
        quotes: quotes(of: Array(hidden)), ofQuotes: quotes.count))
    for index in participants.indices where hidden.contains(participants[index].id) {
      participants[index].roles = []
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

  /// How many quotes are the words of some participants.
  private func quotes(of participants: [String]) -> Int {
    let members = Set(participants)
    return quotes.count { !members.isDisjoint(with: $0.participants) }
  }

  // MARK: Words in other words

  /// Withholds what stands between double quotation marks, every value of an attribute, and what a
  /// finding repeats from a file, wherever in the report it is written.
  private func replacingWords() throws(ReportError) -> StudyReport {
    let said = participants.flatMap(\.values).map(\.value)
    let raw = diagnostics.filter { $0.id.hasPrefix("participant.") }.compactMap(\.raw)
    let tellNothing = participants.map(\.id) + ["yes", "missing", "not applicable"]
    let values = Set(said + raw).subtracting(tellNothing).filter { $0.count > 2 }
      .sorted { ($1.count, $0) < ($0.count, $1) }
    do {
      let tree = try JSONDecoder().decode(Tree.self, from: JSONEncoder().encode(self))
      let redacted = tree.mapping { Self.withoutQuotations($0).withholding(values) }
      return try JSONDecoder().decode(StudyReport.self, from: JSONEncoder().encode(redacted))
    } catch {
      throw ReportError(path: "report.json", reason: "\(error)")
    }
  }

  private static func withoutQuotations(_ text: String) -> String {
    guard text.contains("“") || text.contains("\"") else { return text }
    var found = ""
    var quotation: String?
    var depth = 0
    var isStraight = false
    for character in text {
      if character == "\"", depth == 0 {
        isStraight.toggle()
        if !isStraight { found += "“\(withheld)”" }
      } else if isStraight {
        continue
      } else if character == "“" {
        depth += 1
        if quotation == nil { quotation = "" }
      } else if character == "”", depth > 0 {
        depth -= 1
        if depth == 0 {
          found += "“\(withheld)”"
          quotation = nil
        }
      } else if quotation == nil {
        found.append(character)
      } else {
        quotation?.append(character)
      }
    }
    // A quotation that is not closed is withheld to the end.
    return quotation == nil && !isStraight ? found : found + "“\(withheld)"
  }
}

extension String {
  /// Without some words, where they stand as words of their own.
  fileprivate func withholding(_ words: [String]) -> String {
    var text = self
    for word in words where text.contains(word) {
      var found = ""
      var rest = Substring(text)
      while let range = rest.firstRange(of: word) {
        let before = rest[..<range.lowerBound].last ?? found.last
        let after = rest[range.upperBound...].first
        let isWhole =
          !(before?.isLetter ?? false) && !(before?.isNumber ?? false)
          && !(after?.isLetter ?? false) && !(after?.isNumber ?? false)
        found += rest[..<range.lowerBound] + (isWhole ? StudyReport.withheld : word)
        rest = rest[range.upperBound...]
      }
      text = found + rest
    }
    return text
  }
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
  func mapping(_ change: (String) -> String) -> Tree {
    switch self {
    case .text(let text): .text(change(text))
    case .list(let items): .list(items.map { $0.mapping(change) })
    case .map(let fields): .map(fields.mapValues { $0.mapping(change) })
    case .null, .flag, .integer, .number: self
    }
  }
}
