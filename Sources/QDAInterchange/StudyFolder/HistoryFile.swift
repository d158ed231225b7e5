internal import FoundationEssentials
internal import QDACore

/// A file of `history/`: lines that are JSON objects, those of this library sealed.
enum HistoryFile {
  private struct AnyObject: Decodable {
    private enum Key: CodingKey {}

    init(from decoder: any Decoder) throws { _ = try decoder.container(keyedBy: Key.self) }
  }

  /// Reports changes that are counted and that no file has any more.
  static func checkNumbers(_ files: [String: [UInt8]]) -> [Diagnostic] {
    struct Numbered: Decodable { var number: Int }
    let decoder = JSONDecoder()
    var numbers: Set<Int> = []
    for (file, bytes) in files where file.hasPrefix("history/") {
      for line in HistoryLine.lines(of: bytes) {
        guard let entry = HistoryLine.parts(line.bytes)?.entry,
          let found = try? decoder.decode(Numbered.self, from: Data(entry))
        else { continue }
        numbers.insert(found.number)
      }
    }
    let missing = (1...max(1, numbers.max() ?? 1)).filter { !numbers.contains($0) }
    guard let first = missing.first, !numbers.isEmpty else { return [] }
    return [
      Diagnostic(
        "study.history-edited", .error, at: .file("history", line: 0, column: 0),
        "change \(first) of the study is in no file of its history",
        explanation: "Changes are numbered through all files, so that none goes unseen.",
        solutions: ["restore the files from the last commit or backup"], count: missing.count)
    ]
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
