internal import QDACore

extension ExchangeForm {
  mutating func hold(_ note: Note) {
    var held = note
    held.kind = .memo
    held.title = allowed(note.title)
    held.body = allowed(note.body)
    held.description = allowed(note.description)
    held.files = SourceFiles(richText: self.held(note.files.richText))
    let path = note.files.plainText
    if kind == .archive, path.flatMap({ RefiPath.internalName($0) }) != nil,
      !RefiPath.isOwnText(path, of: note.id)
    {
      held.files.plainText = path
    }
    held.about = note.about.compactMap { reference in
      let shown = shown(reference)
      if shown == nil { losses.add("what a note is about, where that has no place", note.title) }
      return shown
    }
    project.notes.insert(held)
  }

  /// The object by which the file knows an object, or `nil` where it knows none.
  func shown(_ reference: Reference) -> Reference? {
    switch reference {
    case .passage(let id):
      guard let moved = movedPassages[id] else { return reference }
      return moved.flatMap { _ in original.codings[id].map { shown(.source($0.source)) } ?? nil }
    case .coding(let id): return droppedCodings.contains(id) ? nil : reference
    case .source(let id): return noteSources.contains(id) ? .note(id.of()) : reference
    case .cell(let key): return original.cells[key] == nil ? nil : .note(Shown.cell(key))
    case .configuration(let id): return .note(Shown.configuration(id))
    case .slot, .edge, .statement: return owners[reference]
    case .link(let id): return .objectLink(Shown.link(id))
    case .evidence(let id): return .objectLink(Shown.evidence(id))
    case .element: return nil
    default: return reference
    }
  }

  /// Gives each note of an archive a file: QualCoder takes no other for an entry of its journal.
  ///
  /// It ends its import at the second of two with the same title, so that one stays in the project
  /// file, as do those with passages of their own.
  mutating func placeNotes() {
    var titles: Set<String> = []
    for note in project.notes {
      let isPlain = profile.keepsNotesInFiles && !noteSources.contains(note.id.of())
      guard isPlain, note.title.isEmpty || titles.insert(note.title).inserted else {
        project.notes[note.id]?.files.plainText = nil
        continue
      }
      let own = RefiPath.ownText(of: note.id)
      let given = note.files.plainText.flatMap {
        plainTextNames.insert($0.lowercased()).inserted ? $0 : nil
      }
      noteFiles[note.id] = given ?? own
      project.notes[note.id]?.files.plainText = given
      // A text file is read with one kind of line ends.
      let body = note.body.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      if body != note.body {
        losses.add("characters of a text that the file cannot hold", note.title)
        project.notes[note.id]?.body = body
      }
    }
  }

  // MARK: - Links, sets and graphs

  mutating func holdObjects() {
    for link in original.objectLinks {
      var held = link
      held.name = allowed(link.name)
      held.origin = end(link.origin, of: link)
      held.target = end(link.target, of: link)
      held.color = color(link.color)
      project.objectLinks.insert(held)
    }
    for set in original.sets {
      var held = ObjectSet(
        id: set.id, name: allowed(set.name), description: allowed(set.description))
      let members = set.members.compactMap { shown($0) }
      held.members =
        members.filter { if case .code = $0 { true } else { false } }
        + members.filter {
          switch $0 {
          case .source, .case: true
          default: false
          }
        } + members.filter { if case .note = $0 { true } else { false } }
      losses.add(
        "a member of a set that is no code, source, case or note", set.name,
        count: set.members.count - held.members.count)
      project.sets.insert(held)
    }
    for graph in original.graphs {
      var held = graph
      held.name = allowed(graph.name)
      for index in held.vertices.indices {
        let vertex = graph.vertices[index]
        held.vertices[index].name = allowed(vertex.name)
        held.vertices[index].color = color(vertex.color)
        held.vertices[index].represents = end(vertex.represents, of: nil)
      }
      for index in held.lines.indices {
        let line = graph.lines[index]
        held.lines[index].name = allowed(line.name)
        held.lines[index].color = color(line.color)
        held.lines[index].represents = end(line.represents, of: nil)
      }
      project.graphs.insert(held)
    }
  }

  private mutating func end(_ reference: Reference?, of link: ObjectLink?) -> Reference? {
    guard let reference else { return nil }
    if let shown = shown(reference), shown != .project { return shown }
    losses.add("an end of a link or figure that has no GUID", link?.name)
    return nil
  }

  private mutating func color(_ color: String?) -> String? {
    guard let color else { return nil }
    if HexColor.isWritable(color) { return color }
    losses.add("a colour that is not of the form #rrggbb")
    return nil
  }

  // MARK: - What notes are about

  /// Makes links for what a note is about and cannot be said where the object stands.
  ///
  /// Reading the file, a link that starts from a note says what the note is about.
  mutating func settleNotes() {
    var targets: [ID<Note>: [Reference]] = [:]
    for link in project.objectLinks {
      if case .note(let note) = link.origin, let target = link.target {
        targets[note, default: []].append(target)
      }
    }
    for note in project.notes {
      project.notes[note.id]?.stamp = note.stamp.withoutStandIn(modified: note.modified)
      var about = note.about
      // From an annotation a link leads to its passage, as NVivo and ATLAS.ti have it.
      let annotates = original.notes[note.id]?.kind == .annotation
      for reference in note.about {
        let isLinked =
          !reference.hasNoteRef || annotates && reference.isPassage
          || profile.needsUniqueNames && reference.isCode
        guard isLinked else { continue }
        if targets[note.id]?.contains(reference) == true { continue }
        let link = ObjectLink(
          id: ID(derivedFrom: ["about", note.id.description, reference.description]),
          name: "about", origin: .note(note.id), target: reference, direction: .oneWay)
        project.objectLinks.insert(link)
        targets[note.id, default: []].append(reference)
      }
      about += targets[note.id] ?? []
      project.notes[note.id]?.about = Reference.inOrder(about)
      // So a reader understands a note from which a link leads to a passage.
      let isAnnotation = (targets[note.id] ?? []).contains { $0.isPassage }
      if isAnnotation { project.notes[note.id]?.kind = .annotation }
      if let kind = original.notes[note.id]?.kind, kind != (isAnnotation ? .annotation : .memo) {
        losses.add("what sort of note a note is", kind.rawValue)
      }
    }
  }
}

extension Reference {
  /// Whether the object's element in the file has a place for notes about it.
  var hasNoteRef: Bool {
    switch self {
    case .project, .source, .passage, .coding, .code, .objectLink, .note: true
    default: false
    }
  }

  fileprivate var isCode: Bool { if case .code = self { true } else { false } }
  fileprivate var isPassage: Bool { if case .passage = self { true } else { false } }

  /// Each reference once, in the order of its spelling.
  static func inOrder(_ references: [Reference]) -> [Reference] {
    Set(references).sorted { $0.description < $1.description }
  }
}
