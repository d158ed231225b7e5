internal import FoundationEssentials
internal import QDACore

extension ProjectReader {
  /// Restores what a sidecar beside or inside a file knows, where there is one.
  ///
  /// - Parameter path: Where the file is; one that is only bytes has nothing beside it.
  static func restored(_ reading: Reading<Project>, beside path: String?) -> Reading<Project> {
    var reading = reading
    let beside = path.map { ExchangeSidecar.path(beside: $0) }
    let name = beside.map { URL(filePath: $0).lastPathComponent } ?? ExchangeSidecar.embeddedName
    var bytes: [UInt8]?
    if let beside, FileManager.default.fileExists(atPath: beside) {
      bytes = try? FileReading.bytes(ofFile: beside)
    } else if reading.value.files.names.contains(ExchangeSidecar.embeddedName) {
      bytes = content(of: ExchangeSidecar.embeddedName, in: reading.value.files)
    }
    guard let bytes else {
      // The names that QDA gives selections are nothing but their words.
      if reading.value.origin?.program.hasPrefix("QDA ") == true,
        reading.value.texts is MemoryTexts
      {
        reading.value.removeDerivedNames()
      }
      return reading
    }
    guard let sidecar = ExchangeSidecar(decoding: bytes) else {
      reading.diagnostics.append(
        Diagnostic(
          "exchange.sidecar-invalid", .error, at: .file(name, line: 0, column: 0),
          "the sidecar cannot be read; the project is what the file alone says",
          solutions: ["restore the sidecar from a backup, or move it away"]))
      return reading
    }
    if sidecar.isForeign(to: reading.value) {
      reading.diagnostics.append(
        Diagnostic(
          "exchange.sidecar-foreign", .error, at: .file(name, line: 0, column: 0),
          "the sidecar belongs to another file; the project is what the file alone says",
          solutions: ["move the sidecar away, and put the file's own in its place"]))
      return reading
    }
    return sidecar.restore(reading, file: name)
  }

  private static func content(of name: String, in files: any FileStore) -> [UInt8]? {
    var bytes: [UInt8] = []
    do {
      try files.read(name) { piece in
        for index in piece.indices { bytes.append(piece[index]) }
      }
      return bytes
    } catch {
      return nil
    }
  }
}
