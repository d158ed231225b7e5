/// A word in a claim that says how many, such as `all`, `most` or `several`.
public struct Quantifier: Hashable, Sendable {
  /// How many it promises.
  public enum Amount: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everyone: `all`, `every`, `universally`, `everyone`, `always`.
    case all
    /// More than half: `most`, `majority`.
    case most
    /// At least five: `many`.
    case many
    /// At least three: `several`.
    case several
    /// At least one: `few`, `some`.
    case few
    /// Nobody: `none`, `nobody`, `never`; one who says otherwise is enough against it.
    case none
  }

  /// The word as it stands.
  public var word: String
  /// How many it promises.
  public var amount: Amount
  /// What is counted where that is no people, such as `referrals`; participants cannot bear it out.
  public var noun: String?
  /// The role category that is counted, where the sentence names one of the study's.
  public var role: String?

  /// Whether so many of so many participants bear the word out; `nil` where it counts no people.
  public func isMet(by count: Int, of total: Int) -> Bool? {
    if noun != nil { return nil }
    return switch amount {
    case .all: total > 0 && count == total
    case .most: count * 2 > total
    case .many: count >= 5
    case .several: count >= 3
    case .few: count >= 1
    case .none: count == 0
    }
  }

  /// The quantifiers of a sentence, in order.
  ///
  /// English only. `at most`, `all the same`, `after all` and `the most trusted` count nobody. What is counted is
  /// looked for in the three words after the quantifier, so that `many service users` are people.
  ///
  /// - Parameters:
  ///   - sentence: The sentence.
  ///   - roles: The study's role categories; a sentence that names one, or its plural, counts it.
  /// - Complexity: O(*n* · *r*) in the length of the sentence and the number of roles.
  public static func all(in sentence: String, roles: [String] = []) -> [Quantifier] {
    let words = sentence.split { !$0.isLetter && $0 != "-" && $0 != "’" && $0 != "'" }
      .map(String.init)
    return words.indices.compactMap { index in
      let word = words[index].lowercased()
      guard let amount = amounts[word] else { return nil }
      func at(_ offset: Int) -> String {
        words.indices.contains(index + offset) ? words[index + offset].lowercased() : ""
      }
      if ["at", "after", "above", "not"].contains(at(-1)) { return nil }
      if word == "all", at(1) == "in" && at(2) == "all" || at(-1) == "in" && at(-2) == "all" {
        return nil
      }
      if word == "all", ["the", "this", "that"].contains(at(1)),
        ["same", "time", "way", "while", "more"].contains(at(2))
      {
        return nil
      }
      // "The most trusted" compares.
      if word == "most", ["the", "a", "his", "her", "its", "their", "our"].contains(at(-1)) {
        return nil
      }
      let quantifier = Quantifier(word: words[index], amount: amount)
      if standsAlone.contains(word) {
        // Only what they say can be counted: in "sent to everybody" nobody has said a thing.
        let isSaid = word.hasSuffix("ly") || speech.contains(at(1)) || at(1).hasSuffix("ed")
        return isSaid ? quantifier : nil
      }
      let rest = words[(index + 1)...].map { $0.lowercased() }.drop { fillers.contains($0) }
      return quantifier.counting(Array(rest), roles: roles)
    }
  }

  /// The same with what the words after it say is counted: a role, people, or something else.
  private func counting(_ words: [String], roles: [String]) -> Quantifier {
    var copy = self
    for (place, word) in words.prefix(3).enumerated() {
      if let role = roles.first(where: { Self.isNamed($0, by: words[place...]) }) {
        // Of "volunteers and librarians", or "visitors who volunteer", the role is only a part.
        let rest = words[(place + role.split(separator: " ").count)...]
        if let next = rest.first, ["and", "or", "who", "that", "whose"].contains(next) {
          copy.noun = words[...(rest.startIndex)].joined(separator: " ") + " …"
        } else {
          copy.role = role
        }
        return copy
      }
      if Self.people.contains(word) { return copy }
      let isVerb = Self.speech.contains(word) || word.hasSuffix("ed")
      if isVerb, place == 0 { return copy }
      // What follows a verb, or a plural, is not what is counted.
      let isPlural = word.hasSuffix("s") && !word.hasSuffix("ss")
      if isVerb || isPlural {
        copy.noun = isPlural ? word : words[0]
        return copy
      }
    }
    copy.noun = words.first
    return copy
  }

  private static func isNamed(_ role: String, by words: ArraySlice<String>) -> Bool {
    let name = role.lowercased()
    let count = name.split(separator: " ").count
    let found = words.prefix(count).joined(separator: " ")
    return found == name || found == name + "s"
      || name.hasSuffix("y") && found == name.dropLast() + "ies"
  }
}

