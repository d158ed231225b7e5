/// The words of cues, freed of tags and split by voices.
///
/// A line of a cue is a stretch of ``utf8``, and one voice's lines in a cue are a segment.
struct CueWords {
  /// What one voice says in a cue.
  struct Segment {
    /// A number in ``CueWords/voices``.
    var voice: Int?
    /// Numbers of ``CueWords/lines``: those that are not blank.
    var lines: Range<Int>
    /// Whether it is a line of a dialogue between two who are not named.
    var isDialogue = false
  }

  /// All lines, each with `\n` after it.
  private(set) var utf8: [UInt8] = []
  /// The lines without white at their ends.
  private(set) var lines: [Range<Int>] = []
  var segments: [Segment] = []
  /// The names in voice tags, each once.
  private(set) var voices: [String] = []

  private let isSubRip: Bool
  private var voiceNumbers: [ByteKey: Int?] = [:]
  private var voice: Int?
  private var segmentStart = 0
  private var lineStart = 0

  /// Creates room for the words of a file of so many bytes and lines.
  init(isSubRip: Bool, bytes: Int = 0, lines: Int = 0) {
    self.isSubRip = isSubRip
    utf8.reserveCapacity(bytes)
    self.lines.reserveCapacity(lines / 2)
    segments.reserveCapacity(lines / 3)
  }

  /// Reads the lines between a cue's times and the blank line after it, and gives their segments.
  ///
  /// Tags that the format knows are mark-up; everything else in angle brackets is text, because
  /// transcribers put remarks there.
  mutating func read(_ payload: ArraySlice<UInt8>) -> Range<Int> {
    let first = segments.count
    voice = nil
    segmentStart = lines.count
    lineStart = utf8.count
    let special = Self.special
    let bytes = payload.span
    let base = payload.startIndex
    var position = payload.startIndex
    // The end of the next tag is looked for once, so that many `<` before one `>` cost nothing.
    var close = payload.startIndex - 1
    while position < payload.endIndex {
      let plain = position
      position = base + bytes.first(special, in: position - base..<bytes.count)
      if plain < position { utf8.append(contentsOf: payload[plain..<position]) }
      guard position < payload.endIndex else { break }
      let byte = payload[position]
      switch byte {
      case 0x0A:
        endLine()
        position += 1
      case 0x3C:
        if close <= position {
          close = payload[position...].firstIndex(of: 0x3E) ?? payload.endIndex
        }
        if close < payload.endIndex, take(tag: payload[position + 1..<close]) {
          position = close + 1
        } else {
          utf8.append(byte)
          position += 1
        }
      case 0x26:
        position += Self.appendReference(payload[position...], to: &utf8)
      case 0x7B where isSubRip && payload[position...].starts(with: Self.override):
        // `{\an8}` places a cue; without an end it is text.
        let end = payload[position...].prefix(32).firstIndex(of: 0x7D)
        if end == nil { utf8.append(byte) }
        position = end.map { $0 + 1 } ?? position + 1
      default:
        utf8.append(byte)
        position += 1
      }
    }
    endSegment()
    splitDialogue(from: first)
    return first..<segments.count
  }

  /// Takes lines away that no segment has any more.
  mutating func compact() {
    let (old, oldLines) = (utf8, lines)
    utf8 = []
    lines = []
    for index in segments.indices {
      let start = lines.count
      for line in segments[index].lines {
        lineStart = utf8.count
        utf8.append(contentsOf: old[oldLines[line]])
        lines.append(lineStart..<utf8.count)
        utf8.append(0x0A)
      }
      segments[index].lines = start..<lines.count
    }
  }

  /// Hands the lines over as one text, without a line end after the last.
  mutating func takeText() -> [UInt8] {
    defer { utf8 = [] }
    if !utf8.isEmpty { utf8.removeLast() }
    return utf8
  }

  /// The place of a segment's words.
  func range(of segment: Segment) -> Range<Int> {
    segment.lines.isEmpty
      ? 0..<0
      : lines[segment.lines.lowerBound].lowerBound..<lines[segment.lines.upperBound - 1].upperBound
  }

  private static let special = ByteSet("\n<&{".utf8)

  private mutating func endLine() {
    if lineStart < utf8.count, !utf8[utf8.count - 1].isInk || !utf8[lineStart].isInk {
      let trimmed = String(decoding: utf8[lineStart...], as: UTF8.self).trimmingLayoutSpace
      utf8.replaceSubrange(lineStart..., with: trimmed.utf8)
    }
    guard lineStart < utf8.count else { return }
    lines.append(lineStart..<utf8.count)
    utf8.append(0x0A)
    lineStart = utf8.count
  }

  private mutating func endSegment() {
    endLine()
    if segmentStart < lines.count {
      segments.append(Segment(voice: voice, lines: segmentStart..<lines.count))
    }
    segmentStart = lines.count
  }

  // MARK: - Tags

