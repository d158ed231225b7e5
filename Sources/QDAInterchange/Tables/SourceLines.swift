/// The lines of a file, found once, for display in diagnostics and for editing in place.
struct SourceLines: Sendable {
  let bytes: [UInt8]
  /// Where each line begins.
  let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == 0x0A { starts.append(index + 1) }
    self.starts = starts
  }

  /// The bytes of a line, counted from 1, with its line end.
  func range(_ number: Int) -> Range<Int>? {
    guard starts.indices.contains(number - 1) else { return nil }
    let end = starts.indices.contains(number) ? starts[number] : bytes.count
    return starts[number - 1]..<end
  }

  /// A line, counted from 1, without its line end; bytes that are not UTF-8 show as U+FFFD.
  func text(_ number: Int) -> String? {
    guard let range = range(number) else { return nil }
    var line = bytes[range]
    if line.last == 0x0A { line = line.dropLast() }
    if line.last == 0x0D { line = line.dropLast() }
    if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    return String(decoding: line, as: UTF8.self)
  }
}

extension StringProtocol {
  /// Without white space at either end.
  var trimmed: String {
    var slice = self[...]
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }
}
