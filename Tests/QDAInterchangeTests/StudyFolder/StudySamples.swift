import Foundation
import QDACore
import QDATestSupport

@testable import QDAInterchange

/// Study folders for tests, in memory or in the fixtures.
enum StudySamples {
  static let folder = fixture("StudyFolders")

  /// The files of a small valid study, by path.
  static func allotment() throws -> [String: String] {
    var files: [String: String] = [:]
    let root = folder + "/Allotment"
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
      guard let data = FileManager.default.contents(atPath: root + "/" + path) else { continue }
      files[path] = String(decoding: data, as: UTF8.self)
    }
    return files
  }

  /// Reads a folder whose files are given, transcripts included.
  static func read(_ files: [String: String]) -> Reading<StudyFolder> {
    read(files.mapValues { Array($0.utf8) })
  }

  static func read(_ files: [String: [UInt8]]) -> Reading<StudyFolder> {
    let prefix = "transcripts/"
    var transcripts: [String: [UInt8]] = [:]
    for (path, bytes) in files where path.hasPrefix(prefix) {
      transcripts[String(path.dropFirst(prefix.count))] = bytes
    }
    var reader = StudyReader(
      files: files.filter { !$0.key.hasPrefix(prefix) },
      transcripts: Transcripts(bytes: transcripts))
    return reader.read()
  }

  /// Reads a folder of which only other files than transcripts were changed since it was read.
  static func read(_ files: [String: String], as before: StudyFolder) -> Reading<StudyFolder> {
    var reader = StudyReader(
      files: files.filter { !$0.key.hasPrefix("transcripts/") }.mapValues { Array($0.utf8) },
      transcripts: StudyMemory(before.transcripts))
    return reader.read()
  }

  struct Transcripts: TranscriptLoading {
    var bytes: [String: [UInt8]]
    var names: [String] { bytes.keys.sorted() }
    func load(
      _ name: String, id: ID<Source>, settings: StudyTranscript.Settings
    ) -> StudyTranscript? {
      bytes[name].map { StudyTranscript($0, name: name, id: id, settings: settings) }
    }
  }

  /// Writes files below a folder.
  static func put(_ files: [String: String], in folder: String) throws {
    for (path, text) in files {
      let file = URL(filePath: folder + "/" + path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  /// The bytes of all files below a folder, by path.
  static func bytes(in folder: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      files[path] = FileManager.default.contents(atPath: folder + "/" + path).map { [UInt8]($0) }
    }
    return files
  }
}

extension Diagnostic {
  /// The place, severity and identifier on one line.
  var head: String {
    guard case .file(let name, let line, let column)? = place else { return "\(severity) \(id)" }
    return "\(name):\(line):\(column) \(severity) \(id)"
  }
}
