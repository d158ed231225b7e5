// What the wording and the grounds of a theory show
extension Project {
  /// What a careful colleague would point out about the words and the grounds of the theory.
  func checkTheory() -> [Diagnostic] {
    checkSlots() + checkElements() + checkConflicts() + checkQuotes() + checkStatements()
      + checkQuantifiers() + checkSearches()
  }

  // MARK: Schemas

  private func checkSlots() -> [Diagnostic] {
    configurations.filter(\.isOpen).flatMap { configuration -> [Diagnostic] in
      guard let schema = schema(of: configuration) else { return [] }
      let place = Place.object(.configuration(configuration.id))
      var found: [Diagnostic] = []
      for role in schema.roles {
        let count = configuration.slots.count { $0.role == role.name }
        guard let most = role.most, count > most else { continue }
        found.append(
          Diagnostic(
            "cmo.slot-excess", .warning, at: place,
            "\(configuration.label) has \(count) slots for the \(role.name), where \(schema.name) "
              + "has at most \(most)",
            solutions: ["split the configuration, or allow more in the schema"]))
      }
      let rank = Dictionary(
        schema.roles.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
      let order = configuration.slots.compactMap { rank[$0.role] }
      if schema.isOrdered, zip(order, order.dropFirst()).contains(where: { $0 > $1 }) {
        found.append(
          Diagnostic(
            "cmo.slot-order", .warning, at: place,
            "the slots of \(configuration.label) are not in the order of \(schema.name)",
            notes: ["the order is \(schema.roles.map(\.name).joined(separator: ", "))"],
            solutions: ["put the slots in order, or let the schema leave the order free"]))
      }
      return found
    }
  }

  // MARK: Wording

  /// The places of an element: slots of open configurations, then entries of the printed matrix.
  private var uses: [(element: Element, role: String, place: Place, label: String)] {
    var found: [(Element, String, Place, String)] = []
    for configuration in configurations where configuration.isOpen {
      for slot in configuration.slots {
        guard let element = elements[slot.element] else { continue }
        found.append((element, slot.role, .object(.slot(slot.id)), configuration.label))
      }
    }
    for entry in realistMatrix {
      guard let element = elements[entry.element] else { continue }
      found.append((element, entry.role, .object(.element(element.id)), "the realist matrix"))
    }
    return found
  }

  private func checkElements() -> [Diagnostic] {
    uses.compactMap { element, role, place, label in
      if role == "outcome", let word = Wording.condition(in: element.text) {
        return Diagnostic(
          "cmo.outcome-conditional", .warning, at: place,
          "the outcome '\(element.text)' in \(label) begins with the condition '\(word) …'",
          explanation: "The condition is a context of its own.",
          solutions: ["move what follows '\(word)' into a context, and leave what came about"])
      }
      if role == "outcome", let word = Wording.plan(in: element.text) {
        return Diagnostic(
          "cmo.outcome-planned", .warning, at: place,
          "the outcome '\(element.text)' in \(label) is worded as a plan ('\(word)')",
          explanation:
            "What ought to be is no outcome; what is expected has the basis 'anticipated'.",
          solutions: ["say what came about, or is expected to"])
      }
      if role == "context", let word = Wording.activity(in: element.text) {
        return Diagnostic(
          "cmo.context-as-activity", .warning, at: place,
          "the context '\(element.text)' in \(label) is worded as an activity ('\(word)')",
          explanation: "An activity of the programme is a resource and not a context.",
          solutions: ["say what was there before the programme came, or make it a mechanism"])
      }
      return nil
    }
  }

  /// One statement in several roles: information, since an outcome here may be a context there.
  private func checkConflicts() -> [Diagnostic] {
    struct Use {
      var role: String
      var label: String
      var configuration: ID<Configuration>?
    }
    var order: [String] = []
    var byWording: [String: (first: Element, uses: [Use])] = [:]
    func note(_ id: ID<Element>, _ use: Use) {
      guard let element = elements[id] else { return }
      let key = Wording.key(of: element.text)
      if byWording[key] == nil {
        order.append(key)
        byWording[key] = (element, [])
      }
      byWording[key]?.uses.append(use)
    }
    for configuration in configurations where configuration.isOpen {
      for slot in configuration.slots {
        note(
          slot.element,
          Use(role: slot.role, label: configuration.label, configuration: configuration.id))
      }
    }
    for entry in realistMatrix {
      note(entry.element, Use(role: entry.role, label: "the realist matrix", configuration: nil))
    }
    let linked = Set(links.map { [$0.from, $0.to] })
    return order.compactMap { key in
      guard let (element, uses) = byWording[key], Set(uses.map(\.role)).count > 1 else {
        return nil
      }
      // An outcome that a link carries into the next context is the ripple itself.
      let unexplained = uses.enumerated().contains { offset, one in
        uses[(offset + 1)...].contains { other in
          guard one.role != other.role else { return false }
          guard let a = one.configuration, let b = other.configuration, a != b else { return true }
          let (outcome, context) = one.role == "outcome" ? (a, b) : (b, a)
          let isRipple = Set([one.role, other.role]) == ["outcome", "context"]
          return !(isRipple && linked.contains([outcome, context]))
        }
      }
      guard unexplained else { return nil }
      var seen: Set<String> = []
      let words = uses.map { "\($0.role) in \($0.label)" }.filter { seen.insert($0).inserted }
      return Diagnostic(
        "cmo.role-conflict", .note, at: .object(.element(element.id)),
        "'\(element.text)' is \(words.joined(separator: ", "))",
        explanation: "A role belongs to the place, so that this may be right.",
        solutions: ["link the configurations where one leads to the other, or word the two apart"])
    }
  }

  // MARK: Grounds

  private func checkQuotes() -> [Diagnostic] {
    evidence.compactMap { one in
      guard case .passage(let id) = one.ground, let passage = codings[id] else { return nil }
      if !passage.verdict.isVerified, passage.anchor != nil {
        return Diagnostic(
          "cmo.quote-not-verbatim", .warning, at: .object(.evidence(one.id)),
          "the quote does not stand in the text as it is quoted",
          solutions: ["correct the quote, or find its place: qda check --fix"])
      }
      let quoted = one.comment.quotedWords.filter { $0.split(separator: " ").count > 2 }
      guard !quoted.isEmpty, let text = try? texts.text(of: passage.source) else { return nil }
      return quoted.first { !text.string.holds($0) }.map {
        Diagnostic(
          "cmo.quote-not-verbatim", .warning, at: .object(.evidence(one.id)),
          "the remark quotes '\($0)', which does not stand in the source",
          solutions: ["quote the words as they stand, or leave out the quotation marks"])
      }
    }
  }

  private func checkStatements() -> [Diagnostic] {
    let index = EvidenceIndex(self)
    return theory.enumerated().flatMap { offset, version in
      version.statements.flatMap { statement -> [Diagnostic] in
        let place = Place.object(.statement(statement.id))
        var found: [Diagnostic] = []
        // What was thought before the interviews rests on nothing in them.
        guard offset > 0 || version.stage != .initial else { return [] }
        let carried = statement.configurations.compactMap { configurations[$0] }.flatMap(\.places)
        if index.evidence(for: [.statement(statement.id)] + carried).isEmpty {
          found.append(
            Diagnostic(
              "theory.evidence-missing", .warning, at: place,
              "nothing is cited for the statement '\(statement.text.cut)'",
              solutions: ["add evidence or a recorded judgement, or name the configurations"]))
        }
        if offset > 0, statement.move != .kept, statement.why.isEmpty {
          found.append(
            Diagnostic(
              "theory.reason-missing", .warning, at: place,
              "nothing says why '\(statement.text.cut)' was \(statement.move.rawValue)",
              explanation: "Reports print 'not reported'.",
              solutions: ["write in 'why' what moved it"]))
        }
        return found
      }
    }
  }

  private func checkQuantifiers() -> [Diagnostic] {
    quantifiedClaims.filter { $0.isMet == false }.map { claim in
      Diagnostic(
        "theory.quantifier-unsupported", .warning, at: .object(claim.place),
        "'\(claim.quantifier.word)' rests on \(claim.share): '\(claim.sentence.cut)'",
        notes: claim.cited.isEmpty
          ? []
          : ["cited: " + claim.cited.compactMap { cases[$0]?.name }.joined(separator: ", ")],
        solutions: ["say how many, as in '\(claim.share)', or cite the others"])
    }
  }

  private func checkSearches() -> [Diagnostic] {
    let index = EvidenceIndex(self)
    return configurations.filter { $0.isOpen && !$0.searches.isEmpty }.flatMap { configuration in
      let against = index.evidence(for: configuration.places).filter {
        $0.stance == .contradicts || $0.stance == .rival
      }
      let known = Set(against.flatMap { index.cases(of: $0) })
      return configuration.searches.flatMap(\.found).filter { !known.contains($0) }.map { id in
        Diagnostic(
          "cmo.negative-case-unevidenced", .warning,
          at: .object(.configuration(configuration.id)),
          "\(cases[id]?.name ?? "a case") was found to break \(configuration.label), and no evidence "
            + "says how",
          solutions: ["add the words that contradict it, or correct the search"])
      }
    }
  }
}

/// How elements are worded.
///
/// English only: what another language says is passed over.
enum Wording {
  private static let conditions: Set<String> = [
    "with", "when", "if", "where", "once", "unless", "without", "given", "provided", "whenever",
    "should",
  ]

