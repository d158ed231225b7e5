/// The realist matrix: what works and what does not, in columns, with who speaks for each bullet.
///
/// Lossy by design: nothing in it ties a context to a mechanism or an outcome. It is made from the
/// configurations, or from the matrix that a published study prints, whose bullets name nobody.
public struct RealistMatrix: Hashable, Sendable {
  /// A column: a role, or one part of it.
  public struct Column: Hashable, Sendable {
    /// The role's name.
    public var role: String
    /// The part, such as `short-term`, or `nil` where the column is the whole role.
    public var part: String?
    /// The head of the column.
    public var title: String
  }

  /// An element in a column.
  public struct Bullet: Hashable, Sendable {
    /// The element.
    public var element: Element
    /// The configurations that have it in such a slot, in their order.
    public var configurations: [ID<Configuration>]
    /// Who speaks for and against it there.
    public var support: Support
  }

  /// A block of the matrix, with the bullets of each column.
  public struct Block: Hashable, Sendable {
    /// Whether the block shows what is wanted; `nil` for what both share.
    public var valence: Configuration.Valence?
    /// The bullets, one list for each column.
    public var bullets: [[Bullet]]
  }

  /// The columns.
  public var columns: [Column]
  /// What both share, then favourable, unfavourable and mixed, each where it has bullets.
  public var blocks: [Block]
}

extension Project {
  /// The realist matrix of the study.
  ///
  /// Rejected and superseded configurations are left out.
  public var matrix: RealistMatrix {
    let index = EvidenceIndex(self)
    let columns = matrixColumns
    var blocks: [RealistMatrix.Block] = []
    let valences: [Configuration.Valence?] = [nil, .favourable, .unfavourable, .mixed]
    for valence in valences {
      let bullets = columns.map {
        self.bullets(in: $0, of: valence, among: columns, evidence: index)
      }
      if bullets.contains(where: { !$0.isEmpty }) {
        blocks.append(RealistMatrix.Block(valence: valence, bullets: bullets))
      }
    }
    return RealistMatrix(columns: columns, blocks: blocks)
  }

  /// Roles in the order of the first schema in use; outcomes stand apart by part.
  private var matrixColumns: [RealistMatrix.Column] {
    let used = schemas.filter { schema in configurations.contains { $0.schema == schema.name } }
    var columns: [RealistMatrix.Column] = []
    for role in (used.isEmpty ? [SlotSchema.cmo] : used).flatMap(\.roles) {
      let parts: [String?] = role.name == "outcome" && !role.parts.isEmpty ? role.parts : [nil]
      for part in parts {
        let title = ((part.map { "\($0) " } ?? "") + "\(role.name)s").capitalizedFirst
        let column = RealistMatrix.Column(role: role.name, part: part, title: title)
        if !columns.contains(column) { columns.append(column) }
      }
    }
    return columns
  }

  private func bullets(
    in column: RealistMatrix.Column, of valence: Configuration.Valence?,
    among columns: [RealistMatrix.Column], evidence index: EvidenceIndex
  ) -> [RealistMatrix.Bullet] {
    // An outcome whose term is not said stands in the first outcome column.
    let takesUndivided = columns.first { $0.role == column.role } == column
    func belongs(_ role: String, _ part: String?) -> Bool {
      role == column.role
        && (column.part == nil || part == column.part || (part == nil && takesUndivided))
    }
    var order: [ID<Element>] = []
    var slots: [ID<Element>: [Reference]] = [:]
    var owners: [ID<Element>: [ID<Configuration>]] = [:]
    func note(_ element: ID<Element>) {
      if slots[element] == nil {
        order.append(element)
        slots[element] = []
      }
    }
    for entry in realistMatrix where entry.valence == valence && belongs(entry.role, entry.part) {
      note(entry.element)
    }
    for configuration in configurations
    where configuration.valence == valence
      && (configuration.status == .proposed || configuration.status == .accepted)
    {
      for slot in configuration.slots where belongs(slot.role, slot.part) {
        note(slot.element)
        slots[slot.element]?.append(.slot(slot.id))
        if owners[slot.element]?.last != configuration.id {
          owners[slot.element, default: []].append(configuration.id)
        }
      }
    }
    return order.compactMap { id in
      elements[id].map {
        RealistMatrix.Bullet(
          element: $0, configurations: owners[id] ?? [],
          support: index.support(for: slots[id] ?? []))
      }
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
