internal import OrderedCollections

/// How much of a study names a code, kind by kind.
public struct CodeMentions: Hashable, Sendable, CustomStringConvertible {
  /// What can name a code, in the plural.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case codings, cells, rules, categories, typologies, explanations, notes, cases, sets
    /// Codes directly below it.
    case below = "codes below it"
    /// Evidence that rests on one of its cells.
    case evidence = "pieces of evidence"
  }

  /// How many objects of each kind name the code; a kind of which none does is left out.
  public private(set) var counts: [Kind: Int]

  /// Creates counts.
  public init(_ counts: [Kind: Int]) { self.counts = counts.filter { $0.value > 0 } }

  /// Whether nothing names the code.
  public var isEmpty: Bool { counts.isEmpty }

  /// The counts in words: "codings (2), rules (1)".
  public var description: String {
    Kind.allCases.compactMap { kind in counts[kind].map { "\(kind.rawValue) (\($0))" } }
      .joined(separator: ", ")
  }
}

extension Project {
  /// What names a code: codings whatever their status, charted cells, codes below it, and the rules,
  /// categories, typologies, explanations, notes, evidence, cases and sets that say it.
  ///
  /// - Complexity: O(*n*) in the number of these objects.
  public func mentions(of code: ID<Code>) -> CodeMentions {
    func isMeant(_ reference: Reference) -> Bool { reference.code == code }
    func isGround(_ evidence: Evidence) -> Bool {
      if case .cell(let key) = evidence.ground { key.column == code } else { false }
    }
    return CodeMentions([
      .codings: codings.codings(of: code).count,
      .cells: cells.values.count { $0.key.column == code && $0.state != .notCharted },
      .below: codebook.children(of: code).count, .rules: rules.count { $0.code == code },
      .categories: categories.count { $0.column == code },
      .typologies: typologies.count { $0.columns.contains(code) },
      .explanations: explanations.count { $0.cells.contains { $0.column == code } },
      .notes: notes.count { $0.about.contains(where: isMeant) },
      .evidence: evidence.count(where: isGround),
      .cases: cases.count { $0.codes.contains(code) },
      .sets: sets.count { $0.members.contains(where: isMeant) },
    ])
  }
}

extension Change {
  /// An object that names another code after a change of the framework than before it.
  public struct Repointing: Hashable, Sendable {
    /// The object as it is then: a note, a piece of evidence, a case, a set, a category, a typology, an
    /// explanation or a rule.
    public var object: Object
    /// The code that it named.
    public var from: ID<Code>
    /// The code that it names.
    public var to: ID<Code>
  }

  /// What names another code than before, in the order of the change; codings and cells are left out.
  public var repointings: [Repointing] {
    operations.flatMap { operation -> [Repointing] in
      guard case .replace(let old, with: let new) = operation else { return [] }
      let pairs = zip(old.namedCodes, new.namedCodes).filter { $0 != $1 }
      return OrderedSet(pairs.map { Repointing(object: new, from: $0, to: $1) }).elements
    }
  }
}

extension Object {
  /// The codes that something other than a coding or cell names, in order.
  fileprivate var namedCodes: [ID<Code>] {
    switch self {
    case .note(let note): note.about.compactMap(\.code)
    case .evidence(let evidence):
      if case .cell(let key) = evidence.ground { [key.column] } else { [] }
    case .case(let one): one.codes
    case .set(let set): set.members.compactMap(\.code)
    case .category(let category): [category.column]
    case .typology(let typology): typology.columns
    case .explanation(let explanation): explanation.cells.map(\.column)
    case .rule(let rule): [rule.code]
    default: []
    }
  }
}

extension Reference {
  /// The code that is meant, also that of a cell.
  fileprivate var code: ID<Code>? {
    switch self {
    case .code(let id): id
    case .cell(let key): key.column
    default: nil
    }
  }
}
