internal import QDACore

/// A cue as it stands in the file.
struct RawCue {
  var id: String?
  var start: CueTime?
  var end: CueTime?
  /// Its numbers in ``CueWords/segments``.
  var segments: Range<Int>
}

/// Finds the cues of a subtitle file, leniently: what is not cleanly a cue is still not lost.
struct CueParser {
  private var cues: [RawCue] = []
  private var words: CueWords
  private(set) var metadata: [MetadataField] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let bytes: [UInt8]
  /// Where each line begins, and after them where one would begin after the last.
  private let lineStarts: [Int]
  /// The line of times that was read last, because the same is asked for again and again.
  private var looked: (line: Int, times: (start: CueTime, end: CueTime)?) = (-1, nil)
  private let name: String
  /// Whether it is SubRip or like it, with no header, no blocks but cues, and blank lines in them.
  private let isSubRip: Bool
  /// Whether a comma stands between the times, and no numbers above them.
  private let isSBV: Bool
  private var index = 0
  private var lastNumber: Int?
  private var notes: [Int] = []
  private var untimed: [Int] = []
  private var badTimes: [Int] = []
  private var isTruncated = false

  init(_ utf8: [UInt8], _ format: Format, name: String) {
    bytes = utf8
    self.name = name
    isSubRip = format != .webVTT
    isSBV = format == .sbv
    var starts = [0]
    starts.reserveCapacity(bytes.count / 16)
    while let start = starts.last, start < bytes.count {
      starts.append(bytes.first(0x0A, in: start..<bytes.count) + 1)
    }
    lineStarts = starts
    words = CueWords(isSubRip: isSubRip, bytes: bytes.count, lines: starts.count)
    cues.reserveCapacity(lineCount / 3)
    if !isSubRip { readHeader() }
    while index < lineCount {
      if isEmpty(index) { index += 1 } else { readBlock() }
    }
    report()
  }

  /// Hands the cues over.
  mutating func takeCues() -> [RawCue] {
    defer { cues = [] }
    return cues
  }

  /// Hands the words of the cues over.
  mutating func takeWords() -> CueWords {
    defer { words = CueWords(isSubRip: isSubRip) }
    return words
  }

  private var lineCount: Int { lineStarts.count - 1 }

  private func range(_ index: Int) -> Range<Int> { lineStarts[index]..<lineStarts[index + 1] - 1 }

