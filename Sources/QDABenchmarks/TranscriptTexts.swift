import Foundation
import QDA

/// Compares the text that the readers make of documents with pandoc's, word by word.
///
/// `transcripts --texts FOLDER…` prints for every document how many words of pandoc's plain text are
/// not in ours, or in one of its annotations, and the other way round.
enum TranscriptTexts {
  static func run(_ folders: [String]) throws {
    var rows = [["file", "words", "pandoc", "lost", "which", "added", "which"]]
    var files = 0
    var whole = 0
    for folder in folders {
      let names = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      for name in names {
        guard let format = format(of: name) else { continue }
        let path = folder + "/" + name
        guard let plain = pandoc(path, format) else { continue }
        let bytes = try FileReading.bytes(ofFile: path)
        let file = URL(filePath: name).lastPathComponent
        guard let transcript = try? TranscriptReader.read(bytes, name: file).value else {
          rows.append([String(file.prefix(44)), "refused", "", "", "", "", ""])
          continue
        }
        let own = words(transcript.text.string)
        let beside = transcript.source.marks.flatMap { mark in
          if case .annotation(let note) = mark.kind { return words(note.text) }
          return []
        }
        let fields = transcript.source.metadata.flatMap { words($0.name) + words($0.value) }
        let other = words(plain)
        let lost = difference(other, own + beside + fields)
        let added = difference(own, other)
        files += 1
        if lost.isEmpty { whole += 1 }
        rows.append([
          String(file.prefix(44)), "\(own.count)", "\(other.count)", "\(lost.count)",
          lost.prefix(6).joined(separator: " "), "\(added.count)",
          added.prefix(6).joined(separator: " "),
        ])
      }
    }
    print(Columns.aligned(rows))
    print("nothing lost in \(whole) of \(files)")
  }

  private static func format(of name: String) -> String? {
    switch name.split(separator: ".").last?.lowercased() {
    case "docx": "docx"
    case "odt": "odt"
    case "rtf": "rtf"
    case "html", "htm": "html"
    case "epub": "epub"
    default: nil
    }
  }

  private static func pandoc(_ path: String, _ format: String) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["pandoc", "-f", format, "-t", "plain", "--wrap=none", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }

  // Letters and digits only, because the two draw tables, lists and quotation marks differently.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  // What the left has more of than the right, in the order of the left.
  private static func difference(_ left: [String], _ right: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for word in right { counts[word, default: 0] += 1 }
    return left.filter { word in
      guard let count = counts[word], count > 0 else { return true }
      counts[word] = count - 1
      return false
    }
  }
}
