internal import FoundationEssentials
internal import QDACore

/// A write of several files that can be completed after a crash at any point.
///
/// New contents are put beside their files first; then the journal is written, which lists them with
/// their digests; then they are renamed. Before the journal nothing has happened; once it is there
/// everything will.
struct StudyJournal {
  static let file = ".qda-write"
  private static let head = "qda-write 1"

  /// What becomes of one file: its new digest, or `nil` where it is removed.
  private struct Entry {
    var path: String
    var digest: Digest?
  }

  /// A step of a write, in the order in which they are taken.
  enum Step {
    case makeFolder(String)
    case writeBeside(String, [UInt8])
    case writeJournal([UInt8])
    case rename(String)
    case remove(String)
    case removeJournal
  }

  /// The steps that give files their new contents; `nil` removes a file.
  static func steps(for files: [String: [UInt8]?]) -> [Step] {
    let paths = files.keys.sorted()
    let written = paths.compactMap { path in files[path]?.map { (path, $0) } }
    let removed = paths.filter { files[$0] == .some(nil) }
    var folders: [String] = []
    for path in paths {
      if let slash = path.lastIndex(of: "/"), !folders.contains(String(path[..<slash])) {
        folders.append(String(path[..<slash]))
      }
    }
    var journal = head + "\n"
    for (path, bytes) in written { journal += "\(Digest(of: bytes)) \(path)\n" }
    for path in removed { journal += "remove \(path)\n" }
    journal += "end\n"
    return folders.map { .makeFolder($0) } + written.map { .writeBeside($0.0, $0.1) }
      + [.writeJournal(Array(journal.utf8))] + written.map { .rename($0.0) }
      + removed.map { .remove($0) } + [.removeJournal]
  }

  /// Takes a step in a folder.
  static func perform(_ step: Step, in folder: String) throws(WritingError) {
    switch step {
    case .makeFolder(let name): try DurableFiles.makeFolder("\(folder)/\(name)")
    case .writeBeside(let path, let bytes):
      try DurableFiles.write(bytes, to: "\(folder)/\(beside(path))")
    case .writeJournal(let bytes):
      try DurableFiles.write(bytes, to: "\(folder)/\(file)-new")
      try DurableFiles.rename("\(folder)/\(file)-new", to: "\(folder)/\(file)")
      try DurableFiles.flushFolder(folder)
    case .rename(let path):
      try DurableFiles.rename("\(folder)/\(beside(path))", to: "\(folder)/\(path)")
      try DurableFiles.flushFolder(parent(of: "\(folder)/\(path)"))
    case .remove(let path): try DurableFiles.remove("\(folder)/\(path)")
    case .removeJournal:
      try DurableFiles.remove("\(folder)/\(file)")
      try DurableFiles.flushFolder(folder)
    }
  }

  /// The name under which the new contents of a file wait.
  private static func beside(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return ".\(path).qda-new" }
    return "\(path[...slash]).\(path[path.index(after: slash)...]).qda-new"
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  // MARK: Recovery

  /// Completes a write that a crash interrupted, and says so.
  static func recover(_ folder: String) -> [Diagnostic] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else { return [] }
    let entries = entries(String(decoding: data, as: UTF8.self)).filter { entry in
      let parent = parent(of: "\(folder)/\(entry.path)")
      let kind = (try? FileManager.default.attributesOfItem(atPath: parent))?[.type]
      return kind as? FileAttributeType != .typeSymbolicLink
    }
    var completed: [String] = []
    var failed: [String] = []
    for entry in entries {
      do {
        if try complete(entry, in: folder) { completed.append(entry.path) }
      } catch {
        failed.append(entry.path)
      }
    }
    if failed.isEmpty { try? DurableFiles.remove("\(folder)/\(file)") }
    return [
      Diagnostic(
        "study.write-interrupted", .warning, at: .file(file, line: 0, column: 0),
        "the last write was interrupted"
          + (failed.isEmpty ? " and is now complete" : " and cannot be completed"),
        notes: completed.map { "\($0) has its new content now" }
          + failed.map { "\($0) keeps its old content" },
        solutions: [
          failed.isEmpty
            ? "look at the files with 'git diff' if in doubt"
            : "make the folder writable and open it again"
        ])
    ]
  }

  private static func entries(_ journal: String) -> [Entry] {
    let lines = journal.split(separator: "\n").map(String.init)
    guard lines.first == head, lines.last == "end" else { return [] }
    return lines.dropFirst().dropLast().compactMap { line in
      guard let space = line.firstIndex(of: " ") else { return nil }
      let path = String(line[line.index(after: space)...])
      let word = line[..<space]
      // A journal may come with a folder from anywhere: it names files of the layout only.
      guard StudyDisk.isInLayout(path) else { return nil }
      if word == "remove" { return Entry(path: path, digest: nil) }
      return Digest(String(word)).map { Entry(path: path, digest: $0) }
    }
  }

  private static func complete(_ entry: Entry, in folder: String) throws(WritingError) -> Bool {
    let target = "\(folder)/\(entry.path)"
    guard let digest = entry.digest else {
      let wasThere = FileManager.default.fileExists(atPath: target)
      try DurableFiles.remove(target)
      return wasThere
    }
    let waiting = "\(folder)/\(beside(entry.path))"
    guard let data = FileManager.default.contents(atPath: waiting) else { return false }
    guard Digest(of: data) == digest else {
      try DurableFiles.remove(waiting)
      return false
    }
    try DurableFiles.rename(waiting, to: target)
    return true
  }
}
