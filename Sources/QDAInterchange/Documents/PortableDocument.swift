/// Reads the text layer of PDF documents with `pdftotext`, where that is installed.
///
/// The rendition is what pdftotext prints: lines in reading order, a form feed after each page.
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
    let outcome = try ChildProcess.run(
      program, ["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"], input: bytes, name: name,
      time: limits.time, outputSize: limits.textSize)
    switch outcome {
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
      return text
    }
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
