import Foundation
import QDA

/// Transcripts of any length to measure with, the same in every run.
enum GeneratedTranscripts {
  private static let words = [
    "they", "came", "on", "their", "own", "and", "we’d", "a", "cuppa", "so", "the", "link",
    "worker", "rang", "that", "morning", "nobody", "knew", "what", "to", "say", "café",
  ]

  /// Writes a transcript of so many turns, in the form that the file's name promises.
  static func write(turns count: Int, to path: String) throws {
    var random = SplitMix(state: 20_240_117)
    var text = path.hasSuffix(".vtt") ? "WEBVTT\n\n" : ""
    var time = 0
    for turn in 0..<count {
      let length = 8 + Int(random.next() % 24)
      let line = (0..<length).map { _ in words[Int(random.next() % 22)] }.joined(separator: " ")
      let end = time + 400 * length
      switch path.suffix(4) {
      case ".vtt":
        text += "\(turn + 1)\n\(clock(time, ".")) --> \(clock(end, "."))\n"
        text += "<v Speaker \(turn % 3)>\(line).</v>\n\n"
      case ".srt":
        text += "\(turn + 1)\n\(clock(time, ",")) --> \(clock(end, ","))\n"
        text += "Speaker \(turn % 3): \(line).\n\n"
      default: text += (turn.isMultiple(of: 2) ? "Interviewer: " : "P1: ") + line + ".\n"
      }
      time = end
    }
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  private static func clock(_ time: Int, _ point: String) -> String {
    func padded(_ number: Int, _ width: Int) -> String {
      String(String(repeating: "0", count: width) + String(number)).suffix(width).description
    }
    return padded(time / 3_600_000, 2) + ":" + padded(time / 60_000 % 60, 2) + ":"
      + padded(time / 1000 % 60, 2) + point + padded(time % 1000, 3)
  }
}
