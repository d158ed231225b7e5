internal import QDACore

/// Recognises a transcriber's signs inside the words; the text stays as it is.
///
/// Only a closed vocabulary counts: `[laughs]` is a sign and `part[ner]` is not. Looks at no more
/// than 80 bytes from each sign, so that time grows with the text and no faster.
struct NotationScanner {
  private let reach = 80
  /// Whether the signs are those of CHAT.
  let isChat: Bool

  /// The signs that lie within ranges, which are in order and do not overlap.
  func marks(in text: String, ranges: [TextSpan]) -> [Mark] {
    var text = text
    text.makeContiguousUTF8()
    let bytes = text.utf8.span
    let triggers = Self.triggers(isChat: isChat)
    var marks: [Mark] = []
    // The scalars before a place in the bytes.
    var scalar = 0
    var counted = 0
    var range = 0
    var index = 0
    var hasBullets: Bool?
    while true {
      index = bytes.first(triggers, in: index..<bytes.count)
      if index == bytes.count { return marks }
      scalar += bytes.extracting(counted..<index).scalarCount
      counted = index
      while range < ranges.count, Int(ranges[range].end) <= scalar { range += 1 }
      guard range < ranges.count else { return marks }
      let isInside = scalar >= Int(ranges[range].start)
      var found = isInside ? sign(bytes, at: index) : nil
      if isInside, found == nil, hasBullets != false, let length = bullets(bytes, index) {
        hasBullets = hasBullets ?? Self.hasDoubleBrackets(bytes)
        if hasBullets == true { found = (.pause, length) }
      }
      if let (kind, length) = found {
        let count = bytes.extracting(index..<index + length).scalarCount
        if scalar + count <= Int(ranges[range].end) {
          marks.append(Mark(.notation(kind), TextSpan(scalars: scalar..<scalar + count)))
          index += length
          continue
        }
      }
      index += 1
    }
  }

  // E2 is the first byte of the corners that mark overlap.
  // HIAT's bullet, which is a list's elsewhere, goes with its double brackets.
  private static func hasDoubleBrackets(_ bytes: Span<UInt8>) -> Bool {
    let open = ByteSet([UInt8(ascii: "(")])
    var index = 0
    while true {
      index = bytes.first(open, in: index..<bytes.count) + 1
      if index >= bytes.count { return false }
      if bytes[index] == UInt8(ascii: "(") { return true }
    }
  }

  private static func triggers(isChat: Bool) -> ByteSet {
    ByteSet(Array((isChat ? "[({<*&@_xXyw" : "[({<*@_xX").utf8) + [0xE2])
  }