  private static let plans = [
    "will need to", "need to", "needs to", "should", "ought to", "must", "plan to", "plans to",
    "aim to", "aims to", "intend to", "intends to", "hope to", "hopes to", "would like",
  ]

  /// Verbs of what programmes do; as a gerund at the beginning they name an activity.
  private static let activities: Set<String> = [
    "providing", "offering", "training", "accompanying", "referring", "teaching", "supporting",
    "delivering", "running", "organising", "organizing", "holding", "giving", "sending", "visiting",
    "meeting", "introducing", "implementing", "conducting", "using", "doing", "helping", "making",
    "building", "developing", "informing", "advising", "matching", "preparing",
  ]

  /// The conditional word with which a text begins, where a clause follows it.
  static func condition(in text: String) -> String? {
    guard let first = text.split(whereSeparator: { !$0.isLetter }).first,
      conditions.contains(first.lowercased())
    else { return nil }
    return String(first)
  }

  /// The words that say that something is to be, where the main clause begins with them.
  static func plan(in text: String) -> String? {
    let words =
      " " + text.lowercased().split { !$0.isLetter }.prefix(5).joined(separator: " ") + " "
    return plans.first { words.contains(" \($0) ") }
  }

  /// The gerund with which a text begins.
  static func activity(in text: String) -> String? {
    guard let first = text.split(whereSeparator: { !$0.isLetter }).first,
      activities.contains(first.lowercased())
    else { return nil }
    return String(first)
  }

  /// The words of a statement without case, signs and spaces, by which equal ones are found.
  static func key(of text: String) -> String {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}

extension String {
  /// The first hundred characters, so that a finding stays on a line.
  fileprivate var cut: String { count > 100 ? prefix(97) + "…" : self }

  /// What stands between double quotation marks.
  fileprivate var quotedWords: [String] {
    var found: [String] = []
    var current: String?
    for character in self {
      if character == "“" {
        current = ""
      } else if character == "”" {
        if let words = current { found.append(words) }
        current = nil
      } else {
        current?.append(character)
      }
    }
    return found
  }

  /// Whether words stand in a text, whatever the white space, signs and case.
  fileprivate func holds(_ words: String) -> Bool {
    let wanted = Wording.key(of: words)
    return wanted.isEmpty || (" " + Wording.key(of: self) + " ").contains(" \(wanted) ")
  }
}
