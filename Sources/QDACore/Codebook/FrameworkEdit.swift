/// A step by which the thematic framework changes from one version to the next.
public enum FrameworkEdit: Hashable, Sendable, Codable {
  /// A code comes in, at a position of the codebook's table or at the end.
  case add(Code, at: Int?)
  /// A code gets another name, and another number where one is given.
  case rename(ID<Code>, name: String, number: String?)
  /// A code says otherwise what it means.
  case redefine(ID<Code>, definition: String, include: String, exclude: String)
  /// A code goes under another one, or becomes a theme.
  case move(ID<Code>, under: ID<Code>?, number: String?)
  /// Codes become one that is there; their codings and cells go with them.
  case merge([ID<Code>], into: ID<Code>)
  /// A code becomes several; each of its codings is given to one of them, the others to `rest`.
  ///
  /// Codes below it go under `rest`, unless one of the new ones keeps its id.
  /// The new codes keep its role. What else names the code names `rest`, or the first of the new ones.
  case split(ID<Code>, into: [Code], codings: [ID<Coding>: ID<Code>], rest: ID<Code>?)
  /// A code that nothing uses goes.
  case delete(ID<Code>)
  /// Every code gets the number of its place: 1, 1.1, 1.2 …, and an "Other" 1.9 where that is free.
  case number
}

/// Why a framework cannot be edited so.
public enum FrameworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The codebook has no such code.
  case unknown(ID<Code>)
  /// The codebook has such a code already, or a split makes two of it.
  case present(ID<Code>)
  /// Another code has the number already.
  case numberTaken(String, by: ID<Code>)
  /// A code would be under itself.
  case cyclic(ID<Code>)
  /// Something names the code, and would name nothing without it.
  case inUse(ID<Code>, CodeMentions)
  /// A split leaves codings without a code.
  case unassigned(ID<Code>, [ID<Coding>])
  /// A split leaves codes that were below its code without one above.
  case orphaned(ID<Code>, [ID<Code>])
  /// A split gives away a coding of another code.
  case ofAnotherCode(ID<Coding>)
  /// A split or merge would give nothing to nothing.
  case nothing

  /// The reason in a sentence.
  public var description: String {
    switch self {
    case .unknown: "the codebook has no such code"
    case .present: "the codebook has a code with this key already"
    case .numberTaken(let number, _): "another code has the number \(number)"
    case .cyclic: "a code cannot be moved under itself or merged into what is below it"
    case .inUse(_, let mentions):
      "the code is named by \(mentions); merge it into another one, or change these first"
    case .unassigned(_, let codings):
      "\(codings.count) codings of the code are given to none of the new ones"
    case .orphaned(_, let below):
      "the code has \(below.count) subthemes, and nothing says under which of the new ones they go"
    case .ofAnotherCode: "a coding that is given to a new code is not one of the code that is split"
    case .nothing: "a split needs new codes, and a merge a code other than the one it goes into"
    }
  }
}

extension Project {
  /// The change that edits the framework, and makes a new version of it.
  ///
  /// The new version maps each code that did not simply stay to what it became. Codings go with their
  /// code; of two by the same coder on one passage that become the same, without weight and remark,
  /// one stays. A summary that was written for a code that was merged or split becomes an alternative
  /// of the new code's cell and says which code it was written for; states on which both agree stay.
  /// Notes, evidence, rules and cases that name the code name the new one.
  ///
  /// - Throws: ``FrameworkError``; nothing is then changed.
  public func editing(
    _ edits: [FrameworkEdit], id: ID<Change>, stamp: Stamp, why: String
  ) throws(FrameworkError) -> Change {
    var editor = FrameworkEditor(self)
    for edit in edits { try editor.apply(edit) }
    return Change(
      from: self, to: editor.finish(stamp: stamp, why: why), id: id, stamp: stamp, why: why)
  }
}

/// Edits a copy of a study's framework.
private struct FrameworkEditor {
  private let before: Codebook
  private var project: Project
  private var map: [ID<Code>: [ID<Code>]] = [:]

  init(_ project: Project) {
    self.project = project
    before = project.codebook
  }

  func finish(stamp: Stamp, why: String) -> Project {
    var edited = project
    let last = edited.codebook.versions.indices.max {
      edited.codebook.versions[$0].number < edited.codebook.versions[$1].number
    }
    if let last {
      // From now on the codebook is another: the version that it was says its codes itself.
      if edited.codebook.versions[last].codes.isEmpty {
        edited.codebook.versions[last].codes = Array(before.codes)
      }
    } else {
      edited.codebook.versions = [FrameworkVersion(number: 1, codes: Array(before.codes))]
    }
    edited.codebook.versions.append(
      FrameworkVersion(
        number: (edited.codebook.currentVersion ?? 0) + 1, stamp: stamp, why: why, map: map))
    return edited
  }

