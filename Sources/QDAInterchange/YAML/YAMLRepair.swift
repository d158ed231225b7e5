internal import QDACore
internal import Yams

/// Composes a YAML file and, where it is broken, finds the smallest stretches to leave out.
///
/// A file that fails is divided along its indentation; parts that fail by themselves are divided
/// again, down to the lines in which the fault is. Those are blanked, so that every other line keeps
/// its number, and reported.
struct YAMLRepair {
  let name: String
  private(set) var diagnostics: [Diagnostic] = []
  /// The `id` of each record that was left out, where it can be made out.
  private(set) var leftOut: [String] = []
  private let source: SourceLines
  private var lines: [String] = []
  private static let deepest = 32

  private enum Problem {
    case syntax(line: Int, column: Int, message: String)
    case duplicates([String], line: Int, column: Int)
  }

  init(lines source: SourceLines, name: String) {
    self.source = source
    self.name = name
    var unreadable: [Int] = []
    var foreign: (line: Int, column: Int, scalar: Unicode.Scalar)?
    for number in 1...source.starts.count {
      guard var bytes = source.range(number).map({ source.bytes[$0] }) else { continue }
      if bytes.last == 0x0A { bytes = bytes.dropLast() }
      if bytes.last == 0x0D { bytes = bytes.dropLast() }
      if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
      guard let line = String(validating: bytes, as: UTF8.self) else {
        let column = StoredText.columnOfBadByte(in: bytes)
        if unreadable.isEmpty { reportEncoding(number, column) }
        unreadable.append(number - 1)
        lines.append(String(decoding: bytes, as: UTF8.self))
        continue
      }
      lines.append(clean(line, number, &foreign))
    }
    if unreadable.count > 1, let index = diagnostics.indices.last {
      diagnostics[index].count = unreadable.count
    }
    for line in unreadable { blank(extent(of: line, in: 0..<lines.count)) }
    if let foreign { reportForeign(foreign) }
    cutDepths()
  }

  // Nobody nests this deep by hand, and the parser takes long over it.
  private mutating func cutDepths() {
    var levels: [Int] = []
    var first: Int?
    for line in lines.indices {
      guard let level = indent(line) else { continue }
      while let last = levels.last, last > level { levels.removeLast() }
      if levels.last != level { levels.append(level) }
      if levels.count > YAMLDocument.deepest {
        if first == nil { first = line }
        lines[line] = ""
      }
    }
    guard let first else { return }
    diagnostics.append(
      Diagnostic(
        "yaml.too-deep", .error, at: .file(name, line: first + 1, column: 1),
        "values are nested too deeply; what is deeper is left out",
        solutions: ["write the values out, one below the other"]))
  }

  /// The tree of everything that can be read, or `nil` where nothing is there.
  mutating func compose() -> Node? {
    var work: [(range: Range<Int>, depth: Int)] = [(0..<lines.count, 0)]
    while let (range, depth) = work.popLast() {
      guard let problem = problem(in: range) else { continue }
      let parts = depth < Self.deepest ? self.parts(of: range, isFile: depth == 0) : []
      let failing = parts.filter { self.problem(in: $0) != nil }
      if failing.isEmpty {
        remove(problem, in: range, parts)
        // There may be more of the same; each round leaves out at least one line.
        if case .duplicates = problem { work.append((range, depth)) }
      } else {
        work.append((range, depth))
        work += failing.map { ($0, depth + 1) }
      }
    }
    return try? Yams.compose(yaml: text(0..<lines.count), .basic, .default, .utf8)
  }

  // MARK: Finding

  // The trailing line end and padding keep the text out of the short string whose bytes move.
  private func text(_ range: Range<Int>) -> String {
    lines[range].joined(separator: "\n") + "\n" + String(repeating: "\n", count: 16)
  }

  private func problem(in range: Range<Int>) -> Problem? {
    do {
      _ = try Yams.compose(yaml: text(range), .basic, .default, .utf8)
      return nil
    } catch let error as YamlError {
      func syntax(_ mark: Yams.Mark, _ message: String) -> Problem {
        let line = min(max(range.lowerBound, range.lowerBound + mark.line - 1), lines.count - 1)
        return .syntax(line: line, column: mark.column, message: message)
      }
      switch error {
      case .scanner(let context, let problem, let mark, _):
        // For an unclosed quotation mark the context is where it opened.
        let isQuote = context?.text.contains("quoted") ?? false
        return syntax(isQuote ? context?.mark ?? mark : mark, problem)
      case .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
        return syntax(mark, problem)
      case .duplicatedKeysInMapping(let keys, let context):
        return .duplicates(
          keys, line: range.lowerBound + max(1, context.mark.line) - 1, column: context.mark.column)
      default:
        return .syntax(line: range.lowerBound, column: 1, message: "this is not YAML")
      }
    } catch {
      return .syntax(line: range.lowerBound, column: 1, message: "this is not YAML")
    }
  }

