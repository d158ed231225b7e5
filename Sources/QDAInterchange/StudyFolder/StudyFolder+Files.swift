internal import FoundationEssentials
public import QDACore

extension StudyFolder {
  /// The folder of the files that came with a project, as the archive of a `.qdpx` has it.
  static let filesFolder = "exchange/sources"

  /// Lists what a study folder made of a project would lack: files that are not to be had.
  ///
  /// - Parameter folder: The name of the folder for messages.
  public static func losses(of project: Project, folder: String) -> [Diagnostic] {
    project.missingFiles(folder)
  }

  /// The files that came with the project of a study folder on disk.
  static func files(at path: String) -> FolderFiles { FolderFiles(folder: path + "/exchange") }

  /// Copies the files that go with the project into the folder, and returns those it copied.
  func writeFiles(to path: String) throws(WritingError) -> [String] {
    let present = Self.files(at: path)
    // The files of the folder itself are where they belong.
    if let own = project.files as? FolderFiles, own.folder == present.folder { return [] }
    let index = FileIndex(project.files.names)
    var written: [String] = []
    for (reference, name) in project.packedFiles {
      guard let place = index[reference] else { continue }
      let file = "\(Self.filesFolder)/\(name)"
      if DurableFiles.isSame("\(path)/\(file)", as: place, of: project.files) { continue }
      try DurableFiles.makeFolder("\(path)/\(Self.filesFolder)")
      try DurableFiles.replace("\(path)/\(file)", with: place, of: project.files)
      written.append(file)
    }
    return written
  }
}
