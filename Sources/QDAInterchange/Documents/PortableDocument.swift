/// Reads the text layer of PDF documents with `pdftotext`, where that is installed.
///
/// The rendition is what pdftotext prints: lines in reading order, a form feed after each page, and
/// the hyphens at the ends of lines, which it takes away where it orders lines.
enum PortableDocument {
  /// What reading a document may cost.
  struct Limits {
    /// How long the program may run.
    var time = Duration.seconds(60)
    /// The greatest size of the text, in bytes.
    var textSize = 64 << 20
  }

  /// Reads a document from its bytes.
  ///
  /// - Parameter program: The path of pdftotext; by default it is looked for where programs are.
  /// - Throws: `noReader` where pdftotext is missing, `encrypted`, `tooLarge`, or `malformed`.
  static func read(
    _ bytes: [UInt8], name: String, program: String? = nil, limits: Limits = Limits()
  ) throws(ReadingError) -> String {
    guard let program = program ?? ChildProcess.find("pdftotext") else {
      throw .noReader(file: name, format: Format.pdf.name, advice: Format.pdf.advice)
    }
    func run(_ options: [String]) throws(ReadingError) -> ChildProcess.Outcome {
      try ChildProcess.run(
        program, options + ["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"], input: bytes,
        name: name, time: limits.time, outputSize: limits.textSize)
    }
    switch try run([]) {
    case .tookTooLong:
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "pdftotext did not finish in time; save the document's text as plain text")
    case .wroteTooMuch: throw .tooLarge(file: name, part: "text", limit: limits.textSize)
    case .ended(let status, let output):
      // Poppler says so with this number when a document asks for a password or forbids copying.
      if status == 3 || status != 0 && isEncrypted(bytes) { throw .encrypted(file: name) }
      guard status == 0, let text = String(validating: output, as: UTF8.self) else {
        throw .malformed(
          file: name, line: 1, column: 1,
          reason: "the PDF is damaged, or pdftotext cannot read it; save its text as plain text")
      }
      guard text.unicodeScalars.contains(where: { !$0.isLayoutSpace }) else {
        throw .malformed(
          file: name, line: 1, column: 1,
          reason: "the PDF has no layer of text, only pictures; run it through text recognition")
      }
      // As they stand in the file, lines keep their ends.
      guard case .ended(0, let lines) = try run(["-raw"]) else { return text }
      let restored = withHyphens(output, of: lines)
      return String(validating: restored, as: UTF8.self) ?? text
    }
  }

  /// Puts back the hyphens and line ends that stand between two lines in one form of a text and were
  /// taken away in the other.
  static func withHyphens(_ text: [UInt8], of lines: [UInt8]) -> [UInt8] {
    let reach = 20_000
    var restored: [UInt8] = []
    var start = 0
    // Two forms that have nothing to do with each other are not compared to the end.
    var missed = 0
    for end in lines.indices where lines[end] == 0x2D && end + 1 < lines.count && missed < 200 {
      guard lines[end + 1] == 0x0A else { continue }
      let before = lines[..<end].suffix(24).split(separator: 0x0A).last ?? []
      var after = lines[(end + 2)...].prefix(24).prefix { $0 > 0x20 }
      // The next line may be one word that was joined, too.
      if after.last == 0x2D { after.removeLast() }
      if before.isEmpty || after.isEmpty { continue }
      let window = text[start..<min(text.count, start + reach)]
      guard let place = window.firstRange(of: before + after) else {
        missed += 1
        continue
      }
      missed = 0
      let cut = place.lowerBound + before.count
      restored += text[start..<cut] + [0x2D, 0x0A]
      start = cut
    }
    return restored + text[start...]
  }

  // The trailer of a protected document names how it is encrypted.
  private static func isEncrypted(_ bytes: [UInt8]) -> Bool {
    let word = Array("/Encrypt".utf8)
    let tail = bytes.suffix(4096)
    guard tail.count >= word.count else { return false }
    return (tail.startIndex...tail.endIndex - word.count).contains {
      tail[$0] == word[0] && tail[$0..<$0 + word.count].elementsEqual(word)
    }
  }
}
