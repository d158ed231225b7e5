internal import FoundationEssentials
internal import QDACore

/// A file of `history/`: lines that are JSON objects, those of this library sealed.
enum HistoryFile {
  private struct AnyObject: Decodable {
    private enum Key: CodingKey {}

    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: Key.self) }
  }

  /// Reports the first line that is no JSON object, with the number of such lines.
  static func check(_ bytes: [UInt8], name: String) -> [Diagnostic] {
    let decoder = JSONDecoder()
    let lines = SourceLines(bytes)
    var broken: [Int] = []
    for number in 1...lines.starts.count {
      guard let range = lines.range(number), !bytes[range].allSatisfy({ $0 <= 0x20 }) else {
        continue
      }
      if (try? decoder.decode(AnyObject.self, from: Data(bytes[range]))) == nil {
        broken.append(number)
      }
    }
    let edited = HistoryLine.broken(in: bytes)
    let findings = edited.first.map { line in
      [
        Diagnostic(
          "study.history-edited", .error, at: .file(name, line: line, column: 1),
          "the line was changed after it was written, or a line before it is gone",
          explanation: "Every line is sealed by a digest that covers the one before.",
          solutions: ["restore the file from the last commit or backup"], count: edited.count)
      ]
    }
    guard let first = broken.first else { return findings ?? [] }
    return (findings ?? []) + [
      Diagnostic(
        "study.history-invalid", .warning, at: .file(name, line: first, column: 1),
        "the line is no JSON object", line: lines.text(first),
        explanation: "Every line of a history is one. The file is left as it is.",
        solutions: ["restore the file from the last commit or backup"], count: broken.count)
    ]
  }
}
