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

  private static let amounts: [String: Amount] = [
    "all": .all, "every": .all, "everyone": .all, "everybody": .all, "universally": .all,
    "always": .all, "unanimously": .all, "most": .most, "majority": .most, "mostly": .most,
    "many": .many, "several": .several, "few": .few, "some": .few, "none": .none, "nobody": .none,
  ]

  /// Words that stand for people by themselves.
  private static let standsAlone: Set<String> = [
    "everyone", "everybody", "universally", "unanimously", "nobody", "none",
  ]

  private static let people: Set<String> = [
    "participant", "participants", "interviewee", "interviewees", "respondent", "respondents",
    "informants", "people", "staff", "workers", "organisations", "organizations", "tsos",
    "clients", "patients", "professionals", "managers", "employers", "volunteers", "stakeholders",
    "members", "women", "men", "others", "sites", "providers", "practitioners",
  ]

  private static let speech: Set<String> = [
    "said", "say", "says", "felt", "feel", "thought", "think", "saw", "see", "told", "tell",
    "spoke", "speak", "knew", "know", "find", "found", "held", "hold", "believe",
  ]

  /// Whether so many of so many participants bear the word out.
  public func isMet(by count: Int, of total: Int) -> Bool {
    if noun != nil { return false }
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
  /// English only. `at most`, `all the same`, `after all` and `the more` count nobody.
  ///
  /// - Complexity: O(*n*) in the length of the sentence.
  public static func all(in sentence: String) -> [Quantifier] {
    let words = sentence.split { !$0.isLetter && $0 != "-" && $0 != "’" && $0 != "'" }
      .map(String.init)
    return words.indices.compactMap { index in
      let word = words[index].lowercased()
      guard let amount = amounts[word] else { return nil }
      func at(_ offset: Int) -> String {
        words.indices.contains(index + offset) ? words[index + offset].lowercased() : ""
      }
      if at(-1) == "at" || at(-1) == "after" || at(-1) == "above" || at(-1) == "not" { return nil }
      if word == "all", ["the", "this", "that"].contains(at(1)), at(2) == "same" { return nil }
      if standsAlone.contains(word) {
        // Only what they say can be counted: in "sent to everybody" nobody has said a thing.
        let isSaid = word.hasSuffix("ly") || speech.contains(at(1)) || at(1).hasSuffix("ed")
        return isSaid ? Quantifier(word: words[index], amount: amount) : nil
      }
      var next = 1
      while ["of", "the", "these", "those", "our", "their", "other", "such", "third-sector"]
        .contains(at(next))
      { next += 1 }
      let noun = at(next)
      let isPeople =
        noun.isEmpty || people.contains(noun) || speech.contains(noun) || noun.hasSuffix("ed")
      return Quantifier(word: words[index], amount: amount, noun: isPeople ? nil : noun)
    }
  }
}

/// A claim that says how many, with the participants who are cited for it.
public struct QuantifiedClaim: Hashable, Sendable {
  /// What makes the claim: a statement, a configuration, or a source that is a report.
  public var place: Reference
  /// The sentence.
  public var sentence: String
  /// Its word for how many.
  public var quantifier: Quantifier
  /// The participants whose words are cited for it, in the study's order.
  public var cited: [ID<Case>]
  /// Of how many.
  public var total: Int

  /// Whether those who are cited bear the word out.
  public var isMet: Bool { quantifier.isMet(by: cited.count, of: total) }

  /// As in "1 of 22".
  public var share: String { "\(cited.count) of \(total)" }
}

extension Project {
  /// The claims of the programme theory and the configurations that say how many.
  ///
  /// For a statement count those who support it or a configuration that carries it; for a
  /// configuration's title and reason, those who support any part of it. `none` counts
  /// those who contradict. Dropped statements and closed configurations claim nothing.
  public var quantifiedClaims: [QuantifiedClaim] {
    let index = EvidenceIndex(self)
    let total = rows.count
    var claims: [QuantifiedClaim] = []
    func add(_ text: String, _ place: Reference, _ targets: [Reference]) {
      for sentence in text.sentences {
        for quantifier in Quantifier.all(in: sentence) {
          let support = index.support(for: targets)
          let cited = quantifier.amount == .none ? support.contradicting : support.supporting
          claims.append(
            QuantifiedClaim(
              place: place, sentence: sentence, quantifier: quantifier, cited: cited, total: total))
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
    return claims
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
      for index in open {
        claims[index].cited = cited.sorted { order[$0] ?? .max < order[$1] ?? .max }
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
        for quantifier in Quantifier.all(in: sentence) {
          open.append(claims.count)
          claims.append(
            QuantifiedClaim(
              place: .source(source), sentence: sentence, quantifier: quantifier, cited: [],
              total: rows.count))
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