  private func indent(_ line: Int) -> Int? {
    let line = lines[line]
    guard let first = line.utf8.firstIndex(where: { $0 != 0x20 }), line.utf8[first] != 0x23 else {
      return nil
    }
    return line.utf8.distance(from: line.startIndex, to: first)
  }

  // The records or entries directly inside a stretch whose first line, but for the file's, is its head.
  private func parts(of range: Range<Int>, isFile: Bool) -> [Range<Int>] {
    guard let head = range.first(where: { indent($0) != nil }) else { return [] }
    let inner = isFile ? range : head + 1..<range.upperBound
    guard let level = inner.compactMap({ indent($0) }).min() else { return [] }
    var starts = inner.filter { indent($0) == level }
    // What stands before the first record has lost its own beginning.
    if let first = inner.first(where: { indent($0) != nil }), first != starts.first {
      starts.insert(first, at: 0)
    }
    starts.append(range.upperBound)
    return zip(starts, starts.dropFirst()).map { $0..<$1 }
  }

  // MARK: Leaving out

  private mutating func remove(
    _ problem: Problem, in range: Range<Int>, _ parts: [Range<Int>]
  ) {
    switch problem {
    case .syntax(let line, let column, let message):
      let kept = lines
      for candidate in candidates(at: line, in: range, parts) {
        lines = kept
        for index in candidate { lines[index] = "" }
        if self.problem(in: range) == nil {
          lines = kept
          blank(candidate)
          report(line, column, message, leftOut: candidate)
          return
        }
      }
      lines = kept
      blank(range)
      report(line, column, message, leftOut: range)
    case .duplicates(let keys, let line, let column):
      if !removeDuplicates(keys, after: line, column: column, in: range) {
        reportDuplicate(keys.first ?? "", line, column, wholeRecord: true)
        blank(range)
      }
    }
  }

  // The stretches that may be at fault, the likeliest and shortest first: where parts are sound one
  // by one and not together, the fault is at the border where the parser stumbled.
  private func candidates(
    at line: Int, in range: Range<Int>, _ parts: [Range<Int>]
  ) -> [Range<Int>] {
    let before = range.prefix { $0 < line }.last { indent($0) != nil }
    var single = [line, before].compactMap { $0 }.filter { range.contains($0) }
    // A line that neither begins a record nor names a key is what is left of a longer one.
    single.sort { !looksWhole($0) && looksWhole($1) }
    var candidates = single.map { extent(of: $0, in: range) }
    if let first = parts.first, parts.count > 1,
      indent(first.lowerBound) != indent(parts[1].lowerBound)
    {
      candidates.insert(first, at: 0)
    }
    if let index = parts.firstIndex(where: { $0.contains(line) }) {
      candidates.append(parts[index])
      if index > 0 { candidates.append(parts[index - 1]) }
    }
    return candidates
  }

  // What goes with a line: the whole record that it begins, or all that is inside its entry. Left
  // where they are, those lines would become part of the record or entry before.
  private func extent(of line: Int, in range: Range<Int>) -> Range<Int> {
    guard let level = indent(line) else { return line..<line + 1 }
    var end = line + 1
    while end < range.upperBound, indent(end).map({ $0 > level }) ?? true { end += 1 }
    // Comments and blank lines at the end belong to what follows.
    while end > line + 1, indent(end - 1) == nil { end -= 1 }
    return line..<end
  }

  private mutating func blank(_ range: Range<Int>) {
    for index in range {
      if let id = Self.id(in: lines[index]) { leftOut.append(id) }
      lines[index] = ""
    }
  }

  // `- id: CMO5`, `id: "CMO5"`, `- {id: c1, …`, as far as it can be made out.
  private static func id(in line: String) -> String? {
    let content = line.drop { " -{".contains($0) }
    guard content.hasPrefix("id:") else { return nil }
    let word = content.dropFirst(3).drop { " \"'".contains($0) }.prefix { !" ,:}\"'#".contains($0) }
    return word.isEmpty ? nil : String(word)
  }

