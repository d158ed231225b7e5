/// A summary under which something changed since it was written.
public struct StaleCell: Hashable, Sendable, Codable {
  /// The cell.
  public var key: Cell.Key
  /// The position among the cell's alternatives, or `nil` for the summary itself.
  public var alternative: Int?
  /// What changed, the code first, then codings by id.
  public var differences: [Cell.Difference]
}

/// What stands under the cells of a study now, and where that differs from what they were written on.
public struct ChartingState: Sendable {
  /// The summaries under which something changed, by case and code.
  public var stale: [StaleCell] = []
  /// The cells that are charted and do not say on what, by case and code.
  public var unrecorded: [Cell.Key] = []
  /// The cells under which something is coded and that nobody has charted, by case and code.
  public var uncharted: [Cell.Key] = []

  /// Compares all cells of a study with what is under them.
  ///
  /// - Complexity: O(*n* + *c* log *n*) for *n* codings and *c* cells, and linear in the texts.
  public init(of project: Project, matrix given: CodingMatrix? = nil) {
    let matrix = given ?? CodingMatrix(project)
    var reader = BasisReader(project, matrix)
    for key in project.cells.keys.sorted() {
      guard let cell = project.cells[key] else { continue }
      if cell.state != .notCharted {
        if let basis = cell.basis {
          let differences = reader.differences(of: basis, at: key)
          if !differences.isEmpty {
            stale.append(StaleCell(key: key, alternative: nil, differences: differences))
          }
        } else {
          unrecorded.append(key)
        }
      }
      for (position, alternative) in cell.alternatives.enumerated() {
        var differences = alternative.basis.map { reader.differences(of: $0, at: key) } ?? []
        if let code = alternative.code { differences.insert(.movedFrom(code), at: 0) }
        if !differences.isEmpty {
          stale.append(StaleCell(key: key, alternative: position, differences: differences))
        }
      }
    }
    for one in matrix.cases {
      for (code, _) in matrix.codes(of: one) {
        let key = Cell.Key(row: one, column: code)
        if (project.cells[key]?.state ?? .notCharted) == .notCharted { uncharted.append(key) }
      }
    }
  }
}

extension Project {
  /// What a summary would be written on now, for each of some cells.
  public func bases(
    of keys: some Sequence<Cell.Key>, matrix: CodingMatrix? = nil
  ) -> [Cell.Key: Cell.Basis] {
    let keys = Array(keys)
    return Dictionary(
      zip(keys, basesInOrder(of: keys, matrix: matrix)), uniquingKeysWith: { first, _ in first })
  }

  /// What a summary would be written on now, for each of some cells in their order.
  ///
  /// - Complexity: O(*n* + *c* log *n*) for *n* codings and *c* cells, and linear in the texts.
  func basesInOrder(of keys: [Cell.Key], matrix: CodingMatrix? = nil) -> [Cell.Basis] {
    var reader = BasisReader(self, matrix ?? CodingMatrix(self))
    return keys.map { reader.basis(of: $0) }
  }
}

/// Says what is under a cell.
private struct BasisReader {
  private let project: Project
  private let matrix: CodingMatrix
  private var checks: PassageChecks
  private var meanings: [ID<Code>: UInt32] = [:]
  /// The source of the cell before, which is most often that of the next.
  private var last: (source: UInt32, block: SourceBlock, checks: [UInt32]?)?

  init(_ project: Project, _ matrix: CodingMatrix) {
    self.project = project
    self.matrix = matrix
    checks = PassageChecks(project)
    for code in project.codebook.codes { meanings[code.id] = code.meaning }
  }

  mutating func basis(of key: Cell.Key) -> Cell.Basis {
    var entries: [Cell.Basis.Entry] = []
    let codings = matrix[key.row, key.column]
    entries.reserveCapacity(codings.count)
    for entry in codings {
      if last?.source != entry.source {
        let source = matrix.sources[Int(entry.source)]
        last = matrix.store.blocks[source].map {
          (entry.source, $0, checks.checks(of: $0, in: source))
        }
      }
      guard let (_, block, checks) = last else { continue }
      let row = block.codings[Int(entry.coding)]
      entries.append(Cell.Basis.Entry(coding: row.id, words: checks?[Int(row.passage)]))
    }
    if entries.count > 1 { entries.sort { $0.coding < $1.coding } }
    return Cell.Basis(code: meanings[key.column] ?? 0, codings: entries)
  }

  mutating func differences(of old: Cell.Basis, at key: Cell.Key) -> [Cell.Difference] {
    let now = basis(of: key)
    if now == old { return [] }
    var found: [Cell.Difference] = old.code == now.code ? [] : [.codeRedefined]
    let before = Dictionary(
      old.codings.map { ($0.coding, $0.words) }, uniquingKeysWith: { first, _ in first })
    for entry in now.codings {
      guard let words = before[entry.coding] else {
        found.append(.added(entry.coding))
        continue
      }
      // What could not be read, then or now, says nothing of a change.
      if let words, let current = entry.words, words != current {
        found.append(.reworded(entry.coding))
      }
    }
    let current = Set(now.codings.map(\.coding))
    for entry in old.codings where !current.contains(entry.coding) {
      found.append(.removed(entry.coding))
    }
    return found
  }
}