  mutating func apply(_ edit: FrameworkEdit) throws(FrameworkError) {
    switch edit {
    case .add(let code, let position):
      guard project.codebook.codes[code.id] == nil else { throw .present(code.id) }
      if let parent = code.parent { _ = try self.code(parent) }
      try checkNumber(code.number, of: code.id)
      project.codebook.codes.insert(code, at: position)
    case .rename(let id, let name, let number):
      var code = try code(id)
      code.name = name
      if let number {
        try checkNumber(number, of: id)
        code.number = number
      }
      project.codebook.codes[id] = code
      note(id, became: [id])
    case .redefine(let id, let definition, let include, let exclude):
      var code = try code(id)
      (code.definition, code.include, code.exclude) = (definition, include, exclude)
      project.codebook.codes[id] = code
      note(id, became: [id])
    case .move(let id, let parent, let number):
      var code = try code(id)
      if let parent {
        _ = try self.code(parent)
        let above = [parent] + project.codebook.ancestors(of: parent).map(\.id)
        if above.contains(id) { throw .cyclic(id) }
      }
      code.parent = parent
      if let number {
        try checkNumber(number, of: id)
        code.number = number
      }
      project.codebook.codes[id] = code
      note(id, became: [id])
    case .merge(let ids, let target):
      _ = try code(target)
      let others = ids.filter { $0 != target }
      if others.isEmpty { throw .nothing }
      for id in others {
        _ = try code(id)
        if project.codebook.ancestors(of: target).contains(where: { $0.id == id }) {
          throw .cyclic(id)
        }
        for child in project.codebook.children(of: id) {
          project.codebook.codes[child.id]?.parent = target
        }
        recode([id: target]) { _ in target }
        moveCells(of: id, to: [target])
        retarget(id, to: target)
        project.codebook.codes[id] = nil
        note(id, became: [target])
      }
    case .number:
      for (id, number) in project.codebook.placeNumbers
      where project.codebook.codes[id]?.number != number {
        project.codebook.codes[id]?.number = number
        note(id, became: [id])
      }
    case .split(let id, let parts, let assigned, let rest):
      try split(id, into: parts, assigned, rest)
    case .delete(let id):
      _ = try code(id)
      let mentions = project.mentions(of: id)
      if !mentions.isEmpty { throw .inUse(id, mentions) }
      for key in project.cells.keys where key.column == id { project.cells[key] = nil }
      project.codebook.codes[id] = nil
      note(id, became: [])
    }
  }

  private func code(_ id: ID<Code>) throws(FrameworkError) -> Code {
    guard let code = project.codebook.codes[id] else { throw .unknown(id) }
    return code
  }

  private func checkNumber(_ number: String, of id: ID<Code>) throws(FrameworkError) {
    let other = project.codebook.codes.first { $0.number == number && $0.id != id }
    if !number.isEmpty, let other { throw .numberTaken(number, by: other.id) }
  }

  /// Says what a code became; steps after each other are one step from version to version.
  private mutating func note(_ id: ID<Code>, became new: [ID<Code>]) {
    for (old, between) in map where between.contains(id) && old != id {
      var after: [ID<Code>] = []
      for code in between.flatMap({ $0 == id ? new : [$0] }) where !after.contains(code) {
        after.append(code)
      }
      map[old] = after
    }
    if before.codes.contains(id) { map[id] = new }
  }

  private mutating func split(
    _ id: ID<Code>, into parts: [Code], _ assigned: [ID<Coding>: ID<Code>], _ rest: ID<Code>?
  ) throws(FrameworkError) {
    let old = try code(id)
    let new = parts.map(\.id)
    if parts.isEmpty { throw .nothing }
    for (offset, part) in parts.enumerated()
    where (part.id != id && project.codebook.codes[part.id] != nil)
      || new[..<offset].contains(part.id)
    {
      throw .present(part.id)
    }
    for code in assigned.values + [rest].compactMap(\.self) where !new.contains(code) {
      throw .unknown(code)
    }
    let own = project.codings.codings(of: id).map(\.id)
    if let foreign = Set(assigned.keys).subtracting(own).sorted().first {
      throw .ofAnotherCode(foreign)
    }
    let left = own.filter { assigned[$0] == nil }
    if rest == nil, !left.isEmpty { throw .unassigned(id, left) }
    let below = new.contains(id) ? [] : project.codebook.children(of: id).map(\.id)
    if rest == nil, !below.isEmpty { throw .orphaned(id, below) }
    let position = project.codebook.codes.position(of: id) ?? project.codebook.codes.count
    for (offset, part) in parts.enumerated() {
      var part = part
      if part.parent == nil { part.parent = old.parent }
      part.role = part.role ?? old.role
      project.codebook.codes.insert(part, at: part.id == id ? nil : position + 1 + offset)
    }
    recode([id: new[0]]) { assigned[$0] ?? rest }
    moveCells(of: id, to: new)
    if !new.contains(id) {
      for child in below {
        project.codebook.codes[child]?.parent = rest
        note(child, became: [child])
      }
      retarget(id, to: rest ?? new[0])
      project.codebook.codes[id] = nil
    }
    note(id, became: new)
  }

