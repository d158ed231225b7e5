internal import QDACore

extension StudyReport {
  /// A line of the register of configurations.
  public struct ConfigurationEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The short name.
    public var label: String
    /// The plain title.
    public var title: String
    /// The name of the slot schema.
    public var schema: String
    /// `favourable`, `unfavourable` or `mixed`.
    public var valence: String
    /// `proposed`, `accepted`, `rejected` or `superseded`.
    public var status: String
    /// Why that was decided.
    public var reason: String
    /// If …, then …, because ….
    public var sentence: String
    /// What fills the slots, in the order of telling.
    public var slots: [SlotEntry]
    /// The steps, where they are given; none means that each slot leads to the next.
    public var edges: [EdgeEntry]
    /// Who speaks for and against any part of it.
    public var standing: Standing
    /// The same by role category.
    public var roles: [RoleStanding]
    /// Who says nothing of it, which is not to deny it.
    public var silent: [String]
    /// Who searched for negative cases, or "no negative case sought".
    public var sought: String
    /// What it lacks.
    public var gaps: [Gap]
    /// The configurations that it was made from.
    public var parents: [String]
    /// The configurations that explain the same outcome differently.
    public var rivals: [String]
  }

  /// A slot with the element that fills it.
  public struct SlotEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The role, such as `mechanism`.
    public var role: String
    /// The part of the role, such as `reasoning`.
    public var part: String?
    /// The element's key.
    public var element: String
    /// The statement.
    public var text: String
    /// Whose context, reasoning or outcome it is.
    public var actor: String?
    /// The layer at which a context acts.
    public var layer: String?
    /// Who speaks for and against it here.
    public var standing: Standing
  }

  /// A step from one slot to another.
  public struct EdgeEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The slot it leads from, by key.
    public var from: String
    /// The slot it leads to, by key.
    public var to: String
    /// `+` or `-`.
    public var sign: String
    /// The step in words.
    public var words: String
    /// Who speaks for and against it.
    public var standing: Standing
  }

  /// Something that a configuration lacks.
  public struct Gap: Hashable, Sendable, Codable {
    /// `role-missing`, `part-missing`, `part-unstated`, `unsplit`, `slot-without-evidence` or
    /// `no-negative-case`.
    public var kind: String
    /// The gap in words.
    public var words: String
  }
}

extension Collector {
  func configurations(_ incidence: Incidence) -> [StudyReport.ConfigurationEntry] {
    project.configurations.map { configuration in
      let entry = project.registerEntry(of: configuration, evidence: index)
      return StudyReport.ConfigurationEntry(
        id: labels[.configuration(configuration.id)], label: configuration.label,
        title: configuration.title, schema: configuration.schema,
        valence: configuration.valence.rawValue, status: configuration.status.rawValue,
        reason: configuration.reason, sentence: entry.sentence,
        slots: entry.places.map { place in
          StudyReport.SlotEntry(
            id: labels[.slot(place.slot.id)], role: place.slot.role, part: place.slot.part,
            element: labels[.element(place.element.id)], text: place.element.text,
            actor: place.element.actor, layer: place.element.layer?.rawValue,
            standing: standing(place.support))
        },
        edges: configuration.edges.map { edge in
          StudyReport.EdgeEntry(
            id: labels[.edge(edge.id)], from: labels[.slot(edge.from)], to: labels[.slot(edge.to)],
            sign: edge.sign.rawValue, words: words(for: edge, in: configuration),
            standing: standing(index.support(for: [.edge(edge.id)])))
        },
        standing: standing(entry.support), roles: rolesStanding(entry.support),
        silent: names(
          rows.map(\.id).filter { incidence[$0, configuration.id].isSilent }),
        sought: sought(configuration), gaps: entry.gaps.map { gap($0, of: entry) },
        parents: configuration.parents.map { labels[.configuration($0)] },
        rivals: project.rivals(of: configuration).map { labels[.configuration($0)] })
    }
  }

  private func gap(_ gap: RegisterEntry.Gap, of entry: RegisterEntry) -> StudyReport.Gap {
    func slot(_ id: ID<Slot>) -> String {
      entry.configuration.slots.first { $0.id == id }.map { words(for: $0) } ?? "unknown slot"
    }
    switch gap {
    case .roleMissing(let role):
      return StudyReport.Gap(kind: "role-missing", words: "no \(role) is stated")
    case .unsplit(let id):
      let role = entry.configuration.slots.first { $0.id == id }?.role ?? "mechanism"
      let parts = project.schema(of: entry.configuration)?.roles.first { $0.name == role }?.parts
      return StudyReport.Gap(
        kind: "unsplit",
        words: "the \(role) is not divided into " + Words.list(parts ?? ["its parts"]))
    case .partMissing(let role, let part):
      return StudyReport.Gap(kind: "part-missing", words: "the \(role) has no \(part)")
    case .partUnstated(let id):
      return StudyReport.Gap(
        kind: "part-unstated", words: "\(slot(id)) does not say which part it is")
    case .slotWithoutEvidence(let id):
      return StudyReport.Gap(
        kind: "slot-without-evidence", words: "\(Words.noEvidence) for \(slot(id))")
    case .noNegativeCase:
      let rivals = project.rivals(of: entry.configuration).map { labels[.configuration($0)] }
      return StudyReport.Gap(
        kind: "no-negative-case",
        words: rivals.isEmpty
          ? "no negative case sought: nothing contradicts it and it has no rival"
          : "nothing contradicts it; its rival is \(Words.list(rivals))")
    }
  }
}
