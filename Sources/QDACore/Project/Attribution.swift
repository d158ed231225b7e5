/// Says whose words a passage is, by one rule for counts, coverage, charts and queries alike.
///
/// A passage belongs to the cases that are named for it, else to the cases of the speakers whose
/// turns it overlaps, each once, else to the cases of its whole source. An interviewer's turns
/// belong to no case.
public struct Attribution: Sendable {
  private var named: [ID<Passage>: [ID<Case>]] = [:]
  private var whole: [ID<Source>: [ID<Case>]] = [:]
  private var spoken: [ID<Source>: [String: [ID<Case>]]] = [:]
  private let sources: Table<Source>

  /// Gathers who speaks where.
  ///
  /// - Complexity: O(*n*) in the memberships of all cases.
  public init(_ project: Project) {
    sources = project.sources
    for one in project.cases {
      for membership in one.covers {
        switch membership {
        case .passage(let passage): named[passage, default: []].append(one.id)
        case .source(let source): whole[source, default: []].append(one.id)
        case .speaker(let source, let label):
          spoken[source, default: [:]][label, default: []].append(one.id)
        }
      }
    }
  }

  /// The cases whose words a passage is, in the order of first mention; interviewers have none.
  public func cases(of passage: Passage) -> [ID<Case>] {
    if let cases = named[passage.id] { return cases }
    guard let source = sources[passage.source] else { return [] }
    guard let span = passage.span, !source.turns.isEmpty else { return whole[source.id] ?? [] }
    var cases: [ID<Case>] = []
    var spoke = false
    for turn in source.turns where turn.ranges.contains(where: { $0.overlaps(span) }) {
      spoke = true
      for one in self.cases(of: turn, in: source) where !cases.contains(one) { cases.append(one) }
    }
    return spoke ? cases : whole[source.id] ?? []
  }

  /// The cases for which a turn's speakers speak.
  public func cases(of turn: Turn, in source: Source) -> [ID<Case>] {
    guard !turn.speakers.isEmpty else { return whole[source.id] ?? [] }
    return turn.speakers.flatMap { index -> [ID<Case>] in
      guard source.speakers.indices.contains(index) else { return [] }
      let speaker = source.speakers[index]
      if speaker.role == .interviewer { return [] }
      if let person = speaker.person { return [person] }
      if let cases = spoken[source.id]?[speaker.label] { return cases }
      return speaker.role == .collective ? [] : whole[source.id] ?? []
    }
  }

  /// Whether every turn that a passage overlaps is an interviewer's.
  public func isInterviewer(_ passage: Passage) -> Bool {
    guard let source = sources[passage.source], let span = passage.span else { return false }
    let turns = source.turns.filter { $0.ranges.contains { $0.overlaps(span) } }
    return !turns.isEmpty
      && turns.allSatisfy { turn in
        !turn.speakers.isEmpty
          && turn.speakers.allSatisfy {
            source.speakers.indices.contains($0) && source.speakers[$0].role == .interviewer
          }
      }
  }
}
