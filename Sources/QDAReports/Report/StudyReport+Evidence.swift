internal import QDACore

extension StudyReport {
  /// Who speaks for and against something.
  public struct Standing: Hashable, Sendable, Codable {
    /// The counts with their denominators, or "no evidence".
    public var words: String
    /// Who supports it.
    public var supporting: [String]
    /// Who contradicts it.
    public var contradicting: [String]
    /// Who speaks for a rival explanation.
    public var rival: [String]
    /// Whose words bear on it without weight.
    public var weak: [String]
    /// Of how many.
    public var of: Int
    /// The evidence, by key.
    public var evidence: [String]
  }

  /// How many of a role speak for and against something.
  public struct RoleStanding: Hashable, Sendable, Codable {
    /// The role, or "no role".
    public var role: String
    /// How many support it.
    public var supporting: Int
    /// How many contradict it or speak for a rival.
    public var contradicting: Int
    /// Of how many.
    public var of: Int
  }

  /// A ground for or against one place of the theory.
  public struct EvidenceEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// What it is evidence for: `slot`, `edge`, `link`, `configuration`, `statement`.
    public var target: String
    /// The key of what it is evidence for.
    public var targetID: String
    /// What it is evidence for, in words.
    public var targetWords: String
    /// The configuration to which the target belongs, if to one.
    public var configuration: String?
    /// `supports`, `contradicts`, `rival` or `weak`.
    public var stance: String
    /// `observed`, `reported`, `anticipated` or `inferred`.
    public var basis: String
    /// `own` or `other`: whose reasoning it voices.
    public var voice: String
    /// What the speaker answered, where the theory was shown: `agrees`, `refines` or `rejects`.
    public var response: String?
    /// `passage`, `cell`, `document`, `judgement`, `consultation` or `decision`.
    public var ground: String
    /// Whose words it is; a judgement and a document are nobody's.
    public var participants: [String]
    /// The quotes on which it rests, by number.
    public var quotes: [Int]
    /// The code of the cell on which it rests.
    public var cell: String?
    /// The document on which it rests.
    public var document: String?
    /// The recorded judgement, or what came of a consultation or a decision, with whom and when.
    public var judgement: String?
    /// The analyst's remark.
    public var comment: String
    /// Who entered it.
    public var author: String
  }
}

extension Collector {
  func standing(_ support: Support) -> StudyReport.Standing {
    StudyReport.Standing(
      words: words(for: support), supporting: names(support.supporting),
      contradicting: names(support.contradicting), rival: names(support.rival),
      weak: names(support.weak), of: rows.count,
      evidence: support.evidence.map { labels[.evidence($0)] })
  }

  private func words(for support: Support) -> String {
    if support.isEmpty { return Words.noEvidence }
    var parts: [String] = []
    if !support.supporting.isEmpty {
      parts.append("supported by \(share(support.supporting.count))")
    }
    if !support.contradicting.isEmpty {
      parts.append("contradicted by \(share(support.contradicting.count))")
    }
    if !support.rival.isEmpty {
      parts.append("explained otherwise by \(share(support.rival.count))")
    }
    if !support.weak.isEmpty { parts.append("touched on by \(share(support.weak.count))") }
    var documents = 0
    var lost = 0
    var judgements = 0
    var consultations = 0
    var decisions = 0
    for case let evidence? in support.evidence.map({ project.evidence[$0] }) {
      switch evidence.ground {
      case .document: documents += 1
      case .judgement: judgements += 1
      case .consultation: consultations += 1
      case .decision: decisions += 1
      case .passage(let id): if numbers[id] == nil { lost += 1 }
      case .cell: break
      }
    }
    if documents > 0 { parts.append(Words.count(documents, "document")) }
    if judgements > 0 { parts.append(Words.count(judgements, "recorded judgement")) }
    if consultations > 0 { parts.append(Words.count(consultations, "consultation")) }
    if decisions > 0 { parts.append(Words.count(decisions, "decision")) }
    if lost > 0 { parts.append("\(Words.count(lost, "passage")) not in the study") }
    // Evidence may rest on a passage that is nobody's, such as an interviewer's question.
    return parts.isEmpty ? "evidence in no participant's words" : parts.joined(separator: "; ")
  }

