internal import QDACore

extension StudyReport {
  /// In which cases of one unit each configuration holds, is contradicted, or is not spoken of.
  public struct PatternTable: Hashable, Sendable, Codable {
    /// What the cases are: `site`, `participant`.
    public var unit: String
    /// The cases, in the study's order.
    public var cases: [PatternCase]
    /// Who speaks and belongs to no case of the unit, by key.
    public var unplaced: [String]
    /// One line for each configuration that is neither rejected nor superseded.
    public var patterns: [PatternEntry]
  }

  /// A case of a unit.
  public struct PatternCase: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The name.
    public var name: String
    /// Its members, by key; none where it is a person.
    public var members: [String]

    /// Whether it is a site or another group with one member.
    var isOnePerson: Bool { members.count == 1 }
  }

  /// How one configuration stands in the cases.
  public struct PatternEntry: Hashable, Sendable, Codable {
    /// The configuration's key.
    public var configuration: String
    /// The short name.
    public var label: String
    /// The plain title.
    public var title: String
    /// The roles that a case must have for it to hold.
    public var roles: [String]
    /// In how many of how many it holds, and how many contradict it.
    public var sentence: String
    /// Who searched for negative cases, or "no negative case sought".
    public var sought: String
    /// One reading for each case, those that hold first, those that say nothing last.
    public var readings: [PatternReading]
  }

  /// How a configuration stands in one case.
  public struct PatternReading: Hashable, Sendable, Codable {
    /// The case's key.
    public var `case`: String
    /// The case's name.
    public var name: String
    /// `holds`, `expected`, `contradicts`, `outside`, `partly` or `silent`.
    public var verdict: String
    /// The verdict in words.
    public var words: String
    /// Why it is a negative case, by identifier.
    public var exceptions: [String]
    /// Whose words these are, by key.
    public var voices: [String]
    /// What is said of each role, and of the steps and the whole.
    public var parts: [PatternPart]
  }

  /// What a case says of one role of a configuration, or of its steps.
  public struct PatternPart: Hashable, Sendable, Codable {
    /// The role, or `steps`.
    public var role: String
    /// `seen`, `expected`, `denied`, `rival` or `weak`, in this order; several where voices differ.
    public var states: [String]
    /// The evidence, by key.
    public var evidence: [String]
    /// The quotes on which it rests, by number.
    public var quotes: [Int]
  }
}

extension Collector {
  /// The patterns over each unit that has more than one case.
  func patterns() -> [StudyReport.PatternTable] {
    guard !project.configurations.isEmpty else { return [] }
    return project.units.filter { unit in project.cases.count { $0.unit == unit } > 1 }
      .map { table(project.patterns(over: $0)) }
  }

  func table(_ patterns: Patterns) -> StudyReport.PatternTable {
    let members = project.members
    return StudyReport.PatternTable(
      unit: patterns.unit,
      cases: patterns.cases.map { id in
        StudyReport.PatternCase(
          id: labels[.case(id)], name: project.cases[id]?.name ?? labels[.case(id)],
          members: names(members[id] ?? []))
      }, unplaced: names(patterns.unplaced),
      patterns: patterns.entries.map { entry($0, unit: patterns.unit) })
  }

  private func entry(_ pattern: Pattern, unit: String) -> StudyReport.PatternEntry {
    let order: [Pattern.Verdict] = [
      .contradicts, .holds, .expected, .outside, .partly, .silent,
    ]
    return StudyReport.PatternEntry(
      configuration: labels[.configuration(pattern.configuration.id)],
      label: pattern.configuration.label, title: pattern.configuration.title,
      roles: pattern.roles, sentence: sentence(pattern, unit: unit),
      sought: sought(pattern.configuration),
      readings: order.flatMap { verdict in
        pattern.readings.filter { $0.verdict == verdict }.map { reading($0, of: pattern) }
      })
  }

