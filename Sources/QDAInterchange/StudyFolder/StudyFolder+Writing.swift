internal import FoundationEssentials
public import QDACore

extension StudyFolder {
  /// Writes a project to a study folder, touching only the records that changed.
  ///
  /// An empty or missing folder gets all files; in a study folder everything but the changed records
  /// keeps its bytes. After a crash the folder is as it was or as it should be, once it is opened.
  ///
  /// - Returns: The files that were written or removed, sorted; none where nothing changed.
  /// - Throws: ``WritingError/otherStudy(folder:id:)`` for the folder of another study.
  @discardableResult
  public static func write(
    _ project: Project, to path: String
  ) throws(WritingError) -> [String] {
    guard FileManager.default.fileExists(atPath: "\(path)/study.yaml") else {
      var folder = StudyFolder(project)
      return try folder.write(to: path)
    }
    var folder: StudyFolder
    do {
      folder = try StudyFolder.read(at: path).value
    } catch {
      throw .unreadable(error)
    }
    guard folder.project.id == project.id else {
      throw .otherStudy(folder: path, id: folder.keys.study)
    }
    folder.update(to: project)
    return try folder.write(to: path)
  }

  /// Writes the files that differ from those in a folder on disk.
  ///
  /// - Returns: The files that were written or removed, sorted.
  @discardableResult
  public mutating func write(to path: String) throws(WritingError) -> [String] {
    let changes = try changes(to: path)
    // A study that names files has them before it is written, and one that is not written is whole.
    let copied = try writeFiles(to: path)
    guard !changes.isEmpty else { return copied.sorted() }
    try DurableFiles.makeFolder(path)
    for step in StudyJournal.steps(for: changes) { try StudyJournal.perform(step, in: path) }
    for (file, bytes) in changes { original[file] = bytes.map { Digest(of: $0) } }
    return (copied + changes.keys).sorted()
  }

  /// The files whose content on disk is to change, with their new content; `nil` removes a file.
  func changes(to path: String) throws(WritingError) -> [String: [UInt8]?] {
    let manager = FileManager.default
    func onDisk(_ file: String) -> [UInt8]? {
      manager.contents(atPath: "\(path)/\(file)").map { [UInt8]($0) }
    }
    var changes: [String: [UInt8]?] = [:]
    for (file, bytes) in files {
      let current = onDisk(file)
      if current == bytes { continue }
      try checkUnchanged(file, current)
      changes[file] = .some(bytes)
    }
    for (file, digest) in original where files[file] == nil && !file.hasPrefix("transcripts/") {
      guard let current = onDisk(file) else { continue }
      if Digest(of: current) != digest { throw .changedSinceReading(file: "\(path)/\(file)") }
      changes[file] = .some(nil)
    }
    for (name, transcript) in transcripts {
      let file = "transcripts/\(name)"
      if let bytes = transcript.bytes {
        let current = onDisk(file)
        if current == bytes { continue }
        if current != nil { throw .inTheWay(file: file) }
        changes[file] = .some(bytes)
      } else if !manager.fileExists(atPath: "\(path)/\(file)") {
        throw .transcriptNotHeld(file: "\(path)/\(file)")
      }
    }
    for (file, digest) in original where file.hasPrefix("transcripts/") {
      let name = String(file.dropFirst("transcripts/".count))
      guard transcripts[name] == nil, let current = onDisk(file) else { continue }
      if Digest(of: current) != digest { throw .changedSinceReading(file: "\(path)/\(file)") }
      changes[file] = .some(nil)
    }
    return changes
  }

  private func checkUnchanged(_ file: String, _ current: [UInt8]?) throws(WritingError) {
    guard let current else { return }
    guard let digest = original[file] else { throw .inTheWay(file: file) }
    if Digest(of: current) != digest { throw .changedSinceReading(file: file) }
  }
}