  func rolesStanding(_ support: Support) -> [StudyReport.RoleStanding] {
    guard project.roleAttribute != nil else { return [] }
    let against = Set(support.contradicting).union(support.rival)
    let supporting = Set(support.supporting)
    let tally = project.roleTally()
    var groups = tally.roles.map { ($0.name, $0.cases) }
    if let none = tally.groups.first(where: { $0.roles.isEmpty }) {
      groups.append(("no role", none.cases))
    }
    return groups.map { name, cases in
      StudyReport.RoleStanding(
        role: name, supporting: cases.count { supporting.contains($0) },
        contradicting: cases.count { against.contains($0) }, of: cases.count)
    }
  }

  func evidence() -> [StudyReport.EvidenceEntry] {
    var owner: [Reference: Configuration] = [:]
    for configuration in project.configurations {
      owner[.configuration(configuration.id)] = configuration
      for slot in configuration.slots { owner[.slot(slot.id)] = configuration }
      for edge in configuration.edges { owner[.edge(edge.id)] = configuration }
    }
    return project.evidence.map { evidence in
      let configuration = owner[evidence.target]
      let (kind, words) = describe(evidence.target, in: configuration)
      var entry = StudyReport.EvidenceEntry(
        id: labels[.evidence(evidence.id)], target: kind, targetID: labels[evidence.target],
        targetWords: words, configuration: configuration.map { labels[.configuration($0.id)] },
        stance: evidence.stance.rawValue, basis: evidence.basis.rawValue,
        voice: evidence.voice.rawValue, response: evidence.response?.rawValue, ground: "",
        participants: names(index.cases(of: evidence)),
        quotes: numbers(of: index.passages(of: evidence)), comment: evidence.comment,
        author: name(of: evidence.stamp))
      switch evidence.ground {
      case .passage: entry.ground = "passage"
      case .cell(let key):
        entry.ground = "cell"
        entry.cell = labels[.code(key.column)]
      case .document(let source):
        entry.ground = "document"
        entry.document = labels[.source(source)]
      case .judgement(let text):
        entry.ground = "judgement"
        entry.judgement = text
      case .consultation(let occasion):
        entry.ground = "consultation"
        entry.judgement = self.words(for: occasion)
      case .decision(let occasion):
        entry.ground = "decision"
        entry.judgement = self.words(for: occasion)
      }
      return entry
    }
  }

  private func describe(
    _ target: Reference, in configuration: Configuration?
  ) -> (kind: String, words: String) {
    switch target {
    case .slot(let id):
      guard let slot = configuration?.slots.first(where: { $0.id == id }) else { break }
      return ("slot", words(for: slot))
    case .edge(let id):
      guard let configuration, let edge = configuration.edges.first(where: { $0.id == id }) else {
        break
      }
      return ("edge", words(for: edge, in: configuration))
    case .configuration: return ("configuration", configuration?.title ?? "")
    case .link(let id):
      guard let link = project.links[id] else { break }
      return (
        "link",
        "\(labels[.configuration(link.from)]) → \(labels[.configuration(link.to)])"
      )
    case .statement(let id):
      let statement = project.theory.lazy.flatMap(\.statements).first { $0.id == id }
      return ("statement", statement?.text ?? "")
    default: break
    }
    return ("unknown", labels.words(for: target))
  }

  private func words(for occasion: Occasion) -> String {
    var head = Words.list(occasion.with)
    let day = time(of: Stamp(at: occasion.on))
    if !day.isEmpty { head += head.isEmpty ? day : ", \(day)" }
    return head.isEmpty ? occasion.words : "\(head): \(occasion.words)"
  }

  func words(for slot: Slot) -> String {
    "\(slot.roleAndPart): \(project.elements[slot.element]?.text ?? "unknown element")"
  }

  func words(for edge: Edge, in configuration: Configuration) -> String {
    let ends = [edge.from, edge.to].map { end in
      configuration.slots.first { $0.id == end }.map { words(for: $0) } ?? "unknown slot"
    }
    return ends.joined(separator: " → ")
  }
}

extension Slot {
  /// The role with its part, as in "mechanism, reasoning".
  var roleAndPart: String { role + (part.map { ", \($0)" } ?? "") }
}
