internal import QDACore

/// A role, or a part of it, as a column.
struct SlotKind: Hashable {
  /// The role's name.
  var role: String
  /// The part of the role.
  var part: String?

  /// The head of the column.
  var title: String { part.map { "\(role) (\($0))" } ?? role }
}

extension StudyReport {
  /// The roles and parts of all schemas in use, and any other that occurs, in order.
  ///
  /// An undivided role stands only where it occurs or where the schema has no parts for it.
  var slotKinds: [SlotKind] { slotKinds(schemas, configurations.flatMap(\.slots)) }

  /// The roles and parts of one configuration's schema, and any other that occurs in it.
  func slotKinds(of entry: ConfigurationEntry) -> [SlotKind] {
    slotKinds(schemas.filter { $0.name == entry.schema }, entry.slots)
  }

  private func slotKinds(_ schemas: [SlotSchema], _ used: [SlotEntry]) -> [SlotKind] {
    let occurring = used.map { SlotKind(role: $0.role, part: $0.part) }
    var kinds: [SlotKind] = []
    func add(_ kind: SlotKind) {
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    for role in schemas.flatMap(\.roles) {
      let undivided = SlotKind(role: role.name)
      if role.parts.isEmpty || occurring.contains(undivided) { add(undivided) }
      for part in role.parts { add(SlotKind(role: role.name, part: part)) }
    }
    for kind in occurring { add(kind) }
    return kinds
  }
}