  private func line(_ index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

  private func string(_ index: Int) -> String {
    String(decoding: line(index), as: UTF8.self).trimmingLayoutSpace
  }

  private func number(_ index: Int) -> Int? {
    let line = line(index)
    // Most lines are no numbers, and most numbers have nothing around them: neither costs a string.
    guard let last = line.last, last < 0x3A || last >= 0x80 else { return nil }
    var value = 0
    for byte in line {
      guard (0x30...0x39).contains(byte), value < 100_000_000 else { return Int(string(index)) }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  private func isEmpty(_ index: Int) -> Bool { lineStarts[index] + 1 == lineStarts[index + 1] }

  private func isBlank(_ index: Int) -> Bool {
    line(index).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private mutating func times(_ index: Int) -> (start: CueTime, end: CueTime)? {
    // Nearly no other line begins with a digit, or with white before one.
    let line = line(index)
    guard let first = line.first, first < 0x3A else { return nil }
    if looked.line == index { return looked.times }
    let times = isSBV ? CueTime.commaPair(line) : CueTime.pair(line)
    // That the line of a cue's number has none shows at once.
    if times != nil { looked = (index, times) }
    return times
  }

  private mutating func isTimes(_ index: Int) -> Bool {
    index < lineCount && times(index) != nil
  }

  private mutating func isAttempt(_ index: Int) -> Bool {
    index < lineCount && (isTimes(index) || !isSBV && CueTime.isAttempt(line(index)))
  }

  private mutating func readHeader() {
    guard lineCount > 0 else { return }
    guard line(0).starts(with: Array("WEBVTT".utf8)) else {
      diagnostics.append(
        Diagnostic(
          "webvtt.header-missing", .note, at: .file(name, line: 1, column: 1),
          "the file does not begin with WEBVTT",
          solutions: ["write WEBVTT and a blank line at the top, so that other tools read it too"]))
      return
    }
    index = 1
    while index < lineCount, !isEmpty(index), !isAttempt(index) {
      let text = string(index)
      if let colon = text.firstIndex(of: ":"), colon > text.startIndex {
        let value = String(text[text.index(after: colon)...]).trimmingLayoutSpace
        let field = String(text[..<colon])
        if !value.isEmpty, field.allSatisfy({ $0.isLetter || $0 == "-" }) {
          metadata.append(MetadataField(name: field, value: value))
        }
      }
      index += 1
    }
  }

  private mutating func readBlock() {
    if !isSubRip, isOtherBlock() {
      if line(index).first == UInt8(ascii: "N") { notes.append(index) }
      skipBlock()
    } else if isAttempt(index) {
      readCue(id: nil)
    } else if !isSBV, isAttempt(index + 1) {
      let id = string(index)
      index += 1
      readCue(id: id)
    } else if isBlank(index) {
      index += 1
    } else {
      untimed.append(index)
      if let number = nextNumber(index), index + 1 < lineCount, !isEmpty(index + 1) {
        lastNumber = number
        index += 1
      }
      let payload = readPayload()
      append(RawCue(segments: words.read(payload)))
    }
  }

  // Whether a comment, styles or a region begin here.
  private func isOtherBlock() -> Bool {
    let line = line(index)
    guard let first = line.first, "NSR".utf8.contains(first) else { return false }
    let word = line.prefix { $0 != 0x20 && $0 != 0x09 }
    return ["NOTE", "STYLE", "REGION"].contains(String(decoding: word, as: UTF8.self))
  }

  private mutating func skipBlock() {
    index += 1
    while index < lineCount, !isEmpty(index), !isAttempt(index) { index += 1 }
  }

  private mutating func readCue(id: String?) {
    let times = times(index)
    let timeLine = index
    if id != nil, let number = number(index - 1) { lastNumber = number }
    index += 1
    let payload = readPayload()
    var segments = words.read(payload)
    // Words beside the times, and none below, are the cue's.
    if segments.isEmpty, times != nil, !isSBV {
      segments = words.read(CueTime.words(after: line(timeLine)))
    }
    let isAtEnd = index >= lineCount
    if times == nil {
      if segments.isEmpty, isAtEnd {
        isTruncated = true
        return
      }
      badTimes.append(timeLine)
    } else if segments.isEmpty, isAtEnd, timeLine == lineCount - 1, bytes.last != 0x0A {
      isTruncated = true
      return
    }
    append(RawCue(id: id, start: times?.start, end: times?.end, segments: segments))
  }

  private mutating func append(_ cue: RawCue) {
    if !cue.segments.isEmpty { cues.append(cue) }
  }

  // The payload ends with an empty line, or with the next times where that line is missing; the
  // number before those times is an id only if it goes on from the last one.
  private mutating func readPayload() -> ArraySlice<UInt8> {
    let first = index
    var end = index
    while index < lineCount {
      if isEmpty(index) {
        guard isSubRip, let next = nextOfSameCue() else { break }
        index = next
        continue
      }
      if isTimes(index) { break }
      if index > first || end > first, isTimes(index + 1), let number = number(index),
        number == lastNumber.map({ $0 + 1 })
      {
        break
      }
      index += 1
      end = index
    }
    guard end > first else { return [] }
    return bytes[lineStarts[first]..<lineStarts[end] - 1]
  }

  // A blank line ends a cue of SubRip only where the next cue, or nothing, follows.
  private mutating func nextOfSameCue() -> Int? {
    var next = index
    while next < lineCount, isBlank(next) { next += 1 }
    guard next < lineCount, next - index <= 3, !isAttempt(next), nextNumber(next) == nil else {
      return nil
    }
    return isAttempt(next + 1) && isNumber(next) ? nil : next
  }

  // The number of a line where it goes on from that of the cue before, as that of a cue would.
  private func nextNumber(_ index: Int) -> Int? {
    guard isSubRip, let lastNumber, let number = number(index), number == lastNumber + 1 else {
      return nil
    }
    return number
  }

  private func isNumber(_ index: Int) -> Bool {
    let line = line(index)
    return !line.isEmpty && line.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x20 }
  }

  private mutating func report() {
    if isTruncated {
      diagnostics.append(
        Diagnostic(
          "webvtt.truncated", .warning, at: .file(name, line: lineCount, column: 1),
          "the file is cut off in its last cue, which is left out",
          solutions: ["fetch or export the file again"]))
    }
    add(badTimes) { place, count in
      Diagnostic(
        "webvtt.bad-timing", .warning, at: place,
        "the times of a cue cannot be read; its words are kept without times",
        solutions: ["write the times as 00:00:01.000 --> 00:00:02.500"], count: count)
    }
    add(untimed) { place, count in
      Diagnostic(
        "webvtt.untimed-text", .warning, at: place,
        "text stands outside of any cue; it is kept without times",
        solutions: ["give it times, or remove the blank line before it"], count: count)
    }
    add(notes) { place, count in
      Diagnostic(
        "webvtt.notes-left-out", .note, at: place, "NOTE blocks are comments and were left out",
        solutions: ["move into a cue what somebody said"], count: count)
    }
  }

  private mutating func add(_ places: [Int], _ make: (Place, Int) -> Diagnostic) {
    guard let first = places.first else { return }
    diagnostics.append(make(.file(name, line: first + 1, column: 1), places.count))
  }
}
