internal import FoundationEssentials
internal import QDACore
internal import Synchronization

/// The files in an archive, read when they are asked for.
///
/// An archive is read by one caller at a time; others wait.
final class ArchiveFiles: FileStore {
  let names: [String]
  private let archive: Mutex<ZipArchive>

  init(_ archive: consuming sending ZipArchive) {
    names = archive.names
    self.archive = Mutex(archive)
  }

  func read(_ name: String, _ receive: (Span<UInt8>) throws -> Void) throws {
    try stream(name) { (piece: Span<UInt8>) throws(ReadingError) in
      do {
        try receive(piece)
      } catch let error as ReadingError {
        throw error
      } catch {
        throw .unreadable(file: name, reason: "\(error)")
      }
    }
  }

  /// Hands over the bytes of a file, piece by piece.
  func stream(
    _ name: String, _ receive: (Span<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    try archive.withLock { (archive: inout ZipArchive) throws(ReadingError) in
      try archive.read(name, receive)
    }
  }
}

/// The files in a folder and its folder `sources`, read when they are asked for.
struct FolderFiles: FileStore {
  let names: [String]
  let folder: String
  private let known: Set<String>

  /// Lists the files beside a project file.
  init(folder: String) {
    self.folder = folder
    var names: [String] = []
    for inner in ["sources", "Sources"] {
      let path = folder + "/" + inner
      guard Self.kind(path) == .typeDirectory else { continue }
      let found = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      names += found.map { inner + "/" + $0 }.filter {
        Self.kind(folder + "/" + $0) == .typeRegular
      }
      if !found.isEmpty { break }
    }
    known = Set(names)
    self.names = names.sorted()
  }

  // A link may lead to a file of somebody else's, which must not end up in an archive.
  private static func kind(_ path: String) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
  }

  func read(_ name: String, _ receive: (Span<UInt8>) throws -> Void) throws {
    guard known.contains(name) else {
      throw FileUnavailable(name: name, reason: "it is not in the folder of the project")
    }
    try FileReading.pieces(ofFile: folder + "/" + name) {
      (piece: Span<UInt8>) throws(ReadingError) in
      do {
        try receive(piece)
      } catch let error as ReadingError {
        throw error
      } catch {
        throw .unreadable(file: name, reason: "\(error)")
      }
    }
  }
}
