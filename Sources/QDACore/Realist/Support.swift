/// The distinct participants who speak for and against something, and the evidence they give.
///
/// Numbers of participants do not measure how common or how strong anything is.
public struct Support: Hashable, Sendable, Codable {
  /// All evidence, in the order of the project.
  public var evidence: [ID<Evidence>] = []
  /// The cases whose words support it, in the study's order.
  public var supporting: [ID<Case>] = []
  /// The cases whose words contradict it, in the study's order.
  public var contradicting: [ID<Case>] = []
  /// The cases whose words speak for a rival explanation, in the study's order.
  public var rival: [ID<Case>] = []
  /// The cases whose words bear on it without weight, in the study's order.
  public var weak: [ID<Case>] = []

  /// Whether there is no evidence of any stance.
  public var isEmpty: Bool { evidence.isEmpty }
}

/// Finds the evidence for any place of the theory, and whose words it is.
public struct EvidenceIndex: Sendable {
  private let project: Project
  private let attribution: Attribution
  private let byTarget: [Reference: [Evidence]]
  private let passages: [ID<Passage>: Passage]
  private let caseOrder: [ID<Case>: Int]

  /// Gathers the evidence of a project by its targets.
  ///
  /// - Complexity: O(*n*) in the evidence, the cases, the passages and the turns of all sources.
  public init(_ project: Project) {
    self.project = project
    let grounds = project.evidence.lazy.compactMap { evidence -> ID<Passage>? in
      if case .passage(let id) = evidence.ground { id } else { nil }
    }
    passages = project.codings.passages(Set(grounds))
    attribution = Attribution(project)
    byTarget = Dictionary(grouping: project.evidence) { $0.target }
    caseOrder = Dictionary(
      project.cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The evidence for exactly these places, in the order of the project.
  public func evidence(for targets: [Reference]) -> [Evidence] {
    if targets.count == 1 { return byTarget[targets[0]] ?? [] }
    let found = targets.flatMap { byTarget[$0] ?? [] }
    let position = Dictionary(
      found.map { ($0.id, project.evidence.position(of: $0.id) ?? 0) }, uniquingKeysWith: { $1 })
    return found.sorted { position[$0.id] ?? 0 < position[$1.id] ?? 0 }
  }

  /// The cases whose words a piece of evidence is; a judgement and a document are nobody's.
  public func cases(of evidence: Evidence) -> [ID<Case>] {
    switch evidence.ground {
    case .passage(let id): passage(id).map { attribution.cases(of: $0) } ?? []
    case .cell(let key): project.cells[key] == nil ? [] : [key.row]
    case .document, .judgement, .consultation, .decision: []
    }
  }

  /// Whether the ground of a piece of evidence is there and is not an interviewer's words.
  func holds(_ evidence: Evidence) -> Bool {
    switch evidence.ground {
    case .passage(let id): passage(id).map { !attribution.isInterviewer($0) } ?? false
    case .cell(let key): project.cells[key] != nil
    case .document(let id): project.sources.contains(id)
    case .judgement(let words): !words.isEmpty
    case .consultation(let occasion), .decision(let occasion): !occasion.words.isEmpty
    }
  }

  // Evidence that is only thought of rests on a passage that was not looked for.
  private func passage(_ id: ID<Passage>) -> Passage? { passages[id] ?? project.codings[id] }

  /// The passages on which a piece of evidence rests.
  public func passages(of evidence: Evidence) -> [ID<Passage>] {
    switch evidence.ground {
    case .passage(let id): [id]
    case .cell(let key): project.cells[key]?.references ?? []
    case .document, .judgement, .consultation, .decision: []
    }
  }

  /// Who supports and who contradicts, over all of these places together.
  public func support(for targets: [Reference]) -> Support {
    var support = Support()
    var cases: [Evidence.Stance: Set<ID<Case>>] = [:]
    for evidence in evidence(for: targets) {
      support.evidence.append(evidence.id)
      cases[evidence.stance, default: []].formUnion(self.cases(of: evidence))
    }
    func ordered(_ stance: Evidence.Stance) -> [ID<Case>] {
      (cases[stance] ?? []).compactMap { one in caseOrder[one].map { (one, $0) } }
        .sorted { $0.1 < $1.1 }.map(\.0)
    }
    support.supporting = ordered(.supports)
    support.contradicting = ordered(.contradicts)
    support.rival = ordered(.rival)
    support.weak = ordered(.weak)
    return support
  }
}
