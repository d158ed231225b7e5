/// The size of a project in figures, by which two readings of the same file can be compared.
///
/// Where the project was read for this purpose, positions and texts are those of its files.
public struct ProjectFigures: Hashable, Sendable, Codable {
  /// The number of sources.
  public var sources: Int
  /// The number of codes.
  public var codes: Int
  /// The number of users, called coders here.
  public var users: Int
  /// The number of cases.
  public var cases: Int
  /// The number of variables, called attributes here.
  public var variables: Int
  /// The number of values of variables, of cases and of sources.
  public var variableValues: Int
  /// The number of selections, called passages here; codings of a whole source have none.
  public var selections: Int
  /// The number of codings.
  public var codings: Int
  /// The number of notes.
  public var notes: Int
  /// The number of links.
  public var links: Int
  /// The number of times that a note is about a passage.
  public var selectionNoteRefs: Int
  /// The sum of the starts of all ranges of text, in scalars.
  public var sumOfStarts: Int
  /// The sum of the ends of all ranges of text, in scalars.
  public var sumOfEnds: Int
  /// The number of scalars of all texts.
  public var textScalars: Int
  /// The number of UTF-8 bytes of all texts, byte-order marks left out.
  public var textBytes: Int
  /// The CRC-32 of the texts of all ranges, one after another in the order of sources and positions.
  public var selectionTextCRC32: UInt32
  /// How deep the codebook is.
  public var codeLevels: Int

  private enum CodingKeys: String, CodingKey {
    case sources, codes, users, cases, variables, selections, codings, notes, links
    case variableValues = "variable_values"
    case selectionNoteRefs = "selection_noterefs"
    case sumOfStarts = "sum_start"
    case sumOfEnds = "sum_end"
    case textScalars = "text_codepoints"
    case textBytes = "text_utf8_bytes"
    case selectionTextCRC32 = "selection_text_crc32"
    case codeLevels = "max_code_level"
  }

  /// Counts a project.
  ///
  /// - Throws: ``TextUnavailable`` where the text of a source with ranges cannot be had.
  /// - Complexity: O(*n*) in the texts and the rows; one text is held at a time.
  public init(of project: Project) throws(TextUnavailable) {
    sources = project.sources.count
    codes = project.codebook.codes.count
    users = project.coders.count
    cases = project.cases.count
    variables = project.attributes.count
    variableValues =
      project.cases.reduce(0) { $0 + $1.values.count }
      + project.sources.reduce(0) { $0 + $1.values.count }
    codings = project.codings.count
    notes = project.notes.count
    links = project.objectLinks.count
    selectionNoteRefs = project.notes.reduce(0) { sum, note in
      sum + note.about.count { if case .passage = $0 { true } else { false } }
    }
    codeLevels = project.codebook.codes.reduce(0) {
      max($0, project.codebook.ancestors(of: $1.id).count + 1)
    }
    (selections, textScalars, textBytes) = (0, 0, 0)
    var (starts, ends) = (0, 0)
    var crc = CRC32()
    for source in project.sources {
      selections += project.codings.selectionCount(in: source.id)
      let text: Text
      do {
        text = try project.texts.text(of: source.id)
      } catch {
        // Stretches of a recording and boxes on a page need no text.
        var hasSpans = false
        project.codings.forEachSpan(in: source.id) { _ in hasSpans = true }
        if hasSpans { throw error }
        continue
      }
      textScalars += text.scalarCount
      textBytes += text.utf8Count
      let utf8 = text.string.utf8.span
      project.codings.forEachSpan(in: source.id) { span in
        starts += Int(span.start)
        ends += Int(span.end)
        crc.add(
          utf8.extracting(
            text.utf8Offset(ofScalar: Int(span.start))..<text.utf8Offset(ofScalar: Int(span.end))))
      }
    }
    (sumOfStarts, sumOfEnds, selectionTextCRC32) = (starts, ends, crc.value)
  }
}

/// The checksum of zip and PNG (ISO 3309), eight bytes at a time.
struct CRC32 {
  /// The checksum of nothing; its tables are made once.
  static let empty = CRC32()

  private var state: UInt32 = .max
  private let tables: [UInt32]

  init() {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      tables[byte] = value
    }
    for byte in 256..<8 * 256 {
      let before = tables[byte - 256]
      tables[byte] = before >> 8 ^ tables[Int(before & 0xFF)]
    }
    self.tables = tables
  }

  /// The checksum of the bytes so far.
  var value: UInt32 { ~state }

  mutating func add(_ byte: UInt8) {
    let index = Int((state ^ UInt32(byte)) & 0xFF)
    state = state >> 8 ^ tables[index]
  }

  mutating func add(_ bytes: Span<UInt8>) {
    let tables = tables
    let table = tables.span
    var crc = state
    var index = 0
    while index + 8 <= bytes.count {
      var block: UInt64 = 0
      for offset in 0..<8 { block |= UInt64(bytes[index + offset]) << UInt64(8 * offset) }
      block ^= UInt64(crc)
      crc = 0
      for offset in 0..<8 {
        crc ^= table[256 * (7 - offset) + Int(block >> UInt64(8 * offset) & 0xFF)]
      }
      index += 8
    }
    while index < bytes.count {
      crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[index])) & 0xFF)]
      index += 1
    }
    state = crc
  }
}