  private func reading(
    _ reading: Pattern.Reading, of pattern: Pattern
  ) -> StudyReport.PatternReading {
    var links = reading.links
    links.role = "steps"
    let parts = (reading.parts + [links]).compactMap { part -> StudyReport.PatternPart? in
      let said: [(String, [ID<Evidence>])] = [
        ("seen", part.seen), ("expected", part.expected), ("denied", part.denied),
        ("rival", part.rival), ("weak", part.weak),
      ].filter { !$0.1.isEmpty }
      guard !said.isEmpty else { return nil }
      let evidence = said.flatMap(\.1)
      return StudyReport.PatternPart(
        role: part.role, states: said.map(\.0), evidence: evidence.map { labels[.evidence($0)] },
        quotes: numbers(
          of: evidence.compactMap { project.evidence[$0] }.flatMap { index.passages(of: $0) }))
    }
    return StudyReport.PatternReading(
      case: labels[.case(reading.case)],
      name: project.cases[reading.case]?.name ?? labels[.case(reading.case)],
      verdict: reading.verdict.rawValue, words: words(for: reading, of: pattern),
      exceptions: reading.exceptions.map(\.rawValue), voices: names(reading.voices), parts: parts)
  }

  // MARK: Words

  /// The sentence that the report exists for.
  private func sentence(_ pattern: Pattern, unit: String) -> String {
    let total = pattern.readings.count
    func list(_ verdict: Pattern.Verdict) -> [String] {
      pattern.cases(verdict).map { project.cases[$0]?.name ?? labels[.case($0)] }
    }
    let against = list(.contradicts)
    let held = list(.holds)
    let expected = list(.expected)
    var text =
      "this outcome pattern holds in \(held.count) of \(Words.count(total, unit))"
    if !held.isEmpty { text += " (\(held.joined(separator: ", ")))" }
    if !expected.isEmpty {
      text += ", is expected in \(expected.count) (\(expected.joined(separator: ", ")))"
    }
    if against.isEmpty { return text + "; none contradicts it" }
    return text + "; here \(against.count == 1 ? "is the" : "are the") \(against.count) that "
      + "\(against.count == 1 ? "contradicts" : "contradict") it: "
      + against.joined(separator: ", ")
  }

  private func words(for reading: Pattern.Reading, of pattern: Pattern) -> String {
    switch reading.verdict {
    case .holds:
      return pattern.roles.allSatisfy { reading.sees($0) }
        ? "holds: \(Words.list(pattern.roles)) seen" : "holds: said of the whole"
    case .expected: return "expected: not all of it has been seen"
    case .contradicts:
      return "contradicts it: "
        + Words.list(reading.exceptions.map { Self.words(for: $0) })
        + (reading.isSeenInFull ? "; all of it is seen there as well" : "")
    case .outside:
      let outcome = reading.parts.first { $0.role == "outcome" }
      if outcome?.denied.isEmpty == false {
        return "stands outside: neither the context nor the outcome is there"
      }
      return "stands outside: the context is not there; "
        + (outcome?.expected.isEmpty == false
          ? "the outcome is only expected" : "whether the outcome came about is not said")
    case .partly:
      let seen = reading.parts.filter { !$0.seen.isEmpty }.map(\.role)
      if !seen.isEmpty { return "speaks of a part only: \(Words.list(seen)) seen" }
      return reading.links.seen.isEmpty
        ? "touches on it only" : "speaks of a part only: a step"
    case .silent: return "says nothing, which is not to deny it"
    }
  }

  private static func words(for exception: Pattern.Exception) -> String {
    switch exception {
    case .outcomeMissing: "the context is there, the outcome is denied"
    case .outcomeDenied: "the outcome is denied"
    case .mechanismDenied: "the mechanism is denied"
    case .contextNotNeeded: "the outcome came about without the context"
    case .stepDenied: "one thing did not lead to the other"
    case .wholeDenied: "the whole is denied"
    case .rivalExplanation: "it is explained otherwise"
    }
  }

  func sought(_ configuration: Configuration) -> String {
    if configuration.searches.isEmpty { return "no negative case sought" }
    return configuration.searches.map { search in
      var text = "negative cases sought"
      let name = name(of: search.stamp)
      let time = time(of: search.stamp)
      if !name.isEmpty { text += " by \(name)" }
      if !time.isEmpty { text += " on \(time)" }
      text += search.found.isEmpty ? ", none found" : ", found \(Words.list(names(search.found)))"
      // Whatever shows it ends the sentence itself.
      let how = search.how.hasSuffix(".") ? String(search.how.dropLast()) : search.how
      return how.isEmpty ? text : "\(text): \(how)"
    }.joined(separator: "; ")
  }
}