extension Quantifier {
  private static let amounts: [String: Amount] = [
    "all": .all, "every": .all, "everyone": .all, "everybody": .all, "universally": .all,
    "always": .all, "unanimously": .all, "most": .most, "majority": .most, "mostly": .most,
    "many": .many, "several": .several, "few": .few, "some": .few, "none": .none, "nobody": .none,
  ]

  /// Words that stand for people by themselves.
  private static let standsAlone: Set<String> = [
    "everyone", "everybody", "universally", "unanimously", "nobody", "none",
  ]

  /// Words between the one that says how many and what is counted.
  private static let fillers: Set<String> = [
    "of", "the", "these", "those", "our", "their", "other", "such", "third-sector", "two", "three",
    "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  private static let people = Set(
    """
    participant participants interviewee interviewees respondent respondents informants people staff
    persons individuals workers organisations organizations tsos clients patients professionals managers
    employers employees volunteers stakeholders members women men adults children parents mothers
    fathers carers families couples friends neighbours neighbors colleagues peers partners others sites
    providers practitioners clinicians doctors gps nurses physicians therapists counsellors counselors
    advisers advisors caseworkers coordinators supervisors officers leaders leads directors trustees
    trainers tutors mentors mentees teachers students pupils learners librarians visitors users
    residents tenants citizens migrants refugees claimants applicants recipients beneficiaries
    jobseekers survivors prisoners commissioners funders researchers
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let speech: Set<String> = [
    "said", "say", "says", "felt", "feel", "thought", "think", "saw", "see", "told", "tell",
    "spoke", "speak", "knew", "know", "find", "found", "held", "hold", "believe",
  ]
}

/// A claim that says how many, with the participants who are cited for it.
public struct QuantifiedClaim: Hashable, Sendable {
  /// What makes the claim: a statement, a configuration, a source that is a report, or the first cell
  /// or passage that an explanation rests on.
  public var place: Reference
  /// The sentence.
  public var sentence: String
  /// Its word for how many.
  public var quantifier: Quantifier
  /// The participants whose words are cited for it, in the study's order.
  public var cited: [ID<Case>]
  /// Of how many: of those with the role that the claim names, else of all participants.
  public var total: Int

  /// Whether those who are cited bear the word out; `nil` where it counts no people.
  public var isMet: Bool? { quantifier.isMet(by: cited.count, of: total) }

  /// As in "1 of 22", or "1 of 4 with the role Crisis".
  public var share: String {
    "\(cited.count) of \(total)" + (quantifier.role.map { " with the role \($0)" } ?? "")
  }
}

extension Project {
  /// The claims of the programme theory, the configurations and the explanations that say how many.
  ///
  /// For a statement count those who support it or a configuration that carries it; for a
  /// configuration's title and reason, those who support any part of it; for an explanation, the cases of
  /// its cells and passages. `none` counts those who contradict. Where the claim names a role category,
  /// only those who have it count. Dropped statements and closed configurations claim nothing.
  public var quantifiedClaims: [QuantifiedClaim] {
    let index = EvidenceIndex(self)
    var claims: [QuantifiedClaim] = []
    func add(_ text: String, _ place: Reference, _ targets: [Reference]) {
      for sentence in text.sentences {
        for quantifier in Quantifier.all(in: sentence, roles: roleNames) {
          let support = index.support(for: targets)
          let cited = quantifier.amount == .none ? support.contradicting : support.supporting
          claims.append(claim(of: place, sentence, quantifier, cited))
        }
      }
    }
    for configuration in configurations where configuration.isOpen {
      let places = configuration.places
      add(configuration.title, .configuration(configuration.id), places)
      add(configuration.reason, .configuration(configuration.id), places)
    }
    for statement in theory.flatMap(\.statements) where statement.move != .dropped {
      let carried = statement.configurations.compactMap { configurations[$0] }.flatMap(\.places)
      add(statement.text, .statement(statement.id), [.statement(statement.id)] + carried)
    }
    let attribution = Attribution(self)
    // An explanation stands in a list and has no place of its own: that of what it rests on is shown.
    for explanation in explanations {
      let cited = Set(
        explanation.cells.map(\.row)
          + explanation.passages.compactMap { codings[$0] }.flatMap { attribution.cases(of: $0) })
      for sentence in explanation.text.sentences {
        for quantifier in Quantifier.all(in: sentence, roles: roleNames)
        where quantifier.amount != .none {
          let place: Reference =
            explanation.cells.first.map { .cell($0) }
            ?? explanation.passages.first.map { .passage($0) } ?? .project
          claims.append(
            claim(of: place, sentence, quantifier, rows.map(\.id).filter { cited.contains($0) }))
        }
      }
    }
    return claims
  }

  private func claim(
    of place: Reference, _ sentence: String, _ quantifier: Quantifier, _ cited: [ID<Case>]
  ) -> QuantifiedClaim {
    func isCounted(_ id: ID<Case>) -> Bool {
      quantifier.role.map { roles(of: id).contains($0) } ?? true
    }
    return QuantifiedClaim(
      place: place, sentence: sentence, quantifier: quantifier, cited: cited.filter(isCounted),
      total: rows.count { isCounted($0.id) })
  }

  /// The claims in a report that say how many, each with those whose quotations follow it.
  ///
  /// A quotation belongs to the last paragraph of the report's own words before it. A paragraph that
  /// holds a passage with an owner is a quotation.
  ///
  /// - Complexity: O(*n* log *n*) in the paragraphs and passages of the source.
  public func quantifiedClaims(
    in source: ID<Source>
  ) throws(TextUnavailable) -> [QuantifiedClaim] {
    guard let document = sources[source] else { return [] }
    let text = try texts.text(of: source)
    let attribution = Attribution(self)
    let quotations = codings.passages(in: source).compactMap { passage -> (TextSpan, [ID<Case>])? in
      guard let span = passage.span, text.contains(span) else { return nil }
      let owners = attribution.cases(of: passage)
      return owners.isEmpty ? nil : (span, owners)
    }.sorted { $0.0.start < $1.0.start }
    let order = Dictionary(
      cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var claims: [QuantifiedClaim] = []
    var open: [Int] = []
    var cited: Set<ID<Case>> = []
    func close() {
      let sorted = cited.sorted { order[$0] ?? .max < order[$1] ?? .max }
      for index in open {
        claims[index] = claim(
          of: .source(source), claims[index].sentence, claims[index].quantifier, sorted)
      }
      open = []
      cited = []
    }
    var next = 0
    for paragraph in document.paragraphs where text.contains(paragraph) {
      while next < quotations.count, quotations[next].0.end <= paragraph.start { next += 1 }
      var isQuotation = false
      var index = next
      while index < quotations.count, quotations[index].0.start < paragraph.end {
        isQuotation = true
        cited.formUnion(quotations[index].1)
        index += 1
      }
      if isQuotation { continue }
      let words = text[paragraph]
      guard words.contains(where: { !$0.isWhitespace }) else { continue }
      close()
      for sentence in words.sentences {
        for quantifier in Quantifier.all(in: sentence, roles: roleNames) {
          open.append(claims.count)
          claims.append(claim(of: .source(source), sentence, quantifier, []))
        }
      }
    }
    close()
    return claims
  }
}

extension Configuration {
  /// The configuration itself and its slots and edges, as targets of evidence.
  var places: [Reference] {
    [.configuration(id)] + slots.map { .slot($0.id) } + edges.map { .edge($0.id) }
  }
}

extension String {
  /// The sentences, cut after a full stop, question or exclamation mark that a blank follows.
  var sentences: [String] {
    var found: [String] = []
    var current = ""
    var ends = false
    for character in self {
      if ends, character.isWhitespace {
        if current.contains(where: \.isLetter) { found.append(current) }
        current = ""
        ends = false
        continue
      }
      if current.isEmpty, character.isWhitespace { continue }
      ends =
        character == "." || character == "?" || character == "!"
        || (ends && (character == "”" || character == "’" || character == ")"))
      current.append(character)
    }
    if current.contains(where: \.isLetter) { found.append(current) }
    return found
  }
}
