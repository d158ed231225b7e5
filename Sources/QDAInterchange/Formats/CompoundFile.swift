/// The container of Office before 2007, in which encrypted documents of today are kept as well.
enum CompoundFile {
  static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// What is in a container, by the names of its streams; one that is cut off is what its name says.
  static func refusal(of bytes: [UInt8], promised: Format?, file: String) -> ReadingError {
    if holds("EncryptedPackage", bytes) { return .encrypted(file: file) }
    if holds("WordDocument", bytes) { return refusal(.doc, file) }
    if holds("PowerPoint Document", bytes) {
      return refusal(.pptx, file, "PowerPoint 97–2003 (PPT)")
    }
    let isSheet = holds("Workbook", bytes) || holds("Book", bytes)
    if isSheet || file.lowercased().hasSuffix(".xls") {
      return .noReader(
        file: file, format: "Excel 97–2003 (XLS)",
        advice: "open it in a spreadsheet and save it as .xlsx")
    }
    if promised == .docx || promised == .xlsx { return .encrypted(file: file) }
    return refusal(.doc, file)
  }

  private static func refusal(_ format: Format, _ file: String, _ name: String? = nil)
    -> ReadingError
  {
    .noReader(file: file, format: name ?? format.name, advice: format.advice)
  }

  // An entry of the directory is 128 bytes: a name of at most 31 signs, and its length at 64
  // (MS-CFB, 2.6.1). Words of a document are not taken for one.
  private static func holds(_ stream: String, _ bytes: [UInt8]) -> Bool {
    let name = stream.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    return stride(from: 512, to: bytes.count - 127, by: 128).contains { entry in
      bytes[entry] == name[0] && Int(bytes[entry + 64]) == name.count + 2
        && bytes[entry..<entry + name.count].elementsEqual(name)
    }
  }
}
