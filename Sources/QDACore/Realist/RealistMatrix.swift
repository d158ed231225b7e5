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

  /// Roles in the order of the schemas in use, then any that no schema has; outcomes stand apart by
  /// part where a schema divides them.
  private var matrixColumns: [RealistMatrix.Column] {
    let used = schemas.filter { schema in configurations.contains { $0.schema == schema.name } }
    let roles = (used.isEmpty ? [SlotSchema.cmo] : used).flatMap(\.roles)
    let others =
      realistMatrix.map(\.role)
      + configurations.filter(\.isOpen).flatMap { $0.slots.map(\.role) }
    var columns: [RealistMatrix.Column] = []
    for name in roles.map(\.name) + others where !columns.contains(where: { $0.role == name }) {
      var parts: [String?] = []
      if name == "outcome" {
        for role in roles where role.name == name {
          for part in role.parts where !parts.contains(part) { parts.append(part) }
        }
      }
      for part in parts.isEmpty ? [nil] : parts {
        let title = ((part.map { "\($0) " } ?? "") + "\(name)s").capitalizedFirst
        columns.append(RealistMatrix.Column(role: name, part: part, title: title))
      }
      if !parts.isEmpty, isUndivided(name, outside: parts) {
        columns.append(
          RealistMatrix.Column(
            role: name, part: nil, title: "\(name)s, part not stated".capitalizedFirst))
      }
    }
    return columns
  }

  /// Whether something in the matrix has a role and none of these parts of it.
  private func isUndivided(_ role: String, outside parts: [String?]) -> Bool {
    realistMatrix.contains { $0.role == role && !parts.contains($0.part) }
      || configurations.contains { configuration in
        configuration.isOpen
          && configuration.slots.contains { $0.role == role && !parts.contains($0.part) }
      }
  }

  private func bullets(
    in column: RealistMatrix.Column, of valence: Configuration.Valence?,
    among columns: [RealistMatrix.Column], evidence index: EvidenceIndex
  ) -> [RealistMatrix.Bullet] {
    // An outcome whose term is not said, or is not the schema's, stands apart.
    let takesOthers = column.part == nil
    let parts = columns.filter { $0.role == column.role }.map(\.part)
    func belongs(_ role: String, _ part: String?) -> Bool {
      guard role == column.role else { return false }
      return part == column.part || (takesOthers && !parts.contains(part))
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
    where configuration.valence == valence && configuration.isOpen {
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