  /// Gives the codings with some codes the codes that a rule says.
  private mutating func recode(
    _ codes: [ID<Code>: ID<Code>], _ target: (ID<Coding>) -> ID<Code>?
  ) {
    for source in project.codings.sources {
      let own = project.codings.codings(in: source)
      guard own.contains(where: { codes[$0.code] != nil }) else { continue }
      var taken: Set<[String]> = []
      func name(_ coding: Coding) -> [String] {
        [
          coding.passage.description, coding.code.description,
          coding.created.by?.description ?? "", coding.status.rawValue,
        ]
      }
      for coding in own where codes[coding.code] == nil { taken.insert(name(coding)) }
      var changed: [Coding] = []
      var removed: Set<ID<Coding>> = []
      for var coding in own where codes[coding.code] != nil {
        guard let code = target(coding.id) else { continue }
        coding.code = code
        if !taken.insert(name(coding)).inserted, coding.weight == nil, coding.comment.isEmpty {
          removed.insert(coding.id)
        } else {
          changed.append(coding)
        }
      }
      project.codings.insert(codings: changed, in: source)
      project.codings.remove(codings: removed, in: source)
    }
  }

  private mutating func moveCells(of id: ID<Code>, to targets: [ID<Code>]) {
    for key in project.cells.keys.filter({ $0.column == id }).sorted() {
      guard let cell = project.cells.removeValue(forKey: key) else { continue }
      var moved = cell.alternatives.map { said in
        var said = said
        said.code = said.code ?? id
        return said
      }
      if cell.state != .notCharted || !cell.runs.isEmpty {
        moved.insert(
          Cell.Alternative(
            state: cell.state, runs: cell.runs, author: cell.author, code: id, basis: cell.basis),
          at: 0)
      }
      for target in targets {
        let place = Cell.Key(row: key.row, column: target)
        var new = project.cells[place] ?? Cell(key: place, state: .notCharted)
        new.alternatives += moved.filter { said in
          !(said.runs.isEmpty && said.state == new.state)
        }
        if project.cells[place] != nil || !new.alternatives.isEmpty { project.cells[place] = new }
      }
    }
  }

  /// Lets what names a code name another one.
  private mutating func retarget(_ id: ID<Code>, to target: ID<Code>) {
    func retargeted(_ reference: Reference) -> Reference {
      switch reference {
      case .code(id): .code(target)
      case .cell(let key) where key.column == id: .cell(Cell.Key(row: key.row, column: target))
      default: reference
      }
    }
    for note in project.notes where note.about.contains(where: { retargeted($0) != $0 }) {
      project.notes[note.id]?.about = note.about.map(retargeted)
    }
    for evidence in project.evidence {
      if case .cell(let key) = evidence.ground, key.column == id {
        project.evidence[evidence.id]?.ground = .cell(Cell.Key(row: key.row, column: target))
      }
    }
    for one in project.cases where one.codes.contains(id) {
      project.cases[one.id]?.codes = one.codes.map { $0 == id ? target : $0 }
    }
    for set in project.sets where set.members.contains(where: { retargeted($0) != $0 }) {
      project.sets[set.id]?.members = set.members.map(retargeted)
    }
    for one in project.categories where one.column == id {
      project.categories[one.id]?.column = target
    }
    for one in project.typologies where one.columns.contains(id) {
      project.typologies[one.id]?.columns = one.columns.map { $0 == id ? target : $0 }
    }
    for one in project.explanations where one.cells.contains(where: { $0.column == id }) {
      project.explanations[one.id]?.cells = one.cells.map {
        $0.column == id ? Cell.Key(row: $0.row, column: target) : $0
      }
    }
    for rule in project.rules where rule.code == id { project.rules[rule.id]?.code = target }
  }
}