  private func looksWhole(_ line: Int) -> Bool {
    let content = lines[line].drop { $0 == " " }
    return content.hasPrefix("- ") || content.contains(": ") || content.hasSuffix(":")
  }

  // Blanks every later entry with the key of an earlier one in the same mapping.
  private mutating func removeDuplicates(
    _ keys: [String], after first: Int, column: Int, in range: Range<Int>
  ) -> Bool {
    var seen: Set<String> = []
    var removed = false
    var index = first
    while index < range.upperBound {
      guard let level = indent(index) else {
        index += 1
        continue
      }
      let isHead = index == first
      if !isHead, level < column - 1 { break }
      let content = lines[index].dropFirst(column - 1)
      let key = keys.first { Self.starts(content, with: $0) }
      guard isHead || level == column - 1, let key else {
        index += 1
        continue
      }
      guard !seen.insert(key).inserted else {
        index += 1
        continue
      }
      reportDuplicate(key, index, column, wholeRecord: false)
      lines[index] = ""
      removed = true
      index += 1
      while index < range.upperBound, indent(index).map({ $0 > column - 1 }) ?? true {
        lines[index] = ""
        index += 1
      }
    }
    return removed
  }

  private static func starts(_ content: Substring, with key: String) -> Bool {
    for quoted in [key, "\"\(key)\"", "'\(key)'"] where content.hasPrefix(quoted) {
      if content.dropFirst(quoted.count).drop(while: { $0 == " " }).first == ":" { return true }
    }
    return false
  }

  // MARK: Reporting

  private mutating func report(
    _ line: Int, _ column: Int, _ message: String, leftOut range: Range<Int>
  ) {
    let isLine = range.count == 1
    diagnostics.append(
      Diagnostic(
        "yaml.syntax", .error, at: .file(name, line: line + 1, column: column),
        "this is not YAML: \(message)", line: source.text(line + 1),
        notes: [
          isLine
            ? "line \(range.lowerBound + 1) is left out"
            : "lines \(range.lowerBound + 1) to \(range.upperBound) are left out"
        ],
        solutions: [
          "check the indentation, and put text with ': ' or ' #' in it in quotation marks"
        ]))
  }

  private mutating func reportDuplicate(
    _ key: String, _ line: Int, _ column: Int, wholeRecord: Bool
  ) {
    diagnostics.append(
      Diagnostic(
        "yaml.key-duplicate", .error, at: .file(name, line: line + 1, column: column),
        wholeRecord
          ? "the key '\(key)' is there twice; the record is left out"
          : "the key '\(key)' is there twice; the first is used",
        line: source.text(line + 1),
        solutions: ["remove one of the two, or begin a new record with '- '"]))
  }

  private mutating func reportEncoding(_ line: Int, _ column: Int) {
    diagnostics.append(
      Diagnostic(
        "yaml.not-utf8", .error, at: .file(name, line: line, column: column),
        "the line is not UTF-8 and is left out, with what is inside it", line: source.text(line),
        explanation: "The file was saved in another encoding; nothing is guessed, and it stays as "
          + "it is.",
        solutions: ["save the file as UTF-8"]))
  }

  // YAML knows line ends and forbids control characters that text editors leave alone; a space
  // keeps every column.
  private func clean(
    _ line: String, _ number: Int,
    _ foreign: inout (line: Int, column: Int, scalar: Unicode.Scalar)?
  ) -> String {
    guard line.unicodeScalars.contains(where: Self.isForeign) else { return line }
    var cleaned = String.UnicodeScalarView()
    for (offset, scalar) in line.unicodeScalars.enumerated() {
      if Self.isForeign(scalar), foreign == nil { foreign = (number, offset + 1, scalar) }
      cleaned.append(Self.isForeign(scalar) ? " " : scalar)
    }
    return String(cleaned)
  }

  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private mutating func reportForeign(
    _ foreign: (line: Int, column: Int, scalar: Unicode.Scalar)
  ) {
    let code = String(foreign.scalar.value, radix: 16, uppercase: true)
    diagnostics.append(
      Diagnostic(
        "yaml.control-character", .warning,
        at: .file(name, line: foreign.line, column: foreign.column),
        "the character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) cannot "
          + "stand in YAML and is read as a space", line: source.text(foreign.line),
        solutions: ["remove it, or write it as an escape in double quotation marks"]))
  }
}