  // Returns whether it is a tag of the format.
  private mutating func take(tag: ArraySlice<UInt8>) -> Bool {
    guard let first = tag.first, tag.count <= 1024 else { return false }
    if (0x30...0x39).contains(first) {
      return tag.allSatisfy { (0x30...0x3A).contains($0) || $0 == 0x2E }
    }
    let isClosing = first == 0x2F
    let body = isClosing ? tag.dropFirst() : tag
    if isSubRip { return isSubRipTag(body) }
    let end =
      body.firstIndex { $0 == 0x2E || $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } ?? body.endIndex
    guard end - body.startIndex == 1, body.first == UInt8(ascii: "v") else {
      return Self.tags.contains(String(decoding: body[body.startIndex..<end], as: UTF8.self))
    }
    endSegment()
    let name = body[end...].firstIndex { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
    voice = isClosing ? nil : name.flatMap { number(ofVoice: body[$0...]) }
    return true
  }

  private mutating func number(ofVoice name: ArraySlice<UInt8>) -> Int? {
    let key = ByteKey(name)
    if let known = voiceNumbers[key] { return known }
    let whole =
      name.contains(0x26) ? Self.decoded(name) : String(decoding: name, as: UTF8.self)
    let text = whole.trimmingLayoutSpace
    var number: Int?
    if !text.isEmpty {
      number = voices.count
      voices.append(text)
    }
    voiceNumbers[key] = .some(number)
    return number
  }

  private static let override = Array("{\\".utf8)

  private func isSubRipTag(_ body: ArraySlice<UInt8>) -> Bool {
    let name = body.prefix { $0 != 0x20 && $0 != 0x2E }
    return Self.subRipTags.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  private static let subRipTags: Set<String> = ["i", "b", "u", "s", "font", "c", "br"]

  private static let tags: Set<String> = ["c", "i", "b", "u", "lang", "ruby", "rt"]

  // MARK: - Character references

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var plain: [UInt8] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] == 0x26 {
        position += appendReference(bytes[position...], to: &plain)
      } else {
        plain.append(bytes[position] == 0x0A ? 0x20 : bytes[position])
        position += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  // Appends what a character reference stands for; returns the bytes that it takes.
  private static func appendReference(
    _ bytes: ArraySlice<UInt8>, to plain: inout [UInt8]
  ) -> Int {
    let head = bytes.prefix(12)
    if let end = head.firstIndex(of: 0x3B) {
      let name = String(decoding: head[head.startIndex + 1..<end], as: UTF8.self)
      if let scalar = Self.scalar(named: name) {
        plain.append(contentsOf: String(Character(scalar)).utf8)
        return end - head.startIndex + 1
      }
    }
    plain.append(0x26)
    return 1
  }

  private static func scalar(named name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return "\u{A0}"
    case "lrm": return "\u{200E}"
    case "rlm": return "\u{200F}"
    default: break
    }
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, number != 0 else { return nil }
    return Unicode.Scalar(number)
  }

  // MARK: - Dialogue

  // A line that begins with a dash is where another speaks, who is not named.
  private mutating func splitDialogue(from first: Int) {
    guard segments.count == first + 1, let only = segments.last, only.voice == nil,
      only.lines.contains(where: { isDashed($0, strictly: false) })
    else { return }
    let areAll = only.lines.count > 1 && only.lines.allSatisfy { isDashed($0, strictly: false) }
    segments.removeLast()
    for line in only.lines {
      if areAll || isDashed(line, strictly: true) {
        segments.append(Segment(lines: line..<line + 1, isDialogue: true))
      } else if segments.count > first {
        segments[segments.count - 1].lines =
          segments[segments.count - 1].lines.lowerBound..<line + 1
      } else {
        segments.append(Segment(lines: line..<line + 1))
      }
    }
  }

  // One line alone needs a capital, because a dash also stands before words thrown in.
  private func isDashed(_ line: Int, strictly: Bool) -> Bool {
    let range = lines[line]
    // A hyphen, or the first byte of the longer dashes.
    guard utf8[range.lowerBound] == 0x2D || utf8[range.lowerBound] == 0xE2 else { return false }
    let scalars = String(decoding: utf8[range], as: UTF8.self).unicodeScalars
    guard let first = scalars.first, first == "-" || first == "–" || first == "—" else {
      return false
    }
    let rest = scalars.dropFirst()
    let words = rest.drop { $0.isLayoutSpace || "[(¿¡\"“«".unicodeScalars.contains($0) }
    guard let letter = words.first, letter.properties.isAlphabetic else { return false }
    if !strictly, rest.first?.isLayoutSpace == true { return true }
    return !letter.properties.isLowercase
  }
}

extension UInt8 {
  /// Whether it is a sign of ASCII that is not white, on its own.
  var isInk: Bool { (0x21..<0x7F).contains(self) }
}

extension String {
  /// The string without white at its ends, in the sense of layout.
  var trimmingLayoutSpace: String {
    // Most have nothing to trim.
    if let first = utf8.first, let last = utf8.last, first.isInk, last.isInk { return self }
    var view = unicodeScalars[...]
    while view.first?.isLayoutSpace == true { view.removeFirst() }
    while view.last?.isLayoutSpace == true { view.removeLast() }
    return String(view)
  }
}