  private func sign(_ bytes: Span<UInt8>, at index: Int) -> (kind: Notation, length: Int)? {
    switch bytes[index] {
    case UInt8(ascii: "["): return bracket(bytes, index, UInt8(ascii: "]"))
    case UInt8(ascii: "("): return bracket(bytes, index, UInt8(ascii: ")"))
    case UInt8(ascii: "{"): return bracket(bytes, index, UInt8(ascii: "}"))
    case UInt8(ascii: "<"):
      // GAT 2 says in front of words how they are spoken: `<<laughing> oh>`.
      guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "<") else {
        return bracket(bytes, index, UInt8(ascii: ">"))
      }
      return bracket(bytes, index + 1, UInt8(ascii: ">")).map { ($0.kind, $0.length + 1) }
    case UInt8(ascii: "*"): return bracket(bytes, index, UInt8(ascii: "*"))
    case UInt8(ascii: "&"): return chatEvent(bytes, index)
    case UInt8(ascii: "@"): return betweenAts(bytes, index)
    case UInt8(ascii: "_"): return run(bytes, index, .redaction)
    case UInt8(ascii: "X"): return run(bytes, index, .redaction)
    case UInt8(ascii: "x"): return run(bytes, index, .inaudible)
    case UInt8(ascii: "y"), UInt8(ascii: "w"): return isChat ? run(bytes, index, .inaudible) : nil
    case 0xE2: return corner(bytes, index)
    default: return nil
    }
  }

  // MARK: - Brackets

  private func bracket(
    _ bytes: Span<UInt8>, _ start: Int, _ close: UInt8
  ) -> (kind: Notation, length: Int)? {
    let opening = bytes[start]
    let isDouble =
      opening == UInt8(ascii: "(") && start + 1 < bytes.count && bytes[start + 1] == opening
    var end = start + (isDouble ? 2 : 1)
    let content = end
    let limit = min(bytes.count, start + reach)
    while end < limit, bytes[end] != close {
      if bytes[end] == opening && opening != close || bytes[end] == 0x0A { return nil }
      end += 1
    }
    guard end < limit else { return nil }
    var length = end + 1 - start
    if isDouble {
      guard end + 1 < bytes.count, bytes[end + 1] == close else { return nil }
      length += 1
    }
    let words = Self.string(bytes, content..<end)
    guard let kind = kind(words, opening) ?? (isDouble && !words.isEmpty ? .remark : nil) else {
      return nil
    }
    return (kind, length)
  }

  private func kind(_ content: String, _ opening: UInt8) -> Notation? {
    let words = content.trimmingLayoutSpace.lowercased()
    let isRound = opening == UInt8(ascii: "(")
    if words.isEmpty { return isRound && !content.isEmpty ? .inaudible : nil }
    if isRound, Self.isPause(words) || ["...", "…"].contains(words) { return .pause }
    if Self.isTimedPause(words) { return .pause }
    if words.allSatisfy({ $0 == "?" }) { return isChat ? .uncertain : .inaudible }
    if isChat, opening == UInt8(ascii: "["), [">", "<"].contains(words.prefix(1)) {
      return .overlap
    }
    if words == "[?]" { return .inaudible }
    guard words.contains(where: \.isLetter) else { return nil }
    let parts = words.split { !$0.isLetter }
    if parts.contains(where: { Self.redactions.contains(String($0)) }) { return .redaction }
    guard EventWord.isEvent(words), let first = EventWord.telling(parts) else { return nil }
    if parts.contains(where: { Self.pauses.contains(String($0)) }) { return .pause }
    if Self.starts(first, ["laugh", "chuckl", "giggl", "lach", "gelächter", "rire", "risa", "ríe"])
    {
      return .laughter
    }
    if Self.starts(first, ["inaud", "unintel", "inintel", "indeci", "unclear", "unv", "onverst"]) {
      return .inaudible
    }
    if Self.starts(first, ["crosst", "cross", "overlap", "talking", "several", "multiple"]) {
      return .overlap
    }
    return .sound
  }

  private static func starts(_ word: Substring, _ beginnings: [String]) -> Bool {
    beginnings.contains { word.hasPrefix($0) }
  }

  private static let pauses: Set<String> = [
    "pause", "pauses", "pausa", "silence", "silencio", "schweigen",
  ]

  private static let redactions: Set<String> = [
    "redacted", "anonymised", "anonymized", "removed", "deidentified", "anonymisiert",
  ]

  // `.`, `..`, `-`, `0.5`, `1,5`, `3`, `2s`, `1:02.5`, `2.5 seconds`; a bare year is none.
  private static func isPause(_ words: String) -> Bool {
    if [".", "..", "-", "--", "---"].contains(words) { return true }
    let number = words.prefix { $0.isNumber || $0 == "." || $0 == "," || $0 == ":" }
    guard number.first?.isNumber == true, number.last?.isNumber == true else {
      return number == "." || words.hasPrefix(".") && words.dropFirst().allSatisfy(\.isNumber)
    }
    let unit = words.dropFirst(number.count).drop { $0.isWhitespace }
    if units.contains(String(unit)) { return true }
    return unit.isEmpty && (number.count <= 2 || number.contains { !$0.isNumber })
  }

  private static let units: Set<String> = [
    "s", "sec", "secs", "sec.", "second", "seconds", "sek", "sek.", "sekunde", "sekunden",
  ]

  // `5 second pause`, `3-second silence` and `3 Sek. Pause`
  private static func isTimedPause(_ words: String) -> Bool {
    guard words.first?.isNumber == true else { return false }
    let parts = words.split { !$0.isLetter && !$0.isNumber }
    let rest = parts.drop { $0.allSatisfy(\.isNumber) }
    return rest.count == 2 && parts.count <= 4 && units.contains(String(rest[rest.startIndex]))
      && pauses.contains(String(rest[rest.startIndex + 1]))
  }

  // MARK: - Other signs

  // `&=laughs` and `&=coughs:loudly`
  private func chatEvent(_ bytes: Span<UInt8>, _ start: Int) -> (kind: Notation, length: Int)? {
    guard isChat, start + 2 < bytes.count, bytes[start + 1] == UInt8(ascii: "=") else { return nil }
    var end = start + 2
    let limit = min(bytes.count, start + reach)
    while end < limit, bytes[end] > 0x20 { end += 1 }
    guard end > start + 2 else { return nil }
    let word = Self.string(bytes, start + 2..<end)
    return (word.hasPrefix("laugh") ? .laughter : .sound, end - start)
  }

  // `@(2)@` is laughter for so long, `@laughing@` what TiQ says of how; `@@town##` is a replaced
  // name.
  private func betweenAts(_ bytes: Span<UInt8>, _ start: Int) -> (kind: Notation, length: Int)? {
    guard start + 2 < bytes.count else { return nil }
    let limit = min(bytes.count, start + reach)
    if bytes[start + 1] == UInt8(ascii: "@") {
      var end = start + 2
      while end + 1 < limit, bytes[end] != 0x0A {
        if bytes[end] == UInt8(ascii: "#"), bytes[end + 1] == UInt8(ascii: "#") {
          return (.redaction, end + 2 - start)
        }
        end += 1
      }
    } else if bytes[start + 1] == UInt8(ascii: "(") {
      var end = start + 2
      while end < limit, Self.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
      if end > start + 2, end + 1 < bytes.count, bytes[end] == UInt8(ascii: ")"),
        bytes[end + 1] == UInt8(ascii: "@")
      {
        return (.laughter, end + 2 - start)
      }
    } else if start == 0 || !Self.isWord(bytes[start - 1]) {
      var end = start + 1
      while end < limit, Self.isWord(bytes[end]) { end += 1 }
      guard end < limit, bytes[end] == UInt8(ascii: "@") else { return nil }
      return kind(Self.string(bytes, start + 1..<end), bytes[start]).map { ($0, end + 1 - start) }
    }
    return nil
  }

  // Three of one letter or line that stand by themselves.
  private func run(
    _ bytes: Span<UInt8>, _ start: Int, _ kind: Notation
  ) -> (kind: Notation, length: Int)? {
    if start > 0, Self.isWord(bytes[start - 1]) { return nil }
    var end = start
    while end < bytes.count, bytes[end] == bytes[start] { end += 1 }
    let length = end - start
    let isExact = bytes[start] >= UInt8(ascii: "a")
    guard isExact ? length == 3 : length >= 3 else { return nil }
    if end < bytes.count, Self.isWord(bytes[end]) { return nil }
    return (kind, length)
  }

  // ⌈ ⌉ ⌊ ⌋ and └ ┘
  private func corner(_ bytes: Span<UInt8>, _ start: Int) -> (kind: Notation, length: Int)? {
    guard start + 2 < bytes.count else { return nil }
    let isCorner =
      switch (bytes[start + 1], bytes[start + 2]) {
      case (0x8C, 0x88...0x8B), (0x94, 0x94), (0x94, 0x98): true
      default: false
      }
    return isCorner ? (.overlap, 3) : nil
  }

  // `•` and `• •` between words; where it begins a line it is of a list.
  private func bullets(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    func isBullet(_ index: Int) -> Bool {
      index + 2 < bytes.count && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
        && bytes[index + 2] == 0xA2
    }
    guard isBullet(start), start > 0, bytes[start - 1] == 0x20 else { return nil }
    var before = start - 1
    while before > 0, bytes[before] == 0x20, start - before < reach { before -= 1 }
    guard bytes[before] > 0x20 else { return nil }
    var end = start + 3
    while end < min(bytes.count, start + reach), bytes[end] == 0x20, isBullet(end + 1) { end += 4 }
    return end - start
  }

  // MARK: - Bytes

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
      || byte == UInt8(ascii: "_")
  }

  private static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: range.map { bytes[$0] }, as: UTF8.self)
  }
}

extension TranscriptAnalysis {
  /// Marks the signs inside the words of the turns.
  mutating func addNotation(in text: String, isChat: Bool) {
    var ranges: [TextSpan] = []
    ranges.reserveCapacity(turns.count)
    for turn in turns { ranges += turn.ranges }
    let found = NotationScanner(isChat: isChat).marks(in: text, ranges: ranges)
    if found.isEmpty { return }
    marks += found
    marks.sort { $0.span < $1.span }
  }
}
