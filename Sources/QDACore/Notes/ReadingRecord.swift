/// That somebody has read a source for something: none coded is not the same as not read.
public struct ReadingRecord: Identified, Hashable, Codable {
  /// What a source was read for.
  public enum Purpose: String, Hashable, Sendable, Codable, CaseIterable {
    /// To become familiar with it.
    case familiarisation
    /// To give codes to its passages.
    case indexing
    /// To summarise it in the charts.
    case charting
    /// To check what somebody else did.
    case checking
  }

  /// The record's id.
  public let id: ID<ReadingRecord>
  /// What was read.
  public var source: ID<Source>
  /// What for.
  public var purpose: Purpose
  /// The version of the framework under which it was read, or `nil` before there was one.
  public var version: Int?
  /// Who read it and when.
  public var stamp: Stamp
  /// A remark.
  public var comment: String

  /// Creates a record.
  public init(
    id: ID<ReadingRecord>, source: ID<Source>, purpose: Purpose, version: Int? = nil,
    stamp: Stamp = Stamp(), comment: String = ""
  ) {
    self.id = id
    self.source = source
    self.purpose = purpose
    self.version = version
    self.stamp = stamp
    self.comment = comment
  }
}

extension Codebook {
  /// The number of the framework's last version, or `nil` where it has none.
  public var currentVersion: Int? { versions.map(\.number).max() }
}

extension Project {
  /// The change that records that somebody has read sources under the framework as it is now.
  ///
  /// - Parameter records: The ids of records by source; one that is not given follows from the change's.
  public func recordingReading(
    of sources: [ID<Source>], for purpose: ReadingRecord.Purpose, id: ID<Change>, stamp: Stamp,
    comment: String = "", why: String = "",
    records: [ID<Source>: ID<ReadingRecord>] = [:]
  ) -> Change {
    let operations = sources.map { source -> Operation in
      let record = ReadingRecord(
        id: records[source]
          ?? ID(derivedFrom: [id.description, "reading", source.description]),
        source: source, purpose: purpose, version: codebook.currentVersion, stamp: stamp,
        comment: comment)
      return .insert(.reading(record), at: nil)
    }
    return Change(id: id, stamp: stamp, why: why, operations: operations)
  }

  /// The last version of the framework under which each source was read for a purpose.
  ///
  /// A source that was read before there was a version counts as read under version 0; one that is
  /// not here was never read for it, as far as is recorded.
  public func lastReadings(for purpose: ReadingRecord.Purpose) -> [ID<Source>: Int] {
    var versions: [ID<Source>: Int] = [:]
    for record in readings where record.purpose == purpose {
      versions[record.source] = max(versions[record.source] ?? 0, record.version ?? 0)
    }
    return versions
  }

  /// The familiarisation notes about each case, in the study's order; a case without one is left out.
  public var familiarisation: [(case: ID<Case>, notes: [Note])] {
    cases.compactMap { one in
      let own = notes.filter { $0.kind == .familiarisation && $0.about.contains(.case(one.id)) }
      return own.isEmpty ? nil : (one.id, own)
    }
  }

  /// The passages that a note opens on, those of the codings that it is about included.
  public func passages(of note: Note) -> [ID<Passage>] {
    var seen: Set<ID<Passage>> = []
    return note.about.compactMap { reference -> ID<Passage>? in
      switch reference {
      case .passage(let id): id
      case .coding(let id): codings[id]?.passage
      default: nil
      }
    }.filter { seen.insert($0).inserted }
  }
}
