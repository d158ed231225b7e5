public import QDACore

/// Reads a published qualitative study from plain text.
///
/// Understands tables of participants with footnotes, quotations that end with a participant's id,
/// headings without mark-up, and the realist matrix. Every rule is stated in the guide
/// `Documentation/PublishedStudies.md`.
public enum PublishedStudyReader {
  /// The reader's version, part of what a source records.
  public static let version = 1

  /// What is known of a study beforehand.
  public struct Options: Sendable {
    /// The study's age bands; none means the bands that the table uses at least twice.
    public var ageBands: [AgeBand]
    /// The SHA-256 digest that the file had when it was read before.
    public var expectedDigest: Digest?

    /// Creates options.
    public init(ageBands: [AgeBand] = [], expectedDigest: Digest? = nil) {
      self.ageBands = ageBands
      self.expectedDigest = expectedDigest
    }
  }

  /// Reads a study.
  ///
  /// - Parameters:
  ///   - text: The text, whose lines end in `\n`.
  ///   - name: The file's name, for messages and for the source.
  ///   - rendition: How the text was made; its file digest is what ``Options/expectedDigest`` is
  ///     compared with, and where it has none the digest of the text.
  ///   - options: What is known beforehand.
  /// - Throws: ``ReadingError/malformed(file:line:column:reason:)`` where there is neither a table of
  ///   participants nor a quotation with an id nor a realist matrix.
  /// - Complexity: O(*n*) in the length of the text.
  public static func read(
    _ text: Text, name: String, rendition: Rendition = Rendition(), options: Options = Options()
  ) throws(ReadingError) -> Reading<PublishedStudy> {
    var reading = StudyReading(text, name: name)
    reading.findTables()
    reading.findHeadings()
    reading.findQuotations(ageBands: options.ageBands)
    reading.checkSampleSize()
    reading.checkMatrix()
    guard
      !reading.table.participants.isEmpty
        || reading.quotations.contains(where: { $0.participant != nil })
        || !reading.elements.isEmpty
    else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "no table of participants, no quotation that ends with a participant's id and no "
          + "realist matrix was found; read the file as a transcript or a document instead")
    }
    var rendition = rendition
    rendition.text = text.digest
    if rendition.reader == Rendition().reader { rendition.reader = "published-study" }
    var findings = reading.findings.sorted { $0.order < $1.order }
    let digest = rendition.file ?? text.digest
    if let expected = options.expectedDigest, expected != digest {
      findings.insert(changed(name, from: expected, to: digest), at: 0)
    }
    let study = PublishedStudy(
      name: name, text: text, rendition: rendition, table: reading.table,
      sections: reading.sections, quotations: reading.quotations, elements: reading.elements)
    return Reading(study, diagnostics: findings)
  }

  private static func changed(_ name: String, from old: Digest, to new: Digest) -> Diagnostic {
    Diagnostic(
      "source.changed", .error, at: .file(name, line: 0, column: 0),
      "the file is not the one that was read before", raw: new.description,
      explanation: "Positions recorded for the earlier file may point at other words now.",
      notes: ["expected SHA-256 \(old)", "found SHA-256 \(new)"],
      solutions: [
        "restore the earlier file, or read this one anew and check every passage that was anchored"
      ])
  }
}

extension Diagnostic {
  /// The place in a file, for ordering findings as the file has them.
  fileprivate var order: FileOrder {
    if case .file(_, let line, let column) = place {
      FileOrder(line: line, column: column, id: id)
    } else {
      FileOrder(line: 0, column: 0, id: id)
    }
  }
}

private struct FileOrder: Comparable {
  var line: Int
  var column: Int
  var id: String

  static func < (left: FileOrder, right: FileOrder) -> Bool {
    (left.line, left.column, left.id) < (right.line, right.column, right.id)
  }
}
