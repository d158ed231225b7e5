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
    guard let lines = lines(of: String(decoding: data, as: UTF8.self)) else {
      return [setAside(folder)]
    }
    var notes: [String] = []
    var isComplete = true
    var isObeyed = true
    for line in lines {
      guard let entry = entry(line), !isBehindLink(entry.path, in: folder) else {
        isObeyed = false
        notes.append("a line that names no file of the layout is not obeyed: \(line)")
        continue
      }
      do {
        if let note = try complete(entry, in: folder) { notes.append(note) }
      } catch {
        isComplete = false
        notes.append("\(entry.path) keeps its old content")
      }
    }
    if isComplete { try? DurableFiles.remove("\(folder)/\(file)") }
    return [
      Diagnostic(
        "study.write-interrupted", .warning, at: .file(file, line: 0, column: 0),
        "the last write was interrupted"
          + (!isComplete ? " and cannot be completed" : isObeyed ? " and is now complete" : ""),
        notes: notes,
        solutions: [
          isComplete
            ? "look at the files with 'git diff' if in doubt"
            : "make the folder writable and open it again"
        ])
    ]
  }

  /// The file that keeps a journal which cannot be understood.
  static let damagedFile = ".qda-write-damaged"

  // A journal is renamed into place when it is whole, so one that is not came from somewhere else.
  private static func setAside(_ folder: String) -> Diagnostic {
    var isAside = false
    if !FileManager.default.fileExists(atPath: "\(folder)/\(damagedFile)") {
      isAside =
        (try? DurableFiles.rename("\(folder)/\(file)", to: "\(folder)/\(damagedFile)")) != nil
    }
    return Diagnostic(
      "study.write-interrupted", .warning, at: .file(file, line: 0, column: 0),
      "the list of an interrupted write cannot be understood; no file was changed",
      notes: [isAside ? "it is kept as \(damagedFile)" : "it stays where it is"],
      solutions: ["compare the study with its last commit or backup, then remove the list"])
  }

  /// The lines between the first and the last, or `nil` where the journal is not whole.
  private static func lines(of journal: String) -> [String]? {
    let lines = journal.split(separator: "\n").map(String.init)
    guard lines.count > 1, lines.first == head, lines.last == "end" else { return nil }
    return Array(lines.dropFirst().dropLast())
  }

  // A journal may come with a folder from anywhere: it names files of the layout only.
  private static func entry(_ line: String) -> Entry? {
    guard let space = line.firstIndex(of: " ") else { return nil }
    let path = String(line[line.index(after: space)...])
    let word = line[..<space]
    guard StudyDisk.isInLayout(path) else { return nil }
    if word == "remove" { return Entry(path: path, digest: nil) }
    return Digest(String(word)).map { Entry(path: path, digest: $0) }
  }

  private static func isBehindLink(_ path: String, in folder: String) -> Bool {
    let parent = parent(of: "\(folder)/\(path)")
    let kind = (try? FileManager.default.attributesOfItem(atPath: parent))?[.type]
    return kind as? FileAttributeType == .typeSymbolicLink
  }

  /// Does what is left to do for a file, and says what that was.
  private static func complete(
    _ entry: Entry, in folder: String
  ) throws(WritingError) -> String? {
    let target = "\(folder)/\(entry.path)"
    guard let digest = entry.digest else {
      let wasThere = FileManager.default.fileExists(atPath: target)
      try DurableFiles.remove(target)
      return wasThere ? "\(entry.path) is removed now" : nil
    }
    let waiting = "\(folder)/\(beside(entry.path))"
    guard let data = FileManager.default.contents(atPath: waiting) else { return nil }
    guard Digest(of: data) == digest else {
      return "\(entry.path) keeps its old content: the new one, \(beside(entry.path)), is not whole"
    }
    try DurableFiles.rename(waiting, to: target)
    return "\(entry.path) has its new content now"
  }

  // MARK: What was left lying

  /// Whether a name is that of a new content that waits beside its file.
  static func isWaiting(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(".qda-new")
  }

  /// Reports new contents that no journal speaks of: the write ended before it began to count.
  static func reportWaiting(_ files: [String]) -> [Diagnostic] {
    guard let first = files.first else { return [] }
    return [
      Diagnostic(
        "study.write-interrupted", .warning, at: .file(first, line: 0, column: 0),
        "a write was interrupted before anything was changed; what it would have written is here",
        notes: files.dropFirst().map { "and in \($0)" },
        solutions: ["remove the file, or write the study again"], count: files.count)
    ]
  }
}
