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
    func isMeant(_ reference: Reference) -> Bool {
      switch reference {
      case .code(code): true
      case .cell(let key): key.column == code
      default: false
      }
    }
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
