/// A stage of the Framework Method, each of which works on what the one before has left.
///
/// The five stages are those of Ritchie & Spencer 1994 ("Qualitative data analysis for applied policy
/// research", in Bryman & Burgess, pp 173–194); mapping takes the realist layer in.
public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
  /// Reading a part of the material, and noting what recurs.
  case familiarisation
  /// Making and changing the thematic framework.
  case framework
  /// Giving codes to passages.
  case indexing
  /// Summarising cases in cells.
  case charting
  /// Categories, types, associations, explanations and configurations.
  case mapping

  /// The stage whose artefact this one works on.
  public var predecessor: Stage? {
    switch self {
    case .familiarisation: nil
    case .framework: .familiarisation
    case .indexing: .framework
    case .charting: .indexing
    case .mapping: .charting
    }
  }
}

/// A stage was to run although the one before has left nothing.
public struct StageMissing: Error, Hashable, CustomStringConvertible {
  /// The stage that was to run.
  public var stage: Stage
  /// The stage that has left nothing.
  public var predecessor: Stage

  /// Creates the error.
  public init(stage: Stage, predecessor: Stage) {
    self.stage = stage
    self.predecessor = predecessor
  }

  /// The reason in a sentence.
  public var description: String {
    "\(stage.rawValue) works on what \(predecessor.rawValue) leaves, and there is nothing yet"
  }
}

extension Project {
  /// Whether a stage has left its artefact: a note or record of first reading, a code, an accepted
  /// coding, a charted cell, or anything that interprets.
  ///
  /// - Complexity: O(*n*) for *n* codings or cells that do not count.
  public func hasArtefact(of stage: Stage) -> Bool {
    switch stage {
    case .familiarisation:
      notes.contains { $0.kind == .familiarisation }
        || readings.contains { $0.purpose == .familiarisation }
    case .framework: !codebook.codes.isEmpty
    case .indexing: codings.hasAccepted
    case .charting: cells.values.contains { $0.state != .notCharted }
    case .mapping:
      !(categories.isEmpty && typologies.isEmpty && explanations.isEmpty && configurations.isEmpty)
    }
  }

  /// A change that a stage makes, refused where the stage before has left nothing.
  ///
  /// - Parameters:
  ///   - stage: The stage that makes the change.
  ///   - change: What it does.
  ///   - isOverridden: Whether somebody has decided to go on all the same; the change then says so.
  /// - Throws: ``StageMissing`` where the stage before has left nothing and nobody has decided so.
  public func running(
    _ stage: Stage, _ change: Change, isOverridden: Bool = false
  ) throws(StageMissing) -> Change {
    guard let before = stage.predecessor, !hasArtefact(of: before) else { return change }
    if !isOverridden { throw StageMissing(stage: stage, predecessor: before) }
    var recorded = change
    recorded.skipped = before
    return recorded
  }
}

extension CodingStore {
  /// Whether any coding is accepted.
  fileprivate var hasAccepted: Bool {
    blocks.values.contains { $0.codings.contains { $0.flags & 3 == 0 } }
  }
}
