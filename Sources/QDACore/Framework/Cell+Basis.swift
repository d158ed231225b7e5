extension Cell {
  /// What a summary was written on: the code as it was defined then, and the codings under the cell.
  ///
  /// A summary is as good as what was read for it. When the basis differs from what is there now, the
  /// cell is stale, and the difference says why.
  public struct Basis: Hashable, Sendable, Codable {
    /// A coding under the cell, with a checksum of its words.
    public struct Entry: Hashable, Sendable, Codable {
      /// The coding.
      public var coding: ID<Coding>
      /// The CRC-32 of the passage's words in UTF-8; `nil` where the text was not to be had.
      public var words: UInt32?

      /// Creates an entry.
      public init(coding: ID<Coding>, words: UInt32?) {
        self.coding = coding
        self.words = words
      }
    }

    /// The CRC-32 of the code's definition, inclusions and exclusions.
    public var code: UInt32
    /// The accepted codings of the case's words with the code, by id.
    public var codings: [Entry]

    /// Creates a basis.
    public init(code: UInt32, codings: [Entry] = []) {
      self.code = code
      self.codings = codings
    }
  }

  /// What changed under a summary since it was written.
  public enum Difference: Hashable, Sendable, Codable {
    /// The code's definition, inclusions or exclusions.
    case codeRedefined
    /// A coding came.
    case added(ID<Coding>)
    /// A coding went.
    case removed(ID<Coding>)
    /// The words of a coding are others: the text was corrected, or the passage cut anew.
    case reworded(ID<Coding>)
    /// The summary was written for another code, which was merged or split.
    case movedFrom(ID<Code>)
  }
}

extension Code {
  /// What a summary under the code depends on; neither the name nor the number is part of it.
  var meaning: UInt32 {
    var crc = CRC32.empty
    for part in [definition, include, exclude] {
      let bytes = Array(part.utf8)
      crc.add(bytes.span)
      crc.add(0)
    }
    return crc.value
  }
}

/// Checksums of passages, worked out when they are first asked for.
struct PassageChecks {
  private let project: Project
  private var known: [ID<Source>: [UInt32]?] = [:]

  init(_ project: Project) { self.project = project }

  /// The checksum of each passage of a source, or `nil` where its words cannot be had.
  mutating func checks(of block: SourceBlock, in source: ID<Source>) -> [UInt32]? {
    if let checks = known[source] { return checks }
    let checks = all(of: block, in: source)
    known[source] = .some(checks)
    return checks
  }

  private func all(of block: SourceBlock, in source: ID<Source>) -> [UInt32]? {
    guard let text = try? project.texts.text(of: source) else { return nil }
    let utf8 = text.string.utf8.span
    return block.passages.map { row in
      var crc = CRC32.empty
      let isWhole = row.flags & CodingStore.wholeFlag != 0
      let start = isWhole ? 0 : text.utf8Offset(ofScalar: Int(row.start))
      let end = isWhole ? text.utf8Count : text.utf8Offset(ofScalar: Int(row.end))
      if start < end { crc.add(utf8.extracting(start..<end)) }
      return crc.value
    }
  }
}
