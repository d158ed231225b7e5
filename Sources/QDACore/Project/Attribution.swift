/// Says whose words a passage is, by one rule for counts, coverage, charts and queries alike.
///
/// A passage belongs to the cases that are named for it, else to the cases of the speakers whose
/// turns it overlaps, each once, else to the cases of its whole source. An interviewer's turns
/// belong to no case. A stretch of a recording in time is not looked up in its transcript: it belongs
/// to the cases of the recording.
public struct Attribution: Sendable {
  private var named: [ID<Passage>: [ID<Case>]] = [:]
  private var whole: [ID<Source>: [ID<Case>]] = [:]
  private var spoken: [ID<Source>: [String: [ID<Case>]]] = [:]
  private var turns: [ID<Source>: TurnIndex] = [:]
  private let sources: Table<Source>

  /// Gathers who speaks where.
  ///
  /// - Complexity: O(*n*) in the memberships of all cases and the turns of all sources.
  public init(_ project: Project) {
    sources = project.sources
    for one in project.cases {
      for membership in one.covers {
        switch membership {
        case .passage(let passage): named[passage, default: []].appendOnce(one.id)
        case .source(let source): whole[source, default: []].appendOnce(one.id)
        case .speaker(let source, let label):
          spoken[source, default: [:]][label, default: []].appendOnce(one.id)
        }
      }
    }
    for source in project.sources { turns[source.id] = TurnIndex(source.turns) }
  }

  /// The cases whose words a passage is, in the order of first mention, each once.
  ///
  /// An interviewer's words are nobody's.
  ///
  /// - Complexity: O(log *n* + *k*) for *n* turns of which *k* overlap the passage.
  public func cases(of passage: Passage) -> [ID<Case>] {
    if let cases = named[passage.id] { return cases }
    guard let source = sources[passage.source] else { return [] }
    let turns = turns(of: passage, in: source)
    if turns.isEmpty { return whole[source.id] ?? [] }
    var cases: [ID<Case>] = []
    for turn in turns {
      for one in self.cases(of: turn, in: source) { cases.appendOnce(one) }
    }
    return cases
  }

  /// Whether any passage is named for a case.
  var namesPassages: Bool { !named.isEmpty }

  /// The cases that a passage is named for, or `nil` where none is.
  func casesNamed(for passage: ID<Passage>) -> [ID<Case>]? { named[passage] }

  /// The cases of a source as a whole.
  func casesOfWhole(_ source: ID<Source>) -> [ID<Case>] { whole[source] ?? [] }

  /// Where the turns of a source are.
  func turnIndex(of source: ID<Source>) -> TurnIndex? { turns[source] }

  /// The cases for which a turn's speakers speak, each once.
  public func cases(of turn: Turn, in source: Source) -> [ID<Case>] {
    guard !turn.speakers.isEmpty else { return whole[source.id] ?? [] }
    var cases: [ID<Case>] = []
    for index in turn.speakers where source.speakers.indices.contains(index) {
      for one in self.cases(of: source.speakers[index], in: source.id) { cases.appendOnce(one) }
    }
    return cases
  }

  private func cases(of speaker: Speaker, in source: ID<Source>) -> [ID<Case>] {
    if speaker.role == .interviewer { return [] }
    if let person = speaker.person { return [person] }
    if let labels = spoken[source] {
      for label in [speaker.label] + speaker.variants {
        if let cases = labels[label] { return cases }
      }
    }
    return speaker.role == .collective ? [] : whole[source] ?? []
  }

  /// Whether every turn that a passage overlaps is an interviewer's.
  ///
  /// - Complexity: O(log *n* + *k*) for *n* turns of which *k* overlap the passage.
  public func isInterviewer(_ passage: Passage) -> Bool {
    guard let source = sources[passage.source] else { return false }
    let turns = turns(of: passage, in: source)
    return !turns.isEmpty && turns.allSatisfy { source.isInterviewers($0) }
  }

  /// Whether a passage overlaps turns of interviewers and of others.
  ///
  /// - Complexity: O(log *n* + *k*) for *n* turns of which *k* overlap the passage.
  public func includesInterviewer(_ passage: Passage) -> Bool {
    guard let source = sources[passage.source] else { return false }
    // Who codes a whole source knows that both speak in it.
    if case .whole = passage.region { return false }
    let turns = turns(of: passage, in: source)
    let asked = turns.count { source.isInterviewers($0) }
    return asked > 0 && asked < turns.count
  }

  private func turns(of passage: Passage, in source: Source) -> [Turn] {
    switch passage.region {
    case .text(let span): turns(overlapping: span, in: source)
    case .whole: source.turns.filter { turn in turn.ranges.contains { !$0.isEmpty } }
    case .synced: source.span(of: passage.region).map { turns(overlapping: $0, in: source) } ?? []
    case .time, .pdf, .picture: []
    }
  }

  /// The turns that share a scalar with a span, in the order of the source.
  func turns(overlapping span: TextSpan, in source: Source) -> [Turn] {
    (turns[source.id] ?? TurnIndex(source.turns)).turns(overlapping: span).compactMap {
      source.turns.indices.contains($0) ? source.turns[$0] : nil
    }
  }
}

extension Array where Element: Equatable {
  fileprivate mutating func appendOnce(_ element: Element) {
    if !contains(element) { append(element) }
  }
}
