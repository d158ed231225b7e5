/// The range and nature of what is said in a column: its categories down to elements and their cases.
public struct RangeAndNature: Hashable, Sendable, Codable {
  /// A line of the table.
  public struct Line: Hashable, Sendable, Codable {
    /// The category, dimension or element.
    public var category: ID<Category>
    /// How far it is below the top of its tree.
    public var depth: Int
    /// The cases of its elements, each once, in the study's order.
    public var cases: [ID<Case>]
  }

  /// The column.
  public var column: ID<Code>
  /// The lines, each tree from its top.
  public var lines: [Line]
  /// The cases whose cell has a summary.
  public var summarised: [ID<Case>]
  /// Those of them that no element takes up.
  public var without: [ID<Case>]
}

/// Where the cases of a typology are.
public struct TypologyTable: Hashable, Sendable, Codable {
  /// A type with its cases.
  public struct Row: Hashable, Sendable, Codable {
    /// The type's name.
    public var type: String
    /// Its cases, in the study's order.
    public var cases: [ID<Case>]
  }

  /// The typology.
  public var typology: ID<Typology>
  /// The types in their order.
  public var rows: [Row]
  /// The cases that fit none, with the reason that somebody gave.
  public var unplaceable: [Typology.Placement]
  /// The cases of the unit that nobody placed.
  public var unplaced: [ID<Case>]
  /// The cases that are in more than one type.
  public var repeated: [ID<Case>]
}

extension Project {
  /// The range and nature of what is said in a column.
  public func rangeAndNature(of column: ID<Code>) -> RangeAndNature {
    let own = categories.filter { $0.column == column }
    let ids = Set(own.map(\.id))
    let children = Dictionary(grouping: own) { one in
      one.parent.flatMap { ids.contains($0) ? $0 : nil }
    }
    var lines: [RangeAndNature.Line] = []
    var said: [ID<Category>: Set<ID<Case>>] = [:]
    var seen: Set<ID<Category>> = []
    var order: [(Category, Int)] = []
    var stack = (children[nil] ?? []).reversed().map { ($0, 0) }
    while let (one, depth) = stack.popLast() {
      guard seen.insert(one.id).inserted else { continue }
      order.append((one, depth))
      stack += (children[one.id] ?? []).reversed().map { ($0, depth + 1) }
    }
    // What is below comes after in this order, so that the way back gathers upwards.
    for (one, _) in order.reversed() {
      said[one.id, default: []].formUnion(one.cases)
      if let parent = one.parent { said[parent, default: []].formUnion(said[one.id] ?? []) }
    }
    for (one, depth) in order {
      lines.append(
        RangeAndNature.Line(
          category: one.id, depth: depth,
          cases: cases.ids.filter { said[one.id]?.contains($0) == true }))
    }
    let summarised = cases.ids.filter {
      cells[Cell.Key(row: $0, column: column)]?.state == .summarised
    }
    let taken = own.reduce(into: Set<ID<Case>>()) { $0.formUnion($1.cases) }
    return RangeAndNature(
      column: column, lines: lines, summarised: summarised,
      without: summarised.filter { !taken.contains($0) })
  }

  /// Where the cases of a typology are, the unplaced and those in two types included.
  public func table(of typology: Typology) -> TypologyTable {
    let unit = cases.filter { $0.unit == typology.unit }.map(\.id)
    var types: [ID<Case>: Set<String>] = [:]
    for placement in typology.placements {
      if let type = placement.type { types[placement.one, default: []].insert(type) }
    }
    let known = Set(typology.placements.map(\.one))
    return TypologyTable(
      typology: typology.id,
      rows: typology.types.map { type in
        TypologyTable.Row(
          type: type.name, cases: cases.ids.filter { types[$0]?.contains(type.name) == true })
      },
      unplaceable: typology.placements.filter { $0.type == nil && types[$0.one] == nil },
      unplaced: unit.filter { !known.contains($0) },
      repeated: cases.ids.filter { (types[$0]?.count ?? 0) > 1 })
  }

  /// All cells of a case that say something, in the order of the framework: the view within a case.
  public func cells(within one: ID<Case>) -> [Cell] {
    codebook.inReadingOrder.compactMap { cells[Cell.Key(row: one, column: $0.id)] }
  }

  /// All cells of a column, in the order of the cases: the view between cases.
  public func cells(under column: ID<Code>) -> [Cell] {
    cases.compactMap { cells[Cell.Key(row: $0.id, column: column)] }
  }

  // MARK: Changes

  /// The change that puts mapping into a study, or in the place of what has the same id.
  public func mapping(
    categories: [Category] = [], typologies: [Typology] = [], explanations: [Explanation] = [],
    id: ID<Change>, stamp: Stamp, why: String = ""
  ) -> Change {
    func operation<Value: Identified & Equatable>(
      _ value: Value, _ old: Value?, _ wrap: (Value) -> Object
    ) -> Operation? {
      if old == value { return nil }
      return old.map { .replace(wrap($0), with: wrap(value)) } ?? .insert(wrap(value), at: nil)
    }
    return Change(
      id: id, stamp: stamp, why: why,
      operations: categories.compactMap { operation($0, self.categories[$0.id]) { .category($0) } }
        + typologies.compactMap { operation($0, self.typologies[$0.id]) { .typology($0) } }
        + explanations.compactMap {
          operation($0, self.explanations[$0.id]) { .explanation($0) }
        })
  }

  /// What a careful colleague would point out about the mapping.
  func checkMapping() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for typology in typologies {
      let table = table(of: typology)
      func names(_ ids: [ID<Case>]) -> String {
        ids.compactMap { cases[$0]?.name }.joined(separator: ", ")
      }
      if !table.repeated.isEmpty {
        found.append(
          Diagnostic(
            "map.case-repeated", .error,
            "typology '\(typology.name)' has \(names(table.repeated)) in more than one type",
            explanation: "Types are discrete: each case is in one.",
            solutions: ["decide on one type, or add a dimension by which the types differ"]))
      }
      if !table.unplaced.isEmpty {
        found.append(
          Diagnostic(
            "map.case-unplaced", .note,
            "typology '\(typology.name)' says nothing of \(names(table.unplaced))",
            solutions: ["place each case, or say with a reason that it fits no type"]))
      }
    }
    for one in categories where one.level == .element {
      let silent = one.cases.filter {
        cells[Cell.Key(row: $0, column: one.column)]?.state != .summarised
      }
      if !silent.isEmpty {
        found.append(
          Diagnostic(
            "map.element-without-cell", .warning,
            "element '\(one.name)' names \(silent.compactMap { cases[$0]?.name }.joined(separator: ", ")), "
              + "whose cell has no summary",
            solutions: ["chart the cell, or take the case out of the element"]))
      }
    }
    for one in explanations where one.kind == .explicit && one.passages.isEmpty {
      found.append(
        Diagnostic(
          "map.explanation-ungrounded", .warning,
          "the explanation '\(one.text.prefix(60))' is called explicit and names no passage",
          explanation: "An explicit reason is one that a participant gives.",
          solutions: ["name the passage, or call it implicit"]))
    }
    return found
  }
}
