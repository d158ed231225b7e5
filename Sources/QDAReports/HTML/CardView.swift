/// A configuration with its diagram and everything that speaks for and against it.
struct CardView {
  let number: Int
  let label: String
  let title: String
  let valence: ValenceView
  let status: String
  let clauses: [ClauseView]
  let isChain: Bool
  let lanes: [LaneView]
  let steps: [SlotView]
  let columns: Int
  let strip: [SquareView]
  let words: String
  let hasEvidence: Bool
  let roles: [RoleStandingView]
  let silent: Int
  let total: Int
  let against: [EvidenceView]
  let hasAgainst: Bool
  let sought: String
  let rivals: [ReferenceView]
  let hasRivals: Bool
  let parents: [ReferenceView]
  let hasParents: Bool
  let edges: [EdgeView]
  let hasEdges: Bool
  let gaps: [String]
  let hasGaps: Bool
  let reason: String
  let hasReason: Bool
  let evidence: [EvidenceView]
  let evidenceWords: String

  init(_ entry: StudyReport.ConfigurationEntry, _ context: PageContext) {
    number = context.configurations[entry.id] ?? 0
    label = entry.label
    title = entry.title
    valence = ValenceView(entry.valence)
    status = entry.status
    clauses = ClauseView.clauses(of: entry, in: context.report)
    let kinds = context.report.slotKinds(of: entry)
    let order = entry.slots.map { slot in
      kinds.firstIndex { $0.role == slot.role && $0.part == slot.part } ?? 0
    }
    // Told in another order than the schema's, as in C-M-O-M-O, lanes would put it right silently.
    isChain = zip(order, order.dropFirst()).contains { $0 > $1 }
    lanes = LaneView.lanes(of: entry, kinds: kinds, context)
    steps = entry.slots.map { SlotView($0, about: entry.label, context) }
    columns = max(1, context.report.participants.count)
    strip = context.strip(entry.standing)
    words = Words.sentence(entry.standing.words)
    hasEvidence = !entry.standing.evidence.isEmpty
    roles = entry.roles.map { RoleStandingView($0, context) }
    silent = entry.silent.count
    total = entry.standing.of
    let all = entry.standing.evidence.compactMap { context.index.evidence($0) }
    against = all.filter { $0.stance == "contradicts" || $0.stance == "rival" }.map {
      EvidenceView($0, context)
    }
    hasAgainst = !against.isEmpty
    sought = entry.sought
    rivals = entry.rivals.map { ReferenceView($0, context) }
    hasRivals = !rivals.isEmpty
    parents = entry.parents.map { ReferenceView($0, context) }
    hasParents = !parents.isEmpty
    edges = entry.edges.map { EdgeView($0, about: entry.label, context) }
    hasEdges = !edges.isEmpty
    gaps = entry.gaps.map { Words.sentence($0.words) }
    hasGaps = !gaps.isEmpty
    reason = entry.reason
    hasReason = !reason.isEmpty
    evidence = all.map { EvidenceView($0, context) }
    evidenceWords = Words.count(evidence.count, "piece") + " of evidence"
  }
}

/// A role of the diagram with its parts side by side.
struct LaneView {
  let heading: String
  let kind: String
  let span: Int
  let parts: [LanePart]

  static func lanes(
    of entry: StudyReport.ConfigurationEntry, kinds: [SlotKind], _ context: PageContext
  ) -> [LaneView] {
    var roles: [String] = []
    for kind in kinds where !roles.contains(kind.role) { roles.append(kind.role) }
    return roles.map { role in
      var own = kinds.filter { $0.role == role }
      let filled = own.filter { kind in
        entry.slots.contains { $0.role == role && $0.part == kind.part }
      }
      // A role that is not divided at all is one box across its lane.
      if filled == [SlotKind(role: role)] { own = filled }
      return LaneView(
        heading: Words.sentence(role), kind: laneKind(role), span: own.count,
        parts: own.map { kind in
          let slots = entry.slots.filter { $0.role == role && $0.part == kind.part }
          return LanePart(
            heading: kind.part ?? "", hasHeading: kind.part != nil,
            slots: slots.map { SlotView($0, about: entry.label, context) }, isMissing: slots.isEmpty
          )
        })
    }
  }

  static func laneKind(_ role: String) -> String {
    ["context", "mechanism", "outcome"].contains(role) ? role : "other"
  }
}

/// A part of a role, such as the reasoning of a mechanism.
struct LanePart {
  let heading: String
  let hasHeading: Bool
  let slots: [SlotView]
  let isMissing: Bool
}

/// A slot as a box.
struct SlotView {
  let kind: String
  let role: String
  let text: String
  let tags: [String]
  let chips: [ChipView]
  let grounds: [String]
  let hasEvidence: Bool

  init(_ slot: StudyReport.SlotEntry, about label: String, _ context: PageContext) {
    kind = LaneView.laneKind(slot.role)
    role = slot.part.map { "\(slot.role): \($0)" } ?? slot.role
    text = slot.text
    tags = [slot.layer, slot.actor].compactMap { $0 }.filter { !$0.isEmpty }
    chips = context.chips(slot.standing, about: "\(label), \(role)")
    let entries = slot.standing.evidence.compactMap { context.index.evidence($0) }
    grounds = entries.compactMap { entry in
      entry.judgement.map { "judgement: \($0)" } ?? entry.document.map { "document: \($0)" }
    }
    hasEvidence = !slot.standing.evidence.isEmpty
  }
}

/// A step between two slots.
struct EdgeView {
  let words: String
  let sign: String
  let chips: [ChipView]
  let hasEvidence: Bool

  init(_ edge: StudyReport.EdgeEntry, about label: String, _ context: PageContext) {
    words = edge.words
    sign = edge.sign == "-" ? "−" : "+"
    chips = context.chips(edge.standing, about: "\(label), a step")
    hasEvidence = !edge.standing.evidence.isEmpty
  }
}

/// How many of a role speak for and against, as dots.
struct RoleStandingView {
  let name: String
  let tint: Int
  let dots: [String]
  let words: String

  init(_ standing: StudyReport.RoleStanding, _ context: PageContext) {
    name = standing.role
    tint = context.roles[standing.role].map { $0 % RoleMark.tints } ?? RoleMark.tints
    // One who does both shows as both, so that there are never more dots than people.
    let for_ = min(standing.supporting, standing.of)
    let against = min(standing.contradicting, standing.of - for_)
    dots =
      Array(repeating: "for", count: for_) + Array(repeating: "against", count: max(0, against))
      + Array(repeating: "silent", count: max(0, standing.of - for_ - against))
    words =
      "\(standing.supporting) of \(standing.of)"
      + (standing.contradicting > 0 ? ", \(standing.contradicting) against" : "")
  }
}

/// Another configuration, as a link.
struct ReferenceView {
  let number: Int
  let label: String
  let title: String

  init(_ id: String, _ context: PageContext) {
    number = context.configurations[id] ?? 0
    label = context.index.label(id)
    title = context.index.configuration(id)?.title ?? ""
  }
}
