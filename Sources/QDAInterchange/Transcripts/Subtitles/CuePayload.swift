/// The words of a cue, freed of tags and split by voices.
struct CuePayload {
  /// What one voice says in a cue.
  struct Segment {
    var voice: String?
    /// The lines that are not blank, without white at their ends.
    var lines: [String] = []
    /// Whether it is a line of a dialogue between two who are not named.
    var isDialogue = false
  }

  private(set) var segments: [Segment] = []
  private let isSubRip: Bool
  private var voice: String?
  private var line: [UInt8] = []
  private var lines: [String] = []

  /// Reads the lines between a cue's times and the blank line after it.
  ///
  /// Tags that the format knows are mark-up; everything else in angle brackets is text, because
  /// transcribers put remarks there.
  init(_ payload: ArraySlice<UInt8>, isSubRip: Bool) {
    self.isSubRip = isSubRip
    // Most cues are plain, and then their lines are all there is.
    if !payload.contains(where: { $0 == 0x3C || $0 == 0x26 || $0 == 0x7B }) {
      for piece in payload.split(separator: 0x0A) {
        let text = Self.trimmed(piece)
        if !text.isEmpty { lines.append(text) }
      }
      if !lines.isEmpty { segments = [Segment(voice: nil, lines: lines)] }
      splitDialogue()
      return
    }
    var position = payload.startIndex
    // The end of the next tag is looked for once, so that many `<` before one `>` cost nothing.
    var close = payload.startIndex - 1
    while position < payload.endIndex {
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
          line.append(byte)
          position += 1
        }
      case 0x26:
        position += reference(payload[position...])
      case 0x7B where isSubRip && payload[position...].starts(with: Self.override):
        // `{\an8}` places a cue; without an end it is text.
        let end = payload[position...].prefix(32).firstIndex(of: 0x7D)
        if end == nil { line.append(byte) }
        position = end.map { $0 + 1 } ?? position + 1
      default:
        line.append(byte)
        position += 1
      }
    }
    endSegment()
    splitDialogue()
  }

  private mutating func endLine() {
    let text = Self.trimmed(line[...])
    if !text.isEmpty { lines.append(text) }
    line.removeAll(keepingCapacity: true)
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> String {
    let text = String(decoding: line, as: UTF8.self)
    guard let first = line.first, let last = line.last else { return text }
    // Signs of one byte above the space are not white.
    let isTrim = (0x21..<0x7F).contains(first) && (0x21..<0x7F).contains(last)
    return isTrim ? text : text.trimmingLayoutSpace
  }

  private mutating func endSegment() {
    endLine()
    if !lines.isEmpty { segments.append(Segment(voice: voice, lines: lines)) }
    lines = []
  }

  // Returns whether it is a tag of WebVTT.
  private mutating func take(tag: ArraySlice<UInt8>) -> Bool {
    guard let first = tag.first, tag.count <= 1024 else { return false }
    if (0x30...0x39).contains(first) {
      return tag.allSatisfy { (0x30...0x3A).contains($0) || $0 == 0x2E }
    }
    let isClosing = first == 0x2F
    let body = isClosing ? tag.dropFirst() : tag
    if isSubRip { return isSubRipTag(body) }
    if body.count > 1, body.first == 0x76, body[body.startIndex + 1] == 0x20 {
      // Nearly every tag there is: `<v Ana>`.
      endSegment()
      voice = isClosing ? nil : Self.voice(body.dropFirst(2))
      return true
    }
    let end =
      body.firstIndex { $0 == 0x2E || $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } ?? body.endIndex
    let name = String(decoding: body[body.startIndex..<end], as: UTF8.self)
    guard Self.tags.contains(name) else { return false }
    guard name == "v" else { return true }
    endSegment()
    if isClosing {
      voice = nil
    } else {
      let annotation = body[end...].firstIndex { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
      voice = annotation.flatMap { Self.voice(body[$0...]) }
    }
    return true
  }

  private static func voice(_ name: ArraySlice<UInt8>) -> String? {
    let text =
      name.contains(0x26) ? decoded(name).trimmingLayoutSpace : trimmed(name)
    return text.isEmpty ? nil : text
  }

  private static let override = Array("{\\".utf8)

  private func isSubRipTag(_ body: ArraySlice<UInt8>) -> Bool {
    let name = body.prefix { $0 != 0x20 && $0 != 0x2E }
    return Self.subRipTags.contains(String(decoding: name, as: UTF8.self).lowercased())
  }

  private static let subRipTags: Set<String> = ["i", "b", "u", "s", "font", "c", "br"]

  private static let tags: Set<String> = ["c", "i", "b", "u", "v", "lang", "ruby", "rt"]

  private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    var plain = CuePayload()
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] == 0x26 {
        position += plain.reference(bytes[position...])
      } else {
        plain.line.append(bytes[position] == 0x0A ? 0x20 : bytes[position])
        position += 1
      }
    }
    return String(decoding: plain.line, as: UTF8.self)
  }

  private init() { isSubRip = false }

  // Appends what a character reference stands for; returns the bytes that it takes.
  private mutating func reference(_ bytes: ArraySlice<UInt8>) -> Int {
    let head = bytes.prefix(12)
    if let end = head.firstIndex(of: 0x3B) {
      let name = String(decoding: head[head.startIndex + 1..<end], as: UTF8.self)
      if let scalar = Self.scalar(named: name) {
        line += Array(String(Character(scalar)).utf8)
        return end - head.startIndex + 1
      }
    }
    line.append(0x26)
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

  // A line that begins with a dash is where another speaks, who is not named.
  private mutating func splitDialogue() {
    guard segments.count == 1, let only = segments.first, only.voice == nil,
      only.lines.contains(where: { Self.isDashed($0, strictly: false) })
    else { return }
    let areAll =
      only.lines.count > 1 && only.lines.allSatisfy { Self.isDashed($0, strictly: false) }
    var pieces: [Segment] = []
    for line in only.lines {
      if areAll || Self.isDashed(line, strictly: true) {
        pieces.append(Segment(voice: nil, lines: [line], isDialogue: true))
      } else if let last = pieces.indices.last {
        pieces[last].lines.append(line)
      } else {
        pieces.append(Segment(voice: nil, lines: [line]))
      }
    }
    segments = pieces
  }

  // One line alone needs a capital, because a dash also stands before words thrown in.
  private static func isDashed(_ line: String, strictly: Bool) -> Bool {
    let scalars = line.unicodeScalars
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

extension String {
  /// The string without white at its ends, in the sense of layout.
  var trimmingLayoutSpace: String {
    var view = unicodeScalars[...]
    while view.first?.isLayoutSpace == true { view.removeFirst() }
    while view.last?.isLayoutSpace == true { view.removeLast() }
    return String(view)
  }
}
